"""The assessment as pure functions: facts and a rulebook in, explained ledgers and totals out.

`load_toml` → `compile_rulebook` → `score` is the whole way; `docs/reference/rulebook.md` is the document's shape.
"""

from shouwen.rules.scoring.answer import Answer, Hit, Line, Listing, Payment, Result, Skipped, Sums
from shouwen.rules.scoring.engine import Posted
from shouwen.rules.scoring.facts import PENDING, REJECTED, STATUSES, VERIFIED, WITHDRAWN, Fact
from shouwen.rules.scoring.kinds import FACT_KINDS, kind_problems, known_kinds
from shouwen.rules.scoring.periods import Period, parse_period, period_of
from shouwen.rules.scoring.reach import facts_from
from shouwen.rules.scoring.readings import BadRulebook
from shouwen.rules.scoring.roster import LeaveSpan, Roster, Subject
from shouwen.rules.scoring.rulebook import Rulebook, compile_rulebook, score
from shouwen.rules.scoring.shapes import Problem
from shouwen.rules.scoring.toml import dump_toml, load_toml
from shouwen.rules.scoring.validate import validate
from shouwen.rules.scoring.wording import explain

__all__ = [
    "FACT_KINDS",
    "PENDING",
    "REJECTED",
    "STATUSES",
    "VERIFIED",
    "WITHDRAWN",
    "Answer",
    "BadRulebook",
    "Fact",
    "Hit",
    "LeaveSpan",
    "Line",
    "Listing",
    "Payment",
    "Period",
    "Posted",
    "Problem",
    "Result",
    "Roster",
    "Rulebook",
    "Skipped",
    "Subject",
    "Sums",
    "compile_rulebook",
    "dump_toml",
    "explain",
    "facts_from",
    "kind_problems",
    "known_kinds",
    "load_toml",
    "parse_period",
    "period_of",
    "score",
    "validate",
]
