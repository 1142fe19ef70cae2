"""Writing the trail: what a record says, that it shares the caller's fate, and that it cannot be taken back."""

from __future__ import annotations

import stat
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from shouwen.audit import queries
from shouwen.audit.actions import anchor, record, together
from shouwen.audit.models import INSTALLATION, SEALED, AppendOnly, Head, Record, seal, sealing_key
from shouwen.core.actors import ANONYMOUS, Actor
from tests.audit.conftest import AT


def values(row: Record, *names: str) -> list:
    return [getattr(row, name) for name in names]


def test_record_says_who_did_what_to_which_object(cast, actor):
    record(by=actor(cast.zhou), at=AT, verb="org.member.add", obj=cast.li, detail={"窗口": 3, "at": AT})
    row = queries.records(cast.center).get()
    assert values(row, "seq", "at", "verb", "result", "previous") == [1, AT, "org.member.add", "ok", ""]
    assert values(row, "actor_kind", "actor_id", "actor_label") == ["member", str(cast.zhou.pk), "周丽"]
    assert values(row, "object_kind", "object_id", "object_code", "label") == [
        "org.member",
        str(cast.li.pk),
        cast.li.code,
        "李明",
    ]
    assert row.details == {"at": "2026-11-23T01:00:00.123Z", "窗口": 3}


def test_record_of_an_object_without_words_uses_the_name_of_its_kind(cast, by):
    from shouwen.org.models import Membership

    row = Membership.objects.of(cast.center).filter(member=cast.li).get()
    record(by=Actor("system", center=cast.center), at=AT, verb="org.membership.end", obj=row)
    assert values(queries.records(cast.center)[0], "label", "object_code") == ["在岗", ""]


def test_seal_covers_every_column(by):
    record(by=by, at=AT, verb="demo.thing.do")
    row = queries.records(by.center).get()
    assert {field.attname for field in Record._meta.concrete_fields} - set(SEALED) == {"hash"}
    assert row.hash == seal(sealing_key(), values(row, *SEALED))


def test_seal_needs_the_key():
    row = [INSTALLATION, INSTALLATION, 1, AT, *[""] * 11]
    assert seal(b"one", row) != seal(b"two", row)


def test_chain_numbers_without_gaps_and_links_each_record_to_the_one_before(write, by):
    write(3)
    rows = list(queries.records(by.center).order_by("seq"))
    assert [row.seq for row in rows] == [1, 2, 3]
    assert [row.previous for row in rows] == ["", rows[0].hash, rows[1].hash]
    assert Head.objects.filter(center_id=by.center.pk).values_list("seq", "hash").get() == (3, rows[2].hash)


def test_rollback_takes_the_record_back_and_leaves_no_gap(write, by):
    write(1)
    savepoint = transaction.savepoint()
    write(2)
    transaction.savepoint_rollback(savepoint)
    write(1)
    assert list(queries.records(by.center).values_list("seq", flat=True)) == [2, 1]
    assert queries.verify(by.center).problems == []


def test_each_center_has_its_own_chain_and_strangers_the_installations(cast, actor):
    for by in (actor(cast.li), actor(cast.zhao), ANONYMOUS):
        record(by=by, at=AT, verb="org.login", result="failed")
    assert sorted(Record.objects.values_list("center_id", "seq")) == sorted(
        [(cast.center.pk, 1), (cast.other_center.pk, 1), (INSTALLATION, 1)]
    )
    assert [row.actor_label for row in queries.records(None)] == ["访客"]


def test_object_of_another_center_is_refused(cast, actor):
    with pytest.raises(ValueError, match=r"^org\.Member of another center"):
        record(by=actor(cast.li), at=AT, verb="org.member.view", obj=cast.zhao)


def test_moment_without_time_zone_is_refused(by):
    with pytest.raises(ValueError, match="aware"):
        record(by=by, at=datetime(2026, 11, 23, 9, 0), verb="demo.thing.do")  # noqa: DTZ001


