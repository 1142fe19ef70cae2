"""One centre, many ledgers: joint liability, conversions, pending facts, leave, vetoes, quotas inside windows, half-years."""

import pytest

from tests.rules.test_unseen_documents.worked import f, worked

RULEBOOK = """
same_event = "heaviest"

[sheets.person]
subjects = "member"
base = 100
floor = 0
exclude = { post = ["临时", "实习"] }

[sheets.half]
title = "半年"
subjects = "member"
period = "half_year"
exclude = { post = ["临时", "实习"] }
terms = [{ of = "person", over = "periods", take = "mean" }]

[sheets.window]
subjects = "window"
base = 100
floor = 0

[sheets.window_total]
subjects = "window"
round = 1
terms = [
  { of = "window", over = "self", weight = 0.6 },
  { of = "person", over = "members", take = "mean", weight = 0.4, where = { post = { is_not = "首席代表" } } },
]

[sections.attendance]
sheet = "person"
title = "考勤"
points = 40
floor = 0

[sections.service]
sheet = "person"
points = 60
floor = "none"

[items.late]
title = "迟到"
section = "attendance"
deduct = 1
max_deduct = 5
exempt_leave = "sick"

[items.absent]
title = "旷工半天"
section = "attendance"
deduct = 10

[items.duty]
title = "值班缺岗"
section = "attendance"
deduct = { each = 2, times = "attr.day_factor" }

[items.bad_review]
title = "差评"
section = "service"
deduct = 3
also = [{ to = "window", deduct = 2 }, { to = "post.首席代表", factor = 0.5 }]

[items.quality]
title = "服务评定"
section = "service"
deduct = { by = "level", tiers = [{ is = "良", between = [1, 5] }, { is = "差", between = [6, 20] }, { is = "优", each = 0 }] }

[items.punished]
title = "受处分"
section = "service"
record = true

[counters.reviews]
items = "bad_review"
window = "quarter"
steps = [{ at_least = 3, times = 2 }]

[counters.late]
items = "late"
steps = [{ every = 3, then = "absent" }]

[outcomes.veto]
title = "一票否决"
sheet = "half"
when = { items = "punished", window = "half_year", at_least = 1 }
sets = 0

[outcomes.capped]
title = "当月不高于59分"
sheet = "person"
when = { items = "punished", at_least = 1 }
caps = 59

[outcomes.returned]
title = "退回或离岗培训"
sheet = "person"
when = { items = "bad_review", window = "year", at_least = 3 }
choices = ["退回原单位", "离岗培训"]

[outcomes.weak]
title = "连续三个月低于95分"
sheet = "person"
when = { under = 95 }
consecutive = 3

[outcomes.star]
title = "窗口之星"
sheet = "person"
when = { at_least = 90 }
rank = { order = "top", quota = 1, within = "window" }
"""
TOWN = {
    "departments": [{"id": "w", "kind": "window"}],
    "members": [{"id": code, "window": "w"} for code in "abc"]
    + [{"id": "h", "window": "w", "post": "首席代表"}, {"id": "t", "window": "w", "post": "临时"}],
}
REVIEWS = [f("bad_review", "b", f"2026-{month:02}-10") for month in (7, 8, 9, 10)]
PUNISHED = f("punished", "c", "2026-09-01")
SICK = [{"member": "a", "kind": "sick", "from": "2026-10-12", "to": "2026-10-14"}]
ONE_EVENT = [f("late", group="g"), f("bad_review", group="g"), f("late", "b", status="待核"), f("late", "c", status="不属实")]
LADDER = "迟到(f3):每满3次按“旷工半天”处理:折算后原来各次是否仍计,制度没有规定(待答:counters.late.steps[0].replaces)"
EVERY_THIRD = {"facts": [f("late", date=f"2026-10-{day}") for day in (12, 13, 14, 15)]}

ROWS = [
    ({"facts": [f("bad_review", "b")]}, {"b person": "97", "h person": "98.5", "w window": "98", "w window_total": "98.4"}),
    (
        {"period": "2026-H2", "facts": [*REVIEWS, PUNISHED]},
        {"b person 2026-08": "97", "b person 2026-09": "94", "b person 2026-10": "97", "h person 2026-09": "97"},
    ),
    (
        {"period": "2026-H2", "facts": [*REVIEWS, PUNISHED]},
        {"c half": "0", "c person 2026-09": "59", "outcomes:c half": ["veto"], "outcomes:b person 2026-09": ["returned"]},
    ),
    ({"facts": ONE_EVENT}, {"a person": "97", "b person": "100", "c person": "100"}),
    ({"facts": [f("late"), f("late", date="2026-10-15")], "leaves": SICK}, {"a person": "99"}),
    ({"facts": [f("duty", attrs={"day_factor": 3})]}, {"a person": "94", "explain:a person": ["值班缺岗:系数3,扣6分"]}),
    ({"facts": [f("duty")]}, {"a person": None}),
    ({"facts": [f("quality", level="差", points=6, reason="抽查")]}, {"a person": "94"}),
    ({"facts": [f("quality", level="良", points=6, reason="抽查")]}, {"a person": None}),
    (EVERY_THIRD, {"a person": None, "stops:a person": [LADDER]}),
    (EVERY_THIRD | {"readings": {"counters.late.steps[0].replaces": "all"}}, {"a person": "89"}),
    (EVERY_THIRD | {"readings": {"counters.late.steps[0].replaces": "this"}}, {"a person": "87"}),
    (EVERY_THIRD | {"readings": {"counters.late.steps[0].replaces": "none"}}, {"a person": "86"}),
]


@pytest.mark.parametrize(("row", "expected"), ROWS)
def test_whole_centre(row, expected):
    assert worked(RULEBOOK, {"period": "2026-10", **TOWN, **row}, expected) == expected
