"""Decisions of the leadership meeting ("1.1"), substitutions ("1.4.1"), departments ("1.7"), the report telephone ("3.6")."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from shouwen.core.actors import Actor, system
from shouwen.core.errors import Refused
from shouwen.org import actions, queries
from shouwen.org.models import Center, Decision
from tests import factories

TODAY = date(2026, 11, 23)


def decide(by, at, **more):
    given = {
        "kind": "point_value",
        "decided_date": date(2026, 8, 28),
        "decided_by": "班子会",
        "text": "每分 50 元",
        "value": Decimal("50"),
        "active_from": date(2026, 9, 1),
    }
    return actions.record_decision(**given | more, by=by, at=at)


def refusal(action, *given, **named) -> tuple[str, str]:
    with pytest.raises(Refused) as error:
        action(*given, **named)
    return error.value.message, error.value.clause


def test_point_value_is_dated_and_a_new_one_ends_the_old_1_1(cast, at, actor):
    """ "1.1": the money value of a point is set by the meeting; an old month keeps its value."""
    decide(actor(cast.zhou), at)
    decide(actor(cast.zhou), at, value=Decimal("80"), active_from=date(2026, 11, 1))
    values = [queries.decision(cast.center, "point_value", date(2026, month, 15)) for month in (8, 9, 10, 11)]
    assert [row.value if row else None for row in values] == [None, Decimal("50"), Decimal("50"), Decimal("80")]


def test_decision_must_lie_after_the_one_before(cast, at, actor):
    decide(actor(cast.zhou), at)
    assert refusal(decide, actor(cast.zhou), at) == ("生效日须晚于上一次同类决定的生效日", "")


@pytest.mark.parametrize(
    ("given", "answer"),
    [
        ({"value": None}, ("请填写每分多少元(0 至 10000)", "1.1")),
        ({"value": Decimal("-1")}, ("请填写每分多少元(0 至 10000)", "1.1")),
        ({"kind": "objection_days", "value": Decimal("2.5")}, ("异议期限须为 1 至 60 个工作日的整数", "1.2")),
        ({"kind": "readings"}, ("此类决定不填数值", "")),
    ],
)
def test_value_must_fit_its_kind(cast, at, actor, given, answer):
    assert refusal(decide, actor(cast.zhou), at, **given) == answer


def test_misconduct_is_never_recorded_by_an_assessor_1_9(cast, at, actor):
    """ "1.9": who assesses does not find on misconduct in assessing."""
    given = {"kind": "misconduct", "value": None, "text": "认定考核弄虚作假"}
    assert refusal(decide, actor(cast.sun), at, **given) == ("此事须由分管领导（主任）、中心负责人办理", "")
    assert decide(actor(cast.wang), at, **given).kind == Decision.Kind.MISCONDUCT


def test_ended_decision_stays_on_record(cast, at, actor):
    row = decide(actor(cast.zhou), at)
    actions.end_decision(decision=row, last_date=TODAY, by=actor(cast.zhou), at=at)
    days = [queries.decision(cast.center, "point_value", day) for day in (TODAY, TODAY + timedelta(days=1))]
    assert (days, queries.decisions(cast.center).count()) == ([row, None], 1)


def test_decision_of_another_center_is_not_ours(cast, at, actor):
    decide(actor(cast.zhou), at)
    assert queries.decision(cast.other_center, "point_value", TODAY) is None


def cover(cast, at, **more):
    given = {"member": cast.li, "cover": cast.zhang, "starts_at": at, "ends_at": at + timedelta(hours=4), "source": "leave:1"}
    return actions.record_substitution(**given | more, by=system(cast.center), at=at)


def test_cover_stands_in_for_the_time_and_no_longer_1_4_1(cast, at):
    """ "1.4.1": the cover owns the post while the person is away."""
    cover(cast, at)
    moments = [at - timedelta(seconds=1), at, at + timedelta(hours=4)]
    assert [queries.cover_of(cast.li, moment) for moment in moments] == [None, cast.zhang, None]
    assert (queries.covered_by(cast.zhang, at), queries.covered_by(cast.li, at)) == ([cast.li], [])


def test_cover_told_twice_is_one_row(cast, at):
    assert cover(cast, at).pk == cover(cast, at).pk


def test_cover_cannot_be_away_or_busy(cast, at):
    cover(cast, at)
    answer = ("该时段已安排代班,或代班人自己也不在岗", "1.4.1")
    assert refusal(cover, cast, at, cover=cast.zhou, source="leave:2") == answer
    assert refusal(cover, cast, at, member=cast.zhou, cover=cast.li, source="leave:2") == answer
    assert refusal(cover, cast, at, cover=cast.zhao, source="leave:2") == ("代班人员须为本中心人员", "1.4.1")


def test_return_from_leave_ends_the_cover(cast, at):
    cover(cast, at)
    back = at + timedelta(hours=1)
    assert actions.end_substitution(source="leave:1", by=system(cast.center), at=back) == 1
    assert [queries.cover_of(cast.li, moment) for moment in (at, back)] == [cast.zhang, None]
    assert actions.end_substitution(source="leave:1", by=system(cast.center), at=back) == 0


def test_vertical_department_names_its_superior_1_7(cast, at, actor):
    """ "1.7": the transfer letter goes to the superior department."""
    given = {"name": "税务所", "short_name": "税务", "active_from": TODAY, "by": actor(cast.zhou), "at": at}
    assert refusal(actions.add_department, is_vertical=True, **given)[1] == "1.7"
    row = actions.add_department(is_vertical=True, superior_name="县税务局", **given)
    assert (row.is_vertical, row.superior_name) == (True, "县税务局")


def test_department_with_people_does_not_end(cast, at, actor):
    answer = refusal(actions.end_department, department=cast.civil, last_date=TODAY, by=actor(cast.zhou), at=at)
    assert answer == ("该部门在该日之后仍有人员,请先调整人员岗位", "")


def test_counter_number_is_used_once_and_free_after_its_end(cast, at, actor):
    by = actor(cast.zhou)
    given = {"number": 9, "name": "税务", "department": cast.civil, "active_from": TODAY, "by": by, "at": at}
    row = actions.add_counter(**given)
    assert refusal(actions.add_counter, **given) == ("9号窗口已在使用", "")
    actions.end_counter(counter=row, last_date=TODAY, by=by, at=at)
    assert actions.add_counter(**given | {"active_from": TODAY + timedelta(days=1)}).number == 9


def settings_of(center, **more):
    names = ("name", "short_name", "office_name", "address", "pinyin", "report_phone", "objection_contact", "objection_phone")
    return {name: getattr(center, name) for name in names} | more


def test_report_telephone_may_change_but_not_vanish_3_6(cast, at, actor):
    """ "3.6": the report telephone is published, so it is required."""
    given = settings_of(cast.center, report_phone=" ")
    assert refusal(actions.change_center, **given, by=actor(cast.zhou), at=at)[1] == "3.6"
    actions.change_center(**settings_of(cast.center, report_phone="0731-8800009"), by=actor(cast.zhou), at=at)
    assert Center.objects.get(pk=cast.center.pk).report_phone == "0731-8800009"


def test_township_invites_a_village_station_below_itself(cast, at, actor):
    root = factories.member(cast.center, "系统", roles=("system_admin",))
    code = actions.invite_center(kind="village", by=actor(root), at=at)
    visitor = Actor(kind="anonymous")
    made = actions.open_center(code=code, name="青山村站", short_name="青山村", report_phone="123456", by=visitor, at=at)
    assert (made.parent, made.kind, queries.stations(cast.center)) == (cast.center, "village", [made])
    again = {"code": code, "name": "另一站", "short_name": "另", "report_phone": "123456", "by": visitor, "at": at}
    assert refusal(actions.open_center, **again) == ("开通地址已使用或已过期,请重新取得", "")


def test_opening_code_lives_24_hours(cast, at):
    code = actions.invite_center(by=Actor(kind="system", label="shouwen init"), at=at)
    found = [queries.setup_code(code, at + timedelta(hours=hours)) is not None for hours in (0, 23, 24)]
    assert (found, queries.setup_code("x" + code, at)) == ([True, True, False], None)


def test_station_is_not_invited_by_the_leader_nor_another_township(cast, at, actor):
    assert refusal(actions.invite_center, kind="village", by=actor(cast.zhou), at=at)[0] == "此事须由系统管理员办理"
    root = factories.member(cast.center, "系统", roles=("system_admin",))
    assert refusal(actions.invite_center, kind="township", by=actor(root), at=at)[0] == "只能在乡镇及以上中心之下增设村级站"
