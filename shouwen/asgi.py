"""ASGI entry point: the streams of the hall's screens. A small process without Django (`shouwen screens`).

Four times a second it reads the pulse (the newest audit number) of every centre that is being watched. Where it moved, the
page's own address is asked for the piece that changes, once, and that piece goes to all screens of the centre as one
Server-Sent Event. Nobody re-fetches; a screen that is slow gets the newest state, not all it missed.

`GET /stream/<center>/` and `/stream/<center>/<screen>/` stream `/board/<center>/hall/` (`…/<screen>/`): "news" with the
HTML, "beat" every five seconds while the pages answer. 404 for what the pages do not know, 503 when there are too many.
"""

from __future__ import annotations

import asyncio
import http.client
import re
import sqlite3
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from importlib import import_module
from typing import Any

from shouwen import settings

TICK, BEAT, FRESH, AGAIN = 0.25, 5.0, 15.0, 1.0
"""Seconds: between looks at the pulse; between signs of life; how old what is shown may grow while nothing happens; after a page failed."""
PAGE_SECONDS = 5
SIGN_OF_LIFE = b"event: beat\ndata:\n\n"
MOST_STREAMS = 2000
ADDRESS = re.compile(r"/stream/(ZX(?:-[0-9A-Z]{2,6}){1,3})/((?:[A-Z]{2}(?:-[0-9A-Z]{2,6}){1,3}/)?)")
HEADERS = (
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"access-control-allow-origin", b"*"),  # the page is on the next port; what a hall screen shows is public
    (b"x-content-type-options", b"nosniff"),
    (b"x-accel-buffering", b"no"),
)
Send = Callable[[dict[str, Any]], Awaitable[None]]
Receive = Callable[[], Awaitable[dict[str, Any]]]


class Pulse:
    """Newest audit numbers by centre code: one statement for all that are watched, on a connection of its own."""

    SQL = "SELECT c.code, h.seq FROM org_center c JOIN audit_head h ON h.center_id = c.id WHERE c.code IN ({})"

    def __init__(self) -> None:
        self.database = settings.DATABASES["default"]
        self.sqlite = self.database["ENGINE"].endswith("sqlite3")
        self.connection: Any = None

    def read(self, codes: list[str]) -> dict[str, int]:
        """{} when the database does not answer; the next look opens a new connection."""
        try:
            self.connection = self.connection or self.connect()
            sql = self.SQL.format(", ".join(["?" if self.sqlite else "%s"] * len(codes)))
            return dict(self.connection.execute(sql, codes).fetchall())
        except Exception:
            with suppress(Exception):
                self.connection.close()
            self.connection = None
            return {}

    def connect(self) -> Any:
        if self.sqlite:
            return sqlite3.connect(f"file:{self.database['NAME']}?mode=ro", uri=True, timeout=1, check_same_thread=False)
        names = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
        given = {ours: self.database[theirs] for ours, theirs in names.items() if self.database[theirs]}
        options = {name: value for name, value in self.database["OPTIONS"].items() if name != "server_side_binding"}
        return import_module("psycopg").connect(**options, **given, autocommit=True, connect_timeout=2)


def page(path: str) -> tuple[int, bytes]:
    """Status and body of the changing piece of one of our own pages, asked of a worker on the next port; (0, b"") without an answer."""
    host = settings.ALLOWED_HOSTS[0].lstrip(".")
    connection = http.client.HTTPConnection("127.0.0.1", settings.PORT, timeout=PAGE_SECONDS)
    try:
        connection.request("GET", path, headers={"HX-Request": "true"} | ({} if host == "*" else {"Host": host}))
        answer = connection.getresponse()
        return answer.status, answer.read()
    except (OSError, http.client.HTTPException):
        return 0, b""
    finally:
        connection.close()