def test_personal_numbers_are_starred_wherever_they_stand(by):
    detail = {
        "电话": "13812345678",
        "list": ["证号43012319900101123X"],
        "n": 13812345678,
        "deep": {"卡": "6222020200112233445"},
        "ok": 12,
        "yes": True,
    }
    record(by=by, at=AT, verb="demo.thing.do", label="来电 13812345678", detail=detail)
    row = queries.records(by.center).get()
    assert row.label == "来电 *********78"
    assert row.details == {
        "电话": "*********78",
        "list": [f"证号{'*' * 16}3X"],
        "n": "*********78",
        "deep": {"卡": f"{'*' * 17}45"},
        "ok": 12,
        "yes": True,
    }


def test_text_no_database_can_hold_is_made_storable(by):
    record(by=by, at=AT, verb="demo.thing.do", label="a\x00b\udc80c", detail={"x\x00": "\udc80"})
    row = queries.records(by.center).get()
    assert (row.label, row.details) == ("ab?c", {"x": "?"})
    assert queries.verify(by.center).problems == []


def test_unknown_result_is_refused_by_the_database(by):
    with pytest.raises(IntegrityError), transaction.atomic():
        record(by=by, at=AT, verb="demo.thing.do", result="maybe")


def test_second_row_with_the_same_number_is_refused_by_the_database(write, sql, by):
    write(2)
    with pytest.raises(IntegrityError), transaction.atomic():
        sql("UPDATE audit_record SET seq = 1 WHERE seq = 2")


@pytest.mark.parametrize(
    "change",
    [
        lambda rows: rows.update(label="x"),
        lambda rows: rows.delete(),
        lambda rows: rows.bulk_update(list(rows), ["label"]),
        lambda rows: rows.bulk_create([Record()]),
        lambda rows: rows[0].save(),
        lambda rows: rows[0].save(update_fields=["label"]),
        lambda rows: rows[0].delete(),
    ],
)
def test_records_refuse_change_and_deletion(write, by, change):
    write(1)
    with pytest.raises(AppendOnly), transaction.atomic():
        change(queries.records(by.center))
    assert queries.verify(by.center).problems == []


def test_record_costs_three_statements(write, by):
    write(1)
    with transaction.atomic(), CaptureQueriesContext(connection) as seen:
        write(1)
    assert [query["sql"].split()[0] for query in seen] == ["SELECT", "INSERT", "UPDATE"]


def test_anchor_writes_each_end_once_and_remembers_it(write, by, own_folder):
    write(2)
    first = anchor(by=by, at=AT)
    second = anchor(by=by, at=AT)
    lines = (own_folder / "anchors" / "audit.log").read_text().splitlines()
    assert (first, second, len(lines)) == (1, 1, 2)  # the second night only the installation's own chain has grown
    assert lines[0].split()[:4] == ["2026-11-23T01:00:00+00:00", by.center.pk.hex, "2", queries.records(by.center)[0].hash]
    assert queries.records(None).first().details == {"lines": 2, "mac": queries.lettered(lines[1].split()[4])}


def test_anchor_file_is_for_its_owner_only(write, by, own_folder):
    write(1)
    anchor(by=by, at=datetime(2026, 11, 23, 18, tzinfo=UTC))
    assert stat.S_IMODE((own_folder / "anchors" / "audit.log").stat().st_mode) == 0o600


def test_records_made_together_are_one_chain_in_their_order(cast, actor, django_assert_num_queries):
    by = actor(cast.zhou)
    record(by=by, at=AT, verb="org.member.add")
    with django_assert_num_queries(3), together():
        record(by=by, at=AT, verb="org.member.change")
        with together():
            record(by=by, at=AT, verb="org.member.leave")
    rows = queries.records(cast.center).order_by("seq")
    assert [(row.seq, row.verb) for row in rows] == [(1, "org.member.add"), (2, "org.member.change"), (3, "org.member.leave")]
    assert queries.verify(cast.center).problems == []


def test_nothing_is_written_of_what_was_refused_together(cast, actor):
    by = actor(cast.zhou)

    @together()
    def act():
        record(by=by, at=AT, verb="org.member.change")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        act()
    record(by=by, at=AT, verb="org.member.add")
    assert [row.verb for row in queries.records(cast.center)] == ["org.member.add"]


def test_records_of_two_centers_are_not_made_together(cast, actor):
    @together()
    def act():
        for person in (cast.zhou, cast.zhao):
            record(by=actor(person), at=AT, verb="org.member.change")

    with pytest.raises(ValueError, match="one center"):
        act()
