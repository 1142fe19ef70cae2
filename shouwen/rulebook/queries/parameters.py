"""Numbers of the rulebook that are no prices: minutes, days, limits. Each with its meaning, bounds and default."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from shouwen.rulebook.queries.versions import in_force


@dataclass(frozen=True, slots=True)
class Parameter:
    """`default` holds where a version says nothing; None means "not set". Whole numbers from `least` to `most`."""

    key: str
    label: str
    unit: str
    default: int | None
    least: int = 0
    most: int = 1440
    reading: str = ""
    clause: str = ""
    help: str = ""


PARAMETERS: tuple[Parameter, ...] = (
    Parameter("grace_minutes", "迟到、早退的宽限", "分钟", 0, 0, 120, "R12", "1.3.1", "0 为没有宽限:过点一分钟即迟到"),
    Parameter("absent_minutes", "迟到多少分钟起按旷工半天", "分钟", None, 1, 480, "R12", "1.4.1", "不填为不折算"),
    Parameter("correction_days", "漏打卡补正期限", "工作日", 3, 0, 30, "R20", "1.3.1"),
    Parameter("repeat_check_minutes", "找不到人多久后复查", "分钟", 15, 1, 240, "", "1.4.2"),
    Parameter("reply_days", "查岗后本人说明期限", "工作日", 2, 0, 30, "", "1.4.2"),
    Parameter("handover_minutes", "值日交接须在几分钟内确认", "分钟", 30, 1, 600, "", "1.3.5"),
    Parameter("door_minutes", "开门、关门可差几分钟", "分钟", 0, 0, 60, "R14", "1.3.4"),
    Parameter("objection_days", "异议期限", "工作日", None, 1, 60, "R18", "1.2", "不填为没有期限;班子会定了期限的,以决定为准"),
)
_BY_KEY = {one.key: one for one in PARAMETERS}
_MISSING: Any = object()


def parameter_of(document: Mapping[str, Any], key: str, default: Any = _MISSING) -> Any:
    """What a document says, else `default`, else the default of `PARAMETERS`. Raises KeyError for a key nobody knows."""
    found = (document.get("parameters") or {}).get(key)
    if found is not None and found != "none":
        return found
    if default is not _MISSING:
        return default
    return _BY_KEY[key].default


def parameter(center: Any, on: date, key: str, default: Any = _MISSING) -> Any:
    """A parameter of the version in force on a day; the default where no version is in force."""
    version = in_force(center, on)
    return parameter_of(version.document if version else {}, key, default)
