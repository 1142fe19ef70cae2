"""What stands in one cell of an attendance sheet: a person, a day, times of a day."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

DAYS_FROM_SERIAL = date(1899, 12, 30)
"""Office programs count days from here."""

FULL_DATE = re.compile(r"(\d{4}|\d{2})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})日?(?!\d)", re.ASCII)
COMPACT_DATE = re.compile(r"(20\d{2})(\d{2})(\d{2})", re.ASCII)
TIME = re.compile(
    r"(?:(?P<date>\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?)\s*)?(?P<next>次日|第二天|翌日)?\s*(?P<h>\d{1,2}):(?P<m>\d{2})(?::(?P<s>\d{2}))?(?!\d)",
    re.ASCII,
)
CORRECTED = re.compile("补卡|补签")
NO_PUNCH = re.compile(
    "未打卡|未签|缺卡|缺勤|旷工|休息|休假|请假|.假|出差|外出|公出|外勤|公休|调休|节日|轮休|迟到|早退|正常|无需|不在|无打卡|没有打卡|"
    "^[-—–/\\\\.、~无]*$"
)

Times = list[tuple[date | None, int, time]]
"""Found times: the date if the cell has one, days to add (次日), the time of day."""


class Unclear(ValueError):
    """A cell nobody can make sense of; the message says why, in Chinese."""


def text_in(value: Any) -> str:
    """The cell as text: whole numbers without decimal point, moments in full."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}"
    text = str(value)
    return (text if text.isascii() else unicodedata.normalize("NFKC", text)).strip()


def date_in(value: Any) -> date | None:
    """The day a cell names; None when it is empty. Raises Unclear."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool) and 30_000 <= value <= 80_000:
        return DAYS_FROM_SERIAL + timedelta(days=int(value))
    text = text_in(value)
    return _date_of(text) if text else None


@lru_cache(maxsize=4096)
def _date_of(text: str) -> date:
    found = FULL_DATE.search(text) or COMPACT_DATE.fullmatch(text)
    if found is None:
        raise Unclear(f"看不懂的日期:{text[:20]}")
    year, month, day = map(int, found.groups())
    try:
        return date(year if year > 99 else 2000 + year, month, day)
    except ValueError:
        raise Unclear(f"日期不存在:{text[:20]}") from None


def times_in(value: Any) -> tuple[Times, bool]:
    """The times in a cell, and whether it says they were put right with approval (补卡). Raises Unclear.

    A cell may hold several, one under the other, a time of day as a number, or only words such as 未打卡.
    """
    if value is None or value == "":
        return [], False
    if isinstance(value, datetime):
        return [(value.date(), 0, value.time().replace(microsecond=0))], False
    if isinstance(value, time):
        return [(None, 0, value.replace(microsecond=0))], False
    if isinstance(value, timedelta):
        return [_from_fraction(value / timedelta(days=1))], False
    if isinstance(value, int | float) and not isinstance(value, bool):
        return [_from_number(float(value))], False
    return _times_of(text_in(value))


def _from_number(value: float) -> tuple[date | None, int, time]:
    if 30_000 <= value <= 80_000:
        return DAYS_FROM_SERIAL + timedelta(days=int(value)), *_from_fraction(value % 1)[1:]
    if 0 < value < 2:
        return _from_fraction(value)
    raise Unclear(f"看不懂的打卡时间:{value:g}")


def _from_fraction(value: float) -> tuple[date | None, int, time]:
    seconds = round(value * 86_400)
    days, rest = divmod(seconds, 86_400)
    if not 0 <= days <= 1:
        raise Unclear("看不懂的打卡时间")
    return None, days, time(rest // 3600, rest % 3600 // 60, rest % 60)


def _times_of(text: str) -> tuple[Times, bool]:
    found: Times = []
    for match in TIME.finditer(text):
        hour, minute, second = (int(match[name] or 0) for name in ("h", "m", "s"))
        days = int(bool(match["next"])) + (hour == 24)
        if hour > 24 or minute > 59 or second > 59:
            raise Unclear(f"没有这个时刻:{match[0].strip()[:20]}")
        found.append((_date_of(match["date"]) if match["date"] else None, days, time(hour % 24, minute, second)))
    corrected = bool(CORRECTED.search(text))
    if not found and corrected:
        raise Unclear("写着已补卡,但没有时间")
    if not found and not NO_PUNCH.search(text):
        raise Unclear(f"看不懂的打卡时间:{text[:20]}")
    return found, corrected
