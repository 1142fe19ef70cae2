"""Rule documents of other styles, each written as data alone: if one strains, the shape is wrong."""

import pytest

from tests.rules.scored import ask, many, outcomes, result, total

# A county's punching rules: minute tiers, every third lateness half a day, a wage for each absence, three levels of patrol.
PUNCHING = """
[sheets.person]
subjects = "member"
base = 100
floor = 0

[sections.punch]
title = "考勤"
points = 40
floor = 0

[sections.patrol]
title = "督查"
points = 60
floor = 0

[items.late]
title = "迟到"
clause = "第六条"
section = "punch"
deduct = { by = "minutes", tiers = [
  { over = 0, at_most = 10, each = 1 },
  { over = 10, under = 30, each = 2 },
] }

[items.absent]
title = "旷工半天"
section = "punch"
deduct = 5

[items.slack]
title = "作风问题"
section = "patrol"
deduct = { by = "level", tiers = [{ is = "中心", each = 1 }, { is = "县级", each = 3 }, { is = ["市级", "省级"], each = 10 }] }
max_deduct = 15

[items.overdue]
title = "超期办件"
section = "patrol"
deduct = { each = 0.5, per = "days", unit = 1, partial = "started", max = 3 }

[[classify]]
facts = "late"
by = "minutes"
tiers = [{ at_least = 30, then = "absent" }, { else = true, then = "late" }]

[counters.thirds]
title = "迟到折算"
clause = "第七条"
items = ["late"]
window = "month"
steps = [{ every = 3, then = "absent", replaces = "all" }]

[outcomes.talk]
title = "诫勉谈话"
when = { items = "absent", at_least = 3 }

[outcomes.dismissed]
title = "退回原单位"
clause = "第十条"
when_any = [{ items = "absent", window = "consecutive_days", at_least = 3 }, { items = "absent", window = "year", at_least = 10 }]

[money.wage]
title = "扣发日工资"
items = "absent"
amount = { each = { percent = 50, of = "member.daily_wage" } }
"""


def minutes(*values, subject="a"):
    return [{"kind": "late", "subject": subject, "date": f"2026-10-{12 + n}", "minutes": v} for n, v in enumerate(values)]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (minutes(5), "99"),
        (minutes(10), "99"),
        (minutes(11), "98"),
        (minutes(29), "98"),
        (minutes(30), "95"),
        (minutes(5, 5), "98"),
        (minutes(5, 5, 20), "95"),
        (minutes(5, 5, 20, 5), "94"),
        (minutes(5, 5, 20, 5, 5, 5), "90"),
        (minutes(*[45] * 9), "60"),
        (many("slack", level="县级"), "97"),
        (many("slack", "slack", level="省级"), "85"),
        (many("overdue", days="2.5"), "98.5"),
        (many("overdue", days=30), "97"),
    ],
)
def test_minute_tiers_conversions_and_limits(facts, expected):
    assert total(ask(PUNCHING, facts)) == expected


def test_conversion_replaces_all_three():
    found = result(ask(PUNCHING, minutes(5, 5, 20)))

    assert [(line["item"], line["amount"]) for line in found["lines"]] == [("late", "0"), ("late", "0"), ("absent", "-5")]


@pytest.mark.parametrize(
    ("facts", "reason"), [(minutes(0), "迟到(f1):分钟数“0”没有适用的档次"), (many("late"), "迟到(f1):缺少分钟数,无法归类")]
)
def test_no_tier_and_no_measure_stop(facts, reason):
    assert result(ask(PUNCHING, facts))["stops"] == [reason]


@pytest.mark.parametrize(
    ("days", "hits"), [((12, 13, 14), ["talk", "dismissed"]), ((12, 13, 15), ["talk"]), ((15, 16, 19), ["talk", "dismissed"])]
)
def test_three_days_running_skip_the_weekend(days, hits):
    facts = [{"kind": "absent", "subject": "a", "date": f"2026-10-{day}"} for day in days]

    answer = ask(PUNCHING, facts, members=[{"id": "a", "attrs": {"daily_wage": 180}}])

    assert outcomes(result(answer)) == hits
    assert result(answer)["money"][0]["amount"] == "270.00"


