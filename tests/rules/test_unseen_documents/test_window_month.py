"""A window's month: sections without a stated floor, persons × half days, a price left blank, the sheet capped at 110."""

import pytest

from tests.rules.test_unseen_documents.worked import f, worked

RULEBOOK = """
[sheets.window]
title = "窗口月度考核"
subjects = "window"
floor = 0
cap = 110

[sections.post]
title = "人员到岗"
points = 20

[sections.papers]
title = "收件退件"
points = 40

[sections.result]
title = "办理结果"
points = 40

[sections.merit]
title = "加分"

[items.off_post]
title = "擅自脱岗(每人次每半天)"
section = "post"
deduct = { each = 3, per = "days", unit = 0.5, partial = "full", times = "count" }

[items.review_absent]
title = "联审会缺席"
section = "post"
deduct = 5

[items.careless]
title = "不负责任造成后果"
section = "papers"
deduct = [3, 5]

[items.completion]
title = "办结率每少1个百分点"
section = "result"
deduct = { each = "unpriced", per = "value", short_of = 100, partial = "full" }

[items.praise]
title = "表扬"
section = "merit"
add = 5
"""
W = {"departments": [{"id": "w", "kind": "window"}], "members": []}
OPEN = "人员到岗得-7分:最低分(是否扣完为止)制度没有规定,不封底为-7,封底为0(待答:sections.post.floor)"

ROWS = [
    ({"facts": [f("off_post", "w", days=1.5, count=2)]}, {"w": "82", "explain:w": ["擅自脱岗(每人次每半天):3×3,系数2,扣18分"]}),
    ({"facts": [f("off_post", "w", days=1.5, count=3)]}, {"w": None, "stops:w": [OPEN]}),
    ({"facts": [f("off_post", "w", days=1.5, count=3)], "readings": {"sections.post.floor": 0}}, {"w": "80"}),
    ({"facts": [f("off_post", "w", days=1.5, count=3)], "readings": {"sections.post.floor": "none"}}, {"w": "73"}),
    ({"facts": [f("careless", "w", count=2, points=4, reason="材料遗失")]}, {"w": "92"}),
    ({"facts": [f("completion", "w", value=98)]}, {"w": None}),
    ({"facts": [f("completion", "w", value=100)]}, {"w": "100"}),
    ({"facts": [f("praise", "w", count=3)]}, {"w": "110", "explain:w": ["表扬:5×3,加15分", "窗口月度考核:最高110分,不计5分"]}),
]


@pytest.mark.parametrize(("row", "expected"), ROWS)
def test_window_month(row, expected):
    assert worked(RULEBOOK, {"period": "2026-10", **W, **row}, expected) == expected
