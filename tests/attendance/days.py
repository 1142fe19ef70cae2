"""Moments and terminal lines, written shortly."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
PUNCTUAL = ("08:21:05", "12:02:11", "13:55:40", "17:33:09")


def local(day: str, clock: str = "00:00") -> datetime:
    """A local moment, e.g. local("2026-10-12", "08:31")."""
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=SHANGHAI).astimezone(UTC)


def lines(*rows: str) -> bytes:
    """Terminal lines from "PIN YYYY-MM-DD HH:MM:SS"."""
    return "".join("\t".join((*row.split(" ", 1), "255", "15", "0", "0", "0")) + "\r\n" for row in rows).encode()


def full_day(pin: str, day: str, *clocks: str) -> list[str]:
    """Four punctual punches, or those at the times given."""
    return [f"{pin} {day} {clock}" for clock in clocks or PUNCTUAL]
