"""The month's red flag: eligibility first, then 30% window, 30% staff mean, 20% and 20% votes; two a month, one a quarter."""

import pytest

from tests.rules.test_unseen_documents.worked import f, worked

RULEBOOK = """
[sheets.window]
subjects = "window"
base = 100
floor = 0

[sheets.person]
subjects = "member"
base = 100
floor = 0

[sheets.flag]
title = "红旗窗口计分"
subjects = "window"
round = 2
terms = [
  { of = "window", over = "self", weight = 0.3 },
  { of = "person", over = "members", take = "mean", weight = 0.3 },
]

[sheets.quarter]
subjects = "window"
period = "quarter"
terms = [{ of = "flag", over = "periods" }, { outcome = "flag", over = "periods", weight = 2, title = "每得一次红旗加2分" }]

[sections.duty_votes]
title = "值班长投票"
sheet = "flag"
weight = 0.2

[sections.visitor_votes]
title = "服务对象投票"
sheet = "flag"
weight = 0.2

[items.window_fault]
sheet = "window"
deduct = 2

[items.fault]
sheet = "person"
deduct = 1

[items.duty_vote]
title = "值班长票"
section = "duty_votes"
required = true
add = { each = 1, per = "value", take = "mean" }

[items.visitor_vote]
title = "服务对象票"
section = "visitor_votes"
required = true
add = { each = 1, per = "value", take = "mean" }

[outcomes.excellent]
title = "月度优秀服务窗口"
sheet = "window"
when = { at_least = 90 }

[outcomes.flag]
title = "月度红旗窗口"
sheet = "flag"
when = { outcome = "excellent", at_least = 1 }
rank = { order = "top", quota = 2 }

[outcomes.quarter_flag]
title = "季度红旗窗口"
sheet = "quarter"
rank = { order = "top", quota = 1 }
"""
TOWN = {
    "departments": [{"id": code, "kind": "window"} for code in "wxyz"],
    "members": [{"id": f"{code}{n}", "window": code} for code in "wxyz" for n in (1, 2)],
}
FAULTS = [f("window_fault", "x", count=6), f("fault", "w1", count=4)]


def votes(**given):
    return [f(kind, code, value=v) for kind in ("duty_vote", "visitor_vote") for code, values in given.items() for v in values]


ROWS = [
    (
        {"facts": [*FAULTS, *votes(w=[90, 80.5], x=[100], y=[100], z=[60])]},
        {
            "w flag": "93.5",
            "x flag": "96.4",
            "y flag": "100",
            "z flag": "84",
            ":listings": [("flag", "2026-10", ["y", "w"], [])],
        },
    ),
    (
        {"facts": votes(w=[90], x=[100], z=[60])},
        {"y flag": None, "stops:y flag": ["缺少“值班长票”的数据", "缺少“服务对象票”的数据"]},
    ),
    (
        {"period": "2026-Q4", "through": "2026-10-31", "facts": [*FAULTS, *votes(w=[90], x=[100], y=[99], z=[60])]},
        {"y quarter": "101.6", "x quarter": "96.4", "w quarter": "97.4"},
    ),
]


@pytest.mark.parametrize(("row", "expected"), ROWS)
def test_red_flag(row, expected):
    assert worked(RULEBOOK, {"period": "2026-10", **TOWN, **row}, expected) == expected
