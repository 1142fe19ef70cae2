"""What a centre may set about punches, as data: ladders of minutes, windows and the readings R11, R12, R13, R20."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from shouwen.rules.punches.model import ABSENT, LATE, LEFT_EARLY, STATES

LOWER, UPPER = ("over", "from"), ("under", "to")


class RuleError(ValueError):
    """A setting that cannot be understood; the message is Chinese and names it."""


@dataclass(frozen=True, slots=True)
class Tier:
    """One step of a ladder in whole minutes late or early (R12).

    `lower` and `upper` bound it; each says for itself whether the number is included (含) or not (不含).
    """

    kind: str
    lower: int = 0
    lower_included: bool = False
    upper: int | None = None
    upper_included: bool = False

    def holds(self, minutes: int) -> bool:
        above = minutes > self.lower or (self.lower_included and minutes == self.lower)
        if self.upper is None:
            return above
        return above and (minutes < self.upper or (self.upper_included and minutes == self.upper))

    def __str__(self) -> str:
        included = {True: "含", False: "不含"}
        upper = "" if self.upper is None else f"至 {self.upper} 分钟({included[self.upper_included]})"
        return f"{self.lower} 分钟({included[self.lower_included]})起{upper}算{STATES[self.kind]}"

    @classmethod
    def from_document(cls, row: Mapping[str, Any]) -> "Tier":
        """Read {"kind": "late", "over": 0, "under": 30}: over and under exclude the number, from and to include it."""
        kind = row.get("kind")
        if kind not in (LATE, LEFT_EARLY, ABSENT):
            raise RuleError("档次的 kind 应是 late、left_early 或 absent")
        if unknown := set(row) - {"kind", *LOWER, *UPPER}:
            raise RuleError(f"档次里不认识的字段:{'、'.join(sorted(map(str, unknown)))}")
        if all(name in row for name in LOWER) or all(name in row for name in UPPER):
            raise RuleError("同一界限不能既含又不含")
        lower = next((_minutes(row, name) for name in LOWER if name in row), 0)
        upper = next((_minutes(row, name) for name in UPPER if name in row), None)
        return cls(kind, lower, "from" in row, upper, "to" in row)


@dataclass(frozen=True, slots=True)
class PunchRules:
    """Defaults are those of the founding document: two punches a session, any lateness is late, no conversion.

    Minutes below the lowest tier of a ladder are within grace; minutes that no tier covers are left to a person.
    """

    per: str = "session"
    """Punches due: in and out for each "session", or once for the "day"."""
    late: tuple[Tier, ...] = (Tier(LATE),)
    left_early: tuple[Tier, ...] = (Tier(LEFT_EARLY),)
    absent_unit: str = "session"
    """R11: each absent half-day "session" is one, or the "day"."""
    several: str = "heavier"
    """R13: in an absent session the "heavier" offence stands alone, or they "add"."""
    one_punch: str = "decide"
    """R20, after the deadline for corrections: "decide" by a person, or "late", "left_early", "absent"."""
    window_before: int = 120
    window_after: int = 480
    """Minutes before the session starts and after it ends in which a punch still belongs to it."""
    same_within: int = 60
    """Punches within so many seconds of the first are one."""

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> "PunchRules":
        """Read settings by name, or by reading: {"R12": {"grace": 5, "absent_from": 30}, "R20": "absent"}.

        R12 gives `grace` minutes and, if late may become absent, `absent_from` (含) or `absent_over` (不含);
        with "early_too" the same ladder holds for leaving early. Raises RuleError.
        """
        found: dict[str, Any] = {}
        for name, value in document.items():
            if name == "R12":
                found |= _r12(value)
            elif name in CHOICES:
                found[NAMES.get(name, name)] = _choice(name, value)
            elif name in ("late", "left_early"):
                found[name] = _ladder(name, value)
            elif name in ("window_before", "window_after", "same_within"):
                found[name] = _minutes(document, name)
            else:
                raise RuleError(f"不认识的规则:{name}")
        return replace(cls(), **found)


NAMES = {"R11": "absent_unit", "R13": "several", "R20": "one_punch"}
CHOICES = {
    "per": ("session", "day"),
    "absent_unit": ("session", "day"),
    "several": ("heavier", "add"),
    "one_punch": ("decide", LATE, LEFT_EARLY, ABSENT),
}
CHOICES |= {reading: CHOICES[name] for reading, name in NAMES.items()}


def _choice(name: str, value: Any) -> str:
    if value not in CHOICES[name]:
        raise RuleError(f"{name} 应是 {'、'.join(CHOICES[name])} 之一")
    return str(value)


def _minutes(row: Mapping[str, Any], name: str) -> int:
    value = row[name]
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= 1440:
        raise RuleError(f"{name} 应是 0 至 1440 的整数")
    return value


def _ladder(name: str, rows: Any) -> tuple[Tier, ...]:
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise RuleError(f"{name} 应是一串档次")
    return tuple(sorted(map(Tier.from_document, rows), key=lambda tier: (tier.lower, not tier.lower_included)))


def _r12(value: Any) -> dict[str, tuple[Tier, ...]]:
    if not isinstance(value, dict) or set(value) - {"grace", "absent_from", "absent_over", "early_too"}:
        raise RuleError("R12 只认 grace、absent_from、absent_over、early_too")
    grace = _minutes({"grace": 0} | value, "grace")
    name = next((name for name in ("absent_from", "absent_over") if name in value), None)
    ladders: dict[str, tuple[Tier, ...]] = {kind: (Tier(kind, grace),) for kind in (LATE, LEFT_EARLY)}
    if name is not None:
        limit, included = _minutes(value, name), name == "absent_from"
        absent = Tier(ABSENT, limit, included)
        ladders = {kind: (Tier(kind, grace, False, limit, not included), absent) for kind in ladders}
    return ladders if value.get("early_too") else {LATE: ladders[LATE]}
