"""What reading a file gives, and how its columns are named."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from shouwen.rules.masking import scrub

LIMIT_BYTES = 20 * 1024 * 1024
"""The largest file taken, in bytes."""
KEPT = 300
"""How much of an original line is kept."""
NO_STATUS = 255
"""The status of terminals without direction keys; also where a file has none."""

ROLES = {
    "": "不用",
    "pin": "工号(打卡编号)",
    "name": "姓名",
    "date": "日期",
    "time": "打卡时间",
    "result": "打卡结果",
}
"""What a column can mean; beside these "day:2026-09-01", the times of that day."""


class Kind(StrEnum):
    """What a file is."""

    ATTLOG = "attlog"
    TEMPLATE = "template"
    DINGTALK = "dingtalk"
    WECOM = "wecom"
    TABLE = "table"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        return LABELS[self]


LABELS = {
    Kind.ATTLOG: "考勤机记录(attlog)",
    Kind.TEMPLATE: "本系统模板",
    Kind.DINGTALK: "钉钉导出",
    Kind.WECOM: "企业微信导出",
    Kind.TABLE: "其他表格",
    Kind.UNKNOWN: "认不出",
}


@dataclass(frozen=True, slots=True)
class Punch:
    """One punch. `at` is naive local time of the terminal; `pin` or `name` says who (at least one is there).

    `source` is "device", or "correction" where the file says the punch was put right with approval. `status` and
    `verify` are the terminal's own codes, never used to decide a direction. `raw` is the line, identity numbers masked.
    """

    pin: str
    name: str
    at: datetime
    line: int
    raw: str
    status: int = NO_STATUS
    verify: int = 0
    source: str = "device"


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that gave no punch: number (0: the whole file), what stood there, why, and what to do."""

    line: int
    raw: str
    reason: str
    advice: str


def bad(line: int, raw: str, reason: str, advice: str) -> BadLine:
    """A bad line with its text shortened and numbers of people masked."""
    return BadLine(line, shown(raw), shown(reason, 120), advice)


def shown(text: str, length: int = KEPT) -> str:
    """Text that may be kept and shown: identity and phone numbers masked, control characters out, shortened."""
    kept = scrub(text[: 4 * length])
    if not kept.replace("\t", "").isprintable():
        kept = "".join(c if c == "\t" or c.isprintable() else " " for c in kept)
    return kept.strip()[:length]


@dataclass(frozen=True, slots=True)
class Columns:
    """How to read a table: the sheet, the first row of data (from 1), and the role of each column (`ROLES`, "day:…")."""

    sheet: str
    first_row: int
    roles: tuple[str, ...]

    @property
    def problem(self) -> str:
        """Why these columns give no punches, in Chinese; empty when they do."""
        kinds = {role.partition(":")[0] for role in self.roles}
        if not kinds & {"pin", "name"}:
            return "请指明哪一列是工号或姓名"
        if not kinds & {"time", "day"}:
            return "请指明哪一列是打卡时间"
        unknown = [role for role in self.roles if role not in ROLES and _day(role) is None]
        return f"不认识的列含义:{unknown[0][:20]}" if unknown else ""

    def as_document(self) -> dict[str, Any]:
        return {"sheet": self.sheet, "first_row": self.first_row, "roles": list(self.roles)}

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> "Columns":
        """The inverse of `as_document`. Raises KeyError, TypeError or ValueError on anything else."""
        return cls(str(document["sheet"]), int(document["first_row"]), tuple(map(str, document["roles"])))


def _day(role: str) -> date | None:
    try:
        return date.fromisoformat(role.removeprefix("day:")) if role.startswith("day:") else None
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Sniffed:
    """What a file seems to be. `refused` (with `advice`) says why it cannot be taken; `columns` is a guess to correct.

    `rows` are the first rows as text, from row 1, for the screen; `sheets` the sheets to choose from.
    """

    kind: Kind
    columns: Columns | None = None
    sheets: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    refused: str = ""
    advice: str = ""
