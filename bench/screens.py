"""From the call to the screen with 200 screens open: how long after "next" was answered each screen has the number.

The streams come from the one process `shouwen serve` starts for them; 200 connections on this machine read them, a clerk calls,
begins and finishes over HTTP. Measured from the moment the call was sent, for every screen and call.
"""

from __future__ import annotations

import os
import selectors
import socket
import threading
from pathlib import Path
from statistics import quantiles
from time import perf_counter, sleep
from uuid import uuid4

from bench import Row
from bench._hall import Client, Hall, served
from bench.server import family, memory
from bench.visits import CALLED, look_into

SCREENS, CALLS = 200, 15


def run() -> list[Row]:
    with served(Path(os.environ["SHOUWEN_DATA_DIR"]) / "hall", "", 1, 6) as hall:
        wall = Wall(hall)
        wall.start()
        if not wall.ready.wait(30):
            raise SystemExit(f"只有 {len(wall.pictures)} 块屏连上")
        delays = [delay for number in range(CALLS) for delay in call(hall, wall, number)]
        wall.over = True
        size = next(memory(pid, "Rss") for pid in streams_of(hall))
    what = f"叫号到大厅屏，{SCREENS} 块屏同开"
    return [
        Row(f"{what}，中位", quantiles(delays, n=20)[9] * 1000, "毫秒", "", "SQLite"),
        Row(f"{what}，95% 快于", quantiles(delays, n=20)[-1] * 1000, "毫秒", "≤ 600", "SQLite"),
        Row(f"推送进程的内存，{SCREENS} 块屏", size, "MB", "", "SQLite"),
    ]


def streams_of(hall: Hall) -> list[int]:
    return [pid for pid in family(hall.pid) if b"screens" in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")]


def call(hall: Hall, wall: Wall, number: int) -> list[float]:
    """One visit; the delays of its call on all screens. A pause of no round length, so that calls meet the poll anywhere."""
    kiosk, clerk = Client(hall, {"shouwen-device": hall.kiosk}), Client(hall, {"shouwen": hall.sessions[0]})
    kiosk.post(f"/p/{hall.center}/kiosk/", choice=hall.queues[0], token=uuid4().hex)
    sleep(0.5 + number * 0.037)
    look = look_into(hall)
    start = perf_counter()
    clerk.post("/counter/next/")
    [[code]] = look.execute(CALLED.format(10)).fetchall()
    [[label]] = look.execute("SELECT label FROM reception_ticket WHERE status = 'called'").fetchall()
    look.close()
    seen = wall.wait_for(f'data-call="{label}/'.encode(), 5)
    clerk.post(f"/counter/{code}/begin/")
    clerk.post(f"/counter/{code}/answer/", answer="已当场答复")
    return [at - start for at in seen]


class Wall(threading.Thread):
    """All screens in one thread: reads every stream, and notes when each shows what is looked for."""

    def __init__(self, hall: Hall) -> None:
        super().__init__(daemon=True)
        self.hall, self.over = hall, False
        self.ready, self.lock = threading.Event(), threading.Lock()
        self.pictures: dict[int, bytes] = {}
        self.wanted = b""
        self.seen: dict[int, float] = {}

    def run(self) -> None:
        selector = selectors.DefaultSelector()
        port = int(self.hall.environment["SHOUWEN_SCREENS_PORT"])
        for _ in range(SCREENS):
            screen = socket.create_connection(("127.0.0.1", port), timeout=10)
            screen.sendall(f"GET /stream/{self.hall.center}/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
            selector.register(screen, selectors.EVENT_READ)
        while not self.over:
            for key, _ in selector.select(0.5):
                self.read(key.fileobj)

    def read(self, screen: socket.socket) -> None:
        data, now = screen.recv(65536), perf_counter()
        if not data:
            raise SystemExit("一块屏断开了")
        number = screen.fileno()
        with self.lock:
            if b"event: news" in data:
                self.pictures[number] = data
            if self.wanted and self.wanted in data:
                self.seen.setdefault(number, now)
        if len(self.pictures) == SCREENS:
            self.ready.set()

    def wait_for(self, words: bytes, seconds: float) -> list[float]:
        """When each of the screens showed it; ends the bench when one does not."""
        with self.lock:
            self.wanted, self.seen = words, {}
            self.seen |= {number: perf_counter() for number, data in self.pictures.items() if words in data}
        end = perf_counter() + seconds
        while len(self.seen) < SCREENS:
            if perf_counter() > end:
                raise SystemExit(f"{len(self.seen)} 块屏看到了叫号")
            sleep(0.005)
        return list(self.seen.values())
