"""So many sign-ins a month are owed: what is missing costs yuan and points, and nobody at all signing is a count of zero."""

import pytest

from tests.rules.test_unseen_documents.worked import f, worked

RULEBOOK = """
[sheets.month]
title = "签到"
subjects = "member"
base = 100
floor = 0

[items.day]
title = "白班"
deduct = { each = 1, per = "count", short_of = 22 }

[items.night]
title = "晚班"
max_deduct = 5
deduct = { each = 1, per = "count", short_of = 8, pool = "month" }

[items.visits]
title = "下村天数"
points = 6
deduct = { by = "days", pool = "month", per = "flat", tiers = [
  { at_least = 8, each = 0 }, { at_least = 4, under = 8, each = 3 }, { under = 4, each = "all" },
] }

[items.rate]
title = "签收率"
deduct = { each = 0.5, per = "value", short_of = 99.8, unit = 0.1, partial = "full" }

[money.day]
title = "每少一天扣100元"
items = "day"
amount = { each = 100, short_of = 22, pool = "month" }

[money.night]
title = "每少一晚扣100元"
items = "night"
amount = { each = 100, short_of = 8, pool = "month" }
cap = { percent = 100, of = "member.allowance" }

[outcomes.no_pay]
title = "停发工资"
when = { items = "day", under = 15 }
"""
A = {"members": [{"id": "a", "attrs": {"allowance": 600}}]}
VISITS = f("visits", days=8)

ROWS = [
    ([f("day", count=20), f("night", count=5), VISITS], {"a": "95", "money:a": ["200.00", "300.00"], "outcomes:a": []}),
    ([f("day", count=14), f("day", date="2026-10-20", count=1), VISITS], {"a": "88", "money:a": ["700.00", "600.00"]}),
    ([f("day", count=14), f("night", count=9), VISITS], {"a": "92", "money:a": ["800.00", "0.00"], "outcomes:a": ["no_pay"]}),
    ([f("day", count=22), f("night", count=8), f("visits", days=3), f("visits", days=2)], {"a": "97"}),
    (
        [f("day", count=22), f("night", count=8)],
        {"a": "94", "explain:a": ["白班:累计22,1×0,不扣分", "晚班:累计8,1×0,不扣分", "下村天数:没有记录,按0计,扣6分"]},
    ),
    ([f("day", count=22), f("night", count=8), VISITS, f("rate", value="99.5")], {"a": "98.5"}),
]


@pytest.mark.parametrize(("facts", "expected"), ROWS)
def test_sign_ins(facts, expected):
    assert worked(RULEBOOK, {"period": "2026-10", **A, "facts": facts}, expected) == expected


def test_a_count_that_is_required_stops_instead():
    asked = worked(
        RULEBOOK.replace("[items.day]", "[items.day]\nrequired = true"), {"period": "2026-10", **A}, ["a", "stops:a"]
    )

    assert asked == {"a": None, "stops:a": ["缺少“白班”的数据"]}
