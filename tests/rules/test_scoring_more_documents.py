"""More rule documents of other styles: stations and half-years, weighted sections, titles, free allowances, several ledgers."""

import pytest

from tests.rules.scored import ask, many, outcomes, result, total

# Village stations, half-yearly, two sections each out of 100 with weights, standards by type, all-or-nothing, rates.
STATIONS = """
[questions.quota]
text = "先进村站按10%取,不足一个怎么办"
options = ["started", "full"]

[sheets.station]
subjects = "station"
period = "half_year"
floor = 0
exclude = { type = "筹建" }
round = 1

[sections.hardware]
title = "阵地建设"
points = 100
weight = 0.4
floor = 0

[sections.service]
title = "服务质效"
points = 100
weight = 0.6
floor = 0
cap = "points"

[items.signboard]
title = "未统一标识"
section = "hardware"
points = 20
deduct = "all"

[items.files]
title = "台账不全"
section = "hardware"
deduct = "25%"
points = 40
max_deduct = "points"

[items.online]
title = "网办率"
section = "service"
deduct = { by = "member.type", tiers = [
  { is = "城区", each = 1, per = "value", short_of = 90, partial = "full" },
  { is_not = "城区", each = 1, per = "value", short_of = 70, partial = "full" },
] }
required = true

[items.cases]
title = "代办件"
section = "service"
add = { by = "count", tiers = [{ under = 20, each = 0, per = "flat" }, { at_least = 20, at_most = 50, each = 2, per = "flat" }, { over = 50, each = 5, per = "flat" }], pool = "period" }

[items.closed]
title = "无故关门"
section = "service"
deduct = { each = 3, once = "day" }

[outcomes.advanced]
title = "先进村站"
when = { at_least = 80 }
rank = { order = "top", quota = "10%", partial = "@quota" }
"""
PLACES = [
    {"id": "s1", "kind": "station", "attrs": {"type": "城区"}},
    {"id": "s2", "kind": "station", "attrs": {"type": "山区"}},
]


def station(*facts, rates=("90", "70"), **more):
    given = [{"kind": "online", "subject": f"s{n + 1}", "date": "2026-07-01", "value": rate} for n, rate in enumerate(rates)]
    return ask(STATIONS, [*given, *facts], "2026-H2", departments=PLACES, **more)


def at(kind, day="2026-08-03", subject="s1", **more):
    return {"kind": kind, "subject": subject, "date": day, **more}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ([], "100"),
        ([at("signboard")], "92"),
        ([at("files")], "96"),
        ([at("files", count=5)], "84"),
        ([at("closed"), at("closed", id="again"), at("closed", "2026-08-04")], "96.4"),
        (
            [at("closed", f"2026-08-{day:02}") for day in range(3, 31)]
            + [at("closed", f"2026-09-{day:02}") for day in range(1, 10)],
            "40",
        ),
        ([at("closed"), at("cases", count=19)], "98.2"),
        ([at("closed"), at("cases", count=19), at("cases", "2026-09-01", count=1)], "99.4"),
        ([at("closed"), at("cases", count=51)], "100"),
    ],
)
def test_weighted_sections_all_or_nothing_and_state(facts, expected):
    assert total(station(*facts), "s1") == expected


@pytest.mark.parametrize(("rates", "expected"), [(("88.5", "68.5"), ["99.4", "99.4"]), (("89.5", "60"), ["100", "94"])])
def test_rates_fall_short_of_a_standard_by_type(rates, expected):
    answer = station(rates=rates)

    assert [total(answer, code) for code in ("s1", "s2")] == expected


def test_a_required_rate_that_is_missing_stops():
    found = result(station(rates=("90",)), "s2")

    assert (found["total"], found["stops"]) == (None, ["缺少“网办率”的数据"])


def test_a_percentage_quota_asks_how_to_round():
    answer = station()

    assert (answer["listings"], answer["stops"]) == ([], ["名次取决于未定的问题:quota(先进村站按10%取,不足一个怎么办)"])
    assert station(at("closed"), readings={"quota": "started"})["listings"][0]["selected"] == ["s2"]


def test_a_station_being_set_up_is_not_assessed():
    places = [*PLACES, {"id": "s3", "kind": "station", "attrs": {"type": "筹建"}}]

    answer = ask(STATIONS, [at("closed", subject="s3")], "2026-H2", departments=places)

    assert ["s3" in {r["subject"] for r in answer["results"]}, answer["skipped"][0]["why"]] == [False, "不参加“station”"]


