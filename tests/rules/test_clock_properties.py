"""What must hold for every story of a clock, whatever its dates (docs/explain/clock.md)."""

from datetime import date, timedelta

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from shouwen.cli.eval_workdays import shipped_table
from shouwen.rules.clock import CaseClock, Event, Limit, OpenClock, read, read_case, recompute
from shouwen.rules.workdays import DayTable, StatutoryDay

TABLE = shipped_table()
D = date.fromisoformat
ONE = timedelta(days=1)
DAYS = st.dates(D("2010-01-01"), D("2026-06-30"))
LIMITS = st.integers(1, 45)
SPANS = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 20)), max_size=4)


def said(reading):
    return reading.used, reading.left, reading.due, reading.state, reading.overdue_by


def pauses(received, spans):
    """(gap, length) … → pairs of pause and resume, one after another."""
    pairs, day = [], received
    for gap, length in spans:
        start = day + ONE * gap
        day = start + ONE * length
        pairs.append([Event("pause", start), Event("resume", day)])
    return pairs


def flat(pairs):
    return [event for pair in pairs for event in pair]


def table_with(*days):
    """The shipped table with some days decided otherwise."""
    known = {day.date: day for day in TABLE.days} | {day.date: day for day in days}
    return DayTable(known.values(), known_from=TABLE.known_from, known_until=TABLE.known_until)


@settings(max_examples=200, deadline=None)
@given(DAYS, LIMITS)
def test_counting_to_the_due_date_gives_the_limit(received, n):
    due = read(TABLE, received, Limit(n), (), received).due
    assert (TABLE.count(received, due), read(TABLE, received, Limit(n), (), due).left) == (n, 0)


@settings(max_examples=200, deadline=None)
@given(DAYS, LIMITS, LIMITS)
def test_a_limit_is_the_sum_of_its_parts_one_after_the_other(received, n, m):
    first = read(TABLE, received, Limit(n), (), received).due
    assert read(TABLE, received, Limit(n + m), (), received).due == read(TABLE, first, Limit(m), (), first).due


@settings(max_examples=200, deadline=None)
@given(DAYS, LIMITS)
def test_friday_saturday_and_sunday_give_one_due_date_when_the_weekend_rests(day, n):
    friday = day + ONE * ((4 - day.weekday()) % 7)
    assume(not any(TABLE.is_workday(friday + ONE * i) for i in (1, 2)))
    dues = {read(TABLE, friday + ONE * i, Limit(n), (), friday + 2 * ONE).due for i in range(3)}
    assert len(dues) == 1


@settings(max_examples=200, deadline=None)
@given(DAYS, LIMITS, st.integers(1, 20))
def test_a_pause_over_days_of_rest_only_changes_nothing(received, n, before):
    start = received + ONE * before
    rest = start
    while not TABLE.is_workday(rest + ONE):
        rest += ONE
    events = [Event("pause", start), Event("resume", rest)]
    assert said(read(TABLE, received, Limit(n), events, rest + ONE)) == said(read(TABLE, received, Limit(n), (), rest + ONE))


@settings(max_examples=200, deadline=None)
@given(DAYS, LIMITS, st.integers(0, 20), st.integers(0, 20), st.integers(0, 20), st.integers(0, 90))
def test_one_pause_split_in_two_adjacent_ones_changes_nothing(received, n, before, first, second, later):
    start, middle = received + ONE * before, received + ONE * (before + first)
    end = middle + ONE * second
    whole = [Event("pause", start), Event("resume", end)]
    halves = [Event("pause", start), Event("resume", middle), Event("pause", middle), Event("resume", end)]
    asked = end + ONE * later
    assert said(read(TABLE, received, Limit(n), whole, asked)) == said(read(TABLE, received, Limit(n), halves, asked))


@settings(max_examples=200, deadline=None)
@given(DAYS, LIMITS, SPANS, st.integers(0, 120), st.randoms(use_true_random=False))
def test_the_order_in_which_pauses_are_told_is_irrelevant(received, n, spans, later, rng):
    pairs = pauses(received, spans)
    mixed = rng.sample(pairs, len(pairs))
    asked = received + ONE * later
    assert said(read(TABLE, received, Limit(n), flat(mixed), asked)) == said(
        read(TABLE, received, Limit(n), flat(pairs), asked)
    )


