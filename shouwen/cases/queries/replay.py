"""A case told again from its story: what the entries add up to must be what is stored."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from shouwen.cases.models import Case, ChecklistLine, Event, Expedite, Extension, Pause

PROJECTED = frozenset(
    {"due_at", "statutory_due_at", "delivery_due_at", "current_due_at", "is_provisional", "next_event_at", "revision"}
)
OWN = frozenset({"id", "center_id", "code"})


@dataclass(slots=True)
class Story:
    """Fields, lines and the ledger of a case as plain values; equal for what is replayed and what is stored."""

    fields: dict[str, Any] = field(default_factory=dict)
    lines: dict[str, dict[str, Any]] = field(default_factory=dict)
    pauses: list[list[Any]] = field(default_factory=list)
    extensions: list[list[Any]] = field(default_factory=list)
    expedites: list[list[Any]] = field(default_factory=list)
    entries: int = 0


def replay(case: Case) -> Story:
    """The story added up, entry by entry. Raises ValueError for a gap in the numbering."""
    told = Story()
    for event in Event.objects.of(case.center_id).filter(case=case).order_by("number"):
        told.entries += 1
        if event.number != told.entries:
            raise ValueError(f"entry {told.entries} of {case.code} is missing")
        told.fields |= event.data.get("set", {})
        for position, changes in event.data.get("lines", {}).items():
            told.lines.setdefault(position, {}).update(changes)
        if "pause" in event.data:
            told.pauses.append([event.data["pause"]["started_at"], None])
        if "resume" in event.data:
            told.pauses[-1][1] = event.data["resume"]["ended_at"]
        if "extend" in event.data:
            told.extensions.append([event.data["extend"]["at"], event.data["extend"]["n"]])
        if "expedite" in event.data:
            told.expedites.append([event.data["expedite"]["at"], event.data["expedite"]["n"]])
    return told


def stored(case: Case, told: Story) -> Story:
    """The same, read from the rows: the fields and columns of lines the story speaks of."""
    fresh = Case.objects.of(case.center_id).get(pk=case.pk)
    found = Story(entries=fresh.revision)
    for one in fresh._meta.concrete_fields:
        if one.name in PROJECTED or one.attname in OWN:
            continue
        value = getattr(fresh, one.attname)
        if one.name in told.fields or value != one.get_default():
            found.fields[one.name] = _plain(value)
    for row in ChecklistLine.objects.of(case.center_id).filter(case=case):
        names = told.lines.get(str(row.position), {})
        found.lines[str(row.position)] = {name: _plain(getattr(row, name)) for name in names}
    of = lambda model, *order: model.objects.of(case.center_id).filter(case=case).order_by(*order)  # noqa: E731
    found.pauses = [[_plain(row.started_at), _plain(row.ended_at)] for row in of(Pause, "entered_at", "id")]
    found.extensions = [[_plain(row.at), row.n] for row in of(Extension, "at", "id")]
    found.expedites = [[_plain(row.at), row.n] for row in of(Expedite, "at", "id")]
    return found


def _plain(value: Any) -> Any:
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return value if isinstance(value, str | int | bool | list | dict) or value is None else str(value)
