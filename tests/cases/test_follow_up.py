"""Service after the certificate ("2.2"): planned, owned, done, recorded."""

from __future__ import annotations

from datetime import date

import pytest

from shouwen.cases.actions import follow_up as actions
from shouwen.cases.models import Event, FollowUp
from shouwen.cases.queries import follow_up as queries
from shouwen.core.actors import system
from shouwen.core.errors import Refused
from shouwen.org.models import Substitution
from tests.cases.hall import fresh, when


@pytest.fixture
def delivered(hall):
    """A certificate that ends on 2027-03-31, handed over on Wednesday 11-25."""

    def case(ends=date(2027, 3, 31), member=None):
        found = hall.accepted("11-23 09:00")
        hall.do("decide_case", found, "11-24 10:00", decision="granted", result_expires=ends)
        hall.do("deliver_result", found, "11-25 10:00", way="counter")
        return fresh(found)

    return case


def plan(hall, case, at="11-25 10:05", **more):
    FollowUp.objects.of(hall.center).filter(case=case, done_at__isnull=True).update(done_at=when(at), result="content")
    return actions.plan_follow_up(case=case, by=hall.actor(), at=when(at), **more)


def test_2_2_after_delivery_somebody_asks_within_five_working_days(hall, delivered):
    row = plan(hall, delivered())
    assert (row.member_name, row.due_at, row.kind) == ("李明", when("12-02 17:30"), "aftercare")


def test_before_delivery_and_while_one_is_open_it_is_refused(hall, delivered):
    with pytest.raises(Refused, match="送达后才安排") as refused:
        actions.plan_follow_up(case=hall.accepted("11-23 09:00"), by=hall.actor(), at=when("11-23 10:00"))
    case = delivered()
    plan(hall, case)
    with pytest.raises(Refused, match="已经安排了证后回访"):
        actions.plan_follow_up(case=case, by=hall.actor(), at=when("11-25 10:06"))
    assert refused.value.clause == "2.2"


def test_2_2_it_is_an_obligation_of_its_owner_late_after_its_day(hall, delivered):
    plan(hall, delivered())
    seen = [
        [(one.kind, one.clause, one.state) for one in queries.follow_up_obligations(hall.actor(), when(at))]
        for at in ("11-26 09:00", "12-03 09:00")
    ]
    assert seen == [[("证后回访", "2.2", "ok")], [("证后回访", "2.2", "late")]]


def test_the_cover_owes_it_while_the_owner_is_away(hall, delivered):
    row = plan(hall, delivered())
    cast = hall.cast
    Substitution.objects.create(
        center=hall.center,
        member=cast.li,
        cover=cast.zhang,
        starts_at=when("11-26 08:00"),
        ends_at=when("11-27 18:00"),
        source="t",
    )
    assert [one.code for one in queries.follow_up_obligations(hall.actor(cast.zhang), when("11-26 09:00"))] == [row.code]
    done = actions.do_follow_up(follow_up=row, way="phone", result="content", by=hall.actor(cast.zhang), at=when("11-26 09:10"))
    assert (done.done_by, queries.follow_up_obligations(hall.actor(cast.zhang), when("11-26 09:20"))) == ("张敏", [])


def test_2_2_what_came_of_it_stands_in_the_story_of_the_case(hall, delivered):
    case = delivered()
    actions.do_follow_up(
        follow_up=plan(hall, case), way="visit", result="helped", text="补打一份", by=hall.actor(), at=when("11-27 09:00")
    )
    told = Event.objects.of(hall.center).filter(case=case, kind="follow_up").values_list("words", "clause")
    assert list(told) == [("证后回访（上门）：有问题，已帮助解决", "2.2")]


def test_whoever_was_not_reached_is_asked_again(hall, delivered):
    case = delivered()
    row = plan(hall, case)
    with pytest.raises(Refused, match="再次回访"):
        actions.do_follow_up(follow_up=row, way="phone", result="unreached", by=hall.actor(), at=when("11-27 09:00"))
    actions.do_follow_up(follow_up=row, way="phone", result="unreached", again_days=3, by=hall.actor(), at=when("11-27 09:00"))
    again = FollowUp.objects.of(hall.center).get(case=case, done_at__isnull=True, kind="aftercare")
    assert (again.due_at, again.member_name) == (when("12-02 17:30"), "李明")


def test_others_do_not_record_it_and_twice_is_refused(hall, delivered):
    row = plan(hall, delivered())
    told = {"follow_up": row, "way": "phone", "result": "content"}
    with pytest.raises(Refused, match="由李明负责"):
        actions.do_follow_up(**told, by=hall.actor(hall.cast.zhang), at=when("11-26 09:00"))
    actions.do_follow_up(**told, by=hall.actor(), at=when("11-26 09:00"))
    with pytest.raises(Refused, match="已被他人处理"):
        actions.do_follow_up(**told, by=hall.actor(hall.cast.zhou), at=when("11-26 09:01"))


def test_2_2_a_certificate_that_runs_out_is_planned_for_by_the_sweep_once(hall, delivered):
    case = delivered()
    early, due, again = (
        actions.sweep_follow_ups(by=system(hall.center), at=when(at)) for at in ("2027-01-29", "2027-01-30", "2027-01-31")
    )
    row = FollowUp.objects.of(hall.center).get(case=case, kind="expiry")
    assert (early, due, again) == (0, 1, 0)
    assert (row.from_date, row.due_at, row.plan) == (
        date(2027, 1, 30), when("2027-03-01 17:30"), "有效期至 2027年3月31日，请在届满 30 日前申请延续",
    )  # fmt: skip


def test_a_result_without_an_end_or_run_out_gets_no_reminder(hall, delivered):
    for case, at, words in [(delivered(None), "11-26", "没有注明有效期"), (delivered(), "2027-04-01", "已经到期")]:
        with pytest.raises(Refused, match=words):
            actions.plan_expiry_reminder(case=case, by=hall.actor(), at=when(at))


def test_another_centre_sees_none(hall, delivered):
    plan(hall, delivered())
    assert list(queries.visible_follow_ups(hall.actor(hall.cast.zhao), when("11-26"))) == []
