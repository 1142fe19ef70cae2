"""Sources of punches, and whose their numbers are."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from shouwen.attendance.actions.slots import recompute
from shouwen.attendance.models import Device, PinMapping, UnmatchedPin
from shouwen.attendance.queries import rights
from shouwen.audit.actions import record
from shouwen.core.actors import Actor
from shouwen.core.clock import local
from shouwen.core.errors import Refused, taken
from shouwen.org import queries as org
from shouwen.org.models import Member

AS_IT_HAPPENS = frozenset({Device.Kind.WEB.value, Device.Kind.REGISTER.value})


@transaction.atomic
def add_device(*, name: str, kind: str, utc_offset: int = 480, by: Actor, at: datetime) -> Device:
    """A source of punches with the zone its clock shows (minutes ahead of UTC). Refused when the name is taken.

    A terminal is waited for before the lack of a punch counts; a sheet only where it is the centre's one source, so that a
    sheet for a single day does not hold up the month. Effects: Device, audit "attendance.device.add". 依据: "1.1"
    """
    rights.require(by, "import")
    org.lock_center(by.center)
    if Device.objects.of(by.center).filter(name=name.strip()).exists():
        raise Refused(f"已有名为“{name.strip()}”的设备", "1.1")
    today = local(at).date()
    device = Device.objects.create(
        center=by.center,
        name=name.strip(),
        kind=kind,
        utc_offset=utc_offset,
        is_source=_is_waited_for(kind, by.center),
        active_from=today,
    )
    record(by=by, at=at, verb="attendance.device.add", obj=device, detail={"kind": kind, "utc_offset": utc_offset})
    return device


def _is_waited_for(kind: str, center: Any) -> bool:
    if kind in AS_IT_HAPPENS:
        return False
    others = Device.objects.of(center).filter(is_source=True, active_to__isnull=True)
    return kind == Device.Kind.TERMINAL or not others.exists()


@transaction.atomic
def change_device(
    *,
    device: Device,
    name: str,
    utc_offset: int,
    is_source: bool,
    synced_until: datetime | None = None,
    by: Actor,
    at: datetime,
) -> Device:
    """Rename, set the zone, say whether the lack of its punches counts, and up to when its data is complete.

    A changed zone holds for lines read from now on; raw punches stay as they are. Audit "attendance.device.change". "1.1"
    """
    rights.require(by, "import")
    org.lock_center(by.center)
    same = Device.objects.of(by.center).filter(name=name.strip()).exclude(pk=device.pk)
    if same.exists():
        raise Refused(f"已有名为“{name.strip()}”的设备", "1.1")
    if synced_until is not None and synced_until > at:
        raise Refused("数据截至时间不能晚于现在", "1.1")
    changes = {"name": name.strip(), "utc_offset": utc_offset, "is_source": is_source, "synced_until": synced_until}
    Device.objects.of(by.center).filter(pk=device.pk).update(**changes)
    device.refresh_from_db()
    record(
        by=by, at=at, verb="attendance.device.change", obj=device, detail={name: str(value) for name, value in changes.items()}
    )
    return device


@transaction.atomic
def end_device(*, device: Device, by: Actor, at: datetime) -> Device:
    """The source is no longer used; its punches stay. Audit "attendance.device.end". "1.1" """
    rights.require(by, "import")
    today = local(at).date()
    if Device.objects.of(by.center).filter(pk=device.pk, active_to__isnull=True).update(active_to=today) != 1:
        raise taken()
    device.refresh_from_db()
    record(by=by, at=at, verb="attendance.device.end", obj=device)
    return device


def source_of(*, center: Any, kind: str, name: str, at: datetime) -> Device:
    """The one device of a kind the software itself runs (web button, paper register), made at first use."""
    device = Device.objects.of(center).filter(kind=kind, active_to__isnull=True).order_by("active_from", "id").first()
    if device is None:
        device = Device.objects.create(center=center, kind=kind, name=name, is_source=False, active_from=local(at).date())
    return device


@transaction.atomic
def map_pin(
    *, pin: str, member: Member, device: Device | None = None, active_from: date, by: Actor, at: datetime
) -> PinMapping:
    """From a day on the PIN (of one device, or of all) is that person's; the mapping before it ends there.

    Its waiting punches count at once: the days they lie on are worked out again. Refused when a later mapping exists.
    Effects: PinMapping, queue, slots, audit "attendance.pin.map". 依据: 一(三)1 ("1.3.1")
    """
    rights.require(by, "import")
    org.lock_center(by.center)
    rows = PinMapping.objects.of(by.center).filter(pin=pin, device=device)
    if rows.filter(active_from__gte=active_from).exists():
        raise Refused("这个编号已有起始日相同或更晚的对应,请改选日期", "1.3.1")
    rows.filter(Q(active_to__isnull=True) | Q(active_to__gt=active_from)).update(active_to=active_from)
    mapping = PinMapping.objects.create(
        center=by.center, device=device, pin=pin, member=member, active_from=active_from, mapped_by=by.label, mapped_at=at
    )
    _replay(mapping, by, at)
    record(
        by=by, at=at, verb="attendance.pin.map", obj=member, label=f"{pin} → {member.name}", detail={"from": str(active_from)}
    )
    return mapping


def _replay(mapping: PinMapping, by: Actor, at: datetime) -> None:
    waiting = UnmatchedPin.objects.of(by.center).filter(pin=mapping.pin, resolved_at__isnull=True)
    if mapping.device is not None:
        waiting = waiting.filter(device=mapping.device)
    for row in list(waiting):
        first, last = local(row.first_at).date(), min(local(row.last_at).date(), local(at).date())
        waiting.filter(pk=row.pk).update(resolved_at=at, outcome=f"对应到{mapping.member.name}")
        if mapping.active_from <= last:
            recompute(start=max(first, mapping.active_from), end=last, by=by, at=at, only=mapping.member)


@transaction.atomic
def ignore_pin(*, row: UnmatchedPin, by: Actor, at: datetime) -> UnmatchedPin:
    """The PIN is nobody's who is assessed (a cleaner, a test): its punches stay, and count for nobody. Audit. "1.1" """
    rights.require(by, "import")
    waiting = UnmatchedPin.objects.of(by.center).filter(pk=row.pk, resolved_at__isnull=True)
    if waiting.update(resolved_at=at, outcome=UnmatchedPin.IGNORED) != 1:
        raise taken()
    row.refresh_from_db()
    record(by=by, at=at, verb="attendance.pin.ignore", obj=row, label=row.pin)
    return row
