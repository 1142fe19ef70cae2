"""What a case's clocks say now, computed from the ledger, and the chain its page shows (L6, L7, L10, L13)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from shouwen.cases.models import Breach, Case, Event
from shouwen.cases.queries.ledger import BEFORE, Ledger, Watch, clock_of, ledger_of, watches
from shouwen.catalogue.models import Step
from shouwen.catalogue.queries import fees_in_force
from shouwen.core.clock import local
from shouwen.documents.models import Document
from shouwen.reception.queries import ChainLink
from shouwen.rules.clock import RED, YELLOW, CaseReading, Limit, Mark, light, read_case, ruler, spoken
from shouwen.rules.limits import words as limit_words
from shouwen.workcalendar.queries import day_table

TONES = {RED: "late", YELLOW: "warn"}
CELLS = {"start": "off", "rest": "off", "counted": "on", "pause": "pause", "due": "due", "late": "late", "ahead": ""}
REPLY = "五个工作日内答复是否受理"


@dataclass(frozen=True, slots=True)
class Cell:
    """One day of the ruler: `kind` is a class of the design ("on", "off", "pause", "today", "due", "late", "")."""

    date: date
    kind: str
    note: str


@dataclass(frozen=True, slots=True)
class Clock:
    """The leading clock of a case in words. `tone` is "ok", "warn" or "late"; `spoken` e.g. 剩 3 个工作日,12-03到期.

    `both` are the decision clocks, None before acceptance. `limits` say 承诺 10 个工作日 · 法定 20 个工作日. `clause` is what
    the leading clock rests on.
    """

    title: str
    spoken: str
    tone: str
    due_at: datetime | None
    is_provisional: bool
    limits: str
    cells: tuple[Cell, ...]
    both: CaseReading | None
    others: tuple[Watch, ...]
    clause: str = "3.3"

    @property
    def kinds(self) -> set[str]:
        """Which colours the ruler has: the legend names no other."""
        return {cell.kind for cell in self.cells}


def reading(case: Case, at: datetime, ledger: Ledger | None = None) -> Clock:
    """What the clocks say at `at`; after the end, what they said then. Seven queries, none when the ledger is at hand."""
    ledger = ledger or ledger_of(case)
    table = day_table(case.center)
    running = watches(case, ledger, table, at)
    both = read_case(table, clock_of(case, ledger, table), at) if case.clock_date else None
    if both is not None and case.status not in BEFORE:
        return _decision(case, both, running, at)
    if running:
        first = running[0]
        said = spoken(first.reading)
        cells = _cells(ruler(table, _start(case, first), first.reading, at), at)
        tone = TONES.get(light(first.reading), "ok")
        title = REPLY if first.end == "notice" else first.words
        return Clock(
            title,
            said,
            tone,
            first.reading.due_at,
            first.reading.provisional,
            limits(case),
            cells,
            None,
            tuple(running[1:]),
            "4.3.2",
        )
    said = case.get_status_display() if case.ended_at else "等申请人补正，未设期限"
    return Clock("时限", said, "ok", None, False, limits(case), (), None, ())


def _start(case: Case, watch: Watch) -> date:
    since = watch.reading.since
    return local(since).date() if isinstance(since, datetime) else since


def _decision(case: Case, both: CaseReading, running: list[Watch], at: datetime) -> Clock:
    table = day_table(case.center)
    shown = both.promised
    start = case.clock_date or local(at).date()
    when = case.decided_at or case.ended_at or at
    cells = _cells(ruler(table, start, shown, min(when, at), local=True), at if both.ended is False else None)
    said, tone = spoken(shown), TONES.get(both.light, "ok")
    if case.ended_at or case.decided_at:
        said = f"办结用 {shown.used} 个工作日" if shown.in_days else "当日办结"
        said += f"，超期 {shown.overdue_by} 个工作日" if shown.is_overdue else "，未超期"
        tone = "late" if both.breach else "ok"
    title = "办结" if case.status == Case.Status.ACCEPTED else case.get_status_display()
    others = tuple(one for one in running if one.clock not in ("promised", "statutory"))
    return Clock(title, said, tone, shown.due_at, both.is_provisional, limits(case), cells, both, others)


def limits(case: Case) -> str:
    """承诺 10 个工作日 · 法定 20 个工作日."""
    said = f"承诺 {limit_words(Limit(case.promised_n, case.unit))}"
    return said if case.statutory_n is None else f"{said} · 法定 {limit_words(Limit(case.statutory_n, case.statutory_unit))}"


def _cells(marks: Sequence[Mark], at: datetime | None) -> tuple[Cell, ...]:
    """At most ten weeks of days, the latest ones."""
    today = local(at).date() if at else None
    return tuple(
        Cell(
            mark.date,
            "today" if mark.date == today and mark.kind in ("counted", "ahead", "start") else CELLS[mark.kind],
            mark.note,
        )
        for mark in marks[-70:]
    )


# --- the page -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Stage:
    """One place of a chain on the case page: a holding, or a step. `state` is "done", "now", or "" for what lies ahead."""

    title: str
    place: str
    note: str
    state: str
    started_at: datetime | None = None


def stages(links: Sequence[ChainLink]) -> list[Stage]:
    """Who held the case and who holds it: never a gap ("4.2")."""
    return [
        Stage(f"{link.role} · {link.name}", link.unit_label, link.note, "done" if link.ended_at else "now", link.started_at)
        for link in links
    ]


def steps(case: Case) -> list[Stage]:
    """受理, the work inside, 送达, as far as the case has come. The steps of the version between the two are no entries of the
    story: while the work is on they stand together as one, for nobody has said which is finished.
    """
    rows = Step.objects.of(case.center_id).filter(version=case.version_id).select_related("department").order_by("position")
    found = list(rows)
    taking = found.pop(0) if found and "受理" in found[0].name else None
    ended = case.ended_at if case.status != Case.Status.DELIVERED else None
    stopped = [Stage(case.get_status_display(), "", "", "done", ended)] if ended else []
    if case.clock_date is None:
        first = Stage("受理", _within([taking] if taking else []), "", "now")
        return stopped or [first, *_inside(case, found, "", None), Stage("送达", "", "", "")]
    accepted = Stage("受理", "", "视同受理" if case.is_deemed else "", "done", case.accepted_at)
    if case.decided_at is None:
        return [accepted, *(stopped or [_under_way(case, found), Stage("送达", "", "", "")])]
    delivered = Stage("送达", "", "", "done" if case.delivered_at else "now", case.delivered_at)
    return [accepted, *_inside(case, found, "done", case.decided_at), *(stopped or [delivered])]


def _inside(case: Case, rows: list[Step], state: str, at: datetime | None) -> list[Stage]:
    if not rows:
        return [Stage("办理", "", "", state, at)]
    last = len(rows) - 1
    return [
        Stage(f"{row.name}{_of(case, [row])}", "" if at else _within([row]), "", state, at if number == last else None)
        for number, row in enumerate(rows)
    ]


def _under_way(case: Case, rows: list[Step]) -> Stage:
    title = "、".join(row.name for row in rows) or "办理"
    return Stage(f"{title}{_of(case, rows)}", _within(rows), "依法暂停计时" if case.paused_at else "办理中", "now")


def _of(case: Case, rows: list[Step]) -> str:
    """The departments, where others than the case's own have a hand in it."""
    names = dict.fromkeys(row.department.short_name for row in rows if row.department_id != case.department_id)
    return f" · {'、'.join(names)}" if names else ""