@settings(max_examples=60, deadline=None)
@given(DAYS, LIMITS, SPANS, st.integers(0, 60), st.integers(0, 60))
def test_a_rest_day_more_never_brings_the_date_forward_nor_a_make_up_day_back(received, n, spans, edited, later):
    day, asked = received + ONE * edited, received + ONE * later
    clocks = [
        read(table, received, Limit(n), flat(pauses(received, spans)), asked).due
        for table in (
            table_with(StatutoryDay(day, True, "")),
            TABLE,
            table_with(StatutoryDay(day, False, "")),
        )
    ]
    assert clocks == sorted(clocks)


@settings(max_examples=200, deadline=None)
@given(DAYS, LIMITS, st.integers(0, 30), st.integers(0, 40), st.integers(0, 60))
def test_while_paused_what_is_left_never_changes(received, n, before, gap, later):
    events, start = [Event("pause", received + ONE * before)], received + ONE * (before + gap)
    first, after = read(TABLE, received, Limit(n), events, start), read(TABLE, received, Limit(n), events, start + ONE * later)
    assert first.state != "paused" or (first.used, first.left) == (after.used, after.left)


@settings(max_examples=200, deadline=None)
@given(DAYS, LIMITS, st.integers(0, 120))
def test_used_and_left_make_up_the_limit_and_the_due_date_stands_still(received, n, later):
    reading = read(TABLE, received, Limit(n), [], received + ONE * later)
    assert (reading.used + reading.left, reading.due) == (n, TABLE.add(received, n).date)
    assert reading.used == min(n, TABLE.count(received, received + ONE * later))


ROWS = st.lists(st.tuples(st.dates(D("2026-08-01"), D("2026-10-20")), LIMITS, SPANS, st.booleans()), max_size=12)


@settings(max_examples=100, deadline=None)
@given(ROWS, st.dates(D("2026-08-01"), D("2026-12-31")), st.booleans())
def test_recomputing_finds_exactly_what_moved_and_then_nothing(rows, edited, working):
    new, asked = table_with(StatutoryDay(edited, working, "调")), D("2026-10-20")
    clocks = [OpenClock(i, day, Limit(n), flat(pauses(day, spans)), local) for i, (day, n, spans, local) in enumerate(rows)]
    told = {moved.key: (moved.old, moved.new, moved.provisional) for moved in recompute(TABLE, new, clocks, asked)}
    pairs = [
        [read(table, row.started, row.limit, row.events, asked, local=row.local) for table in (TABLE, new)] for row in clocks
    ]
    differing = {i: (a.due_at, b.due_at, b.provisional) for i, (a, b) in enumerate(pairs) if a.due_at != b.due_at}
    assert (told, recompute(new, new, clocks, asked)) == (differing, [])


def projection(reading):
    """What a case stores for lists and the sweep."""
    return reading.due_at, reading.statutory_due_at, reading.is_provisional, reading.is_paused


@settings(max_examples=150, deadline=None)
@given(DAYS, st.integers(1, 20), SPANS, st.integers(1, 15), st.integers(0, 40))
def test_replaying_the_log_gives_the_stored_projection(received, n, spans, more, grant):
    """Stored after each event as it came; told anew from the whole log at that time, it is the same."""
    extension = Event("extend", received + ONE * grant, more)
    log = sorted([*flat(pauses(received, spans)), extension], key=lambda event: event.when)
    stored = []
    for index in range(len(log)):
        clock = CaseClock(received, Limit(n), Limit(2 * n), tuple(log[: index + 1]))
        stored.append(projection(read_case(TABLE, clock, log[index].when)))
    whole = CaseClock(received, Limit(n), Limit(2 * n), tuple(log))
    last_of_day = [i for i, event in enumerate(log) if i + 1 == len(log) or log[i + 1].when > event.when]
    replayed = {i: projection(read_case(TABLE, whole, log[i].when)) for i in last_of_day}
    assert replayed == {i: stored[i] for i in last_of_day}