# Titles that add up, free lateness, two people who sign for each other, money and the year's ledger beside the month.
TITLES = """
[sheets.month]
title = "月考核"
subjects = "member"
base = { by = "member.post", tiers = [{ is = "主任", each = 110 }, { else = true, each = 100 }] }
floor = 60

[sheets.annual]
title = "年终分"
subjects = "member"
period = "year"
base = 100

[sheets.year]
title = "年度平均"
subjects = "member"
period = "year"
terms = [{ of = "month", over = "periods", take = "mean", weight = 0.8, round = 2 }, { of = "annual", over = "self", weight = 0.2 }]

[items.late]
title = "迟到"
sheet = "month"
deduct = 1

[items.signed_for]
title = "代签到"
sheet = "month"
deduct = 5
also = [{ to = "attr.for", factor = 1, title = "由他人代签到" }, { to = "self", deduct = 2, section = "honesty" }]

[sections.honesty]
title = "诚信"
sheet = "annual"
points = 100
floor = 0

[items.notice]
title = "通报批评"
sheet = "month"
deduct = 2
also = [{ to = "self", deduct = 10, section = "honesty" }]

[items.study]
title = "未参加学习"
sheet = "month"
deduct = { each = 1, free = 1, pool = "month", min = 0.5 }

[counters.free]
title = "每月两次免扣"
items = ["late"]
window = "month"
steps = [{ at_most = 2, each = 0 }]

[counters.notices]
title = "十二个月内再犯"
clause = "五"
items = ["notice"]
window = "last_12_months"
steps = [{ is = 2, times = 2 }, { at_least = 3, each = 20 }]

[outcomes.star]
title = "服务之星"
sheet = "month"
when = [{ at_least = 95 }, { of = "member.post", is_not = "主任" }]
rank = { order = "top", quota = 1, within = "centre" }

[outcomes.model]
title = "年度标兵"
sheet = "year"
when = [{ outcome = "star", window = "year", at_least = 3 }, { section = "honesty", sheet = "annual", at_least = 100 }]

[outcomes.talk]
title = "约谈"
sheet = "month"
when = { under = 90 }
consecutive = 3
choices = ["约谈", "书面检查", "调整岗位"]
"""


@pytest.mark.parametrize(("times", "expected"), [(1, "100"), (2, "100"), (3, "99"), (5, "97")])
def test_the_first_two_of_a_month_are_free(times, expected):
    assert total(ask(TITLES, many(*["late"] * times)), sheet="month") == expected


def test_base_depends_on_the_post():
    answer = ask(TITLES, [], members=[{"id": "a", "post": "主任"}, "b"])

    assert (total(answer, "a"), total(answer, "b")) == ("110", "100")


def test_signing_for_another_costs_both_and_the_years_ledger():
    answer = ask(TITLES, many("signed_for", attrs={"for": "b"}), "2026", members=["a", "b"])

    assert [total(answer, c, "month", "2026-10") for c in "ab"] == ["95", "95"]
    assert [total(answer, c, "annual") for c in "ab"] == ["98", "100"]
    assert total(answer, "a", "year") == "99.264"


def test_someone_unknown_is_named():
    assert ask(TITLES, many("signed_for", attrs={"for": "z"}), members=["a"])["stops"] == ["事实 f1 牵涉的“z”不在名单中"]


def test_a_window_of_twelve_months_rolls():
    days = ("2025-10-09", "2026-10-08", "2026-10-20", "2027-10-21")
    facts = [{"kind": "notice", "subject": "a", "date": day} for day in days]

    lines = [result(ask(TITLES, facts, month), sheet="month")["lines"] for month in ("2025-10", "2026-10", "2027-10")]

    assert [[(line["counter"], line["amount"]) for line in month] for month in lines] == [
        [("1", "-2")],
        [("2", "-4"), ("2", "-4")],
        [("1", "-2")],
    ]


@pytest.mark.parametrize(("times", "expected"), [(1, "100"), (2, "99"), (4, "97")])
def test_one_absence_from_study_is_free(times, expected):
    assert total(ask(TITLES, many(*["study"] * times)), sheet="month") == expected


def test_three_stars_make_a_model():
    facts = [
        {"kind": "late", "subject": "b", "date": f"2026-{m:02}-0{d}", "id": f"{m}-{d}"}
        for m in range(1, 13)
        for d in range(1, 5)
    ]
    facts += [
        {"kind": "late", "subject": "a", "date": f"2026-{m:02}-0{d}", "id": f"a{m}-{d}"}
        for m in range(4, 13)
        for d in range(1, 7)
    ]

    answer = ask(TITLES, facts, "2026", members=["a", "b"])

    assert [outcomes(result(answer, c, "year")) for c in "ab"] == [["model"], ["model"]]
    assert outcomes(result(answer, "a", "month", "2026-04")) == []
    assert outcomes(result(answer, "b", "month", "2026-04")) == ["star"]


def test_three_weak_months_leave_the_choice_to_a_person():
    facts = [{"kind": "notice", "subject": "a", "date": f"2026-{m:02}-15", "count": 4} for m in (7, 8, 9)]

    answer = ask(TITLES, facts, "2026-Q3")

    hits = [result(answer, period=f"2026-0{m}")["outcomes"] for m in (7, 8, 9)]
    assert [[h["outcome"] for h in one if h["outcome"] == "talk"] for one in hits] == [[], [], ["talk"]]
    assert (hits[2][-1]["decides"], hits[2][-1]["choices"]) == ("person", ["约谈", "书面检查", "调整岗位"])


def test_a_floor_above_zero():
    assert total(ask(TITLES, many("notice", count=9)), sheet="month") == "60"