def test_missing_wage_stops_the_money_and_blocks_the_posting_but_not_the_score():
    found = result(ask(PUNCHING, many("absent")))

    assert (found["total"], found["blocked"], found["money"][0]["stop"]) == ("95", True, "缺少member.daily_wage,无法按比例计算")


# A window's quarter: its own score, its staff's mean, a survey, and the chief who answers for the window.
WINDOW = """
[questions.rounding]
text = "小数保留几位"
default = 2

[sheets.person]
subjects = "member"
base = 100
floor = 0

[sheets.window_own]
title = "窗口自身"
subjects = "window"
base = 100
floor = 0

[sheets.window]
title = "窗口综合"
subjects = "window"
round = "@rounding"
terms = [
  { title = "窗口自身得分", of = "window_own", over = "self", weight = 0.7 },
  { title = "人员平均分", of = "person", over = "members", take = "mean", weight = 0.3, where = { post = { is_not = "临时" } } },
]

[sheets.quarter]
title = "窗口季度"
subjects = "window"
period = "quarter"
terms = [{ of = "window", over = "periods", take = "mean" }]

[sections.survey]
sheet = "window_own"
title = "满意度"
points = 20
floor = 0

[items.satisfaction]
title = "满意率低于98%"
section = "survey"
deduct = { each = 2, per = "value", short_of = 98, unit = 1, partial = "pro_rata", take = "mean" }

[items.phone]
title = "上班玩手机"
sheet = "person"
deduct = 3

[items.complaint]
title = "有效投诉"
sheet = "window_own"
deduct = 3
also = [{ to = "post.首席代表", deduct = 1.5, title = "窗口有效投诉,首席连带" }, { to = "attr.handler", factor = 0.5 }]

[outcomes.red_flag]
title = "流动红旗"
sheet = "quarter"
when = [{ at_least = 90 }, { outcome = "vetoed", at_most = 0, window = "quarter" }]
rank = { order = "top", quota = 2 }

[outcomes.vetoed]
title = "一票否决"
sheet = "window"
when = { facts = "bribe", at_least = 1 }
sets = 0

[outcomes.warned]
title = "黄牌"
sheet = "window"
when = { under = 95 }
consecutive = 2
"""
STAFF = [
    {"id": "chief", "window": "w", "post": "首席代表"},
    {"id": "b", "window": "w"},
    {"id": "t", "window": "w", "post": "临时"},
    {"id": "x", "window": "v"},
    {"id": "y", "window": "u"},
]


def test_window_folds_in_its_staff_and_the_chief_answers():
    facts = many("complaint", subject="w", attrs={"handler": "b"})

    answer = ask(WINDOW, facts, members=STAFF)

    assert (total(answer, "chief"), total(answer, "b"), total(answer, "t")) == ("98.5", "98.5", "100")
    assert total(answer, "w", "window") == "97.45"


@pytest.mark.parametrize(("rates", "own"), [(["97"], "98"), (["97", "98.5"], "99.5"), (["98"], "100"), (["80"], "80")])
def test_surveys_of_a_month_are_averaged(rates, own):
    facts = [{"kind": "satisfaction", "subject": "w", "value": rate} for rate in rates]

    assert total(ask(WINDOW, facts, members=STAFF), "w", "window_own") == own


def test_veto_and_quota_of_a_quarter():
    facts = [{"kind": "bribe", "subject": "v", "date": "2026-11-05"}, {"kind": "phone", "subject": "y", "date": "2026-12-01"}]

    answer = ask(WINDOW, facts, "2026-Q4", members=STAFF)

    assert (total(answer, "v", "window", "2026-11"), result(answer, "v", "quarter")["shown"]) == ("0", "66.67")
    assert [(one["outcome"], one["selected"]) for one in answer["listings"]] == [("red_flag", ["w", "u"])]


def test_two_weak_months_running():
    facts = [{"kind": "complaint", "subject": "w", "date": f"2026-{month}-05", "count": 3} for month in (10, 11)]

    answer = ask(WINDOW, facts, "2026-Q4", members=STAFF)

    assert [outcomes(result(answer, "w", "window", f"2026-{m}")) for m in (10, 11, 12)] == [[], ["warned"], []]


