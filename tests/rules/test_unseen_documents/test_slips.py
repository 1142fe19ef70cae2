"""What somebody who writes a rulebook from the page alone gets wrong, and what the answer says to help."""

import re
from pathlib import Path

import pytest

from shouwen.cli.eval_scoring import sample
from tests.rules.scored import refused
from tests.rules.test_unseen_documents.worked import f, worked

PERSON = {"subjects": "member", "base": 100, "floor": 0}
TWICE = {
    "sheets": {"front": {**PERSON, "only": {"post": "窗口"}}, "back": {**PERSON, "exclude": {"post": "窗口"}}},
    "items": {
        "late_front": {"sheet": "front", "facts": "late", "deduct": 2},
        "late_back": {"sheet": "back", "facts": "late", "deduct": 1},
    },
}
SHADOWED = {
    "sheets": {"p": PERSON},
    "items": {"short": {"facts": "late", "deduct": 1}, "long": {"facts": "late", "deduct": 3}},
}
ACROSS_MONTHS = """
[sheets.month]
subjects = "member"
base = 100
floor = 0

[items.late]
title = "迟到"
deduct = 1

[items.absent]
title = "旷工"
deduct = 5

[counters.three]
items = "late"
window = "year"
steps = [{ every = 3, then = "absent", replaces = "all" }]
"""
OWN = {"sheets": {"p": PERSON}, "items": {"late": {"deduct": 1}}}

ROWS = [
    (
        {"rulebook": SHADOWED, "period": "2026-10"},
        "items.long: 这些事实已全部记入前面的 items.short,到不了这里;"
        '同一事实要再记一项,在 short 写 also = [{ to = "self", as = "另一个事实名" }]',
    ),
    (
        {"rulebook": OWN, "period": "2026-10", "members": ["a", "a"]},
        "members[1].id: “a”重复;同一对象分几段任职时,各段须写 from、to,且不重叠",
    ),
    (
        {"rulebook": OWN, "period": "2026-10", "members": ["a"], "departments": ["a"]},
        "departments: “a”在 members 里已经用作人的编号,两处须不同",
    ),
    (
        {
            "rulebook": "founding",
            "period": "2026-10",
            "values": {"pont": [{"amount": 20, "from": "2026-01-01", "by": "班子会"}]},
        },
        "values.pont: 制度里没有用到这个值;是否想写 point?",
    ),
    (
        {"rulebook": OWN, "period": "2026-10", "readings": {"items.late.steps[0].replaces": "all"}},
        "readings.items.late.steps[0].replaces: 制度里没有这个位置",
    ),
    ('{"period" "2026-10"}', "不是 JSON:第11个字符处写法有误"),
]


@pytest.mark.parametrize(("row", "message"), ROWS)
def test_a_slip_is_named(row, message):
    assert refused(row) == message


def test_a_base_below_its_sections_is_a_question_not_an_error():
    rulebook = {
        "sheets": {"p": {**PERSON, "base": 90}},
        "sections": {"x": {"points": 60, "floor": 0}, "y": {"points": 40, "floor": 0}},
    }
    expected = {"a": "90", ":problems": ["基础分90小于各节分之和100,请核对"]}

    assert worked(rulebook, {"period": "2026-10", "members": ["a"]}, expected) == expected


def test_two_kinds_of_staff_are_priced_by_two_sheets():
    row = {"period": "2026-10", "members": [{"id": "a", "post": "窗口"}, {"id": "b"}], "facts": [f("late"), f("late", "b")]}

    assert worked(TWICE, row, ["a", "b"]) == {"a": "98", "b": "99"}


def test_what_earlier_months_lost_is_given_back_in_the_month_of_the_conversion():
    row = {"period": "2026", "members": ["a"], "facts": [f("late", date=f"2026-0{month}-05") for month in (1, 2, 3)]}
    lines = [
        "迟到:第1次,2026-01-05一次:每满3次按“旷工”处理,原扣分不再计,返还1分",
        "迟到:第2次,2026-02-05一次:每满3次按“旷工”处理,原扣分不再计,返还1分",
        "旷工:每满3次按“旷工”处理,扣5分",
    ]
    expected = {"a month 2026-01": "99", "a month 2026-03": "97", "explain:a month 2026-03": lines}

    assert worked(ACROSS_MONTHS, row, expected) == expected


def test_the_page_names_the_answers_of_the_founding_questions():
    page = (Path(__file__).parents[3] / "docs/reference/eval-scoring.md").read_text("utf-8")
    rows = re.findall(r"^\| (R\d+) [^|]*\| ([^|]*) \|$", page, re.M)
    questions = sample("founding")["questions"]
    said = {name: re.findall(r"`([a-z_0-9]+)`", answers) for name, answers in rows}

    assert said == {name: list(questions[name]["options"]) for name in said}
