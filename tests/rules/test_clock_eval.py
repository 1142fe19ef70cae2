"""`shouwen eval clock`, row by row; the format is in docs/reference/eval-clock.md."""

import json

import pytest

from shouwen.cli.eval_clock import run

ROW = {"received": "2026-11-13", "limit": {"n": 10, "unit": "workday"}, "at": "2026-11-23"}


def answer(**row):
    [(line, ok)] = run([json.dumps(ROW | row, ensure_ascii=False)])
    return json.loads(line), ok


def said(**row):
    told = answer(**row)[0]
    return tuple(told.get(key) for key in ("used", "left", "due", "state", "overdue_by"))


def test_a_row_of_days_answers_exactly_these_keys():
    told, ok = answer(events=[{"kind": "pause", "date": "2026-11-17"}])
    kinds = [day["kind"] for day in told.pop("days")]
    assert (told, ok) == (
        {"used": 2, "left": 8, "due": "2026-12-03", "state": "paused", "overdue_by": 0, "provisional": False},
        True,
    )
    assert (len(kinds), kinds[0], kinds[4:6], kinds[-1]) == (21, "start", ["counted", "pause"], "due")


@pytest.mark.parametrize(
    ("received", "n", "events", "at", "want"),
    [
        # Rows of a reference that walks day by day.
        (
            "2020-07-04",
            3,
            [("pause", "2020-07-05"), ("resume", "2020-07-20")],
            "2020-08-13",
            (3, 0, "2020-07-23", "overdue", 15),
        ),
        (
            "2021-05-09",
            3,
            [("pause", "2021-05-09"), ("resume", "2021-05-21")],
            "2021-05-21",
            (0, 3, "2021-05-26", "running", 0),
        ),
        (
            "2020-08-22",
            1,
            [("pause", "2020-08-24"), ("resume", "2020-09-07")],
            "2020-10-20",
            (1, 0, "2020-08-24", "overdue", 37),
        ),
        ("2024-02-26", 10, [], "2024-04-01", (10, 0, "2024-03-11", "overdue", 15)),
    ],
)
def test_rows_of_days(received, n, events, at, want):
    rows = [{"kind": kind, "date": day} for kind, day in events]
    assert said(received=received, limit={"n": n}, events=rows, at=at) == want


@pytest.mark.parametrize(
    ("row", "want"),
    [
        ({}, (1.75, 2.25, "2026-11-16T11:30", "running", 0)),
        ({"limit": {"n": 240, "unit": "minute"}}, (105, 135, "2026-11-16T11:30", "running", 0)),
        ({"received": "2026-11-13T08:30:00Z"}, (1.75, 2.25, "2026-11-16T11:30", "running", 0)),
        ({"hours": [["09:00", "11:00"]]}, (0.25, 3.75, "2026-11-17T11:00", "running", 0)),
        ({"limit": {"unit": "same_day"}}, (60, 0, "2026-11-13T17:30", "overdue", 1)),
        ({"closed": ["2026-11-16"], "clock": "promised"}, (1, 3, "2026-11-17T11:30", "running", 0)),
        ({"closed": ["2026-11-16"]}, (1.75, 2.25, "2026-11-16T11:30", "running", 0)),
    ],
)
def test_k5_rows_of_opening_time(row, want):
    asked = {"received": "2026-11-13T16:30", "limit": {"n": 4, "unit": "hour"}, "at": "2026-11-16T09:15"} | row
    assert said(**asked) == want


def test_k4_a_row_of_days_with_moments_also_says_when_the_last_day_ends():
    told, _ = answer(received="2026-11-13T19:00", limit={"n": 1}, at="2026-11-16 17:31")
    assert (told["due"], told["due_at"], told["state"], told["overdue_by"]) == (
        "2026-11-16",
        "2026-11-16T17:30",
        "overdue",
        0,
    )


def test_k11_expedite_is_for_the_promised_clock():
    events = [{"kind": "expedite", "date": "2026-11-16", "n": 3}]
    dues = [answer(events=events, at="2026-11-17", clock=clock)[0]["due"] for clock in ("promised", "statutory")]
    assert dues == ["2026-11-18", "2026-11-27"]


def test_k2_refused_events_are_named_as_they_were_written():
    events = [{"kind": "extend", "date": "2026-11-28T09:00", "n": 5}]
    assert answer(events=events, at="2026-11-30")[0]["refused"] == [{"kind": "extend", "date": "2026-11-28T09:00"}]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"received": "2026-11-31"}, "received 不是存在的日期:2026-11-31"),
        ({"received": "2026-11-13T25:00"}, "received 不是存在的时刻:2026-11-13T25:00"),
        ({"received": 5}, "received 缺少或不对,应写作 2026-09-18 的样子"),
        ({"at": "2026-11-12"}, "查看的时间早于收件"),
        ({"at": "2127-01-01"}, "日期 2127-01-01 不在可算范围内(2004-01-01 至 2099-12-31)"),
        ({"limit": 10}, 'limit 缺少或不对,应写作 {"n": 10, "unit": "workday"}'),
        ({"limit": {"n": 10, "unit": "week"}}, "时限单位应为 workday、day、hour、minute、same_day:week"),
        ({"limit": {"n": -1}}, "n 不能为负"),
        ({"limit": {"n": 10**30, "unit": "day"}}, "算出的日期晚于 2099-12-31,超出可算范围"),
        ({"limit": {"n": 10**30, "unit": "hour"}}, "分钟数为负或过大"),
        ({"events": {}}, "events 应是一列对象"),
        ({"events": [{"kind": "stop"}]}, "events[0].kind 应是 pause、resume、extend、expedite"),
        ({"events": [{"kind": "resume", "date": "2026-11-17"}]}, "2026-11-17 没有在暂停,不能恢复"),
        ({"clock": "mine"}, "clock 应是 statutory、promised"),
        ({"closed": "2026-11-18"}, 'closed 应是一列日期,如 ["2026-11-18"]'),
        ({"hours": [["08:30"]]}, 'hours 应写作 [["08:30", "12:00"], ["14:00", "17:30"]]'),
        ({"hours": [["8:30", "12:00"]]}, "hours 里的时刻应写作 08:30 的样子"),
        ({"hours": [["12:00", "08:30"]]}, "开放时间须按先后排列,且每段开始早于结束、互不重叠"),
    ],
)
def test_a_row_that_cannot_be_answered_says_why(row, words):
    assert answer(**row) == ({"error": words}, False)


def test_an_error_does_not_stop_the_run():
    rows = ["{", "", json.dumps(ROW), "[]"]
    assert [ok for _, ok in run(rows)] == [False, True, False]
