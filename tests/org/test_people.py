"""People join, move and leave; dated and never overlapping ("1.1")."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from shouwen.audit.models import Record
from shouwen.core.errors import Refused
from shouwen.org import actions, queries
from shouwen.org.models import Member, Membership, RoleGrant, User
from tests import factories

TODAY = date(2026, 11, 23)


def refusal(action, **given) -> str:
    with pytest.raises(Refused) as error:
        action(**given)
    return error.value.message


def add(cast, at, by, **more):
    given = {"name": "新来", "department": cast.civil, "active_from": TODAY, "staff_no": "77", "by": by, "at": at} | more
    return actions.add_member(**given)


def posts(member) -> list[tuple]:
    rows = Membership.objects.of(member.center_id).filter(member=member).order_by("active_from")
    return [(row.department.name, row.active_from, row.active_to) for row in rows]


def test_added_person_is_on_post_from_that_day_1_1(cast, at, actor):
    """ "1.1": only people actually on post are assessed."""
    member = add(cast, at, actor(cast.zhou))
    rows = queries.members_on_post(cast.center, TODAY, TODAY + timedelta(days=1))
    assert [row.member.name for row in rows if row.member == member] == ["新来"]
    assert [row for row in queries.members_on_post(cast.center, date(2026, 11, 1), TODAY) if row.member == member] == []
    assert Record.objects.filter(center_id=cast.center.pk, verb="org.add_member", object_code=member.code).count() == 1


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"name": "李明"}, "已有名为“李明”的人员;确为两人同名时,请在姓名后加注,如“李明(村建)”"),
        ({"staff_no": "3"}, "工号“3”已属于另一人(离开的人也保留其工号),请核对"),
        ({"active_from": date(2025, 1, 1)}, "部门“民政所”在 2025-01-01 尚未设立或已撤销"),
    ],
)
def test_person_who_cannot_be_told_apart_is_refused(cast, at, actor, given, message):
    assert refusal(add, cast=cast, at=at, by=actor(cast.zhou), **given) == message


def test_only_system_admin_or_leader_changes_people(cast, at, actor):
    for member in (cast.li, cast.wang, cast.sun):
        assert refusal(add, cast=cast, at=at, by=actor(member)) == "此事须由中心负责人、系统管理员办理"
    root = factories.member(cast.center, "系统", roles=("system_admin",))
    assert add(cast, at, actor(root)).name == "新来"


def test_leader_of_another_center_changes_nobody_here(cast, at, actor):
    outside = "没有找到,或这项内容不属于您所在的中心"
    zhao = actor(cast.zhao)
    assert refusal(add, cast=cast, at=at, by=zhao) == outside
    assert refusal(actions.end_member, member=cast.li, last_date=TODAY, by=zhao, at=at) == outside


def test_move_ends_the_former_post_the_day_before(cast, at, actor):
    actions.move_member(member=cast.li, department=cast.affairs, active_from=TODAY, by=actor(cast.zhou), at=at)
    assert posts(cast.li) == [("民政所", factories.SINCE, TODAY), ("便民服务办公室", TODAY, None)]


def test_move_on_the_first_day_of_a_post_corrects_it(cast, at, actor):
    for department in (cast.affairs, cast.civil):
        actions.move_member(member=cast.li, department=department, active_from=TODAY, by=actor(cast.zhou), at=at)
    assert posts(cast.li) == [("民政所", factories.SINCE, TODAY), ("民政所", TODAY, None)]


def test_move_before_a_later_post_is_refused(cast, at, actor):
    by = actor(cast.zhou)
    actions.move_member(member=cast.li, department=cast.affairs, active_from=TODAY, by=by, at=at)
    message = refusal(actions.move_member, member=cast.li, department=cast.civil, active_from=date(2026, 9, 1), by=by, at=at)
    assert message == "此人在该日之后已另有岗位安排,不能再从更早的日期调整"


def test_leaving_ends_post_roles_account(cast, at, actor):
    actions.end_member(member=cast.li, last_date=TODAY - timedelta(days=1), by=actor(cast.zhou), at=at)
    gone = Member.objects.of(cast.center).get(pk=cast.li.pk)
    assert (gone.left_date, posts(gone)) == (TODAY, [("民政所", factories.SINCE, TODAY)])
    assert (queries.roles_of(gone, TODAY), User.objects.get(pk=gone.user_id).is_active) == (frozenset(), False)
    assert [member.name for member in queries.members(cast.center, TODAY)] == ["周丽", "孙会", "张敏", "王主任", "陈监督"]


def test_last_day_is_still_a_day_of_work(cast, at, actor):
    actions.end_member(member=cast.li, last_date=TODAY, by=actor(cast.zhou), at=at)
    assert (cast.li in queries.members(cast.center, TODAY), User.objects.get(pk=cast.li.user_id).is_active) == (True, True)
    assert queries.roles_of(cast.li, TODAY) == {"clerk"}


def test_leaving_twice_is_refused(cast, at, actor):
    given = {"member": cast.li, "last_date": TODAY, "by": actor(cast.zhou), "at": at}
    actions.end_member(**given)
    assert refusal(actions.end_member, **given) == "已被他人处理,请刷新后再看"


def test_phone_is_masked_until_asked_for_with_a_reason(cast, at, actor):
    by = actor(cast.zhou)
    changed = actions.change_member(member=cast.li, name="李明", staff_no="3", phone="13812340000", by=by, at=at)
    assert changed.phone_masked == "138****0000"
    assert actions.reveal_phone(member=changed, reason="假日应急", by=by, at=at) == "13812340000"
    record = Record.objects.get(center_id=cast.center.pk, verb="org.reveal_phone")
    assert (record.object_code, record.detail) == (cast.li.code, '{"reason":"假日应急"}')


# --- roles ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def wu(cast):
    """吴安全, security administrator."""
    return factories.member(cast.center, "吴安全", roles=("security_admin",))


EXCLUSIVE = ("system_admin", "security_admin", "audit_admin", "assessor")


@pytest.mark.parametrize("first", EXCLUSIVE)
@pytest.mark.parametrize("second", EXCLUSIVE)
def test_administrators_and_assessor_exclude_each_other_1_9(cast, at, actor, wu, first, second):
    """ "1.9" and 三员分立: who assesses does not administer, no administrator is two."""
    actions.grant_role(member=cast.li, role=first, by=actor(wu), at=at)
    message = refusal(actions.grant_role, member=cast.li, role=second, by=actor(wu), at=at)
    assert message.startswith("李明已是" if first == second else "李明是")
    assert queries.roles_of(cast.li, TODAY) == {"clerk", first}


def test_database_refuses_two_of_the_four_too(cast):
    factories.grant(cast.li, "system_admin")
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.grant(cast.li, "assessor")
    assert RoleGrant.objects.of(cast.center).filter(member=cast.li, role="assessor").count() == 0


def test_role_given_back_frees_for_another(cast, at, actor, wu):
    grant = actions.grant_role(member=cast.li, role="system_admin", by=actor(wu), at=at)
    actions.end_role(grant=grant, by=actor(wu), at=at)
    actions.grant_role(member=cast.li, role="audit_admin", by=actor(wu), at=at)
    assert queries.roles_of(cast.li, TODAY) == {"clerk", "audit_admin"}


def test_nobody_grants_to_oneself(cast, at, actor, wu):
    message = refusal(actions.grant_role, member=wu, role="leader", by=actor(wu), at=at)
    assert message == "不能给自己授予角色,请另一名安全管理员办理"


def test_only_the_security_admin_grants(cast, at, actor):
    for member in (cast.zhou, cast.wang, cast.sun):
        assert refusal(actions.grant_role, member=cast.li, role="leader", by=actor(member), at=at) == "此事须由安全管理员办理"


def test_last_security_admin_stays(cast, at, actor, wu):
    other = factories.member(cast.center, "郑安全", roles=("security_admin",))
    held = {grant.member_id: grant for grant in RoleGrant.objects.of(cast.center).filter(role="security_admin")}
    actions.end_role(grant=held[wu.pk], by=actor(other), at=at)
    assert refusal(actions.end_member, member=other, last_date=TODAY, by=actor(cast.zhou), at=at) == (
        "此人是唯一的安全管理员,请先将该角色授予另一人"
    )


def test_holders_are_those_here_on_the_day(cast, at, actor, wu):
    assert [member.name for member in queries.holders(cast.center, "leader", TODAY)] == ["周丽"]
    assert queries.holders(cast.center, "leader", date(2025, 12, 31)) == []
