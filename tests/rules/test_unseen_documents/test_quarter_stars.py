"""People by month without a floor, bonuses of at most 5, minute tiers that say nothing beyond 10, a quarter's best tenth."""

import pytest

from tests.rules.test_unseen_documents.worked import f, worked

RULEBOOK = """
[sheets.person]
subjects = "member"
base = 100
floor = "none"
exclude = { post = "临时" }

[sheets.quarter]
subjects = "member"
period = "quarter"
exclude = { post = "临时" }
terms = [{ of = "person", over = "periods", take = "mean" }]

[sections.duty]
sheet = "person"

[sections.merit]
sheet = "person"
max_add = 5

[[classify]]
facts = ["late", "left_early"]
by = "minutes"
tiers = [{ at_most = 10, then = "late10" }, { over = 10, stop = "超过10分钟的,制度没有规定" }]

[[classify]]
facts = "left_post"
by = "minutes"
tiers = [
  { under = 15, drop = true },
  { at_least = 15, under = 240, then = "away" },
  { at_least = 240, then = "absent", count = 1 },
]

[items.late10]
title = "迟到早退10分钟之内"
section = "duty"
deduct = 1

[items.away]
title = "擅自离岗"
section = "duty"
deduct = 3

[items.absent]
title = "旷工半天"
section = "duty"
deduct = 5

[items.merit]
title = "附加分"
section = "merit"
add = [1, 5]

[outcomes.star]
title = "服务标兵"
sheet = "quarter"
when = { at_least = 95 }
rank = { order = "top", quota = "10%", partial = "started", pool = "all" }
"""
STAFF = [{"id": code} for code in "abcdefghijk"]
EVERYONE_ELSE = list("cdefghijk")

ROWS = [
    ({"facts": [f("late", minutes=10)]}, {"a person": "99"}),
    ({"facts": [f("late", minutes=11)]}, {"a person": None, "stops:a person": ["late(f1):超过10分钟的,制度没有规定"]}),
    (
        {"facts": [f("absent", count=24), f("merit", points=4, reason="一"), f("merit", points=3, reason="二")]},
        {"a person": "-15"},
    ),
    ({"facts": [f("left_post", minutes=m) for m in (14, 15, 239, 240)]}, {"a person": "89"}),
    (
        {"period": "2026-Q4", "members": STAFF, "facts": [f("absent"), f("late", "b", "2026-11-02", minutes=3)]},
        {
            "a person 2026-10": "95",
            "b quarter": "99.66666666666666666666666667",
            ":listings": [("star", "2026-Q4", [], EVERYONE_ELSE)],
        },
    ),
    ({"members": [{"id": "t", "post": "临时"}, {"id": "a"}], "facts": [f("absent", "t")]}, {"a person": "100"}),
]


@pytest.mark.parametrize(("row", "expected"), ROWS)
def test_quarter_stars(row, expected):
    assert worked(RULEBOOK, {"period": "2026-10", **row}, expected) == expected
