"""Who answers for a matter: the one place that says so ("4.2", L27)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from shouwen.core.clock import local
from shouwen.core.prepared import Prepared
from shouwen.org import queries as org
from shouwen.org.models import Member, Membership, Substitution, in_force
from shouwen.reception.models import Holding, Matter
from shouwen.rules import chain as rules


@dataclass(frozen=True, slots=True)
class Holder:
    """`member` answers for the matter now; `owner` is whose matter it is, another person only while somebody stands in. `link`
    is the link of the chain that says so."""

    member: Member
    link: Holding

    @property
    def owner(self) -> Member:
        return self.link.member

    @property
    def since(self) -> datetime:
        return self.link.started_at

    @property
    def unit_label(self) -> str:
        return self.link.unit_label

    @property
    def role(self) -> str:
        return self.link.role

    @property
    def is_stand_in(self) -> bool:
        return self.member.pk != self.owner.pk

    @property
    def name(self) -> str:
        """张敏, or 张敏(代李明) while she stands in ("1.4.1")."""
        return f"{self.member.name}(代{self.owner.name})" if self.is_stand_in else self.member.name


@dataclass(frozen=True, slots=True)
class ChainLink:
    """One link of the chain as pages and papers show it; `stand_ins` are (name, from, to) within the link."""

    name: str
    unit_label: str
    role: str
    clause: str
    note: str
    started_at: datetime
    ended_at: datetime | None
    stand_ins: tuple[tuple[str, datetime, datetime], ...] = ()


Covers = Mapping[UUID, Member]


def covers(center: Any, at: datetime) -> dict[UUID, Member]:
    """Whoever is away at a moment, by id, and who stands in for each ("1.4.1"); one query."""
    return {row.member_id: row.cover for row in _COVERS(getattr(center, "pk", center), at)}


_COVERS = Prepared(
    lambda center, at: org.substitutions(center, at).select_related("cover").order_by("starts_at", "id"), UUID, datetime
)


def acting(member: Member, away: Covers) -> Member:
    """Who acts for the person: the cover followed to its end; the person when nobody does."""
    end = rules.stand_in(member.pk, {person: cover.pk for person, cover in away.items()})
    return member if end == member.pk else next(cover for cover in away.values() if cover.pk == end)


def mine(member: Member | None, away: Covers) -> set[UUID]:
    """Ids of everybody whose matters the person answers for now."""
    if member is None:
        return set()
    return rules.stands_for(member.pk, {person: cover.pk for person, cover in away.items()})


def holder_of(matter: Matter, at: datetime) -> Holder | None:
    """The one person responsible at a moment, past or present ("4.2"); None before the first contact and after the end.

    Two queries. While a substitution is in force the cover is the holder; nothing is written for that, so nothing can be
    forgotten when it ends.
    """
    held = _HELD.first(matter.center_id, matter.pk, at)
    return _holder(held, covers(matter.center_id, at)) if held else None


def _held(center: Any, matter: UUID, at: datetime) -> Any:
    rows = Holding.objects.of(center).filter(_during(at), matter_id=matter).select_related("member")
    return rows.order_by("-position")[:1]


def holders_of(matters: Iterable[Matter], at: datetime) -> dict[UUID, Holder]:
    """Holders of many matters of one centre by matter id, in two queries; ended matters have none."""
    rows = list(matters)
    if not rows:
        return {}
    held = Holding.objects.of(rows[0].center_id).filter(_during(at), matter__in=rows).select_related("member")
    away = covers(rows[0].center_id, at)
    return {row.matter_id: _holder(row, away) for row in held.order_by("position")}


def _during(at: datetime) -> Q:
    return Q(started_at__lte=at) & (Q(ended_at__isnull=True) | Q(ended_at__gt=at))


_HELD = Prepared(_held, UUID, UUID, datetime)


def _holder(held: Holding, away: Covers) -> Holder:
    return Holder(acting(held.member, away), held)


def chain(matter: Matter) -> list[ChainLink]:
    """The whole chain, the first link first, with who stood in during each link; two queries."""
    rows = list(Holding.objects.of(matter.center_id).filter(matter=matter).order_by("position"))
    if not rows:
        return []
    people = {row.member_id for row in rows}
    found = Substitution.objects.of(matter.center_id).filter(member_id__in=people, ends_at__gt=rows[0].started_at)
    stood = list(found.select_related("cover").order_by("starts_at"))
    return [_link(row, [one for one in stood if one.member_id == row.member_id], matter.closed_at) for row in rows]


def _link(row: Holding, stood: list[Substitution], closed_at: datetime | None) -> ChainLink:
    spans = []
    for one in stood:
        start = max(one.starts_at, row.started_at)
        end = min(filter(None, (one.ends_at, one.ended_at, row.ended_at, closed_at)))
        if start < end:
            spans.append((one.cover.name, start, end))
    return ChainLink(
        row.member_name, row.unit_label, row.role, row.clause, row.note, row.started_at, row.ended_at, tuple(spans)
    )


def unit_of(member: Member, on: date) -> str:
    """The window or department of a person on a day, in words; "" without a post."""
    post = _POST.first(member.center_id, member.pk, on)
    return "" if post is None else str(post.counter or post.department)


def _post(center: Any, member: UUID, on: date) -> Any:
    posts = Membership.objects.of(center).filter(in_force(on), member_id=member)
    return posts.select_related("counter", "department").order_by("-active_from")[:1]


_POST = Prepared(_post, UUID, UUID, date)


def heads_of(center: Any, department: Any, at: datetime, but: UUID | None = None) -> list[Member]:
    """Who leads a receiving unit: its leaders, else the centre's, else the directors; covers act for those away (L25).

    `but` (the sender) is never told about the own offer.
    """
    on, away = local(at).date(), covers(center, at)
    leaders = org.holders(center, "leader", on)
    posts = Membership.objects.of(center).filter(in_force(on), department=department) if department else None
    there = set(posts.values_list("member_id", flat=True)) if posts is not None else set()
    for group in ([one for one in leaders if one.pk in there], leaders, org.holders(center, "director", on)):
        found = {head.pk: head for head in (acting(one, away) for one in group) if head.pk != but}
        if found:
            return list(found.values())
    return []
