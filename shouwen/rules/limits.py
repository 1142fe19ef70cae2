"""What the law lets a catalogue promise: limits and their units, extensions, grounds that stop a clock.

The promise is never longer than the law (L10); extensions are bounded (行政许可法 42: 10 working days by the agency's head, 15
by the government for joint handling); only the grounds of 行政许可法 45 stop a clock (K6). Serves "3.3".
"""

from __future__ import annotations

from shouwen.rules.clock import Limit

CLAUSE = "3.3"
MINUTES = {"minute": 1, "hour": 60, "workday": 480}
"""Working minutes: the State Council's eight-hour day."""
UNIT_WORDS = {"workday": "个工作日", "hour": "个工作小时", "minute": "分钟", "day": "日（自然日）", "same_day": "当日办结"}
EXTENSION = {"head": 10, "government": 15}
PAUSE_BASIS = "《中华人民共和国行政许可法》第四十五条"
PAUSE_GROUNDS = {
    "hearing": "听证",
    "tender": "招标",
    "auction": "拍卖",
    "inspection": "检验",
    "test": "检测",
    "quarantine": "检疫",
    "appraisal": "鉴定",
    "expert_review": "专家评审",
}
"""The closed list; a site visit is not on it."""


def words(limit: Limit | None) -> str:
    """A limit as people say it: 当日办结, 30 分钟, 20 个工作日; 无法定时限 when the law sets none."""
    if limit is None:
        return "无法定时限"
    return UNIT_WORDS[limit.unit] if limit.unit == "same_day" else f"{limit.n} {UNIT_WORDS[limit.unit]}"


def is_same_day(limit: Limit) -> bool:
    """Done by closing of the day it was asked (即办)."""
    return limit.unit == "same_day" or limit.n * MINUTES.get(limit.unit, MINUTES["workday"] + 1) < MINUTES["workday"]


def promise_problem(promised: Limit, statutory: Limit | None) -> str:
    """Why the promise cannot stand beside the law, "" when it can.

    n calendar days, rolled to a working day, never end after n working days; the other way round holidays may stretch the
    promise beyond the law, so a limit in calendar days wants a promise in calendar days.
    """
    if statutory is None or is_same_day(promised):
        return ""
    too_long = f"承诺时限 {words(promised)}长于法定时限 {words(statutory)}"
    if promised.unit == "day" and statutory.unit in ("day", "workday"):
        return too_long if promised.n > statutory.n else ""
    if statutory.unit == "day":
        return "法定时限按自然日计算，承诺时限也须按自然日计算，否则遇长假会超过法定时限"
    if promised.unit == "day":
        return "法定时限按工作时间计算，承诺时限不能按自然日计算"
    if promised.n * MINUTES[promised.unit] > statutory.n * MINUTES[statutory.unit]:
        return too_long
    return ""


def extension_problem(n: int, approver: str, *, joint: bool) -> str:
    """Why an extension of `n` working days by that approver is not lawful, "" when it is."""
    if n == 0:
        return "写了延期批准人，却没有写可延长几个工作日" if approver else ""
    wanted = "government" if joint else "head"
    if approver != wanted:
        return "联办事项的延期须由本级人民政府负责人批准" if joint else "延期须由本行政机关负责人批准"
    if n > EXTENSION[wanted]:
        return f"可延长的时限最多 {EXTENSION[wanted]} 个工作日"
    return ""