class Board:
    """What one address shows: `event` is ready to send, `version` counts its changes, `turn` wakes the streams."""

    def __init__(self, center: str, path: str) -> None:
        self.center, self.path = center, path
        self.streams = self.version = 0
        self.number = -1
        self.event = b""
        self.asked_at = self.answered_at = self.beat_at = 0.0
        self.turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.asking: asyncio.Task[int] | None = None

    def due(self, number: int, now: float) -> bool:
        """Whether the page must be asked: something happened, or what is shown has grown old."""
        waiting = self.asking is not None and not self.asking.done()
        rest = AGAIN if self.number < 0 else 0
        return not waiting and now - self.asked_at >= (rest if number != self.number else FRESH)

    async def ask(self, number: int) -> int:
        """Ask the page once; returns its status. Number first, page second: what happens in between moves the pulse again."""
        self.number, self.asked_at = number, time.monotonic()
        status, body = await asyncio.to_thread(page, self.path)
        if status != 200:
            self.number = -1
            return status
        self.answered_at = time.monotonic()
        lines = filter(None, map(bytes.strip, body.splitlines()))
        event = b"event: news\n" + b"".join(b"data: %s\n" % line for line in lines) + b"\n"
        if event != self.event:
            self.event = event
            self.version += 1
            self.wake()
        return status

    def beat(self, now: float) -> None:
        """A sign of life, only while the pages answered lately: a screen must not trust a stream that has nothing behind it."""
        if now - self.beat_at > BEAT and now - self.answered_at < FRESH + PAGE_SECONDS:
            self.beat_at = now
            self.wake()

    def wake(self) -> None:
        turn, self.turn = self.turn, asyncio.get_running_loop().create_future()
        turn.set_result(None)


class Screens:
    """All boards somebody watches, and the one poller that runs while there are any."""

    def __init__(self) -> None:
        self.boards: dict[str, Board] = {}
        self.pulse = Pulse()
        self.poller: asyncio.Task[None] | None = None
        self.over = False

    @property
    def streams(self) -> int:
        return sum(board.streams for board in self.boards.values())

    async def join(self, center: str, path: str) -> Board | int:
        """The board with one stream more, or the status of the page that could not be had."""
        board = self.boards.get(path)
        if board is None:
            board = self.boards[path] = Board(center, path)
            board.asking = asyncio.create_task(board.ask(-1))
        board.streams += 1
        try:
            # All screens switched on at once wait for one and the same answer.
            status = 200 if board.event or board.asking is None else await asyncio.shield(board.asking)
        except BaseException:
            self.leave(board)
            raise
        if status != 200:
            self.leave(board)
            return status
        if self.poller is None or self.poller.done():
            self.poller = asyncio.create_task(self.poll())
        return board

    def leave(self, board: Board) -> None:
        board.streams -= 1
        if board.streams == 0 and self.boards.get(board.path) is board:
            del self.boards[board.path]

    def end(self) -> None:
        """The process stops: every stream ends now, and its screen comes back by itself."""
        self.over = True
        for board in self.boards.values():
            board.wake()

    async def poll(self) -> None:
        while self.boards and not self.over:
            numbers = await asyncio.to_thread(self.pulse.read, sorted({board.center for board in self.boards.values()}))
            now = time.monotonic()
            for board in list(self.boards.values()):
                number = numbers.get(board.center, board.number)
                if board.due(number, now):
                    board.asking = asyncio.create_task(board.ask(number))
                board.beat(now)
            await asyncio.sleep(TICK)


screens = Screens()


async def application(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    """The ASGI application; answers nothing but streams."""
    if scope["type"] != "http":
        return
    match = ADDRESS.fullmatch(scope["path"])
    if match is None or scope["method"] != "GET":
        await refuse(send, 404)
    elif screens.streams >= MOST_STREAMS:
        await refuse(send, 503)
    else:
        center, screen = match.groups()
        board = await screens.join(center, f"/board/{center}/hall/{screen}")
        if isinstance(board, int):
            await refuse(send, 404 if board == 404 else 503)
        else:
            await stream(board, receive, send)


async def refuse(send: Send, status: int) -> None:
    await send({"type": "http.response.start", "status": status, "headers": [(b"cache-control", b"no-store"), *HEADERS[2:3]]})
    await send({"type": "http.response.body", "body": b""})


async def stream(board: Board, receive: Receive, send: Send) -> None:
    """Send what is shown, then every change and beat, until the screen goes."""
    gone = asyncio.ensure_future(disconnected(receive))
    seen = -1
    try:
        await send({"type": "http.response.start", "status": 200, "headers": list(HEADERS)})
        await write(send, b"retry: 2000\n\n")
        while not gone.done() and not screens.over:
            turn, news = board.turn, seen != board.version
            seen = board.version
            await write(send, board.event if news else SIGN_OF_LIFE)
            await asyncio.wait((gone, turn), return_when=asyncio.FIRST_COMPLETED)
        if not gone.done():
            await send({"type": "http.response.body", "body": b""})
    finally:
        gone.cancel()
        screens.leave(board)


async def write(send: Send, body: bytes) -> None:
    await send({"type": "http.response.body", "body": body, "more_body": True})


async def disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
