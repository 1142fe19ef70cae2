"""A read put into words once gives what the queryset gives, for every value, on both databases."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from shouwen.core.prepared import Prepared, change
from shouwen.org.models import Member, Membership, in_force
from tests import factories

POSTS = Prepared(
    lambda center, on: Membership.objects.of(center).filter(in_force(on)).select_related("member").order_by("member__name"),
    UUID,
    date,
)


def test_each_call_has_its_own_values_and_related_rows(cast):
    def names(center, on):
        return [row.member.name for row in POSTS(center.pk, on)]

    day = date(2026, 11, 23)
    assert sorted(names(cast.center, day)) == sorted(["周丽", "孙会", "张敏", "李明", "王主任", "陈监督"])
    assert (names(cast.other_center, day), names(cast.center, date(2025, 1, 1))) == (["赵强"], [])


def test_moments_tuples_and_limits_are_as_the_queryset_has_them(cast, django_assert_num_queries):
    at = datetime(2026, 11, 1, 1, 2, 3, 456789, tzinfo=UTC)
    Member.objects.filter(pk=cast.li.pk).update(last_login_at=at)

    def build(center, when):
        return Member.objects.of(center).filter(last_login_at=when).values_list("name", "last_login_at")[:1]

    read = Prepared(build, UUID, datetime)
    with django_assert_num_queries(1):
        found = read(cast.center.pk, at)
    assert found == [("李明", at)] == list(build(cast.center.pk, at))
    assert read.first(cast.center.pk, at.replace(microsecond=0)) is None


def test_a_row_that_came_so_is_saved_like_any_other(cast):
    row = Prepared(lambda center, name: Member.objects.of(center).filter(name=name), UUID, str).first(cast.center.pk, "李明")
    row.staff_no = "33"
    row.save()
    assert Member.objects.of(cast.center).get(name="李明").staff_no == "33"


@pytest.mark.parametrize("values", [("x", date(2026, 1, 1)), (UUID(int=1), datetime(2026, 1, 1, tzinfo=UTC)), (UUID(int=1),)])
def test_values_of_another_kind_are_a_bug(db, values):
    with pytest.raises(TypeError):
        POSTS(*values)


def test_a_value_the_statement_does_not_use_is_a_bug(db):
    read = Prepared(lambda center, name: Member.objects.of(center), UUID, str)
    with pytest.raises(ValueError):
        read(UUID(int=1), "李明")


def test_expressions_are_inserted_as_django_does(cast):
    from django.db.models import Value

    row = Member(center=cast.center, name=Value("由库里写"), joined_date=factories.SINCE)
    row.save(force_insert=True)
    assert Member.objects.of(cast.center).get(pk=row.pk).name == "由库里写"


def test_a_change_happens_only_while_the_row_is_as_it_was_read(cast, django_assert_num_queries):
    post = Membership.objects.of(cast.center).filter(member=cast.li).get()
    with django_assert_num_queries(1):
        assert change(post, {"active_to": None, "member": cast.li}, active_to=date(2026, 12, 1), post="组长")
    assert (post.active_to, post.post) == (date(2026, 12, 1), "组长")
    stored = Membership.objects.of(cast.center).filter(pk=post.pk)
    assert stored.values_list("active_to", "post").get() == (date(2026, 12, 1), "组长")
    assert not change(post, {"active_to": None}, post="别人")
    assert (stored.values_list("post", flat=True).get(), post.post) == ("组长", "组长")
    assert change(post, {"active_to": date(2026, 12, 1), "post": "组长"}, counter=None)
    assert stored.get().counter_id is None


def test_a_change_reaches_no_other_centers_row(cast):
    post = Membership.objects.of(cast.center).filter(member=cast.li).get()
    post.__dict__["center_id"] = cast.other_center.pk
    assert not change(post, {}, post="组长")
    with pytest.raises(ValueError):
        change(post, {}, center=cast.center)
