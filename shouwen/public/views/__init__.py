"""Pages for everybody, without an account."""

from shouwen.public.views.ask import answer, ask
from shouwen.public.views.front import centers, front, month
from shouwen.public.views.guide import fees, guide, guides
from shouwen.public.views.kiosk import kiosk, slip, slip_pdf
from shouwen.public.views.line import leave, line, take
from shouwen.public.views.progress import progress, progress_done, progress_of, progress_shown
from shouwen.public.views.size import size

__all__ = [
    "answer",
    "ask",
    "centers",
    "fees",
    "front",
    "guide",
    "guides",
    "kiosk",
    "leave",
    "line",
    "month",
    "progress",
    "progress_done",
    "progress_of",
    "progress_shown",
    "size",
    "slip",
    "slip_pdf",
    "take",
]
