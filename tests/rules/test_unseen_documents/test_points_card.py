"""A card of 12 points a year: warning, then 2, then 5; leave beyond two days a month; a month without loss gives a point back."""

import pytest

from tests.rules.test_unseen_documents.worked import f, months, worked

RULEBOOK = """
[sheets.month]
title = "当月记分"
subjects = "member"

[sheets.card]
title = "年度记分"
subjects = "member"
period = "year"
base = 12
floor = 0
cap = 12
terms = [{ of = "month", over = "periods" }, { outcome = "clean", over = "periods", weight = 0.5, title = "无扣分月奖0.5分" }]

[sections.leave]
title = "事假"
sheet = "month"
max_deduct = 3

[items.rude]
title = "态度生硬"
sheet = "month"
deduct = 1

[items.quarrel]
title = "与群众争吵"
sheet = "month"
deduct = [2, 6]

[items.training]
title = "参加培训"
sheet = "month"
add = 2
max_add = 2

[items.leave]
title = "事假超过2天"
section = "leave"
deduct = { each = 1, per = "days", free = 2, pool = "month" }

[items.overtime]
title = "延时服务"
sheet = "month"
add = { each = 0.5, per = "hours", partial = "full", max = 2 }

[counters.rude]
items = "rude"
window = "year"
steps = [{ is = 1, each = 0 }, { is = 2, each = 2 }, { at_least = 3, each = 5 }]

[outcomes.clean]
title = "无扣分月"
sheet = "month"
when = [{ of = "deducted", at_most = 0 }, { items = "training", at_least = 1 }]

[outcomes.warned]
title = "书面警告"
sheet = "month"
when = [{ items = "rude", window = "year", is = 1 }, { items = "rude", at_least = 1 }]

[outcomes.talk]
title = "约谈"
sheet = "card"
when = { over = 0, at_most = 6 }

[outcomes.off_post]
title = "待岗"
sheet = "card"
when = { at_most = 0 }
"""


def leave(day, days):
    return f("leave", date=f"2026-10-{day:02}", days=days)


ROWS = [
    ("2026", months("rude", [2]), {"a month 2026-02": "0", "outcomes:a month 2026-02": ["warned"], "a card": "12"}),
    ("2026", months("rude", [2, 6]), {"a month 2026-06": "-2", "outcomes:a month 2026-06": [], "a card": "10"}),
    ("2026", months("rude", [2, 6, 9]), {"a month 2026-09": "-5", "a card": "5", "outcomes:a card": ["talk"]}),
    ("2026", months("rude", [2, 6, 9, 10]), {"a card": "0", "outcomes:a card": ["off_post"]}),
    ("2026", [*months("rude", [2, 6, 9]), *months("training", [9, 10], count=2)], {"a month 2026-09": "-3", "a card": "9.5"}),
    ("2026", months("quarrel", [3], points=6, reason="推搡"), {"a card": "6", "outcomes:a card": ["talk"]}),
    ("2026", months("quarrel", [3]), {"a card": None}),
    ("2026-10", [leave(12, 1), leave(19, 1), leave(26, 2)], {"a": "-2"}),
    (
        "2026-10",
        [leave(12, 9)],
        {"a": "-3", "explain:a": ["事假超过2天:累计9,1×7,扣7分", "事假:扣分以3分为限,应扣7分,少扣4分"]},
    ),
    ("2026-10", [leave(12, 4.5)], {"a": None}),
    ("2026-10", [f("overtime", minutes=100), f("overtime", hours=9)], {"a": "2.5"}),
]


@pytest.mark.parametrize(("period", "facts", "expected"), ROWS)
def test_points_card(period, facts, expected):
    assert worked(RULEBOOK, {"period": period, "members": ["a"], "facts": facts}, expected) == expected


@pytest.mark.parametrize(("partial", "expected"), [("started", "-3"), ("full", "-2"), ("pro_rata", "-2.5"), ("half_up", "-3")])
def test_the_stop_names_the_place_that_answers_it(partial, expected):
    row = {"period": "2026-10", "members": ["a"], "facts": [leave(12, 4.5)]}
    [stop] = worked(RULEBOOK, row, ["stops:a"])["stops:a"]
    path = stop.rpartition("待答:")[2].rstrip(")")

    assert worked(RULEBOOK, {**row, "readings": {path: partial}}, ["a"]) == {"a": expected}
