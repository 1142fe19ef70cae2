"""What the tests of cases stand on: a hall with hours, a few items, and shorthand for acting at a local time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from shouwen.cases import actions
from shouwen.cases.models import Case
from shouwen.catalogue.models import Item, ItemVersion, Material
from shouwen.core.actors import Actor, system
from shouwen.org.models import Member
from shouwen.reception import actions as reception
from shouwen.workcalendar.actions import set_hours
from shouwen.workcalendar.queries import HoursDraft
from tests import factories

SHANGHAI = ZoneInfo("Asia/Shanghai")
SESSIONS = ((time(8, 30), time(12)), (time(14), time(17, 30)))
SINCE = datetime(2026, 1, 1, tzinfo=UTC)
MATERIALS = (("身份证", True, False), ("申请表", True, False), ("银行流水", True, True), ("照片", False, False))
"""Name, required, may follow."""
ALL = {1: "", 2: "", 3: "", 4: ""}
_number = count(1)


def when(text: str) -> datetime:
    """ "11-23 09:00" of 2026, or with a year, local."""
    text = text if text[4] == "-" else f"2026-{text}"
    return datetime.fromisoformat(text if " " in text else f"{text} 09:00").replace(tzinfo=SHANGHAI).astimezone(UTC)


def version(center: Any, department: Any, name: str, **more: Any) -> ItemVersion:
    """An item in force since January with the four materials."""
    item = Item.objects.create(center=center, name=name, created_by="周丽", created_at=SINCE)
    fields = {
        "field": "civil", "official_kind": "promised", "department": department, "statutory_limit": 20, "promised_limit": 10,
        "extension_limit": 10, "extension_approver": "head", "pause_grounds": ["expert_review", "test"], "legal_basis": "样例",
        "deliveries": ["counter", "post"], "state": "in_force", "active_from": date(2026, 1, 1), "number": 1, "drafted_by": "周丽",
        "drafted_at": SINCE, "changed_at": SINCE, "enacted_by": "王主任", "enacted_at": SINCE, "result_name": "证明",
    }  # fmt: skip
    found = ItemVersion.objects.create(center=center, item=item, name=name, **fields | more)
    for position, (label, required, follows) in enumerate(MATERIALS, 1):
        necessity = Material.Necessity.REQUIRED if required else Material.Necessity.OPTIONAL
        Material.objects.create(
            center=center,
            version=found,
            position=position,
            name=label,
            originals=1,
            necessity=necessity,
            tolerance_allowed=follows,
        )
    return found


class Hall:
    """The cast at work: `hall.receive("11-23 09:00")`, `hall.do("accept_case", case, "11-24")`."""

    def __init__(self, cast: Any) -> None:
        self.cast, self.center = cast, cast.center
        self._actors: dict[Any, Actor] = {}
        for center in (cast.center, cast.other_center):
            set_hours(draft=HoursDraft("全年", date(2026, 1, 1), None, SESSIONS), by=system(center), at=SINCE)
        self.item = version(cast.center, cast.civil, "低保申请")
        self.person = self.somebody()

    def somebody(self, name: str = "王秀兰") -> Any:
        by = factories.actor(self.cast.li)
        return reception.register_person(name=name, phone="13800002046", address="青山村三组", by=by, at=SINCE)

    def version(self, name: str, **more: Any) -> ItemVersion:
        return version(self.center, self.cast.civil, name, **more)

    def actor(self, member: Member | None = None) -> Actor:
        member = member or self.cast.li
        if member.pk not in self._actors:
            self._actors[member.pk] = factories.actor(member)
        return self._actors[member.pk]

    def matter(self, at: datetime, member: Member | None = None) -> Any:
        asked = member or self.cast.li
        subjects = [(self.item.item, "想办低保")]
        inquiry = reception.open_inquiry(
            channel="walk_in", subjects=subjects, first_asked=asked, person=self.person, by=self.actor(asked), at=at
        )
        return inquiry.matters.get()

    def receive(self, at: str, lines: Mapping[int, str] = ALL, *, version: Any = None, member: Any = None, **more: Any) -> Case:
        moment = when(at)
        return actions.receive_case(
            matter=self.matter(moment, member), version=version or self.item, person=self.person, lines=lines,
            by=self.actor(member), at=moment, **more,
        )  # fmt: skip

    def accepted(self, at: str, **more: Any) -> Case:
        """Received and accepted at that moment."""
        case = self.receive(at, **more)
        return actions.accept_case(case=case, by=self.actor(), at=when(at))

    def do(self, action: str, case: Case, at: str, by: Member | None = None, **more: Any) -> Any:
        return getattr(actions, action)(case=case, by=self.actor(by), at=when(at), **more)

    def sweep(self, at: str) -> int:
        return actions.sweep(by=system(self.center), at=when(at))


def fresh(case: Case) -> Case:
    """The case as it is stored now."""
    return Case.objects.of(case.center_id).select_related("center", "matter__holder", "version", "department").get(pk=case.pk)
