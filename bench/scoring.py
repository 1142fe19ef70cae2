"""22,500 person-months with three facts each through the public engine and the founding rulebook, on one core (bar: 5 s).

A hall of 30 people month after month, as a centre counts it; the same people's year in one piece; and the same months as
JSON lines through `shouwen eval scoring`, which reads, checks and explains besides.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter

from bench import Row
from shouwen.rules.scoring import Fact, Rulebook, Subject, compile_rulebook, load_toml, score

PEOPLE, MONTHS, FACTS = 30, 750, 3
KINDS = ("late", "left_early", "games", "absent", "not_found", "door", "handover", "cleaning")
FOUNDING = Path(__file__).resolve().parent.parent / "shouwen" / "rulebook" / "samples" / "founding.toml"
SOME = 75


def subjects() -> list[Subject]:
    units = [Subject(f"u{number}", "department", f"第{number}科") for number in range(7)]
    return [
        *(Subject(f"p{number}", "member", f"人员{number}", department=f"u{number % 7}") for number in range(PEOPLE)),
        *units,
    ]


def facts(month: date) -> list[Fact]:
    """Three of each person, of all kinds in turn, on days that differ."""
    return [
        Fact(
            id=f"{month:%m}-{person}-{number}",
            kind=KINDS[(person + number + month.month) % len(KINDS)],
            subject=f"p{person}",
            date=month + timedelta(days=(person * 7 + number * 9) % 28),
            minutes=10 + person,
        )
        for person in range(PEOPLE)
        for number in range(FACTS)
    ]


def months() -> list[date]:
    return [date(2004 + number // 12, number % 12 + 1, 1) for number in range(MONTHS)]


def by_month(book: Rulebook, everybody: list[Subject]) -> float:
    asked = [(f"{month:%Y-%m}", facts(month)) for month in months()]
    start = perf_counter()
    for period, known in asked:
        score(book, everybody, known, period)
    return perf_counter() - start


def by_year(book: Rulebook, everybody: list[Subject]) -> float:
    years = [
        (str(year), [fact for month in range(1, 13) for fact in facts(date(year, month, 1))])
        for year in range(2004, 2004 + MONTHS // 12)
    ]
    start = perf_counter()
    for period, known in years:
        score(book, everybody, known, period)
    return (perf_counter() - start) * MONTHS / (MONTHS // 12 * 12)


def by_lines() -> float:
    """Seconds for all months, worked out from the first few: reading, checking and explaining included, not the start."""
    rows = [json.dumps(_request(month), ensure_ascii=False) for month in months()[:SOME]]
    taken = [_eval(rows[:count]) for count in (1, SOME)]
    return (taken[1] - taken[0]) * MONTHS / (SOME - 1)


def _request(month: date) -> dict[str, object]:
    return {
        "rulebook": "founding",
        "period": f"{month:%Y-%m}",
        "members": [{"id": f"p{number}", "name": f"人员{number}", "department": f"u{number % 7}"} for number in range(PEOPLE)],
        "facts": [
            {"kind": one.kind, "subject": one.subject, "date": f"{one.date}", "minutes": int(one.minutes or 0)}
            for one in facts(month)
        ],
    }


def _eval(rows: list[str]) -> float:
    start = perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "shouwen", "eval", "scoring"],
        input="\n".join(rows),
        text=True,
        capture_output=True,
        check=True,
        env=os.environ,
    )
    assert len(done.stdout.splitlines()) == len(rows)
    return perf_counter() - start


def run() -> list[Row]:
    book, everybody = compile_rulebook(load_toml(FOUNDING.read_text("utf-8"))), subjects()
    total = PEOPLE * MONTHS
    assert sum(bool(result.lines) for result in score(book, everybody, facts(date(2026, 10, 1)), "2026-10").results) >= PEOPLE
    what = f"{total:,} 人月、每人每月 {FACTS} 件事实计分"
    return [
        Row(f"{what}(一次一个月)", by_month(book, everybody), "秒", "≤ 5 秒"),
        Row(f"{what}(一次一年,含年度)", by_year(book, everybody), "秒"),
        Row(f"{what}(`eval scoring` 逐行 JSON,按 {SOME} 个月推算)", by_lines(), "秒"),
    ]
