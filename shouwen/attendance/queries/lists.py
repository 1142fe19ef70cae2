"""Lists of attendance pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from shouwen.attendance.models import (
    Correction,
    Device,
    ImportBatch,
    PinMapping,
    PostCheck,
    Punch,
    QuarantineLine,
    RegisterEntry,
    Seen,
    SlotResult,
    UnmatchedPin,
)
from shouwen.core.clock import local
from shouwen.org.models import Member
from shouwen.rules.punches import UNDECIDED
from shouwen.workcalendar.queries import day_table


def corrections(center: Any, *, member: Member | None = None, state: str = "") -> QuerySet[Correction]:
    """Requests and decisions, the newest first; of one person, or of the centre."""
    rows = Correction.objects.of(center).select_related("member", "decided_by")
    if member is not None:
        rows = rows.filter(member=member)
    if state in Correction.State.values:
        rows = rows.filter(state=state)
    return rows.order_by("-asked_at", "-id")


def undecided(center: Any, since: Any) -> QuerySet[SlotResult]:
    """Slots named for a person's decision (R20)."""
    rows = SlotResult.objects.of(center).filter(state=UNDECIDED, date__gte=since).select_related("member")
    return rows.order_by("date", "member__name", "due_at")


def slot_of(center: Any, member: Member, day: Any, session: str, side: str) -> SlotResult | None:
    rows = SlotResult.objects.of(center).select_related("center", "member")
    return rows.filter(member=member, date=day, session=session, side=side).first()


def post_checks(center: Any, *, of: Member | None = None, seen: str = "") -> QuerySet[PostCheck]:
    """Checks, the newest first: all of the centre, or those that concern or were made by one person."""
    rows = PostCheck.objects.of(center).select_related("member", "checker")
    if of is not None:
        rows = rows.filter(Q(member=of) | Q(checker=of))
    if seen in Seen.values:
        rows = rows.filter(seen=seen)
    return rows.order_by("-seen_at", "-id")


def repeats_of(check: PostCheck) -> list[Any]:
    return list(check.repeats.select_related("checker").order_by("checked_at"))


def batches(center: Any) -> QuerySet[ImportBatch]:
    return ImportBatch.objects.of(center).select_related("device").order_by("-imported_at", "-id")


def bad_lines(batch: ImportBatch) -> QuerySet[QuarantineLine]:
    return QuarantineLine.objects.of(batch.center_id).filter(batch=batch).order_by("line", "id")


def devices(center: Any) -> list[Device]:
    """Sources in use first."""
    return list(Device.objects.of(center).order_by(F("active_to").asc(nulls_first=True), "name"))


def open_pins(center: Any) -> QuerySet[UnmatchedPin]:
    rows = UnmatchedPin.objects.of(center).filter(resolved_at__isnull=True).select_related("device")
    return rows.order_by("-last_at", "pin")


def mappings(center: Any) -> QuerySet[PinMapping]:
    return PinMapping.objects.of(center).select_related("device", "member").order_by("pin", "-active_from")


def shared_names(center: Any) -> frozenset[str]:
    """Names two people bear: a sheet without staff numbers cannot tell them apart."""
    names = Member.objects.of(center).order_by().values("name").annotate(bearers=Count("pk")).filter(bearers__gt=1)
    return frozenset(names.values_list("name", flat=True))


def typed_entries(center: Any) -> QuerySet[RegisterEntry]:
    """Register lines that wait for a second person, by day and person."""
    rows = (
        RegisterEntry.objects.of(center).filter(state=RegisterEntry.State.TYPED).select_related("center", "member", "typed_by")
    )
    return rows.order_by("signed_at", "member__name")


def settled_entries(center: Any) -> QuerySet[RegisterEntry]:
    rows = RegisterEntry.objects.of(center).exclude(state=RegisterEntry.State.TYPED)
    return rows.select_related("member", "typed_by", "confirmed_by").order_by("-confirmed_at", "-signed_at")


@dataclass(frozen=True, slots=True)
class Sources:
    """The web button, when the centre has opened it, and up to when each source that is waited for has reported."""

    web: Device | None
    reported: tuple[Device, ...]


def sources(center: Any) -> Sources:
    used = list(Device.objects.of(center).filter(active_to__isnull=True).order_by("name"))
    web = next((row for row in used if row.kind == Device.Kind.WEB), None)
    return Sources(web, tuple(row for row in used if row.is_source))


def web_punches(member: Member, device: Device, at: datetime) -> list[datetime]:
    """When the person pressed the button today."""
    start = local(at).replace(hour=0, minute=0, second=0, microsecond=0)
    rows = Punch.objects.of(member.center_id).filter(device=device, pin=member.code, punched_at__gte=start)
    return list(
        rows.filter(punched_at__lt=start + timedelta(days=1)).order_by("punched_at").values_list("punched_at", flat=True)
    )


def has_lapsed(check: PostCheck, at: datetime) -> bool:
    """A second look that nobody took while the hall was open that day: the check is nothing."""
    if check.state != PostCheck.State.REPEAT_DUE:
        return False
    closing = day_table(check.center).closes_at(local(check.seen_at).date())
    return closing is None or at >= closing
