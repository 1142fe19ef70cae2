"""Numbers of the rulebook that are no prices: minutes, days, limits. Each with its meaning, bounds and default."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from shouwen.rulebook.queries.versions import Version, in_force


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
    Parameter("correction_days", "漏打卡补正期限", "个工作日", 3, 0, 30, "R20", "1.3.1", "过期未补的,报人决定"),
    Parameter("repeat_minutes", "找不到人隔多久复查", "分钟", 15, 1, 240, "", "1.4.2"),
    Parameter("reply_days", "查岗后本人说明期限", "个工作日", 1, 0, 30, "", "1.4.2"),
    Parameter("door_open_before_minutes", "开门须早于上班", "分钟", 10, 0, 120, "R14", "1.3.4"),
    Parameter("door_close_within_minutes", "下班后须在多久内关门", "分钟", 60, 0, 240, "R14", "1.3.4"),
    Parameter("handover_within_minutes", "下班后须在多久内移交值日", "分钟", 30, 1, 600, "R14", "1.3.5"),
    Parameter("cleaning_rounds", "每天保洁检查几次", "次", 3, 1, 5, "", "1.3.6"),
    Parameter("cleaning_round_grace_minutes", "保洁检查前后可差", "分钟", 30, 0, 240, "R14", "1.3.6"),
    Parameter(
        "hand_over_minutes", "首问移交多久无人接手提醒负责人", "分钟(开放时间)", 15, 1, 480, "", "4.3.2.1", "责任仍在移交人"
    ),
    Parameter("slip_days", "首问事项多久没有去向提醒首问人", "个工作日", 1, 1, 30, "", "4.2", "提醒首问责任人跟踪督促"),
    Parameter("queue_priority_run", "叫号连续优先几人后叫一位普通号", "人", 2, 1, 10, "", "3.1", "使普通号不会一直被让过"),
    Parameter("queue_longest_wait_minutes", "等候超过多久的先叫", "分钟", 30, 5, 240, "", "3.1", "不论普通、优先、哪个队列"),
    Parameter("queue_call_again_minutes", "无人应答的号隔多久再叫", "分钟", 5, 1, 60, "", "3.1"),
    Parameter("queue_call_max", "叫几次无人应答算过号", "次", 3, 1, 10, "", "3.1"),
    Parameter("queue_return_after", "过号回来排在几人之后", "人", 3, 0, 20, "", "3.1"),
    Parameter("objection_days", "异议期限", "个工作日", None, 1, 60, "R18", "1.2", "不填为没有期限;班子会定了期限的以决定为准"),
)
_BY_KEY = {one.key: one for one in PARAMETERS}
_MISSING: Any = object()
# Whom the ladder of leave means, as the roles of this hall.
APPROVERS = {"中心领导": "leader", "中心负责人": "leader", "分管领导": "director", "主任": "director"}


def parameter(center: Any, on: date, key: str, default: Any = _MISSING) -> Any:
    """A parameter of the version in force on a day; `default`, else that of `PARAMETERS`, where it is silent or none holds.

    Two follow from the readings: "punches" (what `PunchRules.from_document` reads: R20; R11 to R13 are the tariff's) and
    "leave_ladder" (what `rules.leaves.ladder_of` reads: R17, R21). Raises KeyError for a key nobody knows.
    """
    return parameter_of(in_force(center, on), key, default)


def parameter_of(version: Version | None, key: str, default: Any = _MISSING) -> Any:
    """As `parameter`, of a version already at hand."""
    found = None if version is None else (version.document.get("parameters") or {}).get(key)
    if found is None and version is not None:
        found = punches_of(version) if key == "punches" else leave_ladder_of(version) if key == "leave_ladder" else None
    if found is not None and found != "none":
        return found
    return _BY_KEY[key].default if default is _MISSING else default


def punches_of(version: Version) -> dict[str, Any]:
    """R20 decides what a session with one punch is once the deadline is over; minutes stay facts for the tariff (R12)."""
    answer = version.reading("R20")
    return {} if answer is None else {"R20": "decide" if answer == "person" else answer}


def leave_ladder_of(version: Version) -> list[dict[str, Any]] | None:
    """The rungs under the readings in effect, approvers named as roles; None when the rulebook has no ladder."""
    rungs: list[Mapping[str, Any]] = version.parsed.plan.ladder
    return [
        {**rung, "approver": APPROVERS.get(str(rung.get("approver", "")), rung.get("approver", "leader"))} for rung in rungs
    ] or None
