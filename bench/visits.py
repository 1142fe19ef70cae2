"""The flow of a visit over HTTP, "take a number → call → begin → finish", 1 to 16 windows at once, on both databases.

Every client is a window with its clerk, and the kiosk beside it: it takes a number, calls whoever is next by the rules, begins
(which opens the first inquiry with its first matter and holder) and finishes with an answer. 24 people are waiting all the
time. Clients and server share the same cores. Each step is a form as a browser sends it, with session, CSRF and audit.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from pathlib import Path
from statistics import quantiles
from time import perf_counter
from typing import Any
from uuid import uuid4

import psycopg

from bench import Row
from bench._hall import Client, Hall, halls

LEVELS = (1, 4, 8, 16)
STEPS, SECONDS, WAITING = 4, 4.0, 24
CALLED = "SELECT t.code FROM reception_ticket t JOIN org_counter c ON c.id = t.counter_id WHERE c.number = {} AND t.status = 'called'"
BARS = {("SQLite", 8): "≥ 40（目标 60）", ("PostgreSQL", 8): "≥ 40"}


def run() -> list[Row]:
    rows = []
    with halls(Path(os.environ["SHOUWEN_DATA_DIR"]), max(LEVELS), WAITING) as each:
        for database, hall in each:
            flow(hall, 2, 1.0)  # the workers have read their code and their day
            for clients in LEVELS:
                rows += figures(database, clients, *flow(hall, clients, SECONDS))
    return rows


def figures(database: str, clients: int, steps: list[float], seconds: float) -> list[Row]:
    half, most = (quantiles(steps, n=20)[place] * 1000 for place in (9, -1))
    what = f"办事全程（取号、叫号、开始、办完），{clients} 个窗口"
    return [
        Row(what, len(steps) / STEPS / seconds, "人次/秒", BARS.get((database, clients), ""), database),
        Row(f"{what}，每步中位", half, "毫秒", "", database),
        Row(f"{what}，95% 的步骤快于", most, "毫秒", "≤ 150" if clients == 8 else "", database),
    ]


def flow(hall: Hall, clients: int, seconds: float) -> tuple[list[float], float]:
    """Seconds of every step of whole visits, and how long it took; each client ends the visit it has begun."""
    steps: list[float] = []
    begun = perf_counter()
    windows = [Window(hall, number, steps, begun + seconds) for number in range(clients)]
    for window in windows:
        window.start()
    for window in windows:
        window.join()
    if any(window.failed for window in windows):
        raise SystemExit("一个窗口没有办完")
    return steps, perf_counter() - begun


class Window(threading.Thread):
    """A counter with its clerk and the kiosk beside it, visit after visit until the time is over."""

    def __init__(self, hall: Hall, number: int, steps: list[float], until: float) -> None:
        super().__init__(daemon=True)
        self.hall, self.number, self.steps, self.until, self.failed = hall, number, steps, until, True
        self.kiosk = Client(hall, {"shouwen-device": hall.kiosk})
        self.clerk = Client(hall, {"shouwen": hall.sessions[number]})

    def run(self) -> None:
        look = look_into(self.hall)
        while perf_counter() < self.until:
            queue = self.hall.queues[self.number % len(self.hall.queues)]
            self.step(self.kiosk, f"/p/{self.hall.center}/kiosk/", choice=queue, token=uuid4().hex)
            self.step(self.clerk, "/counter/next/")
            [[code]] = look.execute(CALLED.format(10 + self.number)).fetchall()
            self.step(self.clerk, f"/counter/{code}/begin/")
            self.step(self.clerk, f"/counter/{code}/answer/", answer="已当场答复")
        self.failed = False
        look.close()

    def step(self, client: Client, path: str, **fields: str) -> None:
        start = perf_counter()
        client.post(path, **fields)
        self.steps.append(perf_counter() - start)


def look_into(hall: Hall) -> Any:
    """Reads which number was called to a window: what the clerk sees on the page."""
    if url := hall.environment.get("DATABASE_URL"):
        return psycopg.connect(url.replace("postgres://", "postgresql://"), autocommit=True)
    path = Path(hall.environment["SHOUWEN_DATA_DIR"]) / "shouwen.sqlite3"
    return sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=15)
