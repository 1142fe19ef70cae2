"""Still other styles: counters over a window's staff, weekly checks, votes, leave by kind, ladders of money, runs of months."""

import pytest

from tests.rules.scored import ask, many, outcomes, result, total

STAFF_COUNT = """
[sheets.person]
subjects = "member"
base = 100
floor = 0

[sheets.window]
subjects = "window"
base = 100
floor = 0

[sheets.centre]
title = "中心"
subjects = "centre"
terms = [{ of = "window", over = "members", take = "mean" }, { of = "person", over = "members", take = "min", weight = 0.1 }]

[sheets.group]
title = "个人综合"
subjects = "member"
terms = [{ of = "person", over = "self", weight = 0.8 }, { of = "window", over = "unit", weight = 0.2 }]

[items.late]
title = "迟到"
sheet = "person"
deduct = 1
also = [{ to = "window", as = "staff_late" }]

[items.staff_late]
title = "人员迟到"
sheet = "window"
record = true

[items.staff_late_penalty]
title = "窗口人员当月迟到累计5人次"
sheet = "window"
deduct = 2

[counters.staff]
items = "staff_late"
steps = [{ is = 5, then = "staff_late_penalty" }]

[outcomes.twelve]
title = "年度累计扣12分"
sheet = "person"
when = [{ of = "deducted", window = "year", at_least = 12 }, { of = "deducted", over = 0 }]

[outcomes.best]
title = "窗口之星"
sheet = "person"
rank = { order = "top", quota = 1, within = "window" }

[outcomes.last]
title = "末位"
sheet = "person"
when = { under = 100 }
rank = { order = "bottom", quota = "20%", partial = "full", pool = "all" }

[outcomes.last_twice]
title = "连续两月末位"
sheet = "person"
when = { outcome = "last", at_least = 1, consecutive = 2 }
choices = ["调岗", "退回"]
"""
FIVE = [{"id": code, "window": "w" if code in "abc" else "v"} for code in "abcde"]


@pytest.mark.parametrize(("each", "window"), [(1, "100"), (2, "98"), (3, "98")])
def test_a_windows_counter_over_its_staff(each, window):
    facts = [f for code in "abc" for f in many(*["late"] * each, subject=code)]
    facts = facts[:5] if each == 2 else facts

    assert total(ask(STAFF_COUNT, facts, members=FIVE), "w") == window


def test_shares_of_window_and_centre():
    answer = ask(STAFF_COUNT, many(*["late"] * 5), members=FIVE)

    assert total(answer, "a", "group") == "95.6"
    assert total(answer, "centre") == "108.5"


def test_points_lost_over_a_year():
    facts = [{"kind": "late", "subject": "a", "date": f"2026-{m:02}-12", "count": 4} for m in (1, 2, 5)]

    answer = ask(STAFF_COUNT, facts, "2026", members=FIVE)

    met = [r["period"] for r in answer["results"] if r["subject"] == "a" and "twelve" in outcomes(r)]
    assert met == ["2026-05"]


def test_rank_within_windows_and_two_months_at_the_bottom():
    facts = [{"kind": "late", "subject": "a", "date": f"2026-{m:02}-12"} for m in (9, 10)]

    answer = ask(STAFF_COUNT, facts, "2026-10", members=FIVE)

    assert [(one["group"], one["selected"], one["tied"]) for one in answer["listings"] if one["outcome"] == "best"] == [
        ("w", [], ["b", "c"]),
        ("v", [], ["d", "e"]),
    ]
    assert outcomes(result(answer, "a", "person")) == ["last", "last_twice"]


WEEKLY = """
[sheets.week]
title = "周检查"
subjects = "window"
period = "week"
base = 10
floor = 0

[sheets.month]
title = "月得分"
subjects = "window"
period = "month"
round = 1
cap = 10
terms = [
  { of = "week", over = "periods", take = "mean", weight = 0.6 },
  { of = "vote", over = "self", weight = 0.4, when_empty = "zero" },
]

[sheets.vote]
title = "民主测评"
subjects = "window"

[sheets.any]
title = "专项检查"
subjects = "window"
period = "any"
base = 100
floor = 0

[items.untidy]
title = "不整洁"
sheet = "week"
deduct = { each = 1, once = "day" }

[items.ballot]
title = "测评得票率"
sheet = "vote"
add = { each = 0.1, per = "value", partial = "pro_rata", take = "mean" }

[items.finding]
title = "专项问题"
sheet = "any"
deduct = { by = "attr.day", tiers = [{ is = "holiday", each = 6 }, { else = true, each = 2 }], times = "attr.factor" }
where = { "attr.factor" = { over = 0 } }
"""


