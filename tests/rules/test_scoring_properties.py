"""What holds for every month, whatever happened in it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shouwen.cli.eval_scoring import sample
from shouwen.rules.scoring import Fact, Subject, compile_rulebook, score

KINDS = ["late", "left_early", "games", "door", "absent", "not_found"]
FOUNDING = {
    name: compile_rulebook(sample("founding"), readings)
    for name, readings in {
        "default": {},
        "retroactive": {"R4": "yes"},
        "year": {"R1": "year", "R4": "yes"},
        "per item": {"R2": "item", "R3": "no"},
        "floor": {"R5": 0},
    }.items()
}
SAMPLE_02 = compile_rulebook(sample("sample-02"), {"section_floor": "closed"})


def fact(number, kind, day, count=1):
    return Fact(f"f{number}", kind, "a", date(2026, 10, 1) + timedelta(days=day), count=Decimal(count))


offences = st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, 29), st.integers(1, 3)), max_size=12).map(
    lambda rows: [fact(n, *row) for n, row in enumerate(rows)]
)
errors_02 = st.lists(
    st.tuples(st.sampled_from(["badge", "untidy", "not_cleaned", "fee", "criticised", "no_sitting"]), st.integers(0, 29)),
    max_size=15,
).map(lambda rows: [fact(n, *row) for n, row in enumerate(rows)])
books = pytest.mark.parametrize("name", list(FOUNDING))
quick = settings(max_examples=60, deadline=None)


def month(rulebook, facts):
    return score(rulebook, [Subject("a")], facts, "2026-10").of("a", rulebook.plan.sheets[next(iter(rulebook.plan.sheets))].id)


def face(result):
    return result.total, [(line.fact, line.amount, line.n, line.times) for line in result.lines]


@books
@quick
@given(facts=offences, random=st.randoms())
def test_order_of_the_list_does_not_matter(name, facts, random):
    shuffled = list(facts)
    random.shuffle(shuffled)

    assert face(month(FOUNDING[name], shuffled)) == face(month(FOUNDING[name], facts))


@books
@quick
@given(facts=offences, extra=st.tuples(st.sampled_from(KINDS), st.integers(0, 29)))
def test_one_more_offence_never_raises_the_score(name, facts, extra):
    more = [*facts, fact(999, *extra)]

    assert month(FOUNDING[name], more).total <= month(FOUNDING[name], facts).total


@books
@quick
@given(facts=offences)
def test_base_and_lines_make_the_total(name, facts):
    found = month(FOUNDING[name], facts)

    assert found.base + sum(line.amount for line in found.lines) == found.total


@quick
@given(facts=errors_02)
def test_base_and_lines_make_the_total_with_section_bounds(facts):
    found = month(SAMPLE_02, facts)

    assert found.stops or found.base + sum(line.amount for line in found.lines) == found.total


@quick
@given(facts=errors_02)
def test_no_section_falls_below_its_floor(facts):
    found = month(SAMPLE_02, facts)

    assert [s.score for i, s in found.sums.items() if 0 < i < 5 and s.score < 0] == []


@quick
@given(facts=offences)
def test_a_floor_is_never_passed(facts):
    assert month(FOUNDING["floor"], facts).total >= 0


@books
@quick
@given(facts=offences, at=st.integers(0, 11))
def test_withdrawing_a_fact_restores_what_was_before(name, facts, at):
    if not facts:
        assert month(FOUNDING[name], facts).total == 10
        return
    withdrawn = [*facts]
    one = withdrawn[at % len(facts)]
    withdrawn[at % len(facts)] = Fact(one.id, one.kind, one.subject, one.date, count=one.count, status="withdrawn")

    assert face(month(FOUNDING[name], withdrawn)) == face(month(FOUNDING[name], [f for f in facts if f.id != one.id]))


@books
@quick
@given(facts=offences)
def test_scoring_twice_changes_nothing(name, facts):
    assert face(month(FOUNDING[name], facts)) == face(month(FOUNDING[name], facts))


@quick
@given(days=st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, 364)), max_size=25))
def test_a_year_is_the_sum_of_its_months(days):
    facts = [Fact(f"f{n}", kind, "a", date(2026, 1, 1) + timedelta(days=day)) for n, (kind, day) in enumerate(days)]

    answer = score(FOUNDING["year"], [Subject("a")], facts, "2026")

    months = [r.total for r in answer.results if r.sheet.id == "month"]
    assert (len(months), answer.of("a", "year").total) == (12, sum(months))
    alone = [score(FOUNDING["year"], [Subject("a")], facts, f"2026-{m:02}").of("a", "month").total for m in range(1, 13)]
    assert alone == months
