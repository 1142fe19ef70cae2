"""Times as terminals write them: text, seconds packed their own way, or seconds since 1970."""

import re
from datetime import datetime, timedelta

SHANGHAI = 480
"""Minutes ahead of UTC."""
EPOCH_FROM = 1_420_000_000
"""Bare numbers below this (2015 as epoch, 2044 packed) are packed seconds, from it on epoch seconds."""
TEXT = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})[ T]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?", re.ASCII)


def zk_encode(moment: datetime) -> int:
    """Packed seconds of a moment from 2000 on; each month counts 31 days. Raises ValueError before 2000."""
    if moment.year < 2000:
        raise ValueError("考勤机时间从 2000 年起")
    days = ((moment.year - 2000) * 12 + moment.month - 1) * 31 + moment.day - 1
    return (days * 24 + moment.hour) * 3600 + moment.minute * 60 + moment.second


def zk_decode(packed: int) -> datetime | None:
    """The moment of packed seconds; None for a number no moment has (31 February)."""
    rest, second = divmod(packed, 60)
    rest, minute = divmod(rest, 60)
    rest, hour = divmod(rest, 24)
    rest, day = divmod(rest, 31)
    year, month = divmod(rest, 12)
    try:
        return datetime(2000 + year, month + 1, day + 1, hour, minute, second)  # noqa: DTZ001 (device local time)
    except (ValueError, OverflowError):
        return None


def device_time(text: str, offset: int = SHANGHAI) -> datetime | None:
    """The local moment a terminal wrote; None when there is no such moment. `offset` is for epoch seconds only."""
    if len(text) == 19 and text[10] == " ":
        try:
            return datetime.fromisoformat(text).replace(tzinfo=None)
        except ValueError:
            pass
    if text.isascii() and text.isdigit() and 8 <= len(text) <= 10:
        seconds = int(text)
        if seconds < EPOCH_FROM:
            return zk_decode(seconds)
        return datetime(1970, 1, 1) + timedelta(seconds=seconds, minutes=offset)  # noqa: DTZ001 (device local time)
    found = TEXT.fullmatch(text)
    if found is None:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups())
    try:
        return datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 (device local time)
    except ValueError:
        return None
