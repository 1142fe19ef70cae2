"""A year's targets of a station and a department: rates by tenths, pieces that are missing, further steps beyond 30 percent."""

import pytest

from tests.rules.test_unseen_documents.worked import f, worked

RULEBOOK = """
[sheets.station]
title = "医保工作"
subjects = "station"
period = "year"

[sheets.department]
title = "审批绩效"
subjects = "department"
period = "year"

[sections.attention]
sheet = "station"
points = 10
floor = 0

[sections.news]
sheet = "station"
points = 10
floor = 0

[sections.insured]
sheet = "station"
points = 5
floor = 0

[sections.approval]
sheet = "department"
points = 100
floor = 0
weight = 0.9

[items.meeting]
title = "缺席会议"
section = "attention"
points = 2
max_deduct = "points"
deduct = 0.5

[items.task]
title = "交办未完成"
section = "attention"
deduct = { by = "attr.urged", tiers = [{ is = true, each = 3 }, { else = true, each = 1 }] }

[items.study]
title = "未专题研究"
section = "attention"
points = 2
deduct = "all"

[items.news]
title = "信息每少一篇"
section = "news"
deduct = { each = 1, per = "count", short_of = 5 }

[items.rate]
title = "参保率每低0.1个百分点"
section = "insured"
required = true
deduct = { each = 0.5, per = "value", short_of = 99.8, unit = 0.1, partial = "full" }

[items.shorter]
title = "期限缩短30%以上"
section = "approval"
add = { by = "value", tiers = [{ under = 30, each = 0 }, { else = true, each = 3, per = "flat" }] }
also = [{ to = "self", as = "shorter_still" }]

[items.shorter_still]
title = "每再缩短10%"
section = "approval"
add = { each = 1, per = "value", unit = 10, free = 30, partial = "full" }

[items.bad_data]
title = "数据不完整,每1%"
section = "approval"
deduct = { each = 1, per = "value", unit = 1, partial = "full", max = 5 }
"""
UNITS = {"departments": [{"id": "s", "kind": "station"}, {"id": "d", "kind": "department"}], "members": []}
FULL = f("rate", "s", value="99.8")

ROWS = [
    (
        [f("news", "s", count=5), f("rate", "s", value="99.5"), f("meeting", "s", count=6), f("study", "s"), f("study", "s")],
        {"s": "19.5"},
    ),
    ([FULL], {"s": "20", "explain:s": ["参保率每低0.1个百分点:0.5×0,不扣分", "信息每少一篇:没有记录,按0计,1×5,扣5分"]}),
    ([FULL, f("news", "s", "2026-02-02", count=2), f("news", "s", "2026-06-01", count=2)], {"s": "24"}),
    ([FULL, f("news", "s", count=9), f("task", "s", attrs={"urged": True}), f("task", "s", count=2)], {"s": "20"}),
    ([f("news", "s", count=5)], {"s": None, "stops:s": ["缺少“参保率每低0.1个百分点”的数据"]}),
    ([f("shorter", "d", value=55), f("bad_data", "d", value="7.5")], {"d": "90"}),
    ([f("shorter", "d", value=29), f("bad_data", "d", value="2.9")], {"d": "88.2"}),
]


@pytest.mark.parametrize(("facts", "expected"), ROWS)
def test_yearly_targets(facts, expected):
    assert worked(RULEBOOK, {"period": "2026", **UNITS, "facts": facts}, expected) == expected
