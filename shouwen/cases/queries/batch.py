"""Stored batches and how far they are (L31)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from shouwen.cases.models import Batch, BatchItem, Case
from shouwen.core.actors import Actor

OPERATORS = frozenset({"clerk", "section", "leader", "director"})
WATCHERS = frozenset({"leader", "director", "supervisor"})
MOST = 2000


@dataclass(frozen=True, slots=True)
class Progress:
    waiting: int
    done: int
    refused: int

    @property
    def size(self) -> int:
        return self.waiting + self.done + self.refused


def progress(batch: Batch) -> Progress:
    """How many items are in which state: one query."""
    rows = BatchItem.objects.of(batch.center_id).filter(batch=batch).order_by()
    found = dict(rows.values_list("status").annotate(Count("pk")))
    return Progress(found.get("waiting", 0), found.get("done", 0), found.get("refused", 0))


def visible_batches(actor: Actor) -> QuerySet[Any]:
    """Own ones; everybody's for those who oversee; the newest first, with `done_n` and `refused_n`."""
    rows = Batch.objects.of(actor.center)
    rows = rows if actor.has(*WATCHERS) else rows.filter(asked_by=actor.member)
    done, refused = Count("items", filter=Q(items__status="done")), Count("items", filter=Q(items__status="refused"))
    return rows.annotate(done_n=done, refused_n=refused).order_by("-asked_at", "-id")


def batch_items(batch: Batch, status: str = "") -> QuerySet[Any]:
    rows = BatchItem.objects.of(batch.center_id).filter(batch=batch).select_related("case").order_by("position")
    return rows.filter(status=status) if status else rows


def running_batches(center: Any) -> list[Batch]:
    """Batches that still have something to do, the oldest first."""
    rows = Batch.objects.of(center).filter(status=Batch.Status.RUNNING).select_related("asked_by", "center")
    return list(rows.order_by("asked_at", "id"))


def cases_by_code(center: Any, codes: list[str]) -> list[Case]:
    """Cases of the centre in the order the codes were given, once each; unknown codes are left out."""
    found = {case.code: case for case in Case.objects.of(center).filter(code__in=codes[:MOST])}
    return [found[code] for code in dict.fromkeys(codes) if code in found]
