"""A star of the month by three surveys and their weights; three stars in a year make a candidate; the director takes no part."""

import pytest

from tests.rules.test_unseen_documents.worked import f, worked

RULEBOOK = """
[sheets.month]
subjects = "member"
exclude = { post = "主任" }
round = 2

[sheets.year]
subjects = "member"
period = "year"
exclude = { post = "主任" }
terms = [{ of = "month", over = "periods", take = "mean" }]

[sections.public]
title = "纳税人评议"
sheet = "month"
weight = 0.5

[sections.peers]
title = "互评"
sheet = "month"
weight = 0.3

[sections.leaders]
title = "主任评议"
sheet = "month"
weight = 0.2

[items.public]
title = "纳税人评议"
section = "public"
required = true
add = { each = 1, per = "value", take = "mean" }

[items.peer]
title = "互评"
section = "peers"
required = true
add = { each = 1, per = "value", take = "trimmed_mean" }

[items.leader]
title = "主任评议"
section = "leaders"
required = true
add = { each = 1, per = "value", take = "mean" }

[items.satisfied]
title = "满意率"
sheet = "month"
record = true

[outcomes.star]
title = "月度服务之星"
sheet = "month"
when = { facts = "satisfied", of = "value", over = 90 }
rank = { order = "top", quota = 1 }

[outcomes.candidate]
title = "年度服务之星候选人"
sheet = "year"
when = { outcome = "star", at_least = 3 }

[outcomes.three_running]
title = "连续三个月为星"
sheet = "year"
when = { outcome = "star", window = "consecutive_months", at_least = 3 }
"""


def surveys(subject, satisfied, public=((10, 1),), peers=(8,), date="2026-10-30"):
    return [
        *(f("public", subject, date, value=value, count=count) for value, count in public),
        *(f("peer", subject, date, value=value) for value in peers),
        f("leader", subject, date, value=10),
        f("satisfied", subject, date, value=satisfied),
    ]


def stars(*months):
    """In these months a is the better, in the others b."""
    return [
        fact
        for month in range(1, 7)
        for code in "ab"
        for fact in surveys(code, 95, ((10 if (month in months) == (code == "a") else 8, 1),), date=f"2026-{month:02}-20")
    ]


HUNDRED = surveys("a", 95, ((10, 80), (8, 15), (4, 5)))
WORDS = ["满意率:只登记", "纳税人评议:1×9.4,加9.4分", "互评:1×8,加8分", "主任评议:1×10,加10分"]
WEIGHTS = ["主任评议:按权重0.2折算,折去8分", "互评:按权重0.3折算,折去5.6分", "纳税人评议:按权重0.5折算,折去4.7分"]

ROWS = [
    (
        {"facts": [*HUNDRED, *surveys("b", 90)]},
        {"a month": "9.1", "b month": "9.4", ":listings": [("star", "2026-10", ["a"], [])]},
    ),
    ({"facts": HUNDRED}, {"a month": "9.1", "explain:a month": [*WORDS, *WEIGHTS]}),
    ({"facts": surveys("a", 95, ((10, 1), (8, 2)))}, {"a month": "8.73"}),
    ({"facts": surveys("a", 95, peers=(10, 9, 8, 1))}, {"a month": "9.55"}),
    ({"period": "2026", "through": "2026-06-30", "facts": stars(1, 3, 5)}, {"outcomes:a year": ["candidate"], "a year": "8.9"}),
    ({"period": "2026", "through": "2026-06-30", "facts": stars(2, 3, 4)}, {"outcomes:a year": ["candidate", "three_running"]}),
    ({"period": "2026", "through": "2026-06-30", "facts": stars(2, 3)}, {"outcomes:a year": []}),
]


@pytest.mark.parametrize(("row", "expected"), ROWS)
def test_service_star(row, expected):
    everyone = ["a", "b", {"id": "z", "post": "主任"}]

    assert worked(RULEBOOK, {"period": "2026-10", "members": everyone, **row}, expected) == expected
