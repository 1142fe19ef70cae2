"""What the tariff makes of a fact by its minutes, for pages that show the fact before it is counted (R12)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from shouwen.rulebook.queries.versions import Version


@dataclass(frozen=True, slots=True)
class Sorted:
    """`kind` is what it counts as, "" for nothing at all; `text` says why, in the rulebook's words."""

    kind: str
    text: str


def sorted_as(version: Version | None, kind: str, minutes: int) -> Sorted | None:
    """A lateness of 3 minutes within grace counts as nothing, one of 40 may be an absence; None where it stays what it is.

    Only ladders of minutes for everybody are answered here; the assessment itself asks the whole rulebook. Clause "1.3.1", R12.
    """
    for rule in version.parsed.plan.classify.get(kind, ()) if version is not None else ():
        if rule.by != "minutes" or rule.where is not None or rule.subjects is not None:
            return None
        tier = next((one for one in rule.tiers if one.bounds.holds(Decimal(minutes))), None)
        if tier is None or tier.stop is not None or tier.then == kind:
            return None
        return Sorted(tier.then or "", tier.note or f"{tier.bounds.text()}分钟")
    return None
