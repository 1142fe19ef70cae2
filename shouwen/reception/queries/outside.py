"""What people outside the counters are told: whether the hall is open, and the word of the day that shows who stands in it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.utils.crypto import salted_hmac

from shouwen.core.clock import local
from shouwen.reception.queries.queue_floor import next_opening
from shouwen.rules.numbering import ALPHABET
from shouwen.workcalendar import queries as workcalendar

WORD_LENGTH = 6
EARLY = timedelta(hours=1)
"""Numbers are given from so long before the day's first opening."""


def closed(center: Any, at: datetime) -> str:
    """Why the hall gives no numbers at the moment, in words for the public; "" while it is open."""
    table = workcalendar.day_table(center)
    if table.is_open_at(at):
        return ""
    sessions = table.sessions_of(local(at).date())
    later = [start for start, _ in sessions if start > at]
    if later:
        return f"{later[0]:%H:%M} 开始办理"
    opening = next_opening(center, local(at).date())
    word = "今天已下班" if sessions else "今天不办公"
    return f"{word}，{opening} 再为您服务" if opening else word


def no_numbers(center: Any, at: datetime) -> str:
    """Why no number can be taken at the moment, in words for the public; "" from an hour before the day's first opening to closing."""
    sessions = workcalendar.day_table(center).sessions_of(local(at).date())
    if not sessions or at >= sessions[-1][1]:
        return closed(center, at)
    start = sessions[0][0] - EARLY
    return f"{start:%H:%M} 起取号，{sessions[0][0]:%H:%M} 开始办理" if at < start else ""


def hall_word(center: Any, on: date) -> str:
    """Six characters that hang in the hall on one day: whoever takes a number by phone has seen them, so is not far away.

    Made from the installation's key, kept nowhere; another day's or another centre's does not serve.
    """
    digest = salted_hmac("shouwen.reception.hall", f"{center.pk}:{on.isoformat()}", algorithm="sha256").digest()
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in digest[:WORD_LENGTH])
