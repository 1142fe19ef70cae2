"""A window allowance that lateness eats by tenths, kept three ways: as a percentage, in yuan, and as fines with a common cap."""

import pytest

from tests.rules.test_unseen_documents.worked import f, worked

PERCENT = """
[sheets.allowance]
title = "补助费比例"
subjects = "member"
base = 100
floor = 0

[items.late]
title = "迟到早退"
facts = ["late", "left_early"]
deduct = 0

[items.off_post]
title = "中途离岗"
deduct = 0

[counters.late]
items = "late"
steps = [{ is = 3, each = 10 }, { at_least = 5, each = 20 }]

[counters.off_post]
items = "off_post"
steps = [{ is = 1, each = 10 }, { is = [2, 3], each = 20 }, { at_least = 4, each = 100 }]

[money.allowance]
title = "窗口补助费"
amount = { each = { percent = 1, of = "member.allowance" }, per = "score" }
floor = 0

[outcomes.no_award]
title = "取消当月评优资格"
when_any = [{ items = "late", over = 5 }, { items = "off_post", at_least = 4 }]
"""
YUAN = """
[sheets.allowance]
title = "补助"
subjects = "member"
base = { of = "member.allowance" }
floor = 0

[items.late]
title = "迟到早退"
deduct = 20

[items.absent]
title = "无故离岗一天"
deduct = { each = 50, per = "days", partial = "pro_rata" }
"""
FINES = """
[sheets.month]
subjects = "member"

[sheets.year]
subjects = "member"
period = "year"
terms = [{ of = "month", over = "periods" }]

[items.eight_rules]
title = "违反作风规定"
sheet = "month"
record = true

[items.phone]
title = "手机不通"
sheet = "month"
record = true

[counters.phone]
items = "phone"
window = "year"

[money.eight_rules]
items = "eight_rules"
cap = { percent = 50, of = "member.allowance" }
[money.eight_rules.amount]
by = "counter"
tiers = [{ is = 1, each = 100 }, { is = 2, each = 200 }, { over = 2, each = { percent = 100, of = "member.allowance" } }]

[money.phone]
items = "phone"
amount = { by = "counter", tiers = [{ is = 1, each = 50 }, { is = 2, each = { percent = 100, of = "member.phone" } }] }
"""
A = {"members": [{"id": "a", "attrs": {"allowance": 300, "phone": 80}}]}

ROWS = [
    (PERCENT, [f("late", count=2), f("left_early")], {"a": "90", "money:a": ["270.00"], "outcomes:a": []}),
    (PERCENT, [f("late", count=5)], {"a": "70", "outcomes:a": []}),
    (PERCENT, [f("late", count=6)], {"a": "50", "outcomes:a": ["no_award"]}),
    (PERCENT, [f("late", count=9)], {"a": "0", "money:a": ["0.00"]}),
    (PERCENT, [f("off_post", count=3)], {"a": "50", "money:a": ["150.00"]}),
    (PERCENT, [f("off_post", count=4)], {"a": "0", "outcomes:a": ["no_award"]}),
    (YUAN, [f("late", count=3), f("absent", days=1.5)], {"a": "165"}),
    (YUAN, [f("absent", days=7)], {"a": "0", "explain:a": ["无故离岗一天:50×7,扣350分", "补助:最低0分,扣完为止,少扣50分"]}),
    (FINES, [f("eight_rules"), f("phone")], {"money:a month": ["100.00", "50.00"]}),
    (FINES, [f("eight_rules", count=3), f("phone", count=2)], {"money:a month": ["150.00", "130.00"]}),
    (FINES, [f("phone", date="2026-03-05"), f("phone")], {"money:a month": ["0.00", "80.00"]}),
    (FINES, [f("phone", count=3)], {"money:a month": ["0.00", None]}),
]


@pytest.mark.parametrize(("rulebook", "facts", "expected"), ROWS)
def test_monthly_allowance(rulebook, facts, expected):
    assert worked(rulebook, {"period": "2026-10", **A, "facts": facts}, expected) == expected
