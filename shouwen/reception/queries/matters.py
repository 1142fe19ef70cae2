"""Lists of matters and what one matter's page shows."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from shouwen.core.actors import Actor
from shouwen.core.clock import local
from shouwen.core.prepared import Prepared
from shouwen.org.models import Member, Membership, RoleGrant, in_force
from shouwen.reception.models import HandOver, Inquiry, Matter, PhoneCall, RegisteredComplaint, Urging
from shouwen.reception.queries.chain import covers, mine
from shouwen.reception.queries.offers import addressed
from shouwen.rules.chain import rank
from shouwen.rules.workdays import ZONE

STAFF = ("clerk", "leader", "director", "section", "supervisor")
"""Roles that see the whole register; anybody else sees what they hold, follow or entered."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What the register is narrowed to; empty means all."""

    status: str = ""
    channel: str = ""
    whose: str = ""
    text: str = ""
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """Everything said and done about one matter besides its chain, ready for the page."""

    hand_overs: list[HandOver]
    calls: list[PhoneCall]
    urgings: list[Urging]
    siblings: list[Matter]
    pending: HandOver | None = field(default=None)


def visible(actor: Actor, at: datetime) -> QuerySet[Any]:
    """Matters the actor may see: staff all of the centre's, others their own; a complaint's never the accused's."""
    accused = RegisteredComplaint.objects.of(actor.center).filter(matter=OuterRef("pk"), against=actor.member)
    rows = Matter.objects.of(actor.center).filter(~Exists(accused))
    if actor.has(*STAFF):
        return rows
    ids = mine(actor.member, covers(actor.center, at))
    if actor.member is not None:
        ids |= {actor.member.pk}
    offers = HandOver.objects.of(actor.center).filter(addressed(actor.center, ids, local(at).date()), status="pending")
    return rows.filter(Q(holder_id__in=ids) | Q(first_asked_id__in=ids) | Q(pk__in=offers.values("matter_id")))


def register(actor: Actor, filters: Filters, at: datetime) -> QuerySet[Any]:
    """The register of first inquiries (首问责任登记), the newest first, one row a matter."""
    rows = visible(actor, at).select_related("inquiry__person", "item", "holder")
    if filters.status:
        rows = rows.filter(status=filters.status)
    if filters.channel:
        rows = rows.filter(inquiry__channel=filters.channel)
    if filters.whose == "mine":
        rows = rows.filter(holder_id__in=mine(actor.member, covers(actor.center, at)))
    elif filters.whose == "followed":
        rows = rows.filter(first_asked=actor.member).filter(~Q(holder=actor.member))
    if filters.first:
        rows = rows.filter(opened_at__gte=_midnight(filters.first))
    if filters.last:
        rows = rows.filter(opened_at__lt=_midnight(filters.last + timedelta(days=1)))
    if filters.text:
        words = filters.text
        rows = rows.filter(
            Q(subject__icontains=words) | Q(code=words) | Q(inquiry__code=words) | Q(inquiry__person__name__icontains=words)
        )
    return rows.order_by("-opened_at", "-id")


def story(matter: Matter) -> Story:
    """Offers, calls, urgings, and the other matters of the same contact; four queries."""
    of = {"matter": matter}
    offers = list(HandOver.objects.of(matter.center_id).filter(**of).select_related("answered_by").order_by("asked_at", "id"))
    siblings = Matter.objects.of(matter.center_id).filter(inquiry=matter.inquiry_id).exclude(pk=matter.pk)
    return Story(
        hand_overs=offers,
        calls=list(PhoneCall.objects.of(matter.center_id).filter(**of).order_by("called_at", "id")),
        urgings=list(Urging.objects.of(matter.center_id).filter(**of).order_by("urged_at", "id")),
        siblings=list(siblings.order_by("opened_at", "id")),
        pending=next((row for row in offers if row.status == HandOver.Status.PENDING), None),
    )


def undecided(inquiry: Inquiry) -> list[Matter]:
    """Open matters of a contact that are still only talked about: without outcome and not on offer to anybody."""
    rows: list[Matter] = _UNDECIDED(inquiry.center_id, inquiry.pk)
    return rows


def _undecided(center: Any, inquiry: UUID) -> Any:
    offers = HandOver.objects.of(center).filter(matter=OuterRef("pk"), status=HandOver.Status.PENDING)
    rows = Matter.objects.of(center).filter(~Exists(offers), inquiry_id=inquiry, status="open", outcome="")
    return rows.order_by("opened_at", "id")


_UNDECIDED = Prepared(_undecided, UUID, UUID)


def matters_of(inquiry: Inquiry) -> list[Matter]:
    """The matters of a contact in the order they were told, with item."""
    rows = Matter.objects.of(inquiry.center_id).filter(inquiry=inquiry).select_related("item", "holder", "first_asked")
    return list(rows.order_by("opened_at", "id"))


def asked(center: Any, code: str) -> Inquiry | None:
    """The contact with that public number, with person; for the citizen who asks how it stands."""
    return Inquiry.objects.of(center).filter(code=code).select_related("person", "center").first()


def open_matters(center: Any) -> list[Matter]:
    """Everything open that is no case yet, the oldest first, with holder: for the shift hand-over and the overview."""
    rows = Matter.objects.of(center).filter(status=Matter.Status.OPEN).filter(~Q(outcome=Matter.Outcome.ACCEPTED))
    return list(rows.select_related("holder", "inquiry").order_by("opened_at", "id")[:500])


def complaints(actor: Actor) -> QuerySet[Any]:
    """Registered complaints, the newest first, for leaders, directors and supervisors; never those against the actor."""
    rows = RegisteredComplaint.objects.of(actor.center).select_related("matter__inquiry__person", "against")
    return rows.filter(~Q(against=actor.member) | Q(against__isnull=True)).order_by("-registered_at", "-id")


def askable(center: Any, at: datetime) -> list[Any]:
    """Everybody who may have been asked first, with or without an account, by name, each with `label` (window or department)
    and `rank` (post), for the choice in the form."""
    on = local(at).date()
    here = in_force(on, "joined_date", "left_date")
    posts = Membership.objects.of(center).filter(in_force(on)).select_related("counter", "department")
    grants = RoleGrant.objects.of(center).filter(in_force(on))
    people = Member.objects.of(center).filter(here).order_by("name", "code")
    found: list[Any] = list(
        people.prefetch_related(
            Prefetch("memberships", posts, to_attr="posts"), Prefetch("role_grants", grants, to_attr="granted")
        )
    )
    for person in found:
        post = person.posts[0] if person.posts else None
        person.label = str(post.counter or post.department) if post else ""
        person.rank = rank(grant.role for grant in person.granted)
    return found


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(0), ZONE)
