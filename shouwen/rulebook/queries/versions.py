"""Versions of a centre's rulebook, and the one in force on a day ("1.10")."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from shouwen.core.prepared import Prepared
from shouwen.rulebook.models import Rulebook
from shouwen.rules import scoring
from shouwen.rules.scoring.values import key_text

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
FOUNDING = "founding"
KEPT = 64
_parsed: OrderedDict[str, tuple[Mapping[str, Any], scoring.Rulebook]] = OrderedDict()
_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Version:
    """A rulebook ready to use: its row, the document as written, and the engine's form of it."""

    record: Rulebook
    document: Mapping[str, Any]
    parsed: scoring.Rulebook

    def reading(self, name: str) -> str | None:
        """The answer to a question ("R12"): what the centre chose, else the default, else None (still open)."""
        question = (self.document.get("questions") or {}).get(name) or {}
        answer = (self.document.get("readings") or {}).get(name, question.get("default"))
        return None if answer is None else key_text(answer)

    @property
    def is_confirmed(self) -> bool:
        """Whether the leadership meeting confirmed the readings; else papers say 未经班子会确认."""
        return self.record.is_confirmed


def digest_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def parsed(text: str, digest: str = "") -> tuple[Mapping[str, Any], scoring.Rulebook]:
    """Document and engine form of a TOML text; kept per process by the text's digest.

    Raises `scoring.BadRulebook` for a text that is no rulebook.
    """
    digest = digest or digest_of(text)
    with _lock:
        if digest in _parsed:
            _parsed.move_to_end(digest)
            return _parsed[digest]
    document = scoring.load_toml(text)
    found = document, scoring.compile_rulebook(document)
    with _lock:
        _parsed[digest] = found
        while len(_parsed) > KEPT:
            _parsed.popitem(last=False)
    return found


def version_of(record: Rulebook) -> Version:
    """The version of a row, from the cache where its content is known."""
    with _lock:
        known = _parsed.get(record.digest)
    document, engine = known or parsed(record.text, record.digest)
    return Version(record, document, engine)


def _dated(center: Any) -> QuerySet[Rulebook]:
    """Versions with days. That they have some is said again so that the index by days passes over the drafts."""
    dated = [Rulebook.State.IN_FORCE, Rulebook.State.ENDED]
    return Rulebook.objects.of(center).filter(state__in=dated, active_from__isnull=False)


def in_force(center: Any, on: date) -> Version | None:
    """The version that holds on a day, None before the first one ("1.10": in force from the day of publication).

    One query; the content is read again only when this process does not know it yet.
    """
    rows = _IN_FORCE(getattr(center, "pk", center), on)
    record = next((row for row in rows if row.holds(on)), None)
    return version_of(record) if record is not None else None


_IN_FORCE = Prepared(
    lambda center, on: _dated(center).defer("text").filter(active_from__lte=on).order_by("-active_from", "-number")[:4],
    UUID,
    date,
)


def newest(center: Any) -> QuerySet[Rulebook, Any]:
    """The id of the version that began last, for a subquery: another one means that readings may have changed."""
    return _dated(center).order_by("-active_from", "-number").values("id")[:1]


def spans_of(center: Any, name: str, answer: str) -> list[tuple[date, date | None]]:
    """When a question was answered that way: from each first day to before the other (None: to this day)."""
    rows = _dated(center).order_by("active_from", "number")
    spans = [(row.active_from, row.active_to) for row in rows if version_of(row).reading(name) == answer]
    return [(first, after) for first, after in spans if first is not None and (after is None or first < after)]


def versions(center: Any) -> QuerySet[Rulebook]:
    """All versions, the newest first."""
    return Rulebook.objects.of(center).select_related("decision", "based_on").defer("text").order_by("-number")


def drafts(center: Any) -> QuerySet[Rulebook]:
    return versions(center).filter(state=Rulebook.State.DRAFT)


def samples() -> list[tuple[str, str]]:
    """Names and titles of the rulebooks that come with Shouwen, the founding one first."""
    found = [
        (path.stem, str(scoring.load_toml(path.read_text("utf-8")).get("title", path.stem)))
        for path in sorted(SAMPLES.glob("*.toml"))
    ]
    return sorted(found, key=lambda pair: pair[0] != FOUNDING)


def sample_text(name: str) -> str:
    """The TOML of a sample by its name. Raises KeyError for another name."""
    path = SAMPLES / f"{name}.toml"
    if path.parent != SAMPLES or not path.is_file() or path not in SAMPLES.glob("*.toml"):
        raise KeyError(name)
    return path.read_text("utf-8")


def founding_text() -> str:
    return sample_text(FOUNDING)
