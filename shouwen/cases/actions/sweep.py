"""Each minute: what ran out, who is to be told (L15–L18). Nothing here is decided by the system but what the law itself decides."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from shouwen.cases.actions.acceptance import deem_accepted, has_lapsed
from shouwen.cases.actions.breaches import note_overdue
from shouwen.cases.actions.moving import follow_calendar
from shouwen.cases.actions.story import holder, note, reproject, tell
from shouwen.cases.models import Case, Warned
from shouwen.cases.queries.ledger import Watch, ledger_of, silence_lapses_at, watches
from shouwen.core.actors import Actor
from shouwen.core.clock import local
from shouwen.core.obligations import address
from shouwen.notifications.actions import enqueue
from shouwen.reception.queries import heads_of, holder_of
from shouwen.rules.ladder import Call, rungs_due
from shouwen.workcalendar.queries import day_table

log = logging.getLogger("shouwen")
BATCH = 200
TO_HEAD = frozenset({"untouched", "due", "out", "over", "late"})
"""Rungs the head hears of as well; of the first of them, an untouched case, only the head (L16)."""
TO_FIRST_ASKED = frozenset({"over", "late", "out"})


def sweep(*, by: Actor, at: datetime) -> int:
    """Every open case of the centre whose next event has come, in the order of the index, without a ceiling (L17).

    A case that fails keeps no other from its turn. Returns how many cases were looked at. Effects per case: deemed acceptance,
    a renewal granted by silence, breaches, warnings claimed once and sent ("3.3", "4.3.2").
    """
    follow_calendar(by=by, at=at)
    seen = 0
    failed: set[Any] = set()
    while True:
        due = Case.objects.of(by.center).filter(next_event_at__lte=at, ended_at__isnull=True).exclude(pk__in=failed)
        batch = list(due.order_by("next_event_at").values_list("pk", flat=True)[:BATCH])
        if not batch:
            return seen
        for pk in batch:
            if not _attempt(pk, by, at):
                failed.add(pk)
        seen += len(batch)


def _attempt(pk: Any, by: Actor, at: datetime) -> bool:
    """One case in its own transaction; True when it needs no further look now."""
    try:
        with transaction.atomic():
            case = _locked(by.center, pk)
            if case is not None:
                sweep_case(case, by=by, at=at)
        return case is None or case.next_event_at is None or case.next_event_at > at
    except Exception:
        log.exception("case %s not swept", pk)
        return False


def _locked(center: Any, pk: Any) -> Case | None:
    rows = (
        Case.objects.of(center)
        .select_for_update(of=("self",), no_key=True)
        .select_related("center", "matter__holder", "version", "department")
    )
    return rows.filter(pk=pk, ended_at__isnull=True).first()


def sweep_case(case: Case, *, by: Actor, at: datetime) -> None:
    """What is due for one case: the law's own consequences first, then breaches, then warnings in the order they fell due."""
    if has_lapsed(case, at):
        deem_accepted(case, by=by, at=at)
    _silence(case, by, at)
    note_overdue(case, by=by, at=at)
    ledger, table = ledger_of(case), day_table(case.center)
    for watch in watches(case, ledger, table, at):
        told = {rung for clock, rung in ledger.warned if clock == watch.clock}
        for call in rungs_due(table, watch.reading, at, told, watch.ladder):
            _warn(case, watch, call, by, at)
    reproject(case)


def _silence(case: Case, by: Actor, at: datetime) -> None:
    """A renewal nobody answered before the old certificate ran out is granted (行政许可法 50)."""
    lapses = silence_lapses_at(case, ledger_of(case), day_table(case.center))
    if lapses is None or at <= lapses:
        return
    sets = {
        "status": Case.Status.DECIDED.value, "decision": Case.Decision.GRANTED.value, "decided_at": lapses, "paused_at": None,
        "accepted_at": case.accepted_at or lapses, "clock_date": case.clock_date or local(case.received_at).date(),
    }  # fmt: skip
    data: dict[str, Any] = {"opinion": "逾期未答复，依法视为准予延续"}
    if case.paused_at is not None:
        ledger_pause = ledger_of(case).paused
        if ledger_pause is not None:
            type(ledger_pause).objects.of(case.center_id).filter(pk=ledger_pause.pk).update(ended_at=lapses, result="视为准予")
            data["resume"] = {"ended_at": lapses}
    tell(
        case,
        "deem_granted",
        "有效期届满仍未答复，视为准予延续（行政许可法第五十条）",
        by=by,
        at=at,
        clause="3.3",
        sets=sets,
        data=data,
    )


def _warn(case: Case, watch: Watch, call: Call, by: Actor, at: datetime) -> None:
    """Claim the rung, then tell: of two sweeps at once only one sends (L15)."""
    row = Warned(center=case.center, case=case, clock=watch.clock, rung=call.key[:20], at=at)
    if Warned.objects.of(case.center_id).filter(case=case, clock=watch.clock, rung=row.rung).exists():
        return
    row.save(force_insert=True)
    words = f"{watch.words}：{'收件后还没有受理或告知' if call.key == 'untouched' else call.words}"
    note(case, "warn", words, by=by, at=at, clause="3.3", data={"warned": [watch.clock, row.rung]})
    for member in _listeners(case, call.key.split("@")[0].split(":")[0], at):
        enqueue(
            to=member, title=call.words[:60], text=f"{case.item_name} {case.code}，{words}。", url=address("cases:detail", case.code),
            key=f"case:{case.code}:{watch.clock}:{row.rung}:{member.code}", by=by, at=at,
        )  # fmt: skip


def _listeners(case: Case, rung: str, at: datetime) -> Sequence[Any]:
    """The holder; the heads when it is urgent or nobody is there to hold it; the first-asked when it slips ("4.2")."""
    now = holder_of(case.matter, at)
    here = now is not None and now.member.is_here(local(at).date())
    found = [holder(case, at)] if here and rung != "untouched" else []
    if rung in TO_HEAD or not here:
        found += heads_of(case.center, case.department, at)
    if rung in TO_FIRST_ASKED:
        found.append(case.matter.first_asked)
    return list({member.pk: member for member in found}.values())
