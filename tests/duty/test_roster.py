"""Rotas, filling a month, swaps, substitutes."""

from collections import Counter
from datetime import date

import pytest
from icalendar import Calendar

from shouwen.core.errors import Refused
from shouwen.duty import actions, documents, models, queries


def live(center, kind="hall"):
    rows = models.Shift.objects.of(center).filter(kind=kind, ended_at__isnull=True).order_by("date")
    return [(row.date.day, row.member.name) for row in rows.select_related("member")]


@pytest.fixture
def filled(hall, actor, hm):
    """December filled from a rota of three."""
    by = actor(hall.zhou)
    actions.set_pattern(
        kind="hall", members=[hall.zhou, hall.zhang, hall.li], active_from=date(2026, 12, 1), by=by, at=hm("9:00")
    )
    actions.set_pattern(kind="holiday", members=[hall.zhang, hall.li], active_from=date(2026, 12, 1), by=by, at=hm("9:00"))
    actions.fill_month(month=date(2026, 12, 1), by=by, at=hm("9:00"))
    return hall


def test_a_month_is_filled_fairly_on_the_right_days(filled):
    shifts = live(filled.center)
    assert len(shifts) == 23
    assert sorted(Counter(name for _, name in shifts).values()) == [7, 8, 8]
    assert [day for day, _ in live(filled.center, "holiday")] == [5, 6, 12, 13, 19, 20, 26, 27]


def test_filling_again_adds_nothing(filled, actor, hm):
    assert actions.fill_month(month=date(2026, 12, 1), by=actor(filled.zhou), at=hm("9:00")) == 0


def test_a_new_rota_ends_the_one_before(filled, actor, hm):
    actions.set_pattern(kind="hall", members=[filled.li], active_from=date(2027, 1, 1), by=actor(filled.zhou), at=hm("9:00"))
    rows = models.Pattern.objects.of(filled.center).filter(kind="hall").order_by("active_from")
    assert [(row.active_from, row.active_to) for row in rows] == [
        (date(2026, 12, 1), date(2027, 1, 1)),
        (date(2027, 1, 1), None),
    ]


def test_a_swap_changes_both_shifts_when_the_other_accepts(shift, tomorrow, li, zhang, actor, hm):
    swap = actions.ask_swap(shift=shift, asked=zhang, other=tomorrow, by=actor(li), at=hm("8:00"))
    assert live(shift.center) == [(23, "李明"), (24, "张敏")]
    actions.answer_swap(swap=swap, accept=True, by=actor(zhang), at=hm("8:05"))
    assert live(shift.center) == [(23, "张敏"), (24, "李明")]
    with pytest.raises(Refused, match="已被他人处理"):
        actions.answer_swap(swap=swap, accept=True, by=actor(zhang), at=hm("8:06"))


def test_a_shift_that_changed_hands_meanwhile_stops_the_swap_and_nothing_moves(shift, tomorrow, li, zhang, zhou, actor, hm):
    swap = actions.ask_swap(shift=shift, asked=zhang, other=tomorrow, by=actor(li), at=hm("8:00"))
    actions.assign(day=tomorrow.date, kind="hall", member=zhou, by=actor(zhou), at=hm("8:02"))
    with pytest.raises(Refused, match="已被他人处理"):
        actions.answer_swap(swap=swap, accept=True, by=actor(zhang), at=hm("8:05"))
    assert live(shift.center) == [(23, "李明"), (24, "周丽")]


def test_1_4_1_an_approved_leave_gives_the_shifts_to_the_cover(shift, tomorrow, zhang, li, zhou, actor, hm):
    assert (
        actions.give_slots(
            member=zhang, cover=zhou, start=date(2026, 11, 24), end=date(2026, 11, 26), by=actor(zhou), at=hm("8:00")
        )
        == 1
    )
    assert live(shift.center) == [(23, "李明"), (24, "周丽")]
    change = models.ShiftChange.objects.of(shift.center).get()
    assert (change.before, change.after, change.reason) == (zhang, zhou, "请假代班")


def test_1_4_1_shifts_go_back_when_the_leave_is_over_but_not_one_that_moved_on(shift, tomorrow, zhang, li, zhou, actor, hm):
    leave = {"member": zhang, "cover": zhou, "start": date(2026, 11, 24), "end": date(2026, 11, 26)}
    actions.give_slots(**leave, by=actor(zhou), at=hm("8:00"))
    assert (actions.give_back_slots(**leave, by=actor(zhou), at=hm("9:00")), live(shift.center)[1]) == (1, (24, "张敏"))
    actions.give_slots(**leave, by=actor(zhou), at=hm("10:00"))
    actions.assign(day=tomorrow.date, kind="hall", member=li, by=actor(zhou), at=hm("11:00"))
    assert (actions.give_back_slots(**leave, by=actor(zhou), at=hm("12:00")), live(shift.center)[1]) == (0, (24, "李明"))


def test_only_ones_own_shift_can_be_given_away(shift, zhang, zhou, actor, hm):
    with pytest.raises(Refused, match="只能换自己的班"):
        actions.ask_swap(shift=shift, asked=zhou, by=actor(zhang), at=hm("8:00"))


def test_the_feed_reads_as_a_calendar(shift, tomorrow):
    rows = queries.feed(shift.center, shift.member, shift_moment())
    events = Calendar.from_ical(documents.icalendar(rows, shift.center)).walk("VEVENT")
    assert [(event.decoded("dtstart"), str(event["summary"])) for event in events] == [(date(2026, 11, 23), "值日 李明")]


def shift_moment():
    from tests.factories import AT

    return AT
