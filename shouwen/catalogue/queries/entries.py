"""An item as a document: what a draft keeps, what is imported and exported (docs/reference/catalogue.md).

Values are plain: departments by short name, windows by number, enumerations by their English value, money in fen.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields
from typing import Any


@dataclass(frozen=True, slots=True)
class MaterialEntry:
    name: str
    originals: int = 0
    copies: int = 0
    source: str = ""
    necessity: str = "required"
    sample: str = ""
    standard: str = ""
    tolerance_allowed: bool = False


@dataclass(frozen=True, slots=True)
class SituationEntry:
    """`adds` and `removes` name materials of the same item."""

    question: str
    choice: str
    adds: tuple[str, ...] = ()
    removes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StepEntry:
    name: str
    department: str
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class PartnerEntry:
    department: str
    task: str
    limit: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One item. `code` is ours and only names the item the document came from."""

    name: str
    field: str
    official_kind: str
    department: str
    legal_basis: str
    code: str = ""
    national_code: str = ""
    implementation_code: str = ""
    aliases: tuple[str, ...] = ()
    handling: str = "ordinary"
    counters: tuple[int, ...] = ()
    statutory_limit: int | None = None
    statutory_unit: str = "workday"
    promised_limit: int = 0
    promised_unit: str = "workday"
    extension_limit: int = 0
    extension_approver: str = ""
    correction_days: int | None = None
    pause_grounds: tuple[str, ...] = ()
    is_silence_approved: bool = False
    reported_to: str = ""
    conditions: str = ""
    result_name: str = ""
    result_validity: str = ""
    deliveries: tuple[str, ...] = ("counter",)
    visits: int = 1
    service_objects: tuple[str, ...] = ("person",)
    consult_phone: str = ""
    complaint_phone: str = ""
    is_sample: bool = False
    materials: tuple[MaterialEntry, ...] = ()
    situations: tuple[SituationEntry, ...] = ()
    steps: tuple[StepEntry, ...] = ()
    partners: tuple[PartnerEntry, ...] = ()

    def document(self) -> dict[str, Any]:
        """The same as JSON can hold it."""
        return {key: _plain(value) for key, value in asdict(self).items()}


@dataclass(frozen=True, slots=True)
class FeeEntry:
    """One row of the schedule; `item` names the item, "" for all. Days are ISO dates, `active_to` exclusive."""

    name: str
    amount: int
    unit: str
    basis: str
    active_from: str
    item: str = ""
    cap: int | None = None
    reductions: tuple[dict[str, Any], ...] = field(default=())
    active_to: str = ""

    def document(self) -> dict[str, Any]:
        return {key: _plain(value) for key, value in asdict(self).items()}


PARTS = {"materials": MaterialEntry, "situations": SituationEntry, "steps": StepEntry, "partners": PartnerEntry}
COLUMNS = tuple(one.name for one in fields(Entry) if one.name not in {*PARTS, "code", "department", "counters"})
"""Fields an entry and a version have under the same name (the two codes of the state are the item's)."""


def _plain(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    return value


def entry_of_document(document: dict[str, Any]) -> Entry:
    """The entry a draft keeps; the document was checked when it was written."""
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in document.items()}
    for name, kind in PARTS.items():
        values[name] = tuple(
            kind(**{key: tuple(value) if isinstance(value, list) else value for key, value in part.items()})
            for part in document.get(name, ())
        )
    return Entry(**values)