def test_a_stopped_member_stops_the_mean_but_not_the_others():
    answer = ask(WINDOW, many("unheard_of", subject="b"), members=STAFF)

    assert (total(answer, "w", "window"), total(answer, "v", "window")) == (None, "100")
    assert result(answer, "w", "window")["stops"] == ["b未定:unheard_of(f1):“unheard_of”在本制度中没有对应的项目,须先定值"]


# Piece work: no base, a coefficient for each kind of case, a bonus ladder, a monthly allowance.
PIECES = """
[sheets.person]
subjects = "member"

[sections.cases]
title = "办件"

[sections.extra]
title = "加分"
max_add = 10

[items.case]
title = "办件"
section = "cases"
add = { by = "level", tiers = [
  { is = "即办件", each = 0.2 },
  { is = "承诺件", each = 0.5, times = "attr.difficulty" },
  { is = "联办件", between = [1, 3] },
] }

[items.praise]
title = "群众表扬"
section = "extra"
add = 1

[items.invention]
title = "创新经验被推广"
section = "extra"
add = { by = "level", tiers = [{ is = "镇级", each = 2 }, { is = "县级以上", each = 5 }] }

[items.error]
title = "错件"
deduct = 1

[counters.errors]
title = "错件累进"
clause = "四"
items = ["error"]
window = "quarter"
steps = [{ is = 1, each = 0 }, { is = 2, each = 2 }, { at_least = 3, each = 5 }]

[money.allowance]
title = "绩效奖"
amount = { by = "score", tiers = [
  { at_least = 100, each = { percent = 100, of = "member.allowance" } },
  { at_least = 60, under = 100, each = { percent = 80, of = "member.allowance" } },
  { under = 60, each = 0 },
] }

[money.pieces]
title = "计件奖"
amount = { each = 3.5, per = "score" }
floor = 0
cap = 300
"""


def handled(level, count=1, **more):
    return {"kind": "case", "subject": "a", "level": level, "count": count, **more}


def test_value_times_coefficient_without_a_base():
    facts = [
        handled("即办件", 120),
        handled("承诺件", 10, attrs={"difficulty": "1.5"}),
        handled("联办件", 2, points="2.5", reason="牵头四部门"),
    ]

    found = result(ask(PIECES, facts, members=[{"id": "a", "attrs": {"allowance": 500}}]))

    assert (found["total"], [m["amount"] for m in found["money"]]) == ("36.5", ["0.00", "127.75"])


def test_bonuses_of_a_section_have_their_own_cap():
    facts = [*many(*["praise"] * 7), *many("invention", level="县级以上", start=20), handled("即办件", 300)]

    found = result(ask(PIECES, facts, members=[{"id": "a", "attrs": {"allowance": 500}}]))

    assert (found["total"], [m["amount"] for m in found["money"]]) == ("70", ["400.00", "245.00"])


def test_escalating_ladder_over_a_quarter():
    facts = [
        {"kind": "error", "subject": "a", "date": day}
        for day in ("2026-10-09", "2026-11-10", "2026-12-01", "2026-12-02", "2027-01-04")
    ]

    months = [total(ask(PIECES, facts, month)) for month in ("2026-10", "2026-11", "2026-12", "2027-01")]

    assert months == ["0", "-2", "-10", "0"]


@pytest.mark.parametrize(
    ("fact", "reason"),
    [
        (handled("联办件"), "办件(f1):须由人在1~3分之间裁量,尚未裁量"),
        (handled("联办件", points=4, reason="x"), "办件(f1):裁量的4分不在1~3分之间"),
        (handled("联办件", points=2), "办件(f1):须写明理由才能计分"),
        (handled("退回件"), "办件(f1):级别“退回件”没有适用的档次"),
        (handled("承诺件"), "办件(f1):缺少attr.difficulty,无法计算"),
    ],
)
def test_choices_and_missing_values_stop(fact, reason):
    assert result(ask(PIECES, [fact]))["stops"] == [reason]
