"""Reading the trail and finding out who touched it (等保 8.1.4.3 c)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from shouwen.audit import queries
from shouwen.audit.actions import anchor, record
from shouwen.audit.models import INSTALLATION, SEALED, Head, Record, seal, sealing_key
from tests.audit.conftest import AT


def found(center) -> list[tuple[str, int]]:
    return [(problem.kind, problem.seq) for problem in queries.verify(center).problems]


def cut_back(sql, hall, seq: int) -> None:
    """What a restored old backup looks like: rows and head of that day, in themselves whole."""
    last = Record.objects.filter(center_id=hall.pk).values_list("hash", flat=True).get(seq=seq)
    sql("DELETE FROM audit_record WHERE seq > %s", seq)
    sql("UPDATE audit_head SET seq = %s, hash = %s WHERE 1 = 1", seq, last)


def forge(hall, seq: int, key: bytes = b"guessed") -> None:
    """A row with a good link and a seal of somebody who has not the key."""
    last = Head.objects.get(center_id=hall.pk)
    row = Record(center_id=hall.pk, seq=seq, at=AT, actor_kind="system", verb="demo.forged", previous=last.hash)
    row.hash = seal(key, [getattr(row, name) for name in SEALED])
    row.save(force_insert=True)


def test_newest_is_the_number_of_the_last_record(hall, write):
    before = queries.newest(hall)
    write(3)
    assert (before, queries.newest(hall), queries.newest(hall.pk), queries.newest(None)) == (0, 3, 3, 0)


def test_records_are_newest_first_of_one_center_and_filtered(cast, actor):
    for minutes, (verb, result) in enumerate([("duty.swap", "ok"), ("duty.swap.accept", "refused"), ("org.login", "ok")]):
        record(by=actor(cast.li), at=AT + timedelta(minutes=minutes), verb=verb, result=result)
    record(by=actor(cast.zhao), at=AT, verb="duty.swap")
    minute = timedelta(minutes=1)
    assert [row.seq for row in queries.records(cast.center)] == [3, 2, 1]
    assert [row.seq for row in queries.records(cast.center, verb="duty.")] == [2, 1]
    assert [row.seq for row in queries.records(cast.center, result="refused")] == [2]
    assert [row.seq for row in queries.records(cast.center, since=AT + minute, until=AT + 2 * minute)] == [2]


def test_history_is_what_happened_to_one_object(cast, actor):
    for obj in (cast.li, cast.zhang, cast.li):
        record(by=actor(cast.zhou), at=AT, verb="org.member.view", obj=obj)
    assert [row.seq for row in queries.history(cast.li)] == [1, 3]


def test_untouched_trail_is_whole(hall, write):
    write(4)
    assert queries.verify(hall) == queries.Report(hall.pk, rows=4, found=0, problems=[])


@pytest.mark.parametrize("column", ["label", "verb", "actor_label", "actor_id", "object_id", "detail", "previous"])
def test_edited_record_is_found(hall, write, sql, column):
    write(4)
    sql(f"UPDATE audit_record SET {column} = 'x' WHERE seq = 2")
    assert ("edited", 2) in found(hall)


def test_edited_moment_and_result_are_found(hall, write, sql):
    write(4)
    sql("UPDATE audit_record SET at = '2026-11-22 01:00:00+00:00' WHERE seq = 2" if connection.vendor != "sqlite" else
        "UPDATE audit_record SET at = '2026-11-22 01:00:00' WHERE seq = 2")  # fmt: skip
    sql("UPDATE audit_record SET result = 'failed' WHERE seq = 3")
    assert found(hall) == [("edited", 2), ("edited", 3)]


def test_edit_with_a_new_seal_of_a_wrong_key_is_found(hall, write, sql):
    write(3)
    row = Record.objects.get(center_id=hall.pk, seq=2)
    row.label = "改过"
    forged = seal(b"guessed", [getattr(row, name) for name in SEALED])
    sql("UPDATE audit_record SET label = '改过', hash = %s WHERE seq = 2", forged)
    assert found(hall) == [("edited", 2), ("order", 3)]


def test_deleted_records_are_found(hall, write, sql):
    write(6)
    sql("DELETE FROM audit_record WHERE seq IN (2, 3, 5)")
    assert [problem.text for problem in queries.verify(hall).problems] == [
        "第 2 条至第 3 条缺失（被删除）",
        "第 5 条缺失（被删除）",
    ]


def test_swapped_records_are_found(hall, write, sql):
    write(4)
    for old, new in ((2, 99), (3, 2), (99, 3)):
        sql("UPDATE audit_record SET seq = %s WHERE seq = %s", new, old)
    assert found(hall) == [("order", 2), ("edited", 2), ("order", 3), ("edited", 3), ("order", 4)]


def test_inserted_record_is_found_at_the_end_and_in_the_middle(hall, write, sql):
    write(3)
    forge(hall, seq=4)
    assert found(hall) == [("extra", 4)]
    sql("UPDATE audit_head SET seq = 4, hash = (SELECT hash FROM audit_record WHERE seq = 4) WHERE 1 = 1")
    assert found(hall) == [("edited", 4)]


def test_cut_tail_is_found_by_the_head(hall, write, sql):
    write(5)
    sql("DELETE FROM audit_record WHERE seq > 3")
    assert [problem.text for problem in queries.verify(hall).problems] == ["第 4 条至第 5 条缺失（末尾被截去）"]


def test_emptied_trail_is_found(hall, write, sql):
    write(2)
    sql("DELETE FROM audit_record WHERE 1 = 1")
    assert found(hall) == [("tail", 1)]


def test_removed_or_changed_head_is_found(hall, write, sql):
    write(2)
    sql("UPDATE audit_head SET hash = 'x' WHERE 1 = 1")
    changed = found(hall)
    sql("DELETE FROM audit_head WHERE 1 = 1")
    assert (changed, found(hall), hall.pk in queries.chains()) == ([("head", 2)], [("head", 2)], True)


def test_cut_tail_with_a_moved_head_is_found_by_the_anchor(hall, write, sql, by):
    write(5)
    anchor(by=by, at=AT)
    cut_back(sql, hall, 3)
    assert found(hall) == [("anchor", 5)]


def test_old_backup_written_on_is_found_by_the_anchor(hall, write, sql, by):
    write(5)
    anchor(by=by, at=AT)
    cut_back(sql, hall, 3)
    write(4)
    assert [problem.text for problem in queries.verify(hall).problems] == [
        "第 5 条与留锚文件不符（被改写，或恢复旧备份后另行续写）"
    ]


def test_vanished_chain_is_still_asked_for_because_it_was_anchored(hall, write, sql, by):
    write(1)
    anchor(by=by, at=AT)
    sql("DELETE FROM audit_record WHERE 1 = 1")
    sql("DELETE FROM audit_head WHERE 1 = 1")
    assert (queries.chains(), found(hall)) == ([INSTALLATION, hall.pk], [("anchor", 1)])


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda lines: lines, []),
        (lambda lines: [lines[0].replace(" 2 ", " 1 "), *lines[1:]], [("anchor_file", 1)]),
        (lambda lines: [lines[0], *lines[2:]], [("anchor_file", 2)]),
        (lambda lines: [lines[1], lines[0], lines[2]], [("anchor_file", 1)]),
        (lambda lines: ["rubbish", *lines], [("anchor_file", 1)]),
        (lambda lines: lines[:-1], [("anchor_file", 3)]),
        (lambda lines: [], [("anchor_file", 3)]),
    ],
)
def test_touched_anchor_file_is_found(write, by, own_folder, change, problem):
    for _ in range(2):
        write(2)
        anchor(by=by, at=AT)
    path = own_folder / "anchors" / "audit.log"
    path.write_text("".join(f"{line}\n" for line in change(path.read_text().splitlines())))
    assert [(each.kind, each.seq) for each in queries.verify_anchors(queries.read_anchors())] == problem


def test_half_written_line_does_not_spoil_the_next(write, by, own_folder):
    write(1)
    anchor(by=by, at=AT)
    path = own_folder / "anchors" / "audit.log"
    path.write_text(path.read_text() + "2026-11-2")
    anchor(by=by, at=AT)
    anchors = queries.read_anchors()
    assert (anchors.lines, anchors.broken) == (3, 2)


def test_only_the_first_problems_are_kept_but_all_are_counted(hall, write, sql):
    write(30)
    sql("UPDATE audit_record SET label = 'x' WHERE 1 = 1")
    report = queries.verify(hall)
    assert (report.rows, report.found, len(report.problems)) == (30, 30, 20)


def test_key_of_the_installation_is_the_setting(settings):
    settings.AUDIT_KEY = "k" * 40
    assert sealing_key() == b"k" * 40


def test_seal_in_letters_survives_the_starring_of_numbers(by, own_folder):
    digits = "13812345678" * 5 + "a" * 9
    assert queries.lettered(digits) == "bdibcdefghi" * 5 + "k" * 9
