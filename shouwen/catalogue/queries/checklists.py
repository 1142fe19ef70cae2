"""What to bring: the materials of a version in the situations somebody is in ("4.3.2": everything at once)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from shouwen.catalogue.models import ItemVersion, Material, Situation, SituationMaterial


@dataclass(frozen=True, slots=True)
class Line:
    """One material to bring. `material` is the id of its row, `where` who issues it, `required` False for what may be left out."""

    material: UUID
    name: str
    originals: int
    copies: int
    where: str
    required: bool
    tolerance_allowed: bool
    standard: str
    sample: str

    @property
    def count(self) -> str:
        """原件 1 份，复印件 2 份."""
        parts = (("原件", self.originals), ("复印件", self.copies))
        return "，".join(f"{word} {n} 份" for word, n in parts if n) or "出示即可"


@dataclass(frozen=True, slots=True)
class Question:
    """One question with its answers, in order."""

    text: str
    choices: list[Situation]


def questions(version: ItemVersion) -> list[Question]:
    """What must be asked before the list is known, e.g. 谁来办理; [] when the list never changes."""
    grouped: dict[str, list[Situation]] = {}
    for situation in Situation.objects.of(version.center_id).filter(version=version).order_by("position"):
        grouped.setdefault(situation.question, []).append(situation)
    return [Question(text, choices) for text, choices in grouped.items()]


def usual(asked: Iterable[Question]) -> list[str]:
    """The first answer of each question: what is assumed until somebody says otherwise."""
    return [question.choices[0].code for question in asked]


def checklist(version: ItemVersion, situations: Iterable[str | Situation] = ()) -> list[Line]:
    """The materials in order for the chosen situations (their codes or rows; those of another version count for nothing).

    Unconditional ones and those a situation adds, less those a situation makes unnecessary; taking away wins.
    """
    codes = [one if isinstance(one, str) else one.code for one in situations]
    chosen = SituationMaterial.objects.of(version.center_id).filter(situation__version=version, situation__code__in=codes)
    added: set[UUID] = set()
    removed: set[UUID] = set()
    for material, adds in chosen.values_list("material_id", "adds") if codes else ():
        (added if adds else removed).add(material)
    rows = Material.objects.of(version.center_id).filter(version=version).order_by("position")
    conditional = Material.Necessity.CONDITIONAL
    return [
        Line(
            row.pk, row.name, row.originals, row.copies, row.source, row.necessity != Material.Necessity.OPTIONAL,
            row.tolerance_allowed, row.standard, row.sample,
        )
        for row in rows
        if (row.necessity != conditional or row.pk in added) and row.pk not in removed
    ]  # fmt: skip
