"""A village station's year: prices by who found it, an item that is lost whole, kinds of station, words nobody knows."""

import pytest

from tests.rules.test_unseen_documents.worked import f, worked

RULEBOOK = """
[sheets.station]
title = "村级中心"
subjects = "station"
period = "year"

[sections.base]
points = 5
floor = 0

[sections.open]
title = "正常开门"
points = 20
floor = "none"

[items.not_built]
title = "未达建设要求"
section = "base"
where = { "attr.type" = ["示范型", "标准型"] }
deduct = "all"

[items.not_present]
title = "不在岗"
section = "open"
deduct = { by = "level", tiers = [{ is = "乡", each = 5 }, { is = "区", each = 10 }, { is = ["省", "市"], each = "all" }] }

[items.half]
title = "值班表未上墙"
section = "base"
deduct = "50%"

[outcomes.best]
title = "先进"
when = { at_least = 24 }

[outcomes.refused]
title = "不予补助"
when = { section = "open", under = 0 }
"""
S = {"departments": [{"id": "s", "kind": "station"}], "members": []}
UNKNOWN = "不在岗了(f1):“不在岗了”在本制度中没有对应的项目,须先定值"

ROWS = [
    ([f("not_present", "s", level="乡"), f("half", "s")], {"s": "17.5", "outcomes:s": []}),
    ([f("not_present", "s", level="乡"), f("not_present", "s", level="市"), f("not_present", "s", level="省")], {"s": "5"}),
    ([f("not_present", "s", level="乡", count=5)], {"s": "5"}),
    ([f("not_built", "s", attrs={"type": "标准型"})], {"s": "20"}),
    ([f("not_built", "s", attrs={"type": "简易型"})], {"s": None}),
    ([f("not_present", "s", level="国家")], {"s": None, "stops:s": ["不在岗(f1):级别“国家”没有适用的档次"]}),
    ([f("not_present", "s")], {"s": None, "stops:s": ["不在岗(f1):缺少级别,无法分档"]}),
    ([f("不在岗了", "s")], {"s": None, "stops:s": [UNKNOWN]}),
    (
        [f("不在岗", "s")],
        {"s": None, "stops:s": ["不在岗(f1):“不在岗”在本制度中没有对应的项目,须先定值;是否想写 not_present?"]},
    ),
    ([], {"s": "25", "outcomes:s": ["best"]}),
]


@pytest.mark.parametrize(("facts", "expected"), ROWS)
def test_village_station(facts, expected):
    assert worked(RULEBOOK, {"period": "2026", **S, "facts": facts}, expected) == expected
