"""From what was typed, imported or sent to an `Entry`: every fault named by its place, nothing guessed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, fields
from datetime import date
from typing import Any

from shouwen.catalogue.queries.entries import PARTS, Entry, FeeEntry
from shouwen.catalogue.queries.labels import CHOICES, FEE_LABELS, KINDS, LABELS, PART_LABELS, PART_NAMES, Kind
from shouwen.catalogue.queries.wording import normalise
from shouwen.rules.clock import Limit
from shouwen.rules.limits import extension_problem, is_same_day, promise_problem

MOST_PARTS = 60
MOST_NUMBER = 3650
MOST_FEN = 100_000_000
LENGTHS = {
    "legal_basis": 2000, "conditions": 2000, "sample": 300, "standard": 300, "basis": 200, "national_code": 50,
    "implementation_code": 50, "question": 60, "choice": 60, "reported_to": 60, "result_validity": 60, "consult_phone": 30,
    "complaint_phone": 30, "code": 16, "department": 40, "unit": 12,
}  # fmt: skip
CODE = re.compile(r"[0-9A-Za-z._-]*")
PLACE = "place"
"""A part that came from a sheet says here where it stood."""


class Reader:
    """Takes values out of one mapping; what is wrong goes to `problems` with the place in front."""

    def __init__(self, raw: Mapping[str, Any], labels: Mapping[str, str], place: str, problems: list[str]) -> None:
        self.raw, self.labels, self.place, self.problems = raw, labels, place, problems

    def wrong(self, words: str) -> None:
        self.problems.append(f"{self.place}：{words}")

    def read(self, kind: type[Any]) -> dict[str, Any]:
        """Values for the dataclass; a field without a default must be there. Lists of parts are not read here."""
        known = {one.name for one in fields(kind)} | {PLACE}
        if unknown := [str(key) for key in self.raw if key not in known]:
            self.wrong("没有“" + "”“".join(unknown[:5]) + "”这一项")
        values = {}
        for one in fields(kind):
            if one.name in PARTS or one.name == "reductions":
                continue
            value = self._value(one.name, self.raw.get(one.name))
            if value in (None, "", ()):
                if one.default is MISSING:
                    self.wrong(f"没有填{self.labels[one.name]}")
                value = one.default
            values[one.name] = value
        return values

    def _value(self, name: str, value: Any) -> Any:
        kind = KINDS.get(name, Kind.TEXT)
        if name in ("amount", "cap"):
            kind = Kind.NUMBER
        if kind == Kind.NUMBER:
            return self.number(name, value)
        if kind == Kind.FLAG:
            return self._flag(name, value)
        if kind == Kind.CHOICE:
            return self._choice(name, value)
        if kind in (Kind.CHOICES, Kind.LIST, Kind.NAMES, Kind.NUMBERS):
            return self._many(name, value, kind)
        return self._text(name, value)

    def _text(self, name: str, value: Any) -> str:
        text = "" if value is None else str(value).strip()
        most = LENGTHS.get(name, 120)
        if len(text) > most:
            self.wrong(f"{self.labels[name]}最多 {most} 个字")
        if not text.replace("\n", "").replace("\r", "").isprintable():
            self.wrong(f"{self.labels[name]}含有看不见的控制字符")
        if name in ("national_code", "implementation_code") and not CODE.fullmatch(text):
            self.wrong(f"{self.labels[name]}只能由数字、字母、点、横线组成")
        return text[:most].replace("\r\n", "\n")

    def number(self, name: str, value: Any) -> int | None:
        """A whole number from 0, None for an empty place."""
        if value is None or value == "":
            return None
        most = MOST_FEN if name in ("amount", "cap") else MOST_NUMBER
        text = str(value).strip().removesuffix(".0")
        if isinstance(value, bool) or not (text.isascii() and text.isdigit() and int(text) <= most):
            self.wrong(f"{self.labels[name]}应是 0 至 {most} 的整数，不是“{str(value)[:20]}”")
            return 0
        return int(text)

    def _flag(self, name: str, value: Any) -> bool:
        if value in (None, "", "否", False, 0):
            return False
        if value not in ("是", True, 1):
            self.wrong(f"{self.labels[name]}请填“是”或“否”，不是“{str(value)[:20]}”")
        return True

    def _choice(self, name: str, value: Any) -> str:
        words = CHOICES[name]
        text = "" if value is None else str(value).strip()
        by_label = {normalise(label): key for key, label in words.items()}
        if text in words or not text:
            return text
        if normalise(text) in by_label:
            return by_label[normalise(text)]
        self.wrong(
            f"{self.labels[name]}没有“{text[:20]}”这一种，可填：" + "、".join(label for key, label in words.items() if key)
        )
        return next(iter(words))

    def _many(self, name: str, value: Any, kind: Kind) -> tuple[Any, ...]:
        if value is None:
            return ()
        apart = r"[;；\n]+" if kind == Kind.NAMES else r"[、,，;；\n]+"
        listed = value if isinstance(value, Sequence) and not isinstance(value, str) else re.split(apart, str(value))
        found = [str(one).strip() for one in listed if str(one).strip()]
        if len(found) > MOST_PARTS or any(len(one) > 120 for one in found):
            self.wrong(f"{self.labels[name]}太多或太长")
            return ()
        if kind in (Kind.LIST, Kind.NAMES):
            return tuple(dict.fromkeys(found))
        if kind == Kind.NUMBERS:
            numbers = [self.number(name, one.removesuffix("号").removesuffix("窗口")) for one in found]
            return tuple(sorted({one for one in numbers if one}))
        return tuple(dict.fromkeys(self._choice(name, one) for one in found))


def read_entry(raw: Mapping[str, Any], place: str, problems: list[str]) -> Entry | None:
    """The entry a mapping means; None, and a line for each fault in `problems`, when it cannot be one."""
    before = len(problems)
    reader = Reader(raw, LABELS, place, problems)
    values = reader.read(Entry)
    if values["promised_unit"] == "same_day":
        values["promised_limit"] = 0
    for name, kind in PARTS.items():
        values[name] = tuple(_parts(raw.get(name) or (), name, kind, place, problems))
    if len(problems) > before:
        return None
    entry = Entry(**values)
    problems += [f"{place}：{words}" for words in _unlawful(entry) + _inconsistent(entry)]
    return entry if len(problems) == before else None


def _parts(raw: Any, name: str, kind: type[Any], place: str, problems: list[str]) -> list[Any]:
    if not isinstance(raw, Sequence) or isinstance(raw, str) or len(raw) > MOST_PARTS:
        problems.append(f"{place}：{PART_NAMES[name]}应是不超过 {MOST_PARTS} 行的表")
        return []
    found = []
    for index, part in enumerate(raw, 1):
        if not isinstance(part, Mapping):
            problems.append(f"{place}：{PART_NAMES[name]}第 {index} 行看不懂")
            continue
        where = str(part.get(PLACE) or f"{place}，{PART_NAMES[name]}第 {index} 行")
        before = len(problems)
        values = Reader(part, PART_LABELS[name], where, problems).read(kind)
        found += [kind(**values)] if len(problems) == before else []
    return found


def _unlawful(entry: Entry) -> list[str]:
    """What the law does not let a catalogue say ("3.3")."""
    promised = Limit(entry.promised_limit, entry.promised_unit)
    statutory = None if entry.statutory_limit is None else Limit(entry.statutory_limit, entry.statutory_unit)
    joint = entry.handling == "joint"
    found = [
        promise_problem(promised, statutory),
        extension_problem(entry.extension_limit, entry.extension_approver, joint=joint),
        "法定时限不能为 0，无法定时限请留空" if entry.statutory_limit == 0 else "",
    ]
    if entry.official_kind == "immediate":
        found.append("" if is_same_day(promised) else "即办件须当场或当天办结，承诺时限请选“当日办结”，或填不到 8 个工作小时")
        found.append("即办件不能是联办事项" if joint else "")
    elif is_same_day(promised):
        found.append("当日办结的应是即办件")
    if promised.n == 0 and promised.unit != "same_day":
        found.append("没有填承诺时限")
    if joint and not entry.partners:
        found.append("联办事项须写明协办部门")
    if entry.partners and not joint:
        found.append("写了协办部门，办理方式却不是联办")
    if entry.handling == "reported_up" and not entry.reported_to:
        found.append("上报事项须写明上报机关")
    return [words for words in found if words]


def _inconsistent(entry: Entry) -> list[str]:
    """What does not fit together inside one entry."""
    names = [material.name for material in entry.materials]
    found = [f"材料“{name}”的名称里不能有分号" for name in names if "；" in name or ";" in name]
    found += [f"材料“{name}”写了两次" for name in sorted({name for name in names if names.count(name) > 1})]
    conditional = {material.name for material in entry.materials if material.necessity == "conditional"}
    added = {name for situation in entry.situations for name in situation.adds}
    for situation in entry.situations:
        where = f"情形“{situation.choice}”"
        found += [
            f"{where}所说的材料“{name}”不在材料表里" for name in (*situation.adds, *situation.removes) if name not in names
        ]
        found += [
            f"{where}增加的材料“{name}”须标为“视情形”" for name in situation.adds if name in names and name not in conditional
        ]
    found += [f"材料“{name}”视情形，却没有一种情形要它" for name in names if name in conditional - added]
    pairs = [(situation.question, situation.choice) for situation in entry.situations]
    found += [f"情形“{question}：{choice}”写了两次" for question, choice in sorted({p for p in pairs if pairs.count(p) > 1})]
    if entry.promised_unit == "workday":
        total = sum(step.limit or 0 for step in entry.steps)
        found += [f"各环节时限之和 {total} 超过承诺时限"] if total > entry.promised_limit else []
        found += [
            f"{one.department}的答复时限超过承诺时限"
            for one in entry.partners
            if one.limit > entry.promised_limit + entry.extension_limit
        ]
    return found


def read_fee(raw: Mapping[str, Any], place: str, problems: list[str]) -> FeeEntry | None:
    """The row of the schedule a mapping means; None and the faults in `problems` otherwise ("3.5")."""
    before = len(problems)
    reader = Reader(raw, FEE_LABELS, place, problems)
    values = reader.read(FeeEntry)
    values["reductions"] = tuple(_reductions(raw.get("reductions") or (), reader))
    if len(problems) > before:
        return None
    start, end = (_day(values[name], reader) for name in ("active_from", "active_to"))
    if start and end and end <= start:
        reader.wrong("“止”须晚于“起”")
    values |= {"active_from": str(start), "active_to": str(end) if end else ""}
    return FeeEntry(**values) if len(problems) == before else None


def _day(text: str, reader: Reader) -> date | None:
    if not text:
        return None
    try:
        day = date.fromisoformat(text[:10])
    except ValueError:
        reader.wrong(f"“{text[:20]}”不是日期，请写成 2026-01-01")
        return None
    if not 2000 <= day.year <= 2099:
        reader.wrong("日期须在 2000 年至 2099 年之间")
    return day


def _reductions(raw: Any, reader: Reader) -> list[dict[str, Any]]:
    """From JSON a list of objects; from a cell 低保对象 100% 依据；…"""
    found: list[dict[str, Any]] = []
    listed = re.split(r"[;；\n]+", raw) if isinstance(raw, str) else raw if isinstance(raw, list | tuple) else [raw]
    for one in listed[:MOST_PARTS]:
        if isinstance(one, Mapping):
            name, percent, basis = str(one.get("name", "")), str(one.get("percent", "")), str(one.get("basis", ""))
        else:
            match = re.fullmatch(r"\s*(\S+)\s+(\d{1,3})\s*[%％]?\s*(.*?)\s*", str(one))
            name, percent, basis = match.groups() if match else ("", "", "")
        if not name.strip() or not percent.isdigit() or not 1 <= int(percent) <= 100 or len(name) > 40 or len(basis) > 120:
            reader.wrong(f"减免情形“{(name or str(one))[:20]}”看不懂，请写成“低保对象 100% 依据”")
        else:
            found.append({"name": name.strip(), "percent": int(percent), "basis": basis.strip()})
    if len({one["name"] for one in found}) < len(found):
        reader.wrong("减免情形重复")
    return found
