"""What a reading does, in words: the same probe months counted under each of its options ("迟到6次:含 → 2分;不含 → 3分")."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from shouwen.rulebook.queries.versions import Version
from shouwen.rules import scoring
from shouwen.rules.scoring import Fact, Subject
from shouwen.rules.scoring.shapes import mentions
from shouwen.rules.scoring.values import key_text, plain

# Readings that other parts of the hall carry out, not the tariff.
CARRIED_OUT: Mapping[str, str] = {
    "R9": "年度页列出全部并列的人",
    "R14": "值守:漏开门、漏交接、漏保洁记在排班的人名下",
    "R17": "请假审批的层级",
    "R18": "公示后的异议截止日",
    "R20": "考勤:过了补正期限的半天怎样处理",
    "R21": "请假是否必须有人代班",
    "R22": "大会通报列在哪个月",
    "R23": "受理通知书(第四篇)",
    "R24": "日历:调休上班日用当季作息,还是可以另定;停办日不打卡",
}
# Worked numbers of the founding text where one month of one person does not show the difference.
WORKED: Mapping[str, str] = {
    "R1": "1月至6月各迟到1次:按月 → 全年114分;按年 → 全年112分",
    "R5": "迟到6次且追溯双倍,应扣12分:不封底 → −2分;封底写0 → 0分",
    "R6": "全年12个月满分:相加 → 120分;月平均×12 → 120分;有月份不考核时不同",
    "R7": "5月到岗、8个月满分得80分:折算 → 合格线60分;仍按90分 → 不合格",
    "R8": "整月经批准请假:不考核 → 该月不进全年;计满分 → 10分;计零分 → 0分",
    "R10": "一个部门三人得5、−1、−2分:平均 → 0.67分;合计 → 2分",
    "R11": "旷工一整天:每半天一次 → 2次,扣4分;每天一次 → 1次,扣2分",
    "R15": "被隐瞒的第5次迟到,本应扣2分:按应扣分 → 执行人扣4分;按单次分值 → 扣2分",
    "R16": "得−2分、每分20元:为零 → 0元;倒扣 → −40元",
    "R19": "查实的举报、超期件等:不扣分 → 只列出;扣分 → 须先在“项目与分值”定分值,否则不能公示",
}
KEPT = 32
_known: OrderedDict[str, dict[str, list[str]]] = OrderedDict()
_lock = threading.Lock()
FIRST = date(2026, 10, 8)


@dataclass(frozen=True, slots=True)
class Reading:
    """One switch of a rulebook as its page and its form show it."""

    name: str
    text: str
    clause: str
    answer: str
    shown: str
    default: str
    options: tuple[tuple[str, str], ...]
    free: bool
    confirmed: bool
    effects: tuple[str, ...]
    note: str

    @property
    def label(self) -> str:
        """R12, and R12 附 for the number that goes with it."""
        number, _, rest = self.name.partition("_")
        return f"{number} 附" if rest else number

    @property
    def is_default(self) -> bool:
        return self.answer == self.default

    @property
    def is_open(self) -> bool:
        """Nobody has answered and there is no default: it stops a posting where the options differ."""
        return self.answer == ""


def readings(version: Version) -> list[Reading]:
    """Every question, in the order of the rulebook."""
    found = effects(version)
    return [
        _reading(version, name, question, found.get(name, []))
        for name, question in (version.document.get("questions") or {}).items()
    ]


def _reading(version: Version, name: str, question: Mapping[str, Any], effect: list[str]) -> Reading:
    raw = question.get("options") or {}
    options = (
        tuple((key_text(key), _filled(version, str(raw[key]))) for key in raw)
        if isinstance(raw, Mapping)
        else tuple((key_text(one), key_text(one)) for one in raw)
    )
    answer = version.reading(name) or ""
    return Reading(
        name=name,
        text=str(question.get("text", name)),
        clause=str(question.get("clause", "")),
        answer=answer,
        shown=dict(options).get(answer, answer) or "尚未裁定",
        default=key_text(question["default"]) if "default" in question else "",
        options=options,
        free=bool(question.get("free")) or not options,
        confirmed=version.is_confirmed or bool(question.get("confirmed")),
        effects=tuple(effect),
        note=str(question.get("note", "")),
    )


def effects(version: Version) -> dict[str, list[str]]:
    """For each question what changes with its options; worked out once for each content."""
    key = version.record.digest
    with _lock:
        if key in _known:
            return _known[key]
    used = {
        name
        for name, _ in mentions(
            {k: v for k, v in version.document.items() if k not in {"questions", "readings", "parameters", "clauses"}}
        )
    }
    found = {
        name: _effect(version, name, question, name in used)
        for name, question in (version.document.get("questions") or {}).items()
    }
    with _lock:
        _known[key] = found
        while len(_known) > KEPT:
            _known.popitem(last=False)
    return found


def _effect(version: Version, name: str, question: Mapping[str, Any], used: bool) -> list[str]:
    options = [key_text(one) for one in question.get("options") or []]
    if version.document.get("name") == "founding" and (told := CARRIED_OUT.get(name) or WORKED.get(name)):
        return [told]
    if not used or len(options) < 2:
        return [] if used else ["不影响计分"]
    results = {option: _probe(version, name, option) for option in options}
    differing = [title for title in next(iter(results.values())) if len({rows.get(title) for rows in results.values()}) > 1]
    return [
        f"{title}:" + ";".join(f"{_word(version, question, option)} → {results[option][title]}" for option in options)
        for title in differing[:3]
    ]


def _word(version: Version, question: Mapping[str, Any], option: str) -> str:
    """An option in short."""
    raw = question.get("options")
    text = _filled(version, str(raw[option]) if isinstance(raw, Mapping) and option in raw else option)
    return text if len(text) <= 16 else text.split("(")[0].split(",")[0][:16]


def _filled(version: Version, text: str) -> str:
    """A question named in the words of an option, as it is answered (R12_minutes → 30)."""
    for name in version.document.get("questions") or {}:
        if len(name) > 3 and name in text:
            text = text.replace(name, version.reading(name) or name)
    return text


def _probe(version: Version, name: str, option: str) -> dict[str, str]:
    """Scores of the probe months with one answer changed."""
    try:
        engine = scoring.compile_rulebook(version.document, {**_given(version), name: option})
    except scoring.BadRulebook:
        return {}
    found = {}
    for title, facts in probes(version).items():
        answer = scoring.score(
            engine, [Subject("m", "member", "某人", "d"), Subject("d", "department", "某部门")], facts, "2026-10"
        )
        result = next((one for one in answer.results if one.subject.id == "m" and one.sheet.base_given), None)
        found[title] = "不能计分" if result is None or result.total is None else f"{plain(result.total)}分"
    return found


def _given(version: Version) -> dict[str, Any]:
    return {name: answer for name, answer in (version.document.get("readings") or {}).items() if "." not in name}


def probes(version: Version) -> dict[str, list[Fact]]:
    """Months made from the rulebook's own first, second and last priced offences: six of one, three and three, five of another."""
    priced = [
        item
        for item in version.parsed.plan.items.values()
        if item.sign < 0 and item.amount and isinstance(item.amount.each, Decimal) and item.kinds
    ]
    counted = [item for item in priced if item.counters] or priced
    if not counted:
        return {}
    first, second, last = counted[0], counted[min(1, len(counted) - 1)], counted[-1]
    return {
        f"{first.title}6次": _facts((first.kinds[0], 6)),
        f"{last.title}5次": _facts((last.kinds[0], 5)),
        f"{first.title}3次、{second.title}3次": _facts((first.kinds[0], 3), (second.kinds[0], 3)),
        f"{first.title}3次、{last.title}3次": _facts((first.kinds[0], 3), (last.kinds[0], 3)),
        f"{first.title}40分钟1次": _facts((first.kinds[0], 1), minutes=40),
        f"{first.title}5分钟1次": _facts((first.kinds[0], 1), minutes=5),
        f"同一件事既{first.title}又{last.title}": _facts((first.kinds[0], 1), (last.kinds[0], 1), group="one"),
    }


def _facts(*wanted: tuple[str, int], minutes: int = 45, group: str | None = None) -> list[Fact]:
    found: list[Fact] = []
    for kind, times in wanted:
        for _ in range(times):
            day = FIRST + timedelta(days=0 if group else len(found))
            found.append(Fact(f"f{len(found)}", kind, "m", day, minutes=Decimal(minutes), group=group, days=Decimal(1)))
    return found
