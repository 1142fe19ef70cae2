"""Web punches and the paper register."""

from __future__ import annotations

from datetime import date

import pytest

from shouwen.attendance import actions, queries
from shouwen.attendance.models import Punch, RegisterEntry, SlotResult
from shouwen.core.actors import system
from shouwen.core.errors import Refused
from tests import factories
from tests.attendance.days import local

DAY, ON = "2026-10-12", date(2026, 10, 12)
AT = local(DAY, "09:00")


def typed(hall, by, *lines):
    actions.type_register(lines=lines, by=factories.actor(by, AT), at=AT)
    return list(queries.typed_entries(hall.center))


def test_a_web_punch_takes_the_servers_time(hall):
    actions.add_device(name="网页打卡", kind="web", by=system(hall.center), at=AT)
    actions.punch_on_web(by=factories.actor(hall.li, AT), at=AT)
    slot = SlotResult.objects.of(hall.center).get(member=hall.li, date=ON, session="am", side="in")
    assert (Punch.objects.of(hall.center).get().punched_at, slot.state, slot.minutes) == (AT, "late", 30)


def test_web_punching_is_closed_until_opened(hall):
    with pytest.raises(Refused, match="没有开通"):
        actions.punch_on_web(by=factories.actor(hall.li, AT), at=AT)


def test_a_typed_line_is_no_punch_until_a_second_person_confirms_under_1_9(hall):
    """ "1.9": nobody records or confirms alone."""
    entries = typed(hall, hall.sun, (hall.li, local(DAY, "08:25")))
    before = Punch.objects.of(hall.center).count()
    actions.confirm_register(entries=entries, by=factories.actor(hall.zhou, AT), at=AT)
    slot = SlotResult.objects.of(hall.center).get(member=hall.li, date=ON, session="am", side="in")
    assert (before, Punch.objects.of(hall.center).count(), slot.state) == (0, 1, "normal")


def test_who_typed_it_does_not_confirm_it(hall):
    entries = typed(hall, hall.sun, (hall.li, local(DAY, "08:25")))
    with pytest.raises(Refused, match="另一人"):
        actions.confirm_register(entries=entries, by=factories.actor(hall.sun, AT), at=AT)


def test_nobody_types_or_confirms_his_own_line(hall):
    with pytest.raises(Refused, match="本人"):
        typed(hall, hall.sun, (hall.sun, local(DAY, "08:25")))
    entries = typed(hall, hall.sun, (hall.zhou, local(DAY, "08:25")))
    with pytest.raises(Refused, match="本人"):
        actions.confirm_register(entries=entries, by=factories.actor(hall.zhou, AT), at=AT)


def test_the_same_line_typed_twice_is_one(hall):
    line = (hall.li, local(DAY, "08:25"))
    assert len(typed(hall, hall.sun, line) + typed(hall, hall.sun, line)) == 2
    assert RegisterEntry.objects.of(hall.center).count() == 1


def test_of_two_who_confirm_one_wins(hall):
    entries = typed(hall, hall.sun, (hall.li, local(DAY, "08:25")))
    stale = list(queries.typed_entries(hall.center))
    actions.confirm_register(entries=entries, by=factories.actor(hall.zhou, AT), at=AT)
    with pytest.raises(Refused, match="已被他人处理"):
        actions.confirm_register(entries=stale, by=factories.actor(hall.wang, AT), at=AT)
    assert Punch.objects.of(hall.center).count() == 1


def test_a_line_that_differs_from_the_paper_goes_back(hall):
    (entry,) = typed(hall, hall.sun, (hall.li, local(DAY, "08:25")))
    actions.reject_register(entry=entry, note="纸面是 08:35", by=factories.actor(hall.zhou, AT), at=AT)
    assert (entry.state, entry.note, Punch.objects.of(hall.center).count()) == ("rejected", "纸面是 08:35", 0)


def test_a_clerk_does_not_type_the_register(hall):
    with pytest.raises(Refused, match="考核员"):
        typed(hall, hall.zhang, (hall.li, local(DAY, "08:25")))
