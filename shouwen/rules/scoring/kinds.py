"""The kinds of facts a rulebook may speak of: those the areas report, and those the document itself counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from shouwen.rules.scoring.shapes import Problem, hint
from shouwen.rules.scoring.validate import listed

FACT_KINDS: Mapping[str, str] = {
    "late": "迟到",
    "left_early": "早退",
    "absent": "旷工",
    "games": "玩游戏",
    "not_found": "找不到人",
    "off_post": "脱岗",
    "conduct": "服务态度、仪容",
    "door": "未按时开关门",
    "handover": "值日交接不及时",
    "cleaning": "打扫卫生不及时",
    "report": "举报查实",
    "overdue": "无故超期",
    "handover_missed": "首问移交不到位",
    "fee_breach": "收费违规",
    "adjustment": "终榜后更正",
    "misconduct": "考核弄虚作假",
}
SPOKEN = frozenset({"facts", "then", "as", "ignore"})


def known_kinds(document: Mapping[str, Any]) -> list[str]:
    """Every kind the document counts, sorts or makes, in its own order; then what the areas report besides."""
    items = document.get("items") or {}
    own = [str(kind) for name, item in items.items() for kind in listed(item.get("facts", name))]
    return list(dict.fromkeys(kind for kind in (*own, *_spoken(document), *FACT_KINDS) if kind != "*"))


def kind_problems(document: Mapping[str, Any]) -> list[Problem]:
    """Leaves that suppress kinds nobody reports and nothing counts: a slip, since it would have no effect.

    For documents a centre enters; a document from elsewhere may leave room for kinds to come, so `validate` does not ask.
    """
    known = known_kinds(document)
    return [
        Problem(f"leaves.{name}.suppresses", f"没有“{kind}”这种事实{_near(str(kind), known)}")
        for name, leave in (document.get("leaves") or {}).items()
        for kind in listed(leave["suppresses"])
        if kind != "*" and kind not in known
    ]


def _near(kind: str, known: list[str]) -> str:
    """The key that was meant when its Chinese name was written, else the nearest one."""
    meant = next((key for key, word in FACT_KINDS.items() if word == kind and key in known), None)
    return f";是否想写 {meant}?" if meant else hint(kind, known)


def _spoken(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if key in SPOKEN:
                yield from (one for one in listed(inner) if isinstance(one, str))
            yield from _spoken(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _spoken(inner)
