"""What stands beside a case on its page: receipts, the joint handling, calls and visits after delivery."""

from __future__ import annotations

from dataclasses import dataclass

from shouwen.cases.models import Case, FollowUp, JointHandling, Receipt
from shouwen.cases.queries.fees import CASHIERS
from shouwen.cases.queries.follow_up import follow_ups_of
from shouwen.cases.queries.joint import joint_of
from shouwen.core.actors import Actor

PLANNERS = ("clerk", "section", "leader", "director")


@dataclass(frozen=True, slots=True)
class Beside:
    """`may_…` say which links to show; the pages and actions decide in the end."""

    receipts: list[Receipt]
    joint: JointHandling | None
    follow_ups: list[FollowUp]
    may_charge: bool
    may_open_joint: bool
    may_plan: bool


def beside(case: Case, actor: Actor) -> Beside:
    """Three queries at most."""
    receipts = list(Receipt.objects.of(case.center_id).filter(case=case).order_by("charged_at"))
    joint = joint_of(case)
    delivered = case.delivered_at is not None
    return Beside(
        receipts,
        joint,
        follow_ups_of(case) if delivered else [],
        actor.has(*CASHIERS) and case.status in (Case.Status.ACCEPTED, Case.Status.DECIDED, Case.Status.DELIVERED),
        actor.has("section") and joint is None and case.status == Case.Status.ACCEPTED,
        actor.has(*PLANNERS) and delivered,
    )
