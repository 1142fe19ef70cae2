"""Four sections of a person, one of them for full attendance and lost whole; part-year people ranked by their mean."""

import pytest

from tests.rules.test_unseen_documents.worked import f, months, worked

RULEBOOK = """
[sheets.person]
subjects = "member"

[sheets.window]
title = "窗口"
subjects = "window"
terms = [{ of = "person", over = "members", weight = 0.3, title = "个人得分" }]

[sheets.year]
subjects = "member"
period = "year"
terms = [{ of = "person", over = "periods" }]

[sections.attendance]
sheet = "person"
points = 90
floor = 0

[sections.full]
title = "全勤分"
sheet = "person"
points = 10
floor = 0

[sections.own]
title = "规范化"
sheet = "window"
points = 60
floor = 0

[sections.public]
title = "群众评议"
sheet = "window"
cap = 10

[items.late]
title = "迟到"
section = "attendance"
deduct = 1

[items.absent]
title = "旷工"
section = "attendance"
deduct = { each = 5, per = "days", unit = 0.5, partial = "started" }

[items.leave]
title = "请假"
section = "full"
deduct = "all"

[items.public]
title = "评议"
section = "public"
required = true

[items.public.add]
by = "value"
take = "trimmed_mean"
per = "flat"
tiers = [{ at_least = 95, each = 10 }, { at_least = 85, under = 95, each = 8 }, { else = true, each = 0 }]

[outcomes.candidate]
title = "服务标兵候选人"
sheet = "year"
rank = { order = "top", quota = 2, by = "mean" }
"""
TOWN = {
    "departments": [{"id": "w", "kind": "window"}],
    "members": [{"id": code, "window": "w", "from": "2026-07-01" if code == "c" else "2020-01-01"} for code in "abcd"],
}
ONCE = ["请假:扣10分", "请假:该项满分10分,此前已尽,不扣分"]
RATINGS = [f("public", "w", value=v) for v in (20, 94, 97, 100)]

ROWS = [
    ({"facts": [f("leave"), f("leave")]}, {"a person": "90", "explain:a person": ONCE}),
    ({"facts": [f("absent", days=0.7)]}, {"a person": "90"}),
    (
        {"facts": [f("leave"), f("absent", "b", days=0.7), *RATINGS]},
        {"w window": "98.5", "explain:w window": ["评议:加10分", "个人得分:4项平均95×0.3,计28.5分"]},
    ),
    (
        {"period": "2026", "facts": [*months("late", [3], count=2), *months("late", [8], "c"), *months("late", [8], "b")]},
        {"a year": "1198", "c year": "599", ":listings": [("candidate", "2026", ["d", "b"], [])]},
    ),
]


@pytest.mark.parametrize(("row", "expected"), ROWS)
def test_full_attendance(row, expected):
    assert worked(RULEBOOK, {"period": "2026-10", **TOWN, **row}, expected) == expected
