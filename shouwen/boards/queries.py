"""What a screen of the hall shows."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import segno

from shouwen.assessment import queries as assessment
from shouwen.catalogue import queries as catalogue
from shouwen.core.clock import local
from shouwen.org.models import Center
from shouwen.reception import queries as reception
from shouwen.reception.models import HallDevice

ROWS = 5


def newest(center: Center) -> Any:
    """The month that hangs on the wall now ("1.2"), None before the first posting."""
    posted = assessment.posted(center)
    return assessment.posted_month(center, posted[0].month) if posted else None


@dataclass(frozen=True, slots=True)
class Shown:
    """One moment of a hall screen: the latest calls first, `wait` in minutes, `closed` why no number is given ("" while open)."""

    at: datetime
    on: date
    calls: list[Any]
    waiting: int
    wait: str
    closed: str
    notice: str

    @property
    def now(self) -> Any:
        """The latest call, None before the first."""
        return self.calls[0] if self.calls else None

    @property
    def last(self) -> list[Any]:
        """The calls before it."""
        return self.calls[1:]


def hall(center: Center, screen: HallDevice | None, at: datetime) -> Shown:
    """What the screen shows; one without settings shows every queue. The same number of statements however many wait."""
    rows, only = (screen.rows, screen.queues) if screen else (ROWS, [])
    seen = reception.hall(center, at, only, rows + 1)
    notice = screen.notice if screen else ""
    return Shown(at, local(at).date(), seen.calls, seen.waiting, _span(seen.queues), reception.closed(center, at), notice)


def _span(queues: list[Any]) -> str:
    """ "14", or "3—14" over several queues: the minutes of somebody who takes a number now; "" when no counter is open."""
    minutes = sorted({minute for one in queues if one.wait.seconds is not None for minute in one.wait.bounds})
    return "" if not minutes else f"{minutes[0]}" if len(minutes) == 1 else f"{minutes[0]}—{minutes[-1]}"


@dataclass(frozen=True, slots=True)
class Chosen:
    """What may be chosen for a device: queues (code, name), and the lines of its buttons as they are typed."""

    queues: list[tuple[str, str]]
    letters: dict[str, str]
    buttons: str


def choices(center: Center, device: HallDevice, on: date) -> Chosen:
    queues = reception.queues(center, on)
    letters = {queue.code: queue.prefix for queue in queues}
    names = button_names(center, device, on)
    lines = [f"{letters[queue]} {names[item]}" for queue, item in device.buttons if queue in letters and item in names]
    return Chosen([(queue.code, f"{queue.prefix} {queue.name}") for queue in queues], letters, "\n".join(lines))


def button_names(center: Center, device: HallDevice, on: date) -> dict[str, str]:
    """Item code → name, of the items on a kiosk's buttons that are still in force."""
    wanted = [item for _, item in device.buttons]
    if not wanted:
        return {}
    rows = catalogue.items(center, on).filter(item__code__in=wanted)
    return dict(rows.values_list("item__code", "name"))


def read_buttons(center: Center, text: str, letters: dict[str, str], on: date) -> list[list[str]]:
    """Lines such as "A 社会保障卡" as [queue code, item code]. Raises ValueError, in words, for a line nobody understands."""
    codes = {letter: code for code, letter in letters.items()}
    found = []
    for line in filter(None, map(str.strip, text.splitlines())):
        letter, _, words = line.partition(" ")
        items = catalogue.search(center, words, on, 1)
        if letter.upper() not in codes or not items:
            raise ValueError(f"没有看懂“{line}”:先写队列字母,空一格,再写事项名称")
        found.append([codes[letter.upper()], items[0].item.code])
    return found


def square(address: str) -> bytes:
    """An address as a square code for the wall, SVG with a white border."""
    picture = io.BytesIO()
    segno.make(address, error="m", micro=False).save(picture, kind="svg", scale=8, border=2, dark="#0f2747", light="#fff")
    return picture.getvalue()
