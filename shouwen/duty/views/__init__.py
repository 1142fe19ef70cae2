"""Pages of the hall's duty, one file a theme."""

from shouwen.duty.views.breaches import breach, breaches, breaches_export
from shouwen.duty.views.checks import closing, opening, photo, rounds, today
from shouwen.duty.views.handover import handover, handover_paper
from shouwen.duty.views.roster import assign, feed, fill, month, month_export, my_feed, pattern, roster_paper
from shouwen.duty.views.swaps import ask, swap, swaps

__all__ = [
    "ask",
    "assign",
    "breach",
    "breaches",
    "breaches_export",
    "closing",
    "feed",
    "fill",
    "handover",
    "handover_paper",
    "month",
    "month_export",
    "my_feed",
    "opening",
    "pattern",
    "photo",
    "roster_paper",
    "rounds",
    "swap",
    "swaps",
    "today",
]
