"""Who is next, how long it will take, and when to say "tomorrow" ("3.1", "3.4"): plain data in, decisions with their reasons out.

The worked values are in docs/explain/queue.md. `shouwen eval queue` asks these functions and nothing else.
"""

from shouwen.rules.queueing.accuracy import Accuracy, Visit, accuracy, backtest
from shouwen.rules.queueing.choosing import after_no_show, choose, may_issue, order, returning, streak_after
from shouwen.rules.queueing.estimating import Estimate, estimate
from shouwen.rules.queueing.legs import Leg, leg
from shouwen.rules.queueing.model import (
    ANYBODY,
    PRIORITIES,
    Choice,
    Decision,
    Desk,
    Line,
    Placed,
    QueueRules,
    Serving,
    Waiting,
    is_priority,
)
from shouwen.rules.queueing.times import Learned, ServiceTimes, learn

__all__ = [
    "ANYBODY",
    "PRIORITIES",
    "Accuracy",
    "Choice",
    "Decision",
    "Desk",
    "Estimate",
    "Learned",
    "Leg",
    "Line",
    "Placed",
    "QueueRules",
    "ServiceTimes",
    "Serving",
    "Visit",
    "Waiting",
    "accuracy",
    "after_no_show",
    "backtest",
    "choose",
    "estimate",
    "is_priority",
    "learn",
    "leg",
    "may_issue",
    "order",
    "returning",
    "streak_after",
]
