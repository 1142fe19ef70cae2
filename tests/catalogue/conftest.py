"""A catalogue to work with: 王主任 and 周丽 may decide, 何静 of the section may write, 张敏 may only read."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

TODAY = date(2026, 11, 23)


def base(**more: Any) -> dict[str, Any]:
    """A complete document of one item; `more` replaces its fields."""
    return {
        "name": "最低生活保障申请",
        "aliases": ["低保", "低保户"],
        "field": "civil",
        "official_kind": "promised",
        "department": "民政所",
        "counters": [3],
        "statutory_limit": 30,
        "promised_limit": 20,
        "legal_basis": "《社会救助暂行办法》",
        "materials": [
            {"name": "申请书", "originals": 1, "source": "窗口提供样式"},
            {"name": "居民身份证", "originals": 1, "copies": 1, "source": "公安派出所", "tolerance_allowed": True},
            {"name": "授权委托书", "originals": 1, "necessity": "conditional"},
            {"name": "照片", "originals": 2, "necessity": "optional"},
        ],
        "situations": [
            {"question": "谁来办理", "choice": "本人办理"},
            {"question": "谁来办理", "choice": "委托他人办理", "adds": ["授权委托书"]},
            {"question": "身份", "choice": "特困人员", "removes": ["申请书"]},
        ],
        "steps": [{"name": "受理", "department": "民政所", "limit": 1}, {"name": "审核", "department": "民政所", "limit": 19}],
    } | more


@pytest.fixture
def document():
    """`document(promised_limit=5)`: a complete document of one item."""
    return base


@pytest.fixture
def he(cast):
    """何静 of the business section."""
    from tests import factories

    return factories.member(cast.center, "何静", department=cast.affairs, roles=("section",))


@pytest.fixture
def in_force(cast, actor, at):
    """`in_force()` is an item in force from the day; `in_force(active_from, name=…)` another."""
    from shouwen.catalogue import actions

    def make(active_from: date = TODAY, **more: Any) -> Any:
        by = actor(cast.wang)
        draft = actions.create_item(document=base(**more), by=by, at=at)
        return actions.put_in_force(draft=draft, active_from=active_from, by=by, at=at)

    return make


@pytest.fixture
def fee(cast, actor, at):
    """`fee()` is ten yuan a piece for every item, from the day; arguments replace fields, `item` belongs to one."""
    from shouwen.catalogue import actions

    def make(item: Any = None, **more: Any) -> Any:
        row = {"name": "工本费", "amount": 1000, "unit": "证", "basis": "发改价格〔2003〕2322号", "active_from": "2026-11-23"}
        return actions.enter_fee(document=row | more, item=item, by=actor(cast.wang), at=at)

    return make
