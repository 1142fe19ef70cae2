"""Whose fault it is when a limit runs out: whoever answered for the case at that moment ("4.2", "4.3.2.1", "1.4.1"; K7, L24–L28)."""

from __future__ import annotations

from importlib import import_module

import pytest

from shouwen.cases import actions, queries
from shouwen.cases.models import Breach, Case
from shouwen.core.actors import system
from shouwen.core.errors import Refused
from shouwen.notifications.models import Message
from shouwen.org.actions import record_substitution
from shouwen.reception import actions as reception
from shouwen.reception.models import HandOver
from tests.cases.hall import fresh, when


def offer(hall, case, at):
    give = {"matter": case.matter, "kind": "internal", "receiver": hall.cast.zhang}
    return reception.hand_over(by=hall.actor(), at=when(at), **give)


def test_while_a_hand_over_waits_the_sender_carries_the_clock_k7_l24(hall):
    case = hall.accepted("11-02 09:00")
    offer(hall, case, "11-13 09:00")
    hall.sweep("11-17 09:00")
    assert Breach.objects.of(hall.center).get().member == hall.cast.li


def test_a_breach_belongs_to_the_holder_of_its_moment_not_of_today_l27(hall):
    case = hall.accepted("11-02 09:00")
    row = offer(hall, case, "11-17 09:00")
    reception.take_over(hand_over=row, by=hall.actor(hall.cast.zhang), at=when("11-17 09:10"))
    hall.sweep("12-01 09:00")
    found = Breach.objects.of(hall.center).order_by("at").values_list("kind", "member__name")
    assert list(found) == [("promised", "李明"), ("statutory", "张敏")]


def test_whoever_stands_in_owes_the_case_and_may_act_l28(hall):
    case = hall.accepted("11-20 09:00")
    span = {"starts_at": when("11-23 08:30"), "ends_at": when("11-24 17:30")}
    away = {"member": hall.cast.li, "cover": hall.cast.zhang, "source": "leave:1"}
    record_substitution(by=system(hall.center), at=when("11-20 10:00"), **away, **span)
    owed = queries.obligations(hall.actor(hall.cast.zhang), when("11-23 09:00"))
    assert [one.code for one in owed if one.kind == "办理中"] == [case.code]
    hall.sweep("12-07 09:00")
    assert Breach.objects.of(hall.center).get().member == hall.cast.li


def test_a_case_cannot_end_while_its_matter_is_on_offer(hall):
    case = hall.receive("11-20 09:00")
    offer(hall, case, "11-20 09:10")
    with pytest.raises(Refused):
        hall.do("decline_case", case, "11-20 09:20", reason="不属于", basis="第三十二条")
    assert (fresh(case).status, HandOver.objects.of(hall.center).get().status) == ("received", "pending")


def test_the_sweep_knows_no_ceiling_l17(hall, monkeypatch):
    monkeypatch.setattr(import_module("shouwen.cases.actions.sweep"), "BATCH", 2)
    for minute in range(5):
        hall.accepted(f"11-02 09:0{minute}")
    assert actions.sweep(by=system(hall.center), at=when("11-17 09:00")) == 5
    assert Breach.objects.of(hall.center).filter(kind="promised").count() == 5
    assert Case.objects.of(hall.center).filter(next_event_at__lte=when("11-17 09:00")).count() == 0


def test_the_first_asked_of_another_window_hears_when_it_slips(hall):
    case = hall.accepted("11-02 09:00")
    row = offer(hall, case, "11-02 10:00")
    reception.take_over(hand_over=row, by=hall.actor(hall.cast.zhang), at=when("11-02 10:10"))
    hall.sweep("11-17 09:00")
    heard = Message.objects.of(hall.center).filter(key__contains="promised:over").values_list("to__name", flat=True)
    assert set(heard) == {"李明", "张敏", "周丽"}
