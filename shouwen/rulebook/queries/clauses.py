"""What the founding document's first part says, clause by clause; a rulebook's own `clauses` table comes first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from shouwen.rules.clauses import bare

TEXTS: Mapping[str, str] = {
    "1.0": "为杜绝到岗不到位、慵懒散漫现象,提高办事效率,营造群众办事的良好环境,实行量化考核。",
    "1.1": "对在岗人员按工作日考核,按月计分,每月 10 分;每分的金额由班子会确定。",
    "1.2": "考核结果每月张榜公示。",
    "1.3": "下列行为每次扣 1 分,累计 5 次以上的每次双倍扣分。",
    "1.3.1": "迟到。",
    "1.3.2": "早退。",
    "1.3.3": "上班时间玩游戏。",
    "1.3.4": "不按时开门、关门。",
    "1.3.5": "值日交接不及时。",
    "1.3.6": "不打扫或不及时打扫卫生;大厅由值日人员负责,随时保持洁净、整齐、无痰迹、无杂物堆放。",
    "1.4": "下列行为每次扣 2 分,累计 5 次以上的每次双倍扣分。",
    "1.4.1": "旷工;病事假须事先办妥:半天以内经中心负责人同意,半天以上须书面请假并落实代班。",
    "1.4.2": "上班时间找不到人。",
    "1.5": "当月得分为负的,当月在全镇干部大会上公开通报批评。",
    "1.6": "全年得分低于 90 分的,取消当年评先评优资格。",
    "1.7": "全年低于 90 分且在中心末位的,视具体情况列为下年度待岗;条管单位人员由党委、政府建议上级主管部门调离。",
    "1.8": "部门当月得分为负的,在全镇干部大会上通报批评。",
    "1.9": "考核由党政办执行;执行人弄虚作假的,按当事人应扣分的双倍扣分,年终目标考核奖同分扣减。",
    "1.10": "本制度自公布之日起施行。",
}


def clause_text(document: Mapping[str, Any], clause: str) -> str:
    """The clause's words: the rulebook's own, else the founding document's, else nothing."""
    own = (document.get("clauses") or {}).get(clause)
    return str(own) if own is not None else TEXTS.get(clause, "") if document.get("name") == "founding" else ""


def known_clauses(document: Mapping[str, Any]) -> set[str]:
    """The clauses a rulebook has words for or rests something on already."""
    founding = TEXTS if document.get("name") == "founding" else ()
    return {*map(str, document.get("clauses") or {}), *founding, *_used(document)}


def _used(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if key == "clause" and isinstance(inner, str):
                yield inner
            else:
                yield from _used(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _used(inner)


def in_order(clauses: Iterable[str]) -> list[str]:
    """1.2 before 1.10; clauses of other shapes after them."""

    def place(clause: str) -> tuple[int, list[int], str]:
        parts = clause.split(".")
        return (0, [int(part) for part in parts], "") if all(part.isdigit() for part in parts) else (1, [], clause)

    return sorted(clauses, key=place)


def clause_named(document: Mapping[str, Any], typed: str) -> str | None:
    """The clause somebody means by its number or its citation; a new one right below a known one; None for any other.

    A rulebook that numbers no clauses takes whatever is typed.
    """
    known = known_clauses(document)
    if not known or typed in known:
        return typed
    number = re.search(r"(\d+)\)?$", typed)
    below = [f"{one}.{int(number[1])}" for one in known if not one.endswith(".0")] if number else []
    return next((clause for clause in (*known, *below) if typed in (clause, bare(clause))), None)
