"""The door `shouwen eval punches`: one person's days in, slot results out."""

import json
from pathlib import Path

import jsonschema
import pytest

from shouwen.cli.eval_punches import run

SCHEMA = json.loads((Path(__file__).parents[2] / "docs/reference/eval-punches.schema.json").read_text(encoding="utf-8"))
DAY = {"date": "2026-09-18", "sessions": [["08:30", "12:00"], ["14:30", "17:30"]]}


def ask(row: object) -> tuple[dict, bool]:
    [(line, ok)] = run([row if isinstance(row, str) else json.dumps(row)])
    answer = json.loads(line)
    jsonschema.validate(answer, SCHEMA["$defs"]["answer"])
    return answer, ok


def test_a_day_is_told_slot_by_slot():
    row = DAY | {"punches": ["2026-09-18 08:34:10", "2026-09-18 12:01", {"at": "2026-09-18 14:29", "source": "correction"}]}
    jsonschema.validate(row, SCHEMA["$defs"]["row"])
    answer, ok = ask(row)
    slots = answer["days"][0]["slots"]
    assert ok is True
    assert slots[0] == {
        "slot": "上午签到",
        "session": "08:30",
        "side": "in",
        "due": "2026-09-18 08:30",
        "punched": "2026-09-18 08:34:10",
        "state": "late",
        "minutes": 4,
        "clause": "1.3.1",
        "reading": "R12",
        "text": "应 08:30 前签到,08:34 打卡,迟到 4 分钟",
    }
    assert [slot["state"] for slot in slots] == ["late", "normal", "normal", "missing"]
    assert slots[3]["text"] == "应 17:30 后签退,未打卡,待补,2026-09-22 前可补卡"


def test_facts_name_kind_clause_and_reading():
    answer, _ = ask(
        DAY | {"punches": ["2026-09-18 09:05", "2026-09-18 12:00"], "rules": {"R12": {"absent_from": 30}, "R11": "day"}}
    )
    told = [(fact["kind"], fact["clause"], fact["reading"], fact["date"]) for fact in answer["facts"]]
    assert told == [("absent", "1.4.1", "R11", "2026-09-18")]


def test_several_days_leave_closures_and_strays():
    days = [DAY, {"date": "2026-09-20", "sessions": DAY["sessions"], "not_due": "本地停办(停电)"}]
    leave = {"from": "2026-09-18 08:30", "to": "2026-09-18 17:30", "label": "病假"}
    answer, _ = ask({"days": days, "leaves": [leave], "punches": ["2000-01-01 08:30:00", "2026-09-20 08:20"]})
    assert [slot["state"] for slot in answer["days"][0]["slots"]] == ["excused"] * 4
    assert (answer["days"][1]["slots"], answer["days"][1]["note"]) == ([], "本地停办(停电)")
    assert ([other["why"] for other in answer["stray"]], answer["facts"]) == (["clock_lost"], [])


def test_a_decision_and_a_deadline_are_honoured():
    row = DAY | {
        "sessions": [["08:30", "12:00"]],
        "punches": ["2026-09-18 12:00"],
        "correct_by": "2026-09-18",
        "at": "2026-09-19 08:00",
    }
    assert ask(row)[0]["days"][0]["slots"][0]["state"] == "undecided"
    assert ask(row | {"decided": {"08:30 in": "normal"}})[0]["days"][0]["slots"][0]["state"] == "normal"


def test_unreported_terminals_keep_the_day_pending():
    answer, _ = ask(DAY | {"at": "2026-09-18 18:00", "seen_until": "2026-09-18 08:00"})
    assert [slot["state"] for slot in answer["days"][0]["slots"]] == ["pending"] * 4


@pytest.mark.parametrize(
    ("row", "error"),
    [
        ("nonsense", "这一行不是可读的 JSON"),
        ("3", "一行应是一个 JSON 对象"),
        ({}, "date 缺少或不对,应写作 2026-09-18 的样子"),
        ({"date": "20260918"}, "date 缺少或不对,应写作 2026-09-18 的样子"),
        ({"date": "2026-02-30"}, "date 缺少或不对,应写作 2026-09-18 的样子"),
        ({"date": "1999-01-01"}, "日期 1999-01-01 不在可算范围内(2004-01-01 至 2099-12-31)"),
        ({"days": []}, "days 不能为空"),
        (DAY | {"sessions": [["8:30", "12:00"]]}, "班次 缺少或不对,应写作 08:30 的样子"),
        (DAY | {"sessions": ["08:30"]}, '班次应写作 ["08:30", "12:00"] 的样子'),
        (DAY | {"punches": ["2026-W38-5"]}, "at 缺少或不对,应写作 2026-09-18 08:30:00 的样子"),
        (
            DAY | {"punches": [{"at": "2026-09-18 08:30", "source": "rumour"}]},
            "punches 的 source 应是 device、sheet 或 correction",
        ),
        (DAY | {"leaves": [{"from": "2026-09-18 12:00", "to": "2026-09-18 08:00"}]}, "leaves 的 to 应晚于 from"),
        (DAY | {"rules": {"R99": 1}}, "不认识的规则:R99"),
        (DAY | {"decided": {"08:30": "late"}}, 'decided 的键应写作 "08:30 in" 或 "08:30 out" 的样子'),
    ],
)
def test_a_bad_row_answers_an_error_of_its_own(row: object, error: str):
    assert ask(row) == ({"error": error}, False)


def test_the_run_goes_on_after_a_bad_row():
    assert [ok for _, ok in run(["{}\n", "\n", json.dumps(DAY)])] == [False, True]