def test_weeks_make_a_month_and_votes_their_share():
    facts = [
        {"kind": "untidy", "subject": "w", "date": "2026-10-01"},
        {"kind": "untidy", "subject": "w", "date": "2026-10-01"},
        {"kind": "untidy", "subject": "w", "date": "2026-11-01"},
        {"kind": "ballot", "subject": "w", "date": "2026-10-30", "value": 80},
        {"kind": "ballot", "subject": "w", "date": "2026-10-30", "value": 90, "count": 3},
    ]

    answer = ask(WEEKLY, facts, departments=["w"])

    weeks = {r["period"]: r["total"] for r in answer["results"] if r["sheet"] == "week"}
    assert weeks == {"2026-W40": "9", "2026-W41": "10", "2026-W42": "10", "2026-W43": "10", "2026-W44": "10"}
    assert (total(answer, "w", "vote"), total(answer, "w", "month")) == ("8.75", "9.4")


def test_any_stretch_of_days_and_a_holiday_factor():
    facts = [{"kind": "finding", "subject": "w", "date": "2026-10-03", "attrs": {"day": "holiday", "factor": "1.5"}}]

    assert total(ask(WEEKLY, facts, "2026-10-01/2026-10-07", departments=["w"]), "w", "any") == "91"


LEAVES = """
[values]
grave = [{ amount = 8, from = 2026-01-01, to = 2026-09-30, by = "班子会" }, { amount = 12, from = 2026-11-01, by = "班子会" }]

[sheets.person]
subjects = "member"
base = 100
floor = 0

[items.leave]
title = "请假"
deduct = { by = "level", per = "days", partial = "pro_rata", pool = "year", free = 5, tiers = [
  { is = "事假", each = 1 },
  { is = "病假", each = 0.5 },
] }

[items.grave]
title = "重大失误"
deduct = { each = { value = "grave" } }

[items.late]
title = "迟到"
deduct = 1

[items.rating]
title = "末次评价"
add = { by = "value", take = "last", tiers = [{ at_least = 5, each = 1 }, { under = 5, each = 0 }] }

[counters.number]
items = "late"
window = "year"
steps = []

[counters.months]
title = "连续月份"
items = "late"
window = "consecutive_months"
steps = [{ at_least = 3, times = 3 }]

[outcomes.zero]
title = "当月零分"
when = { facts = "leave", of = "days", over = 10 }
sets = 0

[money.fine]
title = "罚款"
items = "late"
amount = { by = "counter", tiers = [{ is = 1, each = 50 }, { is = 2, each = 100 }, { over = 2, each = 200 }] }
"""


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ([("2026-03-02", 4)], "100"),
        ([("2026-03-02", 4), ("2026-10-09", 3)], "98"),
        ([("2026-10-09", "5.5")], "99.5"),
        ([("2026-10-09", 11)], "0"),
    ],
)
def test_a_years_allowance_of_leave(days, expected):
    facts = [{"kind": "leave", "subject": "a", "date": day, "days": d, "level": "事假"} for day, d in days]

    period = "2026-10" if days[-1][0] > "2026-09" else "2026-03"
    assert total(ask(LEAVES, facts, period)) == expected


@pytest.mark.parametrize(("period", "expected"), [("2026-09", "92"), ("2026-10", None), ("2026-11", "88")])
def test_a_price_decided_by_the_meeting(period, expected):
    assert total(ask(LEAVES, [{"kind": "grave", "subject": "a"}], period)) == expected


def test_runs_of_months_and_a_ladder_of_money():
    facts = [{"kind": "late", "subject": "a", "date": f"2026-{m:02}-12"} for m in (1, 2, 3, 5)]

    found = [result(ask(LEAVES, facts, f"2026-{m:02}")) for m in (1, 2, 3, 5)]

    assert [(r["total"], r["money"][0]["amount"]) for r in found] == [
        ("99", "50.00"),
        ("99", "100.00"),
        ("97", "200.00"),
        ("99", "200.00"),
    ]


def test_the_last_rating_counts():
    facts = [{"kind": "rating", "subject": "a", "date": f"2026-10-{d:02}", "value": v} for d, v in ((8, 5), (9, 4))]

    assert total(ask(LEAVES, facts)) == "100"
