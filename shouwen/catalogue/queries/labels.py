"""What each field of an entry is called on screen, in Excel and in messages, and what its values are called."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from shouwen.catalogue.models import ItemVersion, Material
from shouwen.rules.limits import PAUSE_GROUNDS

LABELS: dict[str, str] = {
    "code": "编号",
    "name": "事项名称",
    "aliases": "俗称",
    "national_code": "基本编码",
    "implementation_code": "实施编码",
    "field": "领域",
    "official_kind": "办件类型",
    "handling": "办理方式",
    "department": "承办（牵头）部门",
    "counters": "窗口",
    "statutory_limit": "法定时限",
    "statutory_unit": "法定时限单位",
    "promised_limit": "承诺时限",
    "promised_unit": "承诺时限单位",
    "extension_limit": "可延长（工作日）",
    "extension_approver": "延期批准人",
    "correction_days": "补正期限（工作日）",
    "pause_grounds": "不计时限的事由",
    "is_silence_approved": "逾期未答复视为准予",
    "reported_to": "上报机关",
    "legal_basis": "设定依据",
    "conditions": "受理条件",
    "result_name": "办理结果",
    "result_validity": "结果有效期",
    "deliveries": "领取方式",
    "visits": "到现场次数",
    "service_objects": "服务对象",
    "consult_phone": "咨询电话",
    "complaint_phone": "监督电话",
    "is_sample": "样例",
}
PART_LABELS: dict[str, dict[str, str]] = {
    "materials": {
        "name": "材料",
        "originals": "原件",
        "copies": "复印件",
        "source": "去哪办",
        "necessity": "必要性",
        "sample": "示例与填写须知",
        "standard": "受理标准",
        "tolerance_allowed": "可容缺",
    },
    "situations": {"question": "问题", "choice": "选项", "adds": "增加材料", "removes": "免交材料"},
    "steps": {"name": "环节", "department": "部门", "limit": "时限（工作日）"},
    "partners": {"department": "协办部门", "task": "承办事项", "limit": "答复时限（工作日）"},
}
PART_NAMES = {"materials": "材料", "situations": "情形", "steps": "环节", "partners": "协办"}
FEE_LABELS: dict[str, str] = {
    "item": "事项名称",
    "name": "收费项目",
    "amount": "标准（分）",
    "unit": "计费单位",
    "cap": "最高（分）",
    "reductions": "减免情形",
    "basis": "收费依据",
    "active_from": "起",
    "active_to": "止（不含）",
}


def _of(choices: Any) -> dict[str, str]:
    return {one.value: str(one.label) for one in choices}


class Kind(StrEnum):
    """How a field is written: one line, several lines, a number, yes or no, one of some words, several of them, a list of
    words, a list of names (which may hold a 、 themselves)."""

    TEXT = "text"
    LONG = "long"
    NUMBER = "number"
    FLAG = "flag"
    CHOICE = "choice"
    CHOICES = "choices"
    LIST = "list"
    NAMES = "names"
    NUMBERS = "numbers"


CHOICES: dict[str, dict[str, str]] = {
    "field": _of(ItemVersion.Field),
    "official_kind": _of(ItemVersion.OfficialKind),
    "handling": _of(ItemVersion.Handling),
    "statutory_unit": {key: label for key, label in _of(ItemVersion.Unit).items() if key != "same_day"},
    "promised_unit": _of(ItemVersion.Unit),
    "extension_approver": _of(ItemVersion.Approver),
    "deliveries": _of(ItemVersion.Delivery),
    "service_objects": _of(ItemVersion.ServiceObject),
    "pause_grounds": PAUSE_GROUNDS,
    "necessity": _of(Material.Necessity),
}
KINDS: dict[str, Kind] = {
    "aliases": Kind.LIST,
    "adds": Kind.NAMES,
    "removes": Kind.NAMES,
    "counters": Kind.NUMBERS,
    "legal_basis": Kind.LONG,
    "conditions": Kind.LONG,
    **dict.fromkeys(["is_silence_approved", "is_sample", "tolerance_allowed"], Kind.FLAG),
    **dict.fromkeys(
        ["statutory_limit", "promised_limit", "extension_limit", "correction_days", "visits", "originals", "copies", "limit"],
        Kind.NUMBER,
    ),
    **dict.fromkeys(["deliveries", "service_objects", "pause_grounds"], Kind.CHOICES),
    **dict.fromkeys(
        ["field", "official_kind", "handling", "statutory_unit", "promised_unit", "extension_approver", "necessity"],
        Kind.CHOICE,
    ),
}
"""Fields not named here are one line of text."""


def shown(name: str, value: Any) -> str:
    """A value of an entry as people read it; lists with 、, "" for nothing."""
    kind = KINDS.get(name, Kind.TEXT)
    if value is None:
        return ""
    if kind == Kind.FLAG:
        return "是" if value else "否"
    if kind == Kind.CHOICE:
        return CHOICES[name].get(value, str(value)) if value else ""
    if kind == Kind.CHOICES:
        return "、".join(CHOICES[name].get(one, one) for one in value)
    if kind == Kind.NAMES:
        return "；".join(value)
    if kind in (Kind.LIST, Kind.NUMBERS):
        return "、".join(str(one) for one in value)
    return str(value)