def _within(rows: list[Step]) -> str:
    days = sum(row.limit or 0 for row in rows)
    return f"{days} 个工作日内" if days else ""


def story(case: Case) -> list[Event]:
    """The entries, the newest first."""
    return list(Event.objects.of(case.center_id).filter(case=case).order_by("-number"))


def schedule(case: Case, at: datetime) -> list[Any]:
    """What may be charged for the item, from the schedule alone; [] is 不收费 ("3.5")."""
    return fees_in_force(case.center, case.version, local(at).date())


SINGLE = ("receipt", "acceptance", "declined", "returned", "extension", "completion", "delivery_proof", "joint_flow")
PARTED = ("correction_receipt", "one_time_notice", "special_procedure")


def papers(case: Case) -> list[Document]:
    """Every valid paper of the case in the order of issue, without the bytes; sources are derived, so the unique index finds them."""
    sources = [f"cases.{kind}:{case.code}" for kind in SINGLE]
    sources += [f"cases.{kind}:{case.code}:{number}" for kind in PARTED for number in range(1, case.revision + 1)]
    rows = Document.objects.of(case.center_id).filter(kind__in=[*SINGLE, *PARTED], source__in=sources, voided_at__isnull=True)
    return list(rows.defer("pdf", "data").order_by("issued_at", "id"))


def breaches_of(case: Case) -> list[Breach]:
    return list(Breach.objects.of(case.center_id).filter(case=case).select_related("member").order_by("at", "id"))
