"""Signing for another is absence for both; wages and fines by the day; bad years running; a line crossed by a run of days."""

import pytest

from tests.rules.test_unseen_documents.worked import f, months, worked

RULEBOOK = """
[sheets.month]
subjects = "member"

[sheets.year]
subjects = "member"
period = "year"

[items.late]
title = "迟到早退"
sheet = "month"
facts = ["late", "left_early"]
record = true

[items.absent]
title = "旷工"
sheet = "month"
record = true

[items.proxy]
title = "代签"
sheet = "month"
record = true
also = [{ to = "self", as = "absent" }, { to = "attr.signer", as = "absent" }]

[money.late]
items = "late"
amount = 20

[money.absent]
items = "absent"
amount = { each = { percent = 100, of = "member.daily_wage" }, per = "days" }

[outcomes.not_excellent]
title = "不得评为优秀"
sheet = "year"
when_any = [{ items = "late", at_least = 15 }, { items = "absent", of = "days", at_least = 7 }]

[outcomes.unfit]
title = "不称职"
sheet = "year"
when = { items = "absent", of = "days", at_least = 10 }

[outcomes.reported]
title = "报人事部门"
sheet = "year"
when_any = [
  { items = "absent", window = "consecutive_days", at_least = 9 },
  { outcome = "unfit", window = "consecutive_years", at_least = 3 },
]
"""
PEOPLE = [{"id": "a", "attrs": {"daily_wage": 150}}, {"id": "b", "attrs": {"daily_wage": 200.5}}]
TWO_WEEKS = [f("absent", date=f"2026-03-{day:02}", days=1) for day in (2, 3, 4, 5, 6, 9, 10, 11, 12, 13)]
UNFIT_BEFORE = [
    {"subject": "a", "sheet": "year", "period": year, "total": None, "outcomes": ["unfit"]} for year in ("2024", "2025")
]

ROWS = [
    (
        {"facts": [f("proxy", attrs={"signer": "b"}, days=1), f("late", "b", count=2)]},
        {"money:a month": ["0.00", "150.00"], "money:b month": ["40.00", "200.50"]},
    ),
    ({"period": "2026", "facts": TWO_WEEKS}, {"outcomes:a year": ["not_excellent", "unfit", "reported"]}),
    ({"period": "2026", "facts": [*TWO_WEEKS[:5], *TWO_WEEKS[6:]]}, {"outcomes:a year": ["not_excellent"]}),
    (
        {"period": "2026", "facts": [*TWO_WEEKS[:8], f("absent", date="2026-05-06", days=2)], "posted": UNFIT_BEFORE},
        {"outcomes:a year": ["not_excellent", "unfit", "reported"]},
    ),
    (
        {"period": "2026", "facts": [*TWO_WEEKS[:8], f("absent", date="2026-05-06", days=2)], "posted": UNFIT_BEFORE[:1]},
        {"outcomes:a year": ["not_excellent", "unfit"]},
    ),
    ({"period": "2026", "facts": [*months("late", range(1, 13)), *months("left_early", (1, 2))]}, {"outcomes:a year": []}),
    (
        {"period": "2026", "facts": [*months("late", range(1, 13)), *months("left_early", (1, 2, 3))]},
        {"outcomes:a year": ["not_excellent"]},
    ),
]


@pytest.mark.parametrize(("row", "expected"), ROWS)
def test_signing_for_another(row, expected):
    assert worked(RULEBOOK, {"period": "2026-10", "members": PEOPLE, **row}, expected) == expected
