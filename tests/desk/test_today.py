"""今日 gathers what is owed on cases, and the figures of the day; each row with clause, clock and the way to settle it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from shouwen.cases.models import Case
from shouwen.desk import queries
from shouwen.org.models import Substitution
from shouwen.reception import actions as reception
from tests import factories
from tests.cases.hall import Hall, when
from tests.reception.queue_scene import open_scene

NOW = when("11-23 09:12")


@pytest.fixture
def hall(cast):
    """李明 holds one case that is late, one due today and one with time, in no order."""
    hall = Hall(cast)
    for day in ("11-20", "11-06", "11-09"):
        hall.accepted(f"{day} 09:00")
    return hall


def owed(hall, member, at=NOW):
    return [one for one in queries.today(hall.actor(member), at).owed if one.clause == "3.3"]


def test_3_3_cases_stand_in_order_of_time_left_with_clause_clock_and_action(hall, cast):
    assert [(one.clock, one.state, one.action, one.subject) for one in owed(hall, cast.li)] == [
        ("超期 1 个工作日", "late", "办理", "王*兰"),
        ("今天到期", "warn", "办理", "王*兰"),
        ("剩 9 个工作日", "ok", "办理", "王*兰"),
    ]


def test_figures_tell_what_ends_today_what_is_soon_and_what_is_late(hall, cast):
    today = queries.today(hall.actor(cast.li), NOW)
    assert (today.ending, today.soon, today.late) == (1, 1, 1)


def test_paused_time_is_not_owed_by_a_date(hall, cast):
    late = Case.objects.of(hall.center).get(code=owed(hall, cast.li)[2].code)
    hall.do("pause_case", late, "11-23 09:00", ground="expert_review", needed_days=5)
    paused = [one for one in owed(hall, cast.li) if one.code == late.code]
    assert [(one.kind, one.due_at, one.clock, one.action) for one in paused] == [("暂停计时", None, "依法暂停计时", "恢复计时")]


def test_1_4_1_who_stands_in_owes_the_cases_and_the_person_away_owes_none(hall, cast):
    span = {"starts_at": when("11-23 08:00"), "ends_at": when("11-23 18:00")}
    Substitution.objects.create(center=hall.center, member=cast.li, cover=cast.zhang, source="t", **span)
    assert (len(owed(hall, cast.zhang)), owed(hall, cast.li)) == (3, [])


def test_others_and_another_centre_owe_nothing_of_it(hall, cast):
    assert (owed(hall, cast.zhang), owed(hall, cast.zhou), owed(hall, cast.zhao)) == ([], [], [])


def test_3_3_a_request_to_lengthen_waits_for_who_approves_and_not_for_who_asked(hall, cast):
    case = Case.objects.of(hall.center).get(code=owed(hall, cast.li)[2].code)
    hall.do("ask_approval", case, "11-23 09:00", kind="extension", data={"n": 3, "reason": "须实地核查"}, reason="须实地核查")
    asked = {m.name: [one.kind for one in owed(hall, m) if one.kind == "请您批准"] for m in (cast.zhou, cast.wang, cast.zhang)}
    assert asked == {"周丽": ["请您批准"], "王主任": ["请您批准"], "张敏": []}


def test_the_person_at_the_window_and_the_visits_of_today_are_shown(cast, client_for):
    scene = open_scene(cast, when("11-23 08:00"))
    for minute in (31, 33):
        scene.take(when(f"11-23 08:{minute}"))
    scene.serve(when("11-23 08:41"), when("11-23 08:51"))
    called = scene.call(when("11-23 09:05"))
    today = client_for(cast.zhang).get(reverse("desk:today")).context["today"]
    assert (today.served, today.visit.label, today.visit.is_begun) == (1, called.label, False)
    reception.begin_ticket(ticket=called, by=factories.actor(cast.zhang), at=when("11-23 09:06"))
    visit = queries.today(factories.actor(cast.zhang), NOW).visit
    assert (visit.label, visit.since, visit.is_begun) == (called.label, when("11-23 09:06"), True)
