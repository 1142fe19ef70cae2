"""Who may see and do what with cases; every loader starts from the actor's centre."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404

from shouwen.cases.models import (
    Approval,
    Batch,
    Breach,
    Case,
    DayEnd,
    FeeLead,
    FollowUp,
    JointHandling,
    JointTask,
    Receipt,
    Refund,
    SavedFilter,
)
from shouwen.cases.queries import batch as batches
from shouwen.cases.queries import fees, follow_up, joint
from shouwen.core.actors import Actor
from shouwen.core.errors import Refused
from shouwen.documents.models import Document
from shouwen.reception import queries as reception

# Case files hold people's lives: those who work on them and those who answer for the work, no administrator (等保 8.1.5).
READERS = ("clerk", "section", "leader", "director", "supervisor")


def filter_for(actor: Actor, code: str) -> SavedFilter:
    """A kept filter of one's own."""
    rows = SavedFilter.objects.of(actor.center).filter(member=actor.member, ended_at__isnull=True)
    return get_object_or_404(rows, code=code)


def joint_case_for(actor: Actor, code: str, at: datetime) -> Case:
    """A case on its joint page: for readers of cases, and for the departments that have a task in it; 404 for others."""
    rows = Case.objects.of(actor.center).select_related(*WITH)
    case: Case = get_object_or_404(rows, code=code)
    if actor.has(*READERS) or joint.visible_tasks(actor, at).filter(case=case).exists():
        return case
    raise Http404


def joint_task_for(actor: Actor, code: str, at: datetime) -> JointTask:
    """A task of the own department, or any for those who coordinate or oversee."""
    rows = joint.visible_tasks(actor, at).select_related(
        "case__matter__holder", "case__center", "center", "member", "department"
    )
    return get_object_or_404(rows, code=code)


def receipt_for(actor: Actor, code: str) -> Receipt:
    """A receipt with its lines and refunds."""
    return get_object_or_404(fees.receipt_by(actor.center, code), code=code)


def refund_for(actor: Actor, receipt: Receipt, code: str) -> Refund:
    rows = (
        Refund.objects.of(actor.center)
        .filter(receipt=receipt)
        .select_related("receipt__case__center", "receipt__case__matter", "cashier")
    )
    return get_object_or_404(rows, code=code)


def day_end_for(actor: Actor, code: str) -> DayEnd:
    """One's own closed day, anybody's for those who oversee."""
    day = get_object_or_404(DayEnd.objects.of(actor.center), code=code)
    if actor.is_self(day.cashier) or actor.has(*fees.LEAD_READERS):
        return day
    raise Http404


def fee_lead_for(actor: Actor, code: str, at: datetime) -> FeeLead:
    """A lead, never for the accused nor anybody of their unit ("3.5")."""
    return get_object_or_404(fees.visible_leads(actor, at), code=code)


def side_paper_for(actor: Actor, code: str, at: datetime) -> Any:
    """A paper about money or the newest flow sheet of a joint case, for whoever may open what it is about; 404 otherwise."""
    of = lambda model: model.objects.of(actor.center).filter(document_code=code)  # noqa: E731
    if day := of(DayEnd).first():
        day_end_for(actor, day.code)
    elif handling := of(JointHandling).select_related("case").first():
        joint_case_for(actor, handling.case.code, at)
    elif not (actor.has(*READERS) and (of(Receipt).exists() or of(Refund).exists())):
        raise Http404
    return get_object_or_404(Document.objects.of(actor.center), code=code)


def follow_up_for(actor: Actor, code: str, at: datetime) -> FollowUp:
    rows = follow_up.visible_follow_ups(actor, at).select_related(
        "case__center", "case__matter__holder", "case__person", "member"
    )
    return get_object_or_404(rows, code=code)


def batch_for(actor: Actor, code: str) -> Batch:
    """One's own batch, anybody's for those who oversee."""
    return get_object_or_404(batches.visible_batches(actor).select_related("asked_by", "center"), code=code)


WITH = ("center", "matter__inquiry", "matter__holder", "matter__first_asked", "version__item", "department", "person", "agent")
JUDGES = ("leader", "director", "assessor", "supervisor")
SUPERVISES = "leader"


def visible(actor: Actor, at: datetime) -> Any:
    """Cases the actor may see: readers all of the centre, others those they hold, follow, are offered or are asked about."""
    rows = Case.objects.of(actor.center)
    if actor.has(*READERS):
        return rows
    asked = JointTask.objects.of(actor.center).filter(member=actor.member).values("case_id")
    return rows.filter(Q(matter__in=reception.visible(actor, at).values("pk")) | Q(pk__in=asked))


def case_for(actor: Actor, code: str, at: datetime, *, to: str = "see") -> Case:
    """A case the actor may see; for anything but `to="see"` only whoever answers for it now, or the centre's leader, may act.

    Raises Http404 for another centre's or a hidden one, Refused for somebody else's.
    """
    case: Case = get_object_or_404(visible(actor, at).select_related(*WITH), code=code)
    if to != "see" and not may_act(actor, case, at):
        raise Refused(f"这件事项现由{_holder(case, at)}负责，请先办理移交再处理", "4.2")
    return case


def may_act(actor: Actor, case: Case, at: datetime) -> bool:
    """Whoever answers for it now, cover included ("4.2"); the leader of the centre for anybody."""
    now = reception.holder_of(case.matter, at)
    return actor.has(SUPERVISES) or actor.is_self(now.member if now else case.matter.holder)


def _holder(case: Case, at: datetime) -> str:
    now = reception.holder_of(case.matter, at)
    return now.name if now else case.matter.holder.name


def approval_for(actor: Actor, code: str) -> Approval:
    """What was asked for; seen by the asker and those who decide. Whether the actor may decide, the action says."""
    related = ("asked_by", "decided_by", "center", *(f"case__{one}" for one in WITH))
    rows = Approval.objects.of(actor.center).select_related(*related)
    if not actor.has("leader", "director"):
        rows = rows.filter(asked_by=actor.member)
    return get_object_or_404(rows, code=code)


def breach_for(actor: Actor, code: str) -> Breach:
    """One's own breach, or any of the centre for those who judge or supervise ("1.9"). Raises Http404."""
    related = ("member", "center", *(f"case__{one}" for one in WITH))
    breach: Breach = get_object_or_404(Breach.objects.of(actor.center).select_related(*related), code=code)
    if not actor.is_self(breach.member) and not actor.has(*JUDGES):
        raise Http404
    return breach
