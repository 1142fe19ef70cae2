"""The streams of the screens: one question for all, the newest state for each, signs of life, an end. The pages stand aside here."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from shouwen import asgi

HERE, NOWHERE = "ZX-2222-22222", "ZX-3333-33333"
SCREENS = 200


class Stage:
    """What the pages would answer and the database's pulse; `asked` counts the questions."""

    def __init__(self) -> None:
        self.html, self.number, self.asked = "<p>A001</p>", 1, 0

    def page(self, path: str) -> tuple[int, bytes]:
        self.asked += 1
        return (200, self.html.encode()) if HERE in path else (404, b"")

    def read(self, codes: list[str]) -> dict[str, int]:
        return dict.fromkeys(codes, self.number)


def played(scene: Coroutine[Any, Any, Any]) -> Any:
    """In a thread of its own: after a browser test this thread already runs the browser's loop."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, scene).result()


@pytest.fixture
def stage(monkeypatch) -> Stage:
    made = Stage()
    monkeypatch.setattr(asgi, "screens", asgi.Screens())
    monkeypatch.setattr(asgi, "page", made.page)
    monkeypatch.setattr(asgi.screens, "pulse", made)
    monkeypatch.setattr(asgi, "TICK", 0.02)
    monkeypatch.setattr(asgi, "BEAT", 0.3)
    return made


async def watch(
    gone: asyncio.Event, path: str = f"/stream/{HERE}/", method: str = "GET", sent: list[dict[str, Any]] | None = None
) -> list[dict[str, Any]]:
    """One screen: everything it was sent (into `sent`) until it went or the stream ended."""
    sent = [] if sent is None else sent

    async def receive() -> dict[str, Any]:
        await gone.wait()
        return {"type": "http.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    await asgi.application({"type": "http", "path": path, "method": method}, receive, send)
    return sent


async def until(true: Callable[[], bool]) -> None:
    """Ten seconds at most."""
    for _ in range(1000):
        if true():
            return
        await asyncio.sleep(0.01)


def bodies(sent: list[dict[str, Any]]) -> list[bytes]:
    return [message.get("body", b"") for message in sent]


def news(sent: list[dict[str, Any]]) -> list[bytes]:
    return [body for body in bodies(sent) if b"event: news" in body]


def test_all_screens_share_one_question_and_each_gets_every_change_once(stage):
    async def play() -> list[list[dict[str, Any]]]:
        gone = asyncio.Event()
        walls: list[list[dict[str, Any]]] = [[] for _ in range(SCREENS)]
        tasks = [asyncio.create_task(watch(gone, sent=wall)) for wall in walls]
        await until(lambda: all(len(news(wall)) == 1 for wall in walls))
        stage.html, stage.number = "<p>A002</p>", 2
        await until(lambda: all(len(news(wall)) == 2 and asgi.SIGN_OF_LIFE in bodies(wall) for wall in walls))
        gone.set()
        await asyncio.gather(*tasks)
        return walls

    walls = played(play())
    wanted = [b"event: news\ndata: <p>A001</p>\n\n", b"event: news\ndata: <p>A002</p>\n\n"]
    # A third question when the first was answered before the pulse was read.
    assert ([news(sent) for sent in walls], stage.asked in (2, 3), asgi.screens.boards) == ([wanted] * SCREENS, True, {})


def test_what_the_pages_do_not_know_and_what_is_no_stream_is_404(stage):
    paths = [f"/stream/{NOWHERE}/", "/", "/stream/", f"/stream/{HERE}/x/y/"]
    answers = [played(watch(asyncio.Event(), path))[0]["status"] for path in paths]
    assert (answers, played(watch(asyncio.Event(), method="POST"))[0]["status"]) == ([404] * 4, 404)


def test_too_many_are_sent_to_asking_and_a_stopping_process_ends_its_streams(stage, monkeypatch):
    async def play() -> tuple[int, dict[str, Any]]:
        wall = asyncio.create_task(watch(asyncio.Event()))
        await asyncio.sleep(0.2)
        monkeypatch.setattr(asgi, "MOST_STREAMS", 1)
        refused = await watch(asyncio.Event())
        asgi.screens.end()
        return refused[0]["status"], (await asyncio.wait_for(wall, 5))[-1]

    assert played(play()) == (503, {"type": "http.response.body", "body": b""})
