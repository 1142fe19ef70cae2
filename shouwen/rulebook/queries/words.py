"""A rulebook in words: what an item costs, what a counter does, what follows from a score, as the readings now stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from shouwen.rulebook.queries.versions import Version
from shouwen.rulebook.queries.vocabulary import APPROVERS, attribute
from shouwen.rules.scoring.plan import Amount, Condition, Counter, Item, Outcome
from shouwen.rules.scoring.values import bounds_of, plain
from shouwen.rules.scoring.wording import step_words

PER = {"count": "每次", "facts": "每件", "days": "每天", "minutes": "每分钟", "hours": "每小时", "value": "每单位", "flat": ""}
WINDOWS = {
    "day": "每天", "week": "每周", "month": "每月清零", "quarter": "每季清零", "half_year": "每半年清零", "year": "每年清零",
    "lifetime": "一直累计",
}  # fmt: skip
SCOPES = {"all": "合计", "section": "各节分别合计", "item": "每项各计"}
FIGURES = {
    "score": "得分",
    "mean": "月均",
    "assessed": "参评期数",
    "deducted": "扣分",
    "added": "加分",
    "count": "次数",
    "days": "天数",
}


@dataclass(frozen=True, slots=True)
class ItemWords:
    """One line of the tariff as people read it."""

    id: str
    title: str
    clause: str
    section: str
    price: str
    is_priced: bool
    counters: tuple[str, ...]
    readings: tuple[str, ...]
    note: str


def price_words(amount: Amount | None, sign: int) -> str:
    """每次扣1分; 1~3分由人裁量; 未定分值."""
    if amount is None:
        return "只登记,不计分"
    verb = "加" if sign > 0 else "扣"
    if amount.tiers:
        return ";".join(f"{bounds.text()}:{price_words(inner, sign)}" for bounds, inner in amount.tiers)
    if amount.stop is not None or amount.each == "unpriced":
        return "未定分值"
    if amount.between is not None:
        return f"每次{verb}{plain(amount.between[0])}~{plain(amount.between[1])}分,由人裁量"
    if amount.percent is not None:
        return f"{verb}{plain(amount.percent)}%"
    if amount.each == "all":
        return f"全部{verb}完"
    price = amount.fixed if amount.fixed is not None else amount.each
    per = PER.get(amount.per, "每次") if amount.unit == 1 else f"每{plain(amount.unit)}{PER.get(amount.per, '每次')[1:]}"
    text = f"{per}{verb}{plain(price)}分" if price is not None and not isinstance(price, str) else "未定分值"
    if amount.free is not None:
        text = f"超过{plain(amount.free)}部分,{text}"
    return text + {"day": ",每天只计一次", "month": ",每月只计一次"}.get(amount.once or "", "")


def counter_words(counter: Counter) -> str:
    """累计双倍:各节分别合计,每月清零,自第5次起双倍."""
    steps = "、".join(step_words(step, counter.counts) for step in counter.steps)
    window = WINDOWS.get(counter.window, counter.window)
    return f"{counter.title}:{SCOPES.get(counter.scope, counter.scope)},{window},{steps}" + (
        ",追溯前次" if counter.retroactive else ""
    )


def items_in_words(version: Version) -> list[ItemWords]:
    """The whole tariff in its own order, switched-off items left out."""
    raw = version.document.get("items") or {}
    sections = version.document.get("sections") or {}
    return [_item(item, raw.get(item.id, {}), sections) for item in version.parsed.plan.items.values()]


def _item(item: Item, raw: Mapping[str, Any], sections: Mapping[str, Any]) -> ItemWords:
    price = price_words(item.amount, item.sign)
    return ItemWords(
        id=item.id,
        title=item.title,
        clause=item.clause or "",
        section=sections.get(item.section or "", {}).get("title", item.section or ""),
        price=price,
        is_priced="未定" not in price,
        counters=tuple(counter_words(counter) for counter in item.counters),
        readings=item.all_readings,
        note=str(raw.get("note", "")),
    )


def outcome_words(outcome: Outcome, titles: Mapping[str, str]) -> str:
    """得分0以下(不含); 末1名,并列的全部列出;由人决定. `titles` names the outcomes a condition speaks of."""
    conditions = "且".join(_condition(one, titles) for one in outcome.when)
    conditions = conditions or "或".join(_condition(one, titles) for one in outcome.when_any)
    rank = ""
    if outcome.rank is not None:
        quota = f"{plain(outcome.rank.percent)}%" if outcome.rank.percent is not None else f"{outcome.rank.quota}名"
        rank = f"{'前' if outcome.rank.order == 'top' else '末'}{quota},并列的全部列出"
    text = ",".join(part for part in (conditions, rank) if part)
    return text + (";由人决定:" + "、".join(outcome.choices) if outcome.decides == "person" else "")


def _condition(one: Condition, titles: Mapping[str, str]) -> str:
    if one.of == "outcome":
        return f"已属“{titles.get(one.outcome or '', one.outcome)}”"
    if one.of.startswith("member."):
        name = attribute(one.of)
        if one.bounds.equal == ("yes",) or one.bounds.unequal == ("yes",):
            return name if one.bounds.equal else f"不属{name}"
        return name + one.bounds.text()
    return f"{FIGURES.get(one.of, one.of)}{one.bounds.text()}" + ("×参评月数" if one.per_assessed else "")


def ladder_words(rungs: Iterable[Mapping[str, Any]]) -> list[str]:
    """0.5以下(含)(天):中心负责人,口头."""
    found = []
    for rung in rungs:
        form = {"oral": "口头", "written": "书面"}.get(str(rung.get("form")), "")
        cover = "须落实代班" if rung.get("cover") in (True, "yes") else ""
        approver = str(rung.get("approver", ""))
        parts = ",".join(part for part in (APPROVERS.get(approver, approver), form, cover) if part)
        found.append(f"{bounds_of(rung).text()}(天):{parts}")
    return found
