"""One row shape for everything owed: exactly one holder, a clock and a clause."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Literal

from django.urls import reverse

State = Literal["ok", "warn", "late"]


@dataclass(frozen=True, slots=True)
class Obligation:
    """What somebody owes, ready to show on 今日.

    `kind` is the short chip text ("查岗答复"), `clause` a clause id, `due_at` an aware datetime or None when the
    rulebook sets no limit; `action` is the word on the button and `url` where it leads. `clock` is the time left in words where
    the area counts otherwise than in hours (剩 3 个工作日).
    """

    kind: str
    title: str
    subject: str
    code: str
    clause: str
    started_at: datetime
    due_at: datetime | None
    state: State
    action: str
    url: str
    clock: str = ""


@lru_cache(maxsize=4096)
def address(page: str, *args: str) -> str:
    """Where a page is: `reverse`, remembered, because 今日 asks for the same hundred addresses every minute."""
    return reverse(page, args=args)


def state_at(due_at: datetime | None, at: datetime, warn_seconds: int = 3600) -> State:
    """late after the due moment, warn within `warn_seconds` before it, ok otherwise."""
    if due_at is None:
        return "ok"
    if at > due_at:
        return "late"
    return "warn" if (due_at - at).total_seconds() <= warn_seconds else "ok"
