"""The centre a command is about."""

from __future__ import annotations

from typing import Any

from shouwen.core.errors import Refused
from shouwen.org import queries as org

HELP = "中心的编号、名称或简称,如 ZX-… 或 青山镇"


def center_of(named: str) -> Any:
    """The centre of that code, name or short name; Refused, with the list, when there is none or more than one."""
    every = list(org.centers())
    found = [center for center in every if named in (center.code, center.short_name, center.name)]
    if len(found) != 1:
        known = "、".join(f"{center.code}({center.name})" for center in every)
        raise Refused(f"没有“{named}”这个中心,现有:{known}" if not found else f"“{named}”不止一个中心,请用编号")
    return found[0]
