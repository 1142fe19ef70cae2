"""Rows of one centre (house.md §12): joins, lookups, saves and relations carry the centre."""

from __future__ import annotations

import copy
import pickle
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import Prefetch
from django.db.models.deletion import ProtectedError
from django.test.utils import CaptureQueriesContext

from shouwen.core.tenancy import TenantForeignKey, across_centers, crossing, uuid7
from shouwen.org.models import Center, Counter, Department, Member, Membership, RoleGrant
from tests import factories
from tests.tenant_sql import findings

DAY = date(2026, 1, 1)
TABLES = frozenset(model._meta.db_table for model in (Department, Counter, Member, Membership, RoleGrant))


@pytest.fixture
def named():
    """Every statement of the block names one centre, statements of the test included."""

    class Named(CaptureQueriesContext):
        def __exit__(self, *error):
            super().__exit__(*error)
            assert [wrong for query in self.captured_queries for wrong in findings(query["sql"], TABLES)] == []

    return Named(connection)


def foreign_membership(cast) -> Membership:
    """A row as only raw SQL could leave it: at 白河镇, pointing at 李明 of 青山镇."""
    row = Membership.objects.of(cast.other_center).get()
    Membership.objects.of(cast.other_center).filter(pk=row.pk)._update(
        [(Membership._meta.get_field("member"), Member, cast.li.pk)]
    )
    return Membership.objects.of(cast.other_center).get()


def test_uuid7_is_version_7_and_later_ids_are_larger(monkeypatch):
    moments = iter([1_790_000_000_000_000_000, 1_790_000_000_001_000_000])
    monkeypatch.setattr("shouwen.core.tenancy.time.time_ns", lambda: next(moments))
    first, second = uuid7(), uuid7()
    assert (first.version, first.variant, first < second) == (7, "specified in RFC 4122", True)


def test_ids_of_one_millisecond_keep_their_order(monkeypatch):
    monkeypatch.setattr("shouwen.core.tenancy.time.time_ns", lambda: 1_790_000_000_000_000_000)
    made = [uuid7() for _ in range(1000)]
    assert made == sorted(set(made))
    assert {(one.version, one.variant, one.int >> 80) for one in made} == {(7, "specified in RFC 4122", 1_790_000_000_000)}


def test_of_returns_rows_of_that_center_only(cast):
    assert list(Member.objects.of(cast.other_center)) == [cast.zhao]
    assert list(Member.objects.of(cast.other_center.pk)) == [cast.zhao]


def test_setting_a_row_of_another_center_is_refused(cast):
    with pytest.raises(ValueError) as error:
        Membership(center=cast.center, member=cast.zhao, department=cast.civil, active_from=DAY)
    assert str(error.value) == (
        f"org.Membership.member refuses a row of another center ({cast.other_center.pk}, expected {cast.center.pk})"
    )


def test_setting_a_row_before_the_center_is_refused(cast):
    with pytest.raises(ValueError, match=r"^Set the center before org\.Membership\.member$"):
        Membership(member=cast.li, department=cast.civil, active_from=DAY)


def test_forward_does_not_find_a_row_of_another_center(cast):
    row = foreign_membership(cast)
    with pytest.raises(Member.DoesNotExist):
        row.member  # noqa: B018


def test_forward_names_the_center(cast, named):
    row = Membership.objects.of(cast.center).get(member=cast.li)
    with named:
        assert (row.member, row.department, row.counter.number) == (cast.li, cast.civil, 3)


def test_joins_do_not_reach_rows_of_another_center(cast):
    foreign_membership(cast)
    assert Membership.objects.of(cast.other_center).filter(member__name="李明").count() == 0
    assert Member.objects.of(cast.center).filter(memberships__active_from=DAY, name="李明").count() == 1


def test_joins_selects_and_exists_name_the_center(cast, named):
    rows = Membership.objects.of(cast.center).select_related("member", "department", "counter")
    with named:
        assert rows.get(member__name="李明", counter__number=3).department.name == "民政所"
        assert Member.objects.of(cast.center).filter(memberships__department__name="民政所").get() == cast.li
        assert rows.filter(member__name__startswith="李").exists()


def test_reverse_is_filtered_by_center(cast, named):
    foreign_membership(cast)
    with named:
        assert [row.center_id for row in cast.li.memberships.all()] == [cast.center.pk]


def test_reverse_create_sets_the_center(cast, named):
    with named:
        row = cast.li.memberships.create(department=cast.affairs, active_from=DAY)
        same, made = cast.li.memberships.get_or_create(department=cast.affairs, defaults={"active_from": DAY})
        changed, _ = cast.li.memberships.update_or_create(department=cast.affairs, defaults={"post": "咨询台"})
    assert (row.center_id, same, made, changed.post) == (cast.center.pk, row, False, "咨询台")


def test_reverse_create_for_another_center_is_refused(cast):
    with pytest.raises(ValueError, match="refuses a row of another center"):
        cast.li.memberships.create(center=cast.other_center, department=cast.affairs, active_from=DAY)


