"""The assessment as pure functions: facts and a rulebook in, explained ledgers and totals out."""

from shouwen.rules.scoring.facts import PENDING, REJECTED, STATUSES, VERIFIED, WITHDRAWN, Fact

__all__ = ["PENDING", "REJECTED", "STATUSES", "VERIFIED", "WITHDRAWN", "Fact"]
