"""Has anybody touched the trail? Recomputes every seal and compares both ends and the anchors."""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Subquery

from shouwen.audit.models import INSTALLATION, SEALED, Head, Record, seal, sealing_key
from shouwen.audit.queries.anchors import Anchors, read_anchors
from shouwen.audit.queries.trail import chain_of
from shouwen.core.tenancy import across_centers

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Problem:
    """`kind` is "edited", "missing", "order", "tail", "extra", "head", "anchor" or "anchor_file"; `text` says it in Chinese."""

    kind: str
    seq: int
    text: str


@dataclass(slots=True)
class Report:
    """`rows` read; at most `SHOWN` problems are kept, `found` counts all. Whole when `found` is 0."""

    center_id: UUID
    rows: int = 0
    found: int = 0
    problems: list[Problem] = field(default_factory=list)

    def add(self, kind: str, seq: int, text: str) -> None:
        self.found += 1
        if len(self.problems) < SHOWN:
            self.problems.append(Problem(kind, seq, text))


def chains() -> list[UUID]:
    """Every chain there is or, by its records or its anchors, should be; the installation's first."""
    with across_centers("every chain is verified"):
        found = set(Head.objects.values_list("center_id", flat=True))
        found |= set(Record.objects.exclude(center_id__in=found).values_list("center_id", flat=True).distinct())
    found |= set(read_anchors().ends)
    return sorted(found, key=lambda center_id: (center_id != INSTALLATION, center_id))


def verify(center: Any, anchors: Anchors | None = None) -> Report:
    """Read one chain from its first record (constant memory, no lock) and report every break.

    Detects an edited, deleted, inserted or swapped record, a cut tail and a restored old backup (等保 8.1.4.3 c).
    Records written meanwhile are left for the next time.
    """
    anchors = anchors or read_anchors()
    report = Report(chain_of(center))
    head = Head.objects.filter(center_id=report.center_id).values_list("seq", "hash").first()
    marks = dict(anchors.marks.get(report.center_id, {}))
    seq, last = _walk(report, head[0] if head else None, marks)
    _compare_end(report, head, seq, last)
    for marked in sorted(marks):
        if marked > seq:
            report.add("anchor", marked, f"留锚文件记有第 {marked} 条，数据库只到第 {seq} 条（末尾被截去，或恢复了旧备份）")
    return report


def _walk(report: Report, until: int | None, marks: dict[int, str]) -> tuple[int, str]:
    """Check the rows one by one; returns number and seal of the last."""
    key, expected, last, number = sealing_key(), 1, "", 0
    rows = Record.objects.filter(center_id=report.center_id).order_by("seq")
    if until is not None:
        rows = rows.filter(seq__lte=until)
    for *values, hash_ in rows.values_list(*SEALED, "hash").iterator(chunk_size=5000):
        number = values[2]
        report.rows += 1
        if number != expected:
            report.add(
                "missing",
                expected,
                f"第 {expected} 条{'' if number == expected + 1 else f'至第 {number - 1} 条'}缺失（被删除）",
            )
        elif values[-1] != last:
            report.add("order", number, f"第 {number} 条与上一条不相扣（被插入、调换或替换）")
        if not hmac.compare_digest(seal(key, values), hash_):
            report.add("edited", number, f"第 {number} 条的内容与封签不符（被改动）")
        if marks.get(number, hash_) != hash_:
            report.add("anchor", number, f"第 {number} 条与留锚文件不符（被改写，或恢复旧备份后另行续写）")
        expected, last = number + 1, hash_
    return number, last


def _compare_end(report: Report, head: tuple[int, str] | None, seq: int, last: str) -> None:
    """The chain must end where its head says, and nothing may stand beyond."""
    if head is None:
        if report.rows:
            report.add("head", seq, "链尾登记缺失（被删除）")
        return
    if head[0] > seq:
        report.add("tail", seq + 1, f"第 {seq + 1} 条至第 {head[0]} 条缺失（末尾被截去）")
    elif head[1] != last:
        report.add("head", seq, f"链尾登记与第 {seq} 条不符（被改动）")
    # Asked in one statement, so that a record written this moment is not taken for a forged one.
    end = Subquery(Head.objects.filter(center_id=report.center_id).values("seq")[:1])
    for extra in Record.objects.filter(center_id=report.center_id, seq__gt=end).values_list("seq", flat=True)[:SHOWN]:
        report.add("extra", extra, f"第 {extra} 条在链尾之后（被插入）")


def verify_anchors(anchors: Anchors) -> list[Problem]:
    """The anchor file itself: every line fits the one before, and the line the trail remembers is still there."""
    found = []
    if anchors.broken:
        found.append(Problem("anchor_file", anchors.broken, f"留锚文件第 {anchors.broken} 行被改动"))
    known = Record.objects.filter(center_id=INSTALLATION, verb="audit.anchor").order_by("-seq").first()
    if known is not None and known.details.get("mac", "") not in anchors.macs | {""}:
        lines = known.details["lines"]
        found.append(Problem("anchor_file", lines, f"留锚文件缺少行：审计记录写明应有 {lines} 行，现有 {anchors.lines} 行"))
    return found
