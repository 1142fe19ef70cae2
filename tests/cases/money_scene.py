"""An accepted case with a schedule of fees: a flat row, one with a cap, one with reductions, one expired, one not yet in force."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from shouwen.cases.actions import fees as actions
from shouwen.cases.actions.fees import ChargeLine
from shouwen.cases.models import Case, Receipt
from shouwen.catalogue.models import Fee
from shouwen.org.models import RoleGrant
from tests import factories
from tests.cases.hall import SINCE, Hall, when

SCHEDULE = {
    "copy": ("复印工本费", 50, "页", None, [], date(2026, 1, 1), None),
    "card": (
        "证照工本费",
        1000,
        "证",
        None,
        [{"name": "低保对象", "percent": 100}, {"name": "老年人", "percent": 33}],
        date(2026, 1, 1),
        None,
    ),
    "survey": ("勘测费", 30000, "宗", 50000, [], date(2026, 1, 1), None),
    "old": ("登记费", 2000, "件", None, [], date(2026, 1, 1), date(2026, 7, 1)),
    "next": ("查询费", 100, "次", None, [], date(2027, 1, 1), None),
}


@dataclass(slots=True)
class Money:
    """`money.charge("copy", 3)` takes money at the counter of 李明."""

    hall: Hall
    case: Case
    fees: dict[str, Fee]

    def line(self, name: str, quantity: int = 1, *reductions: str, reason: str = "") -> ChargeLine:
        return ChargeLine(self.fees[name].code, quantity, reductions, reason)

    def charge(
        self, name: str, quantity: int = 1, *reductions: str, at: str = "11-23 10:00", by: Any = None, **more: Any
    ) -> Receipt:
        line = self.line(name, quantity, *reductions, reason=more.pop("reason", ""))
        return self.take([line], at=at, by=by, **more)

    def take(self, lines: list[ChargeLine], *, at: str = "11-23 10:00", by: Any = None, **more: Any) -> Receipt:
        told = {"way": "cash", "by": self.hall.actor(by), "at": when(at)}
        return actions.charge(case=self.case, lines=lines, **told | more)


def fee(center: Any, item: Any, row: tuple[Any, ...]) -> Fee:
    name, amount, unit, cap, reductions, start, end = row
    return Fee.objects.create(
        center=center, item=item, name=name, amount=amount, unit=unit, cap=cap, reductions=reductions, basis="湘发改价费〔2019〕1号",
        active_from=start, active_to=end, entered_by="周丽", entered_at=SINCE,
    )  # fmt: skip


def money(hall: Hall) -> Money:
    case = hall.accepted("11-23 09:00")
    rows = {name: fee(hall.center, hall.item.item, row) for name, row in SCHEDULE.items()}
    return Money(hall, Case.objects.of(hall.center).select_related("center", "version", "matter").get(pk=case.pk), rows)


def grant(member: Any, role: str) -> RoleGrant:
    return factories.grant(member, role)
