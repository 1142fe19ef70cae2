"""A trial run: a draft rulebook on months already collected, person by person beside what was counted. Nothing is stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from shouwen.assessment.models import Month
from shouwen.assessment.queries import counting, roster
from shouwen.rulebook import queries as rulebook
from shouwen.rulebook.models import Rulebook
from shouwen.rules import scoring
from shouwen.rules.scoring import Answer, Result


@dataclass(frozen=True, slots=True)
class Change:
    """A line that differs: its words before and after, "" where it does not stand on that side."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class TrialRow:
    """One subject under both rulebooks. `outcomes_*` are the consequences in words."""

    name: str
    kind: str
    before: Decimal | None
    after: Decimal | None
    outcomes_before: tuple[str, ...]
    outcomes_after: tuple[str, ...]
    changes: tuple[Change, ...]
    stops: tuple[str, ...]

    @property
    def differs(self) -> bool:
        return self.before != self.after or self.outcomes_before != self.outcomes_after or bool(self.changes or self.stops)


@dataclass(frozen=True, slots=True)
class TrialMonth:
    month: Month
    rows: list[TrialRow]
    stops: list[str]

    @property
    def changed(self) -> int:
        return sum(row.differs for row in self.rows)

    @property
    def same(self) -> list[TrialRow]:
        """Those for whom nothing would change."""
        return [row for row in self.rows if not row.differs]


def trial(center: Any, draft: Rulebook, months: Sequence[Month]) -> list[TrialMonth]:
    """Each month twice on the same facts and roster: under the version it was counted by, and under the draft."""
    new = rulebook.version_of(draft)
    return [_month(center, new, month) for month in months]


def _month(center: Any, new: rulebook.Version, month: Month) -> TrialMonth:
    old = counting.version_of(month)
    subjects = None if month.roster else roster.subjects(center, month.month, roster.month_end(month.month))
    stuff = counting.material(center, new, month, subjects)
    after = counting.count(stuff, month.key)
    before = None if old is None else counting.count(counting.material(center, old, month, subjects), month.key)
    return TrialMonth(month, _compare(month.key, before, after), list(after.stops))


def _compare(key: str, before: Answer | None, after: Answer) -> list[TrialRow]:
    """Subjects of the assessed kinds, those with a difference first."""
    old = _by_subject(key, before) if before is not None else {}
    new = _by_subject(key, after)
    rows = [_row(old.get(code), new.get(code)) for code in dict.fromkeys((*new, *old))]
    return sorted(rows, key=lambda row: (not row.differs, row.kind != "member", row.name))


def _by_subject(key: str, answer: Answer) -> dict[tuple[str, str], Result]:
    """The main result of each subject: the first sheet that scores it."""
    found: dict[tuple[str, str], Result] = {}
    for result in answer.results:
        if result.period.key == key and result.assessed and (result.sheet.base_given or result.sheet.terms):
            found.setdefault((result.subject.id, result.subject.kind), result)
    return found


def _row(old: Result | None, new: Result | None) -> TrialRow:
    subject = (new or old).subject  # type: ignore[union-attr]
    return TrialRow(
        name=subject.name,
        kind=subject.kind,
        before=old.total if old else None,
        after=new.total if new else None,
        outcomes_before=_outcomes(old),
        outcomes_after=_outcomes(new),
        changes=_changes(_lines(old), _lines(new)),
        stops=tuple(new.stops) if new else (),
    )


def _outcomes(result: Result | None) -> tuple[str, ...]:
    return tuple(hit.outcome.title for hit in result.outcomes) if result else ()


def _lines(result: Result | None) -> dict[tuple[str, ...], str]:
    """Lines by what they rest on, with their words; a mean moves with others and is no change of its own."""
    found: dict[tuple[str, ...], str] = {}
    for line in result.lines if result else ():
        if line.kind == "term":
            continue
        key = (line.fact or "", line.kind if line.fact else line.title, line.kind)
        again = 1
        while (*key, str(again)) in found:
            again += 1
        found[(*key, str(again))] = (f"{line.date.month}月{line.date.day}日 " if line.date else "") + scoring.explain(line)
    return found


def _changes(old: Mapping[tuple[str, ...], str], new: Mapping[tuple[str, ...], str]) -> tuple[Change, ...]:
    return tuple(
        Change(old.get(key, ""), new.get(key, "")) for key in dict.fromkeys((*old, *new)) if old.get(key) != new.get(key)
    )