def test_reverse_add_saves_each_row_by_its_center(cast, named):
    row = Membership.objects.of(cast.center).get(member=cast.zhang)
    with named:
        cast.li.memberships.add(row, bulk=True)
    assert Membership.objects.of(cast.center).filter(member=cast.li).count() == 2


def test_reverse_add_of_another_centers_row_is_refused(cast):
    row = Membership.objects.of(cast.other_center).get()
    with pytest.raises(ValueError, match="refuses a row of another center"):
        cast.li.memberships.add(row)


def test_reverse_manager_by_name_is_filtered_too(cast, named):
    foreign_membership(cast)
    with named:
        assert cast.li.memberships(manager="objects").count() == 1


def test_prefetch_both_ways_names_the_center_and_fills_the_caches(cast, named):
    with named:
        people = list(Member.objects.of(cast.center).prefetch_related("memberships__department").order_by("staff_no"))
        count = len(connection.queries)
        names = [row.department.name for person in people for row in person.memberships.all()]
        assert len(connection.queries) == count
    assert names == ["便民服务办公室", "便民服务办公室", "民政所", "党政办公室", "党政办公室", "党政办公室"]


def test_prefetch_of_the_latest_only_keeps_the_center(cast, named):
    cast.li.memberships.create(department=cast.affairs, active_from=date(2026, 6, 1))
    latest = Prefetch("memberships", Membership.objects.order_by("-active_from")[:1], to_attr="latest")
    with named:
        people = Member.objects.of(cast.center).filter(name__in=["李明", "张敏"]).prefetch_related(latest).order_by("staff_no")
        assert [[row.active_from for row in person.latest] for person in people] == [[DAY], [date(2026, 6, 1)]]


def test_prefetch_over_two_centers_keeps_them_apart(cast):
    foreign_membership(cast)
    people = Member.objects.filter(name__in=["李明", "赵强"]).prefetch_related("memberships").order_by("name")
    assert [(person.name, [row.center_id for row in person.memberships.all()]) for person in people] == [
        ("李明", [cast.center.pk]),
        ("赵强", []),
    ]


def test_save_and_refresh_name_the_center(cast, named):
    with named:
        cast.li.name = "李明明"
        cast.li.save()
        cast.li.save(update_fields=["phone"])
        cast.li.refresh_from_db()
    assert cast.li.name == "李明明"


def test_save_of_the_center_field_is_refused(cast):
    for name in ("center", "center_id"):
        with pytest.raises(ValueError, match="never changes its center"):
            cast.li.save(update_fields=[name])


def test_save_after_changing_the_center_fails_and_changes_nothing(cast):
    cast.li.center = cast.other_center
    with pytest.raises(DatabaseError, match=r"^Forced update did not affect any rows"), transaction.atomic():
        cast.li.save()
    assert list(Member.objects.filter(name="李明").values_list("center_id", flat=True)) == [cast.center.pk]


def test_update_of_the_center_is_refused(cast):
    rows = Member.objects.of(cast.center)
    with pytest.raises(ValueError, match="never changes its center"):
        rows.update(center=cast.other_center)
    with pytest.raises(ValueError, match="never changes its center"):
        rows.bulk_update(list(rows), ["center"])


def test_bulk_update_names_the_center(cast, named):
    cast.li.phone, cast.zhang.phone = "1", "2"
    with named:
        assert Member.objects.of(cast.center).bulk_update([cast.li, cast.zhang], ["phone"]) == 2


def test_left_out_fields_are_loaded_by_center(cast, named):
    with named:
        person = Member.objects.of(cast.center).only("name").get(name="李明")
        assert (person.staff_no, person.center_id) == ("3", cast.center.pk)


def test_refresh_of_a_row_under_another_center_finds_nothing(cast):
    cast.li.center_id = cast.other_center.pk
    with pytest.raises(Member.DoesNotExist):
        cast.li.refresh_from_db()


def test_a_center_with_rows_cannot_be_deleted(cast):
    with pytest.raises(ProtectedError):
        Center.objects.get(pk=cast.other_center.pk).delete()


def test_copies_and_pickles_of_rows_work(cast):
    row = Membership.objects.of(cast.center).select_related("member").get(member=cast.li)
    assert (copy.deepcopy(row).member, pickle.loads(pickle.dumps(row)).member) == (cast.li, cast.li)


def test_the_key_deconstructs_for_migrations():
    field = Membership._meta.get_field("member")
    _, path, args, kwargs = field.deconstruct()
    clone = field.clone()
    assert (path, args, kwargs["to"], kwargs["related_name"]) == (
        "shouwen.core.tenancy.TenantForeignKey",
        [],
        "org.member",
        "memberships",
    )
    assert (type(clone), clone.deconstruct()[1:]) == (TenantForeignKey, field.deconstruct()[1:])


def test_two_centers_may_hold_the_same_code(cast):
    factories.department(cast.other_center, "同号", code="BM-SAME")
    factories.department(cast.center, "同号", code="BM-SAME")
    assert Department.objects.filter(code="BM-SAME").count() == 2


def test_across_centers_marks_the_block_only():
    with across_centers("login"):
        inside = crossing()
    assert (inside, crossing()) == ("login", "")
