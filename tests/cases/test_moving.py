"""What a change of the calendar moves, with the reason as an entry ("3.3"; L3–L5, L35, K9, K10)."""

from __future__ import annotations

from datetime import date

from shouwen.cases import actions, queries
from shouwen.cases.models import Breach, Event
from shouwen.core.actors import system
from shouwen.rules.workdays import StatutoryDay
from shouwen.workcalendar.actions import declare_closure, import_notice
from shouwen.workcalendar.queries import ClosureDraft, NoticeDraft, day_table, proposed
from tests.cases.hall import fresh, when


def power_cut(hall, day=date(2026, 12, 1)):
    return ClosureDraft(day, day, "全镇停电")


def close(hall, at="11-24 09:00"):
    by, old = system(hall.center), day_table(hall.center)
    declare_closure(draft=power_cut(hall), by=hall.actor(hall.cast.zhou), at=when(at))
    return actions.move_dates(old=old, reason="全镇停电", by=by, at=when(at))


def test_a_local_closure_moves_the_promise_and_not_the_law_k9(hall):
    case = hall.accepted("11-23 09:00")
    assert close(hall) == 1
    found = fresh(case)
    assert (found.due_at, found.statutory_due_at) == (when("12-08 17:30"), when("12-21 17:30"))
    entry = Event.objects.of(hall.center).filter(case=case).latest("number")
    said = "全镇停电：应办结日由 2026-12-07 顺延到 2026-12-08（12-01 改为本地停办(全镇停电)）"
    assert (entry.kind, entry.words) == ("move_dates", said)


def test_what_would_move_is_listed_first_and_nothing_is_written_l4(hall):
    case = hall.accepted("11-23 09:00")
    hall.accepted("11-02 09:00")
    table = day_table(hall.center)
    seen = queries.calendar_effects(hall.center, table, proposed(hall.center, power_cut(hall)))
    assert (seen.moved, seen.shown[0][0], fresh(case).due_at) == (1, case.code, when("12-07 17:30"))


def test_moving_again_changes_nothing_l35(hall):
    case = hall.accepted("11-23 09:00")
    close(hall)
    assert actions.move_dates(by=system(hall.center), at=when("11-24 10:00")) == 0
    told = queries.replay(case)
    assert queries.stored(case, told) == told


def test_the_tick_follows_a_calendar_nobody_moved_the_dates_for(hall):
    case = hall.accepted("11-23 09:00")
    hall.sweep("11-23 10:00")
    declare_closure(draft=power_cut(hall), by=hall.actor(hall.cast.zhou), at=when("11-24 09:00"))
    hall.sweep("11-24 09:01")
    assert fresh(case).due_at == when("12-08 17:30")


def test_a_breach_stays_though_the_day_becomes_a_day_of_rest_l5(hall):
    case = hall.accepted("11-02 09:00")
    hall.sweep("11-17 09:00")
    declare_closure(draft=power_cut(hall, date(2026, 11, 16)), by=hall.actor(hall.cast.zhou), at=when("11-17 10:00"))
    actions.move_dates(by=system(hall.center), at=when("11-17 10:00"))
    assert (fresh(case).due_at, Breach.objects.of(hall.center).count()) == (when("11-17 17:30"), 1)


def test_a_provisional_date_becomes_certain_when_the_notice_comes_k10_l3(hall):
    case = hall.accepted("2026-12-25 09:00")
    assert case.is_provisional is True
    days = (StatutoryDay(date(2027, 1, 1), False, "元旦"), StatutoryDay(date(2027, 1, 2), False, "元旦"))
    import_notice(
        draft=NoticeDraft("2027年放假通知", date(2027, 12, 31), days), by=hall.actor(hall.cast.wang), at=when("12-26")
    )
    actions.move_dates(reason="2027年放假通知", by=system(hall.center), at=when("12-26"))
    found = fresh(case)
    assert (found.is_provisional, found.due_at) == (False, when("2027-01-11 17:30"))


def test_cases_counted_as_a_group_come_out_as_each_alone(hall):
    hall.accepted("11-23 09:00")
    hall.accepted("11-23 10:30")
    paused = hall.accepted("11-23 11:00")
    hall.do("pause_case", paused, "11-24", ground="test", needed_days=3)
    hall.receive("11-23 15:00", {1: ""})
    close(hall)
    for case in paused.__class__.objects.of(hall.center):
        before = {name: getattr(case, name) for name in ("due_at", "statutory_due_at", "current_due_at", "next_event_at")}
        actions.story.reproject(case)
        assert {name: getattr(fresh(case), name) for name in before} == before
