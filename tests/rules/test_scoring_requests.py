"""`eval scoring` as a stranger meets it: bad rows answer with the field, good rows keep going, the schema holds."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from shouwen.cli.eval_scoring import run
from tests.rules.scored import ask, many, refused, result, total

SCHEMA = json.loads((Path(__file__).parents[2] / "docs/reference/eval-scoring.schema.json").read_text("utf-8"))
ROW = {"rulebook": "founding", "period": "2026-10"}


def valid(name, value):
    return list(Draft202012Validator({"$ref": f"#/$defs/{name}", "$defs": SCHEMA["$defs"]}).iter_errors(value))


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ("not json", "不是 JSON"),
        ("[1]", "一行应为一个 JSON 对象"),
        ('{"period": NaN}', "不是 JSON"),
        ({"rulebook": "founding"}, "period: 缺少"),
        ({**ROW, "period": "2026-13"}, "period: “2026-13”不是期间"),
        ({**ROW, "period": 2026}, "period: “2026”不是期间"),
        ({"period": "2026-10"}, "rulebook: rulebook(名称或对象)与 toml(文本)必须且只能写一个"),
        ({**ROW, "rulebook": "foundling"}, "rulebook: 没有名为“foundling”的制度;是否想写 founding?"),
        ({**ROW, "rulebook": 7}, "制度应为一张表"),
        ({"toml": "a = ", "period": "2026-10"}, "TOML 写法有误"),
        ({**ROW, "fact": []}, "fact: 不认识的键;是否想写 facts?"),
        ({**ROW, "facts": {}}, "facts: 应为一个列表"),
        ({**ROW, "facts": [{"subject": "a"}]}, "facts[0].kind: 缺少"),
        ({**ROW, "facts": [{"kind": "late"}]}, "facts[0].subject: 缺少"),
        ({**ROW, "facts": [{"kind": "late", "subject": "a", "minute": 3}]}, "facts[0].minute: 不认识的键;是否想写 minutes?"),
        ({**ROW, "facts": [{"kind": "late", "subject": "a", "date": "10-08"}]}, "facts[0].date: “10-08”不是日期"),
        ({**ROW, "facts": [{"kind": "late", "subject": "a", "date": "2026-02-30"}]}, "facts[0].date: “2026-02-30”不是日期"),
        ({**ROW, "facts": [{"kind": "late", "subject": "a", "count": -1}]}, "facts[0].count: 应为0到100000"),
        ({**ROW, "facts": [{"kind": "late", "subject": "a", "count": "two"}]}, "facts[0].count: “two”不是数"),
        ({**ROW, "facts": [{"kind": "late", "subject": "a", "status": "ok"}]}, "facts[0].status: 只能是 verified"),
        ({**ROW, "facts": [{"kind": "late", "subject": "a", "at": "25:00"}]}, "facts[0].at: “25:00”不是时刻"),
        ({**ROW, "facts": [{"kind": "late", "subject": "a", "id": "x"}] * 2}, "facts[1].id: “x”重复"),
        ({**ROW, "period": "2026", "facts": [{"kind": "late", "subject": "a"}]}, "facts[0].date: 缺少(期间长于一个月时"),
        ({**ROW, "members": [{"name": "李明"}]}, "members[0].id: 缺少"),
        ({**ROW, "members": [{"id": "a", "kind": "persn"}]}, "members[0].kind: 只能是 member"),
        ({**ROW, "members": [{"id": "a", "assessed_days": -1}]}, "members[0].assessed_days"),
        ({**ROW, "readings": {"R33": "no"}}, "readings.R33: 没有这个问题;是否想写 R3?"),
        ({**ROW, "readings": {"R3": "maybe"}}, "readings.R3: “maybe”不是选项,只有 yes、no"),
        ({**ROW, "readings": {"sections.x.floor": 0}}, "readings.sections.x.floor: 制度里没有这个位置"),
        ({**ROW, "through": "soon"}, "through: “soon”不是日期"),
        ({**ROW, "leaves": [{"member": "a", "kind": "sick"}]}, "leaves[0].from: 缺少"),
        ({**ROW, "posted": [{"subject": "a"}]}, "posted[0].sheet: 缺少"),
    ],
)
def test_bad_row_names_the_field(row, field):
    assert refused(row)[: len(field)] == field


def test_a_bad_row_does_not_stop_the_next_and_keeps_its_id():
    rows = [json.dumps({"id": 7}), "", json.dumps({**ROW, "id": "ok", "members": ["a"]})]

    answers = [(json.loads(line).get("id"), ok) for line, ok in run(rows)]

    assert answers == [(7, False), ("ok", True)]


@pytest.mark.parametrize(
    "row",
    [
        {**ROW, "facts": [*many(*["late"] * 5), *many("off_post", subject="b"), *many("late", subject="c", status="待核")]},
        {
            **ROW,
            "period": "2026",
            "facts": many(*["absent"] * 7, attrs={"concealed_by": "x"}),
            "members": ["a", "b", {"id": "x", "kind": "assessor"}],
        },
        {"rulebook": "sample-02", "period": "2026-10", "facts": many(*["not_cleaned"] * 3)},
        {
            "rulebook": "sample-09",
            "period": "2026-Q4",
            "facts": many("empty", subject="w"),
            "members": [{"id": "a", "window": "w"}],
        },
        {"rulebook": "sample-21", "period": "2026-10", "facts": many("arrival", minutes=31)},
        {"rulebook": "nope", "period": "2026-10"},
    ],
)
def test_rows_and_answers_fit_the_schema(row):
    [(line, _)] = run([json.dumps(row)])

    assert (valid("row", row), valid("answer", json.loads(line))) == ([], [])


def test_numbers_may_be_texts_or_numbers_and_stay_exact():
    book = {"sheets": {"p": {"subjects": "member", "base": 1, "floor": "none"}}, "items": {"x": {"deduct": 0.1}}}

    assert [total(ask(book, many("x", count=count))) for count in (3, "3", 3.0)] == ["0.7"] * 3


def test_single_subject_and_date_may_be_left_out():
    found = result(ask("founding", [{"kind": "late"}], members=["a"]))

    assert (found["total"], found["lines"][0]["date"]) == ("9", "2026-10-01")


def test_notes_of_the_asker_are_ignored():
    assert total(ask("founding", [], members=["a"], want="10", 说明="满分")) == "10"


def test_subject_that_is_not_on_the_list_is_named():
    answer = ask("founding", many("late", subject="z"), members=["a"])

    assert (total(answer), answer["stops"]) == ("10", ["事实 f1 的对象“z”不在名单中"])


def test_fact_outside_the_membership_does_not_vanish():
    answer = ask("founding", many("late"), members=[{"id": "a", "to": "2026-09-30"}, "b"])

    assert answer["stops"] == ["a 在 2026-10 不在岗,却有事实 f1"]


def test_period_shorter_than_the_sheet_is_said():
    answer = ask("founding", [], "2026-10-01/2026-10-20", members=["a"])

    assert (answer["results"], answer["stops"][0][:40]) == ([], "期间 2026-10-01/2026-10-20 内没有可考核的对象或完整期间(")


def test_year_in_progress_leaves_out_what_has_not_begun():
    answer = ask("founding", many("late"), "2026", through="2026-10-31")

    assert total(answer, sheet="year") == "99"


def test_answer_to_a_question_asked_on_the_spot():
    book = {"sheets": {"p": {"subjects": "member", "base": 1}}, "items": {"x": {"deduct": 3}}}

    answers = [result(ask(book, many("x"), readings=r)) for r in ({}, {"sheets.p.floor": 0}, {"sheets.p.floor": "none"})]

    assert [a["total"] for a in answers] == [None, "0", "-2"]
    assert answers[0]["stops"] == ["p得-2分:最低分(是否扣完为止)制度没有规定,不封底为-2,封底为0(待答:sheets.p.floor)"]


def test_half_a_surrogate_pair_does_not_break_the_output():
    [(line, ok)] = run(['{"id": "\\ud800", "rulebook": "founding", "period": "2026-10", "members": ["\\ud83d\\ude00"]}'])

    assert (ok, json.loads(line)["id"], json.loads(line)["results"][0]["subject"]) == (True, "?", "\U0001f600")
