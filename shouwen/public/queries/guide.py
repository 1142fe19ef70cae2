"""What citizens may know of the items: guides by what they call them, the list to bring in their situation, the fees ("3.5", "4.3.2")."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from shouwen.catalogue import queries as catalogue
from shouwen.catalogue.models import Fee, ItemVersion


@dataclass(frozen=True, slots=True)
class Guide:
    """One item for a citizen: `asked` are the questions, each with its answers and the code of the chosen one."""

    version: ItemVersion
    windows: list[Any]
    promised: str
    statutory: str
    asked: list[tuple[catalogue.Question, str]]
    lines: list[catalogue.Line]
    steps: list[Any]
    fees: list[Fee]

    @property
    def deliveries(self) -> str:
        return "、".join(str(ItemVersion.Delivery(one).label) for one in self.version.deliveries)


def guides(center: Any, text: str, field: str, on: date) -> Any:
    """Items in force as rows of the guide: best match first for words, else by field and name."""
    return catalogue.listed(center, catalogue.Filter(q=text, field=field), on)


def guide(version: ItemVersion, answers: Mapping[str, str], on: date) -> Guide:
    """The guide of a version for the answers given (`q0`, `q1` … → code of the situation); the usual one where none is given."""
    asked = []
    for index, question in enumerate(catalogue.questions(version)):
        known = {choice.code for choice in question.choices}
        given = answers.get(f"q{index}", "")
        asked.append((question, given if given in known else question.choices[0].code))
    return Guide(
        version=version,
        windows=[window.counter for window in version.windows.select_related("counter").order_by("counter__number")],
        promised=catalogue.limit_words(version, "promised"),
        statutory=catalogue.limit_words(version, "statutory"),
        asked=asked,
        lines=catalogue.checklist(version, [code for _, code in asked]),
        steps=list(version.steps.order_by("position")),
        fees=[fee for fee in catalogue.fees_in_force(version.center_id, version, on) if fee.item_id],
    )
