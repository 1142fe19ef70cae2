"""What the assessment keeps: snapshots of facts, the append-only ledger, months and years as they were posted, and what people said to them."""

from shouwen.assessment.models.ledger import AppendOnly, CollectedFact, Entry, MonthResult
from shouwen.assessment.models.months import AgendaItem, Month, Posting
from shouwen.assessment.models.voices import Adjustment, Finding, Objection
from shouwen.assessment.models.years import Year, YearDecision, YearResult

__all__ = [
    "Adjustment",
    "AgendaItem",
    "AppendOnly",
    "CollectedFact",
    "Entry",
    "Finding",
    "Month",
    "MonthResult",
    "Objection",
    "Posting",
    "Year",
    "YearDecision",
    "YearResult",
]
