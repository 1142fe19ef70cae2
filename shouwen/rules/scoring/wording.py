"""A ledger line in plain Chinese: "迟到〔一(三)1〕:第5次,依据一(三)自第5次起双倍,扣2分"."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from shouwen.rules.clauses import cite
from shouwen.rules.scoring.answer import Line
from shouwen.rules.scoring.plan import Step
from shouwen.rules.scoring.values import ZERO, plain, rounded

PLACES = 4
UNITS = {"count": "次", "facts": "次", "days": "天", "minutes": "分钟", "hours": "小时"}


def step_words(step: Step, counts: str, titles: Mapping[str, str] | None = None) -> str:
    """A step in words: 自第5次起双倍. `titles` are what kinds of facts are called."""
    unit = UNITS.get(counts, "次")
    bounds = step.bounds
    if step.every is not None:
        reach = f"每满{plain(step.every)}{unit}"
    elif bounds.at_least is not None and bounds.at_most is None and bounds.under is None and bounds.over is None:
        reach = f"自第{plain(bounds.at_least)}{unit}起" if unit == "次" else f"累计{plain(bounds.at_least)}{unit}以上"
    elif (
        bounds.over is not None
        and bounds.at_most is None
        and bounds.under is None
        and unit == "次"
        and bounds.over == int(bounds.over)
    ):
        reach = f"自第{plain(bounds.over + 1)}次起"
    else:
        reach = f"第{bounds.text()}{unit}" if bounds.equal is None else f"第{'、'.join(bounds.equal)}{unit}"
    if step.times is not None:
        return reach + ("双倍" if step.times == 2 else f"按{plain(step.times)}倍")
    if step.then is not None:
        return f"{reach}按“{(titles or {}).get(step.then, step.then)}”处理"
    if step.each == 0:
        return f"{reach}不扣"
    return f"{reach}每次{plain(step.each)}分" if isinstance(step.each, Decimal) else f"{reach}未定分值"


def asked(path: str) -> str:
    """Where a person answers a question the document leaves open (readings by path)."""
    return f"(待答:{path})"


def effect(amount: Decimal | None) -> str:
    """扣2分, 加3分, 不扣分."""
    if amount is None:
        return "暂不能计分"
    if amount == 0:
        return "不扣分"
    return f"{'扣' if amount < 0 else '加'}{short(abs(amount))}分"


def short(value: Decimal) -> str:
    """A number as people write it: four places at most."""
    return plain(rounded(value, PLACES))


# A limit or a weight is no offence and no merit: what it takes and gives has words of its own (taken, given).
CHANGES = {"bound": ("不计", "少扣"), "weight": ("折去", "少扣"), "round": ("舍去", "进位")}


def change(line: Line) -> str:
    """What a line that prices no fact does: 计28.5分, 少扣10分, 不计5分, 折去0.2分.

    A mean or a weighted part is what the sheet stands on, neither a bonus nor a deduction.
    """
    if line.amount is None:
        return effect(None)
    size = short(abs(line.amount))
    if line.kind == "term":
        return f"计{short(line.amount)}分"
    if line.kind not in CHANGES:
        return effect(line.amount)
    taken, given = CHANGES[line.kind]
    return f"{taken if line.amount < 0 else given}{size}分"


def explain(line: Line, answers: Mapping[str, object] | None = None) -> str:
    """One line for a person to read; with `answers`, the readings that decided it are named too."""
    head = f"{line.title}{cite(line.clause)}"
    parts = []
    if line.stop:
        parts = [f"{line.stop},暂不能计分"]
    elif line.kind in {"item", "retro", "also", "replaced"}:
        parts = _priced(line)
    else:
        parts = [line.note, change(line)]
    if answers and line.readings:
        parts.append("读法 " + "、".join(f"{name}={answers[name]}" for name in line.readings if name in answers))
    return f"{head}:{','.join(part for part in parts if part)}"


def _priced(line: Line) -> list[str]:
    parts = []
    if line.n is not None:
        parts.append(f"第{plain(line.n)}次" if line.n == int(line.n) else f"累计{plain(line.n)}")
    if line.step:
        parts.append(line.step)
    if line.note:
        parts.append(line.note)
    if line.price is not None and line.units is not None and (line.units != 1 or line.times):
        times = f"×{plain(line.times)}" if line.times is not None and line.times != 1 else ""
        if line.units != 1:
            parts.append(f"{short(line.price)}×{short(line.units)}{times}")
    if line.factor is not None and line.factor != 1 and line.amount:
        parts.append(f"系数{plain(line.factor)}")
    if line.price is None and line.amount == 0 and line.kind == "item":
        return [*parts, "只登记"]
    taken_back = line.kind == "replaced" and line.amount is not None and line.amount > 0
    parts.append(f"返还{short(line.amount or ZERO)}分" if taken_back else effect(line.amount))
    return parts
