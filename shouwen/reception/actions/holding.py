"""What every move of a matter shares: the row locked, the holder asked for, one link ended and the next begun."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from shouwen.core.actors import Actor
from shouwen.core.errors import Refused, taken
from shouwen.core.prepared import Prepared, change
from shouwen.org.models import Member
from shouwen.reception import queries
from shouwen.reception.models import HandOver, Holding, Matter
from shouwen.reception.queries import Holder

CHIEFS = ("leader", "director")


def locked(matter: Matter, by: Actor) -> Matter:
    """The matter as it is now, held until the transaction ends; refused once it is closed."""
    fresh: Matter = _LOCKED(by.center.pk, matter.pk)[0]
    if fresh.status != Matter.Status.OPEN:
        raise Refused("这件事已经办结,请刷新后再看")
    return fresh


def responsible(matter: Matter, by: Actor, at: datetime, *, or_chief: bool = False) -> Holder:
    """The holder, who must be the actor; with `or_chief` the centre's leader or director may act as well. The system passes."""
    holder = queries.holder_of(matter, at)
    if holder is None:
        raise taken()
    if by.kind == "system" or by.is_self(holder.member) or (or_chief and by.has(*CHIEFS)):
        return holder
    raise Refused(f"这件事现在由{holder.name}负责,不能由您处理", "4.2")


def none_pending(matter: Matter) -> None:
    if _PENDING(matter.center_id, matter.pk):
        raise Refused("正在移交,请等对方接手,或先撤回移交", "4.3.2.1")


def end_link(matter: Matter, at: datetime, link: Holding | None = None) -> tuple[int, datetime]:
    """End the open link (known to whoever asked for the holder); returns its position and when it ended, never before it began."""
    if link is None:
        [link] = _OPEN_LINK(matter.center_id, matter.pk)
    end = max(at, link.started_at)
    if not change(link, {"ended_at": None}, ended_at=end):
        raise taken()
    return int(link.position), end


def _locked(center: Any, matter: UUID) -> Any:
    rows = Matter.objects.of(center).select_for_update(of=("self",), no_key=True)
    return rows.select_related("inquiry", "item").filter(pk=matter)


_LOCKED = Prepared(_locked, UUID, UUID)


_PENDING = Prepared(
    lambda center, matter: HandOver.objects.of(center).filter(matter_id=matter, status="pending").values_list("id"), UUID, UUID
)
_OPEN_LINK = Prepared(
    lambda center, matter: Holding.objects.of(center).filter(matter_id=matter, ended_at__isnull=True), UUID, UUID
)


def next_link(matter: Matter, to: Member, *, unit_label: str, role: str, clause: str, note: str, at: datetime) -> datetime:
    """Pass the matter on in one step: the moment one link ends the next begins. Returns that moment."""
    position, moment = end_link(matter, at)
    Holding(
        center=matter.center,
        matter=matter,
        position=position + 1,
        member=to,
        member_name=to.name,
        unit_label=unit_label,
        role=role,
        clause=clause,
        note=note,
        started_at=moment,
    ).save(force_insert=True)
    rows = Matter.objects.of(matter.center_id).filter(pk=matter.pk, status=Matter.Status.OPEN, holder_id=matter.holder_id)
    if rows.update(holder=to, slipped_at=None) != 1:
        raise taken()
    return moment
