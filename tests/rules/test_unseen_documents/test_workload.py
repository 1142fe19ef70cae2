"""Handled cases against the mean and the best, a pool of money shared by score, another formula for the head."""

import pytest

from tests.rules.test_unseen_documents.worked import f, worked

RULEBOOK = """
[sheets.volume]
title = "工作量"
subjects = "member"

[sheets.volume_points]
title = "工作量得分"
subjects = "member"
cap = 35
terms = [{ of = "volume", over = "self", relative_to = "mean", weight = 30 }]

[sheets.best]
title = "最高者得满分"
subjects = "member"
round = 1
terms = [{ of = "volume", over = "self", relative_to = "max", within = "department", weight = 10 }]

[sheets.month]
title = "月度得分"
subjects = "member"
base = 60
floor = 0
terms = [{ of = "volume_points", over = "self" }]

[sheets.final]
title = "计奖得分"
subjects = "member"
terms = [
  { of = "month", over = "self", weight = 1.2, only = { post = "科长" } },
  { of = "month", over = "self", exclude = { post = "科长" } },
]

[sheets.department]
title = "科室"
subjects = "department"
base = 100
floor = 0
terms = [{ of = "month", over = "members", deduct = { each = 0.1, short_of = 90, partial = "full", max = 2 }, title = "人均每低1分" }]

[sheets.present]
title = "按出勤折算"
subjects = "member"
terms = [{ of = "month", over = "self", weight = { of = "member.attendance" } }]

[sheets.share]
title = "占比"
subjects = "member"
terms = [{ of = "final", over = "self", relative_to = "sum" }]

[items.case]
title = "办件"
sheet = "volume"
add = { each = 1, times = "attr.coefficient" }

[items.off_post]
title = "脱岗"
sheet = "month"
deduct = 0.1

[outcomes.first]
title = "第一名"
sheet = "month"
rank = { order = "top", quota = "50%", partial = "started", most = 1, ties = ["best"] }

[values]
pool = [{ amount = 3000, from = 2026-01-01, by = "科务会" }]

[money.share]
title = "奖金"
sheet = "share"
amount = { each = { value = "pool" }, per = "score" }
"""
PEOPLE = [
    {"id": "a", "post": "科长", "department": "x"},
    {"id": "b", "department": "x", "attrs": {"attendance": 0.5}},
    {"id": "c", "department": "y"},
]


def cases(a, b, c):
    return [f("case", code, count=n, attrs={"coefficient": 1.5}) for code, n in zip("abc", (a, b, c), strict=True) if n]


ROWS = [
    (
        {"facts": cases(10, 20, 30)},
        {"a volume": "15", "a volume_points": "15", "b volume_points": "30", "c volume_points": "35"},
    ),
    ({"facts": cases(10, 20, 30)}, {"a best": "5", "b best": "10", "c best": "10"}),
    ({"facts": [*cases(20, 20, 20), f("off_post", "b", count=30)]}, {"a month": "90", "b month": "87", "a final": "108"}),
    ({"facts": cases(20, 20, 20)}, {"money:a share": ["1125.00"], "money:b share": ["937.50"], "money:c share": ["937.50"]}),
    ({"facts": cases(20, 20, 20)}, {"b present": "45", "a present": None, "stops:a present": ["月度得分:没有适用于“a”的权重"]}),
    ({"facts": [*cases(20, 20, 20), f("off_post", count=48)]}, {"x department": "99.8", "y department": "100"}),
    ({"facts": [*cases(20, 20, 20), f("off_post", "c", count=1)]}, {":listings": [("first", "2026-10", [], ["a", "b"])]}),
    ({"facts": cases(2, 45, 46)}, {"b month": "95", "c month": "95", ":listings": [("first", "2026-10", [], ["b", "c"])]}),
    ({"facts": cases(46, 45, 2)}, {":listings": [("first", "2026-10", ["a"], [])]}),
    ({}, {"a volume_points": None, "stops:a volume_points": ["a未定:各对象平均为0,无法折算比例"]}),
]


@pytest.mark.parametrize(("row", "expected"), ROWS)
def test_workload(row, expected):
    assert worked(RULEBOOK, {"period": "2026-10", "members": PEOPLE, **row}, expected) == expected
