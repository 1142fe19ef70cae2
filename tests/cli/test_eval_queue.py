"""The door `shouwen eval queue`: the worked rows of its page, its schema, its errors."""

import json
import re
from pathlib import Path

import jsonschema
import pytest

from shouwen.cli.eval_queue import run

DOCS = Path(__file__).parents[2] / "docs/reference"
SCHEMA = json.loads((DOCS / "eval-queue.schema.json").read_text(encoding="utf-8"))
WORKED = re.findall(r"^```\n(\{.*\})\n(\{.*\})\n```$", (DOCS / "eval-queue.md").read_text(encoding="utf-8"), re.M)
AT = "2026-11-23 09:12"


def ask(row: object) -> tuple[dict, bool]:
    [(line, ok)] = run([row if isinstance(row, str) else json.dumps(row)])
    return json.loads(line), ok


def follows(kind: str, row: object) -> bool:
    return jsonschema.Draft202012Validator({**SCHEMA, "$ref": f"#/$defs/{kind}"}).is_valid(row)


@pytest.mark.parametrize(("row", "answer"), WORKED)
def test_the_worked_rows_of_the_page(row: str, answer: str):
    assert ask(row) == (json.loads(answer), "error" not in answer)
    assert follows("answer", json.loads(answer))
    assert follows("row", json.loads(row)) is ("error" not in answer)


def test_all_ten_worked_rows_were_found():
    assert len(WORKED) == 10


@pytest.mark.parametrize(
    ("row", "error"),
    [
        ("{", "这一行不是可读的 JSON"),
        ("[" * 100_000, "这一行不是可读的 JSON"),
        ("[]", "一行应是一个 JSON 对象"),
        ({"op": ["next"]}, "op 应是 next、order、estimate、issue、return、no_show"),
        ({"op": "next"}, "at 缺少或不对,应写作 2026-11-23 09:12 的样子"),
        ({"op": "next", "at": "2026-02-30 09:12"}, "at 缺少或不对,应写作 2026-11-23 09:12 的样子"),
        ({"op": "next", "at": AT, "tickets": {}}, "tickets 应是一个数组"),
        ({"op": "next", "at": AT, "tickets": [1]}, "tickets[0] 应是对象,ticket 是 1 至 15 个字的号码"),
        (
            {"op": "next", "at": AT, "tickets": [{"ticket": "\ud800", "since": AT}]},
            "tickets[0] 应是对象,ticket 是 1 至 15 个字的号码",
        ),
        ({"op": "next", "at": AT, "tickets": [{"ticket": "A1", "since": AT}] * 2}, "tickets 里有重复的号码"),
        ({"op": "next", "at": AT, "streak": -1}, "streak 缺少或不对,应是不为负的整数"),
        ({"op": "next", "at": AT, "rules": {"priority_run": 0}}, "priority_run 应在 1 至 1000 之间"),
        (
            {"op": "next", "at": AT, "rules": {"x": 1}},
            "rules 里只有 priority_run、longest_wait_minutes、call_again_minutes、call_max、return_after",
        ),
        ({"op": "estimate", "at": AT, "ticket": "A9"}, "ticket 不在 tickets 里"),
        ({"op": "estimate", "at": AT, "sessions": [[AT, AT]]}, "sessions 应由早到晚,互不重叠"),
        ({"op": "estimate", "at": AT, "ordinary_minutes": {"A": float("nan")}}, "A 缺少或不对,应是 0 至 86400 之间的数"),
        ({"op": "no_show", "calls": True}, "calls 缺少或不对,应是不为负的整数"),
    ],
)
def test_a_bad_row_answers_an_error_of_its_own(row: object, error: str):
    assert ask(row) == ({"error": error}, False)


def test_a_moment_with_an_offset_is_the_same_moment():
    tickets = [{"ticket": "A1", "since": "2026-11-23T01:00:00Z"}, {"ticket": "A2", "since": "2026-11-23 09:01"}]
    assert ask({"op": "next", "at": AT, "tickets": tickets})[0]["reason"] == "按取号先后,已等 12 分钟"
