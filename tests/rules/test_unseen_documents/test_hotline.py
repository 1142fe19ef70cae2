"""Hotline units: rates per percentage point with three ways to round, red lists within classes, a black list, two months running."""

import pytest

from tests.rules.test_unseen_documents.worked import f, worked

RULEBOOK = """
[sheets.month]
title = "承办考核"
subjects = "department"
round = 2

[sections.once]
points = 25
floor = 0

[sections.satisfied]
points = 20
floor = 0

[sections.in_time]
points = 55
floor = 0

[items.once]
title = "一次办结率"
section = "once"
required = true
deduct = { each = 1, per = "value", short_of = 90, partial = "started" }

[items.satisfied]
title = "满意率"
section = "satisfied"
required = true
deduct = { each = 1, per = "value", short_of = 98, partial = "pro_rata" }

[items.in_time]
title = "按时办结率"
section = "in_time"
required = true
deduct = { each = 2, per = "value", short_of = 100, partial = "half_up" }

[outcomes.red]
title = "红榜"
rank = { order = "top", quota = 1, within = "member.class" }

[outcomes.black]
title = "黑榜"
rank = { order = "bottom", quota = 2 }

[outcomes.talk]
title = "约谈"
when = { outcome = "black", at_least = 1, consecutive = 2 }
"""
UNITS = [{"id": code, "attrs": {"class": "县区" if code < "d" else "市直"}} for code in "abcdef"]
RATES = {
    "a": (90, 98, 100),
    "b": (89.2, 98, 100),
    "c": (85, 97.5, 99.5),
    "d": (95, 99, 100),
    "e": (90, 98, 98.4),
    "f": (80, 90, 95),
}


def rates(date="2026-10-30", **changed):
    rows = RATES | changed
    kinds = ("once", "satisfied", "in_time")
    return [f(kind, code, date, value=value) for code, row in rows.items() for kind, value in zip(kinds, row, strict=True)]


TOTALS = {"a": "100", "b": "99", "c": "92.5", "d": "100", "e": "96", "f": "72"}
LISTS = [("red", "2026-10", ["a"], []), ("red", "2026-10", ["d"], []), ("black", "2026-10", ["f", "c"], [])]
TIED = [("red", "2026-10", [], ["a", "b"]), ("red", "2026-10", ["d"], []), ("black", "2026-10", ["f", "c"], [])]
STOPPED = [("red", "2026-10", [], []), ("red", "2026-10", ["d"], []), ("black", "2026-10", [], [])]
TWO = {"period": "2026-Q4", "through": "2026-11-30", "facts": [*rates(), *rates("2026-11-30")]}

ROWS = [
    ({"facts": rates()}, TOTALS),
    ({"facts": rates()}, {":listings": LISTS}),
    ({"facts": rates(b=(90, 98, 100))}, {":listings": TIED}),
    (TWO, {"outcomes:f month 2026-10": ["black"], "outcomes:f month 2026-11": ["black", "talk"]}),
    ({"facts": rates()[1:]}, {"a": None, "stops:a": ["缺少“一次办结率”的数据"], ":listings": STOPPED}),
]


@pytest.mark.parametrize(("row", "expected"), ROWS)
def test_hotline(row, expected):
    assert worked(RULEBOOK, {"period": "2026-10", "departments": UNITS, "members": [], **row}, expected) == expected
