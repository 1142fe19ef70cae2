"""The schedule of fees: the only door through which a charge can come to exist ("3.5")."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from shouwen.audit.actions import record
from shouwen.catalogue.actions.writing import ENACTORS, not_before_today, require
from shouwen.catalogue.models import Fee, Item
from shouwen.catalogue.queries.entries import FeeEntry
from shouwen.catalogue.queries.reading import read_fee
from shouwen.core.actors import Actor
from shouwen.core.clock import local
from shouwen.core.errors import Refused, taken
from shouwen.org import queries as org
from shouwen.rules.fees import CLAUSE


@transaction.atomic
def enter_fee(*, document: Mapping[str, Any], item: Item | None, by: Actor, at: datetime) -> Fee:
    """A row of the schedule from a day on (today or later): name, standard, unit, cap, reductions, legal basis.

    It ends the row of the same name and item that reaches into its time. Refused without a legal basis, for a day gone by, or
    when such a row begins on that day or later. Effects: Fee, audit "catalogue.fee.enter". 依据: 三(五) ("3.5")
    """
    require(by, ENACTORS, "登记收费标准", item)
    org.lock_center(by.center)
    problems: list[str] = []
    entry = read_fee(document, "收费", problems)
    if entry is None:
        raise Refused("；".join(words.removeprefix("收费：") for words in problems), CLAUSE)
    not_before_today(date.fromisoformat(entry.active_from), local(at).date(), "收费起日")
    fee = write_fee(entry, item, by, at)
    record(by=by, at=at, verb="catalogue.fee.enter", obj=fee, detail={"amount": fee.amount, "from": entry.active_from})
    return fee


def write_fee(entry: FeeEntry, item: Item | None, by: Actor, at: datetime) -> Fee:
    """The row, and the end of the one before it. Called under the centre's lock."""
    start = date.fromisoformat(entry.active_from)
    rows = Fee.objects.of(by.center).filter(name=entry.name, item=item)
    reaching = rows.filter(Q(active_to__isnull=True) | Q(active_to__gt=start))
    if reaching.filter(active_from__gte=start).exists():
        raise Refused(f"“{entry.name}”已有自 {start} 或更晚起的标准", CLAUSE)
    reaching.update(active_to=start)
    return Fee.objects.create(
        center=by.center,
        item=item,
        name=entry.name,
        amount=entry.amount,
        unit=entry.unit,
        cap=entry.cap,
        reductions=list(entry.reductions),
        basis=entry.basis,
        active_from=start,
        active_to=date.fromisoformat(entry.active_to) if entry.active_to else None,
        entered_by=by.label,
        entered_at=at,
    )


@transaction.atomic
def end_fee(*, fee: Fee, active_to: date, by: Actor, at: datetime) -> None:
    """The row may not be charged any more from a day on. Refused before today. Audit "catalogue.fee.end". 依据: 三(五) ("3.5")"""
    require(by, ENACTORS, "停止收费", fee)
    not_before_today(active_to, local(at).date(), "停止日")
    if active_to < fee.active_from:
        raise Refused("停止日不能早于起日", CLAUSE)
    live = Fee.objects.of(by.center).filter(pk=fee.pk).filter(Q(active_to__isnull=True) | Q(active_to__gt=active_to))
    if live.update(active_to=active_to) != 1:
        raise taken()
    record(by=by, at=at, verb="catalogue.fee.end", obj=fee, detail={"to": active_to.isoformat()})
