"""Whose a PIN is on a day."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from shouwen.attendance.models import Device, PinMapping
from shouwen.core.clock import local
from shouwen.org.models import Member

BY_CODE = frozenset({Device.Kind.WEB.value, Device.Kind.REGISTER.value})
BY_NAME = frozenset({Device.Kind.SHEET.value, Device.Kind.DINGTALK.value, Device.Kind.WECOM.value})


class Pins:
    """All PINs of a centre, or those that may be one person's, loaded with two queries.

    Order: a mapping of the device, a mapping of all devices, the staff number (exactly: 016 is not 16), and for sheets,
    which often carry no number, a name that only one person has. The web button and the paper register name people by code.
    """

    def __init__(self, center: Any, only: Member | None = None) -> None:
        mappings, members = PinMapping.objects.of(center), Member.objects.of(center)
        if only is not None:
            # Others' claims to the same numbers and names too: they decide whose a punch is.
            mapped, own = mappings.filter(member=only).values("pin"), {only.code, only.staff_no, only.name} - {""}
            mappings = mappings.filter(Q(pin__in=mapped) | Q(pin__in=own))
        self.mappings: dict[tuple[UUID | None, str], list[PinMapping]] = defaultdict(list)
        for row in mappings:
            self.mappings[row.device_id, row.pin].append(row)
        if only is not None:
            pins = own | {pin for _, pin in self.mappings}
            members = members.filter(Q(pk=only.pk) | Q(code__in=pins) | Q(staff_no__in=pins) | Q(name__in=pins))
        self.people: dict[UUID, Member] = {}
        self.numbers: dict[str, UUID] = {}
        self.codes: dict[str, UUID] = {}
        names: dict[str, list[UUID]] = defaultdict(list)
        for member in members:
            self.people[member.pk] = member
            self.codes[member.code] = member.pk
            names[member.name].append(member.pk)
            if member.staff_no:
                self.numbers[member.staff_no] = member.pk
        self.names = {name: found[0] for name, found in names.items() if len(found) == 1}

    def owner(self, device: Device, pin: str, on: date) -> UUID | None:
        """The member's key, None while nobody has said whose the PIN is."""
        if device.kind in BY_CODE:
            return self.codes.get(pin)
        for key in ((device.pk, pin), (None, pin)):
            for row in self.mappings.get(key, ()):
                if row.active_from <= on and (row.active_to is None or on < row.active_to):
                    return row.member_id
        found = self.numbers.get(pin)
        if found is None and device.kind in BY_NAME:
            found = self.names.get(pin)
        return found

    def owner_at(self, device: Device, pin: str, at: datetime) -> UUID | None:
        return self.owner(device, pin, local(at).date())

    def pins_of(self, member: Member) -> list[str]:
        """Every PIN that may be the person's, on any device and day."""
        mapped = [row.pin for rows in self.mappings.values() for row in rows if row.member_id == member.pk]
        return list({member.code, member.staff_no, member.name, *mapped} - {""})
