"""The door `shouwen eval workdays`: rows in, lines out."""

import json
from datetime import date, timedelta
from pathlib import Path

import jsonschema
import pytest

from shouwen.cli.eval_workdays import run

SCHEMA = json.loads((Path(__file__).parents[2] / "docs/reference/eval-workdays.schema.json").read_text(encoding="utf-8"))


def ask(row: object) -> tuple[dict, bool]:
    [(line, ok)] = run([row if isinstance(row, str) else json.dumps(row)])
    return json.loads(line), ok


def test_add_count_and_month_answer_the_sample_rows():
    assert ask({"op": "add", "start": "2026-09-18", "n": 1, "want": 0}) == ({"date": "2026-09-20", "provisional": False}, True)
    assert ask({"op": "count", "start": "2026-09-18", "end": "2026-09-22"}) == ({"n": 3}, True)
    days = [f"2026-10-{d:02}" for d in (8, 9, 10, 12, 13, 14, 15, 16, 19, 20, 21, 22, 23, 26, 27, 28, 29, 30)]
    assert ask({"op": "month", "month": "2026-10"}) == ({"n": 18, "days": days}, True)


def test_answers_past_the_calendar_say_so():
    assert ask({"op": "add", "start": "2026-12-18", "n": 20}) == ({"date": "2027-01-15", "provisional": True}, True)
    assert ask({"op": "count", "start": "2026-12-25", "end": "2027-01-04"}) == ({"n": 6, "provisional": True}, True)


@pytest.mark.parametrize(
    ("row", "error"),
    [
        ("{", "这一行不是可读的 JSON"),
        ("[" * 100_000, "这一行不是可读的 JSON"),
        ("[]", "一行应是一个 JSON 对象"),
        ("{}", "op 应是 add、count 或 month"),
        ({"op": "add", "start": "2026-09-18", "n": -1}, "n 不能为负"),
        ({"op": "add", "start": "2026-09-18", "n": True}, "n 缺少或不对,应是整数"),
        ({"op": "add", "start": "2026-09-18", "n": "1"}, "n 缺少或不对,应是整数"),
        ({"op": "add", "start": "2026-02-31", "n": 1}, "start 不是存在的日期:2026-02-31"),
        ({"op": "add", "start": "20260918", "n": 1}, "start 缺少或不对,应写作 2026-09-18 的样子"),
        ({"op": "add", "start": "2026-09-18", "n": 10**30}, "算出的日期晚于 2099-12-31,超出可算范围"),
        ({"op": "count", "start": "2026-09-18", "end": "2026-09-01"}, "结束日期早于起始日期"),
        ({"op": "month", "month": "9999-12"}, "日期 9999-12-01 不在可算范围内(2004-01-01 至 2099-12-31)"),
    ],
)
def test_a_bad_row_answers_an_error_of_its_own(row: object, error: str):
    assert ask(row) == ({"error": error}, False)


def test_the_run_goes_on_after_a_bad_row_and_skips_blank_lines():
    lines = ["x\n", "\n", '{"op":"add","start":"2026-09-18","n":0}\n', b"\xff\n"]
    assert [ok for _, ok in run(lines)] == [False, True, False]


def test_rows_and_answers_follow_the_published_schema():
    start = date(2026, 1, 1)
    rows = [{"op": "add", "start": (start + timedelta(days=i)).isoformat(), "n": i} for i in range(5)]
    rows += [{"op": "count", "start": "2026-01-01", "end": "2027-02-01"}, {"op": "month", "month": "2026-02"}]
    row_shape, answer_shape = (jsonschema.Draft202012Validator(SCHEMA["$defs"][name]) for name in ("row", "answer"))
    assert [row for row in rows if not row_shape.is_valid(row)] == []
    assert [row for row in [*rows, "x"] if not answer_shape.is_valid(ask(row)[0])] == []
