"""The values a person may change, wherever they stand in the document: one leaf a value, with its path, its words and its kind."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from shouwen.rules.scoring.values import key_text, number

Path = tuple[str | int, ...]
SEPARATOR = "~"

PARTS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "items": ("项目与分值", ("items",)),
    "sections": ("考核表与节", ("sheets", "sections")),
    "counters": ("累计与换算", ("counters", "classify", "same_event", "also")),
    "outcomes": ("后果与金额", ("outcomes", "money")),
    "leaves": ("请假", ("leaves", "leave_ladder")),
}
LABELS: Mapping[str, str] = {
    "title": "名称", "clause": "条款", "note": "说明", "text": "文字", "deduct": "扣分", "add": "加分", "each": "单价", "between": "裁量区间",
    "per": "按什么计", "unit": "几个算一单位", "free": "免计", "short_of": "应达", "partial": "不足一单位", "once": "只计一次", "pool": "合并计算",
    "tiers": "分档", "by": "按什么分档", "at_least": "以上(含)", "over": "以上(不含)", "at_most": "以下(含)", "under": "以下(不含)", "is": "等于",
    "else": "其他情形", "then": "按什么处理", "drop": "不计", "stop": "停下等人定", "base": "基础分", "points": "满分", "floor": "最低分", "cap": "最高分",
    "max_deduct": "扣分上限", "max_add": "加分上限", "weight": "权重", "round": "小数位", "section": "所在节", "sheet": "考核表", "subjects": "考核谁",
    "period": "考核期间", "unassessed": "整期不在怎样计", "terms": "汇总", "take": "汇总方法", "of": "取什么", "window": "累计期间", "scope": "累计范围",
    "retroactive": "追溯前次", "steps": "级次", "times": "倍数", "every": "每满几次", "replaces": "换算取代", "count": "次数", "enabled": "启用",
    "facts": "取哪些事实", "when": "条件", "when_any": "条件(任一)", "rank": "名次", "order": "从高或从低", "quota": "名额", "choices": "可选的决定",
    "decides": "谁决定", "amount": "金额", "to": "记给谁", "factor": "几倍", "needs": "须带", "approver": "审批人", "form": "方式", "cover": "须代班",
    "suppresses": "免计哪些", "over_": "对象", "same_event": "一事多犯", "also": "同时记", "classify": "归类", "items": "哪些项目", "sections": "哪些节",
    "value": "取哪个定值", "min": "至少", "max": "至多", "parent": "上级", "only": "只考核", "exclude": "不考核", "reason": "须写理由", "where": "限于",
}  # fmt: skip
WORDS = frozenset({"title", "clause", "note", "text", "stop", "approver"})
CHOICES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "window": (
        ("day", "每天"),
        ("week", "每周"),
        ("month", "每月"),
        ("quarter", "每季"),
        ("half_year", "每半年"),
        ("year", "每年"),
        ("lifetime", "一直"),
    ),
    "scope": (("all", "合计"), ("section", "各节分别"), ("item", "每项各计")),
    "period": (("week", "周"), ("month", "月"), ("quarter", "季"), ("half_year", "半年"), ("year", "年")),
    "unassessed": (("skip", "不考核"), ("full", "计满分"), ("zero", "计零分")),
    "take": (
        ("mean", "平均"),
        ("sum", "合计"),
        ("min", "最低"),
        ("max", "最高"),
        ("trimmed_mean", "去掉最高最低后平均"),
        ("last", "最后一次"),
    ),
    "once": (("none", "不限"), ("day", "每天一次"), ("week", "每周一次"), ("month", "每月一次"), ("period", "每期一次")),
    "partial": (
        ("full", "满一单位才计"),
        ("started", "不足也计一单位"),
        ("pro_rata", "按比例"),
        ("half_up", "四舍五入"),
        ("ask", "由人定"),
    ),
    "same_event": (("heaviest", "从重计一项"), ("add", "逐项都计"), ("ask", "由人定")),
    "form": (("oral", "口头"), ("written", "书面")),
    "decides": (("rule", "按规则"), ("person", "由人决定")),
    "order": (("top", "从高"), ("bottom", "从低")),
}
SUBJECTS = (
    ("member", "人员"),
    ("department", "部门"),
    ("window", "窗口"),
    ("station", "村站"),
    ("centre", "中心"),
    ("assessor", "考核执行人"),
)
SWITCHES = (("yes", "是"), ("no", "否"))
PRICES = frozenset({"deduct", "add", "each"})
SAID: Mapping[str, str] = {"unpriced": "未定分值", "all": "全部扣完"}
"""Prices that are no numbers, as people read and type them."""
MEANT = {word: value for value, word in SAID.items()} | {"未定": "unpriced", "全部": "all"}


@dataclass(frozen=True, slots=True)
class Leaf:
    """One editable value. `kind` is "text", "choice" or "read" (decided by a reading, changed there)."""

    path: Path
    label: str
    value: Any
    kind: str
    choices: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        """The name of its form field."""
        return SEPARATOR.join(str(one) for one in self.path)

    @property
    def shown(self) -> str:
        if self.kind == "read":
            return f"由读法 {self.value[1:]} 决定"
        return SAID.get(str(self.value), key_text(self.value)) if self.is_price else key_text(self.value)

    @property
    def is_price(self) -> bool:
        """Whether it says how many points, and so may be a word."""
        return self.kind == "text" and not PRICES.isdisjoint(map(str, self.path))


@dataclass(frozen=True, slots=True)
class Group:
    """The leaves of one named entry (an item, a section, a counter …)."""

    title: str
    clause: str
    leaves: tuple[Leaf, ...]


def groups(document: Mapping[str, Any], part: str) -> list[Group]:
    """Everything that may be changed in a part, entry by entry."""
    found = []
    for table in PARTS[part][1]:
        content = document.get(table)
        if content is None:
            continue
        for key, entry in _entries(content):
            path: Path = (table,) if key is None else (table, key)
            title, clause = (
                (str(entry.get("title", key)), str(entry.get("clause", "")))
                if isinstance(entry, Mapping)
                else (LABELS.get(table, table), "")
            )
            leaves = [_named(leaf, document) for leaf in walk(entry, path, "", document.get("questions"))]
            if table in ("items", "counters", "outcomes", "money") and isinstance(entry, Mapping) and "enabled" not in entry:
                leaves.append(Leaf((*path, "enabled"), "启用", "yes", "choice", SWITCHES))
            found.append(Group(title, clause, tuple(leaves)))
    return found


def _named(leaf: Leaf, document: Mapping[str, Any]) -> Leaf:
    """A reference to a section, a sheet or a kind of subject is chosen by its title."""
    if leaf.kind != "text" or not isinstance(leaf.value, str):
        return leaf
    key = str(leaf.path[-1])
    tables = {"section": "sections", "sheet": "sheets", "parent": "sections"}
    if key in tables:
        options = [(str(name), str(one.get("title", name))) for name, one in (document.get(tables[key]) or {}).items()]
    else:
        options = list(SUBJECTS) if key == "subjects" else []
    return replace(leaf, kind="choice", choices=tuple(options)) if leaf.value in dict(options) else leaf


def _entries(content: Any) -> Iterator[tuple[str | int | None, Any]]:
    if isinstance(content, Mapping) and "switch" not in content:
        yield from content.items()
    elif isinstance(content, list):
        yield from enumerate(content)
    else:
        yield None, content


def walk(value: Any, path: Path, label: str, questions: Mapping[str, Any] | None = None) -> Iterator[Leaf]:
    """Scalars below a value; a switch names the answer under which each stands."""
    if isinstance(value, Mapping):
        asked = value.get("switch")
        for key, inner in value.items():
            if key != "switch":
                word = f"{asked} 读作“{_option(questions, asked, key)}”时" if asked else LABELS.get(key, key)
                yield from walk(inner, (*path, key), f"{label} · {word}" if label else word, questions)
    elif isinstance(value, list) and not all(isinstance(one, str) for one in value):
        for index, inner in enumerate(value):
            word = f"第 {index + 1} 档" if isinstance(inner, Mapping) else f"第 {index + 1} 个"
            yield from walk(inner, (*path, index), f"{label} · {word}" if label else word, questions)
    else:
        yield _leaf(value, path, label or LABELS.get(str(path[-1]), str(path[-1])))


def _option(questions: Mapping[str, Any] | None, name: str, key: str) -> str:
    """An option in its own words, short."""
    options = ((questions or {}).get(name) or {}).get("options")
    text = (
        str(options[key])
        if isinstance(options, Mapping) and key in options
        else {"else": "其他", "yes": "是", "no": "否"}.get(key, key)
    )
    return text.split("(")[0].split(",")[0][:14]


def _leaf(value: Any, path: Path, label: str) -> Leaf:
    key = next((str(one) for one in reversed(path) if isinstance(one, str) and (one in LABELS or one in CHOICES)), "")
    if isinstance(value, str) and value.startswith("@"):
        return Leaf(path, label, value, "read")
    if isinstance(value, bool):
        return Leaf(path, label, "yes" if value else "no", "choice", SWITCHES)
    if key == "over" and isinstance(value, str) and number(value) is None:
        return Leaf(path, label.replace(LABELS["over"], "汇总谁"), value, "text")
    if key in CHOICES and any(value == option for option, _ in CHOICES[key]):
        return Leaf(path, label, value, "choice", CHOICES[key])
    if isinstance(value, list):
        return Leaf(path, label, "、".join(value), "text")
    return Leaf(path, label, value, "text")


def read(text: str, old: Any, key: str) -> Any:
    """What was typed, as the kind of value that stood there: a list, a date, a word, a number, or the text itself."""
    typed = text.strip()
    if isinstance(old, list):
        return [part for part in typed.replace(",", "、").replace(",", "、").split("、") if part]
    if isinstance(old, bool) or (old is None and key == "enabled"):
        return typed == "yes"
    if isinstance(old, date):
        try:
            return date.fromisoformat(typed)
        except ValueError:
            return typed
    if key in WORDS:
        return typed
    found = number(typed)
    if found is None:
        return typed
    return int(found) if found == found.to_integral_value() and "." not in typed else Decimal(typed)


def changed(document: Mapping[str, Any], part: str, typed: Mapping[str, str]) -> tuple[dict[str, Any], list[str]]:
    """The document with the typed values put in, and what was changed in words."""
    new: dict[str, Any] = copy.deepcopy(dict(document))
    said = []
    for group in groups(document, part):
        for leaf in group.leaves:
            if leaf.kind == "read" or leaf.name not in typed or typed[leaf.name].strip() == leaf.shown:
                continue
            place, key = at(new, leaf.path)
            old = place.get(key) if isinstance(place, dict) else place[key]
            given = typed[leaf.name].strip()
            place[key] = read(MEANT.get(given, given) if leaf.is_price else given, old, str(leaf.path[-1]))
            said.append(f"{group.title} {leaf.label}:{leaf.shown} → {given}")
    return new, said


def at(document: Any, path: Path) -> tuple[Any, Any]:
    """The container of a path and the last key."""
    place = document
    for key in path[:-1]:
        place = place[key]
    return place, path[-1]


def differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """(where, before, after) of every value that differs between two documents; "" where it does not stand."""
    before, after = dict(_flat(old)), dict(_flat(new))
    return [
        (where, before.get(where, ""), after.get(where, ""))
        for where in dict.fromkeys((*before, *after))
        if before.get(where) != after.get(where)
    ]


def _flat(document: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for table, content in document.items():
        if isinstance(content, Mapping):
            for key, entry in content.items():
                title = str(entry.get("title", key)) if isinstance(entry, Mapping) else str(key)
                for leaf in walk(entry, (table, key), "", document.get("questions")):
                    yield f"{TABLES.get(table, table)} · {title} · {leaf.label}", key_text(leaf.value)
        else:
            for leaf in walk(content, (table,), TABLES.get(table, table), document.get("questions")):
                yield leaf.label, key_text(leaf.value)


TABLES: Mapping[str, str] = {
    "items": "项目", "sections": "节", "sheets": "考核表", "counters": "累计", "outcomes": "后果", "money": "金额", "questions": "问题", "readings": "读法",
    "parameters": "参数", "leaves": "假别", "leave_ladder": "请假审批", "classify": "归类", "also": "同时记", "values": "定值", "clauses": "条文", "title": "名称",
    "same_event": "一事多犯", "note": "说明", "version": "版本", "from": "起", "source": "出处", "ignore": "不计的事实",
}  # fmt: skip
