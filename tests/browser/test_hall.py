"""The hall screen in a real browser: it follows the stream, speaks each call once, stays up without the server and comes back."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import uvicorn
from playwright.sync_api import expect

from shouwen import asgi
from shouwen import settings as given
from shouwen.cli.screens import Server
from shouwen.reception.actions import recall_ticket
from tests import factories
from tests.reception.queue_scene import open_scene

WALL = {"width": 1440, "height": 900}


class Streams:
    """`shouwen screens` in a thread, asking the pages of this very test."""

    def __init__(self) -> None:
        config = uvicorn.Config(
            asgi.application, port=0, loop="asyncio", http="h11", ws="none", lifespan="off", log_level="error"
        )
        config.timeout_graceful_shutdown = 1
        self.server = Server(config)
        self.thread = threading.Thread(target=lambda: asyncio.run(self.server.serve()), daemon=True)

    def start(self) -> int:
        self.thread.start()
        while not self.server.started:
            self.thread.join(0.05)
        return int(self.server.servers[0].sockets[0].getsockname()[1])

    def stop(self) -> None:
        self.server.should_exit = True
        self.thread.join(10)


@pytest.fixture
def streams(live_server, settings, monkeypatch) -> Iterator[Streams]:
    monkeypatch.setattr(given, "PORT", int(live_server.url.rsplit(":", 1)[1]))
    monkeypatch.setattr(asgi, "screens", asgi.Screens())
    if asgi.screens.pulse.sqlite:
        monkeypatch.setitem(given.DATABASES["default"], "NAME", str(settings.DATABASES["default"]["NAME"]))
    running = Streams()
    settings.SCREENS_PORT = running.start()
    yield running
    running.stop()


@pytest.fixture
def scene(live_server, settings):
    settings.DEMO_DATE = "2026-11-23"
    return open_scene(factories.cast(), factories.AT)


def moment() -> datetime:
    """The pages' clock stands at 09:12 of the demo day."""
    return datetime(2026, 11, 23, 1, 12, tzinfo=UTC)


def test_a_call_comes_by_the_stream_and_is_spoken_once_a_recall_again(open_site, streams, scene):
    site = open_site(WALL)
    page = site.open(f"/board/{scene.center.code}/hall/")
    page.click("#voice")
    for _ in range(2):
        scene.take(moment())
    ticket = scene.call(moment())
    expect(page.locator(".called .number")).to_have_text("A001", timeout=4000)
    expect(page.locator("#voice")).to_have_attribute("data-said", "请A001号到2号窗口", timeout=4000)
    recall_ticket(ticket=ticket, by=scene.zhang, at=moment())
    expect(page.locator("#voice")).to_have_attribute("data-count", "2", timeout=8000)
    expect(page.locator(".called .small")).to_have_text("第 2 次呼叫")


def test_without_the_stream_it_asks_and_without_the_pages_it_stays_up(open_site, scene, settings):
    settings.SCREENS_PORT = 9  # nobody listens there
    site = open_site(WALL)
    page = site.open(f"/board/{scene.center.code}/hall/")
    scene.take(moment())
    scene.call(moment())
    expect(page.locator(".called .number")).to_have_text("A001", timeout=9000)
    page.route("**/hall/", lambda route: route.abort())
    expect(page.locator("#lost")).to_be_visible(timeout=26000)
    expect(page.locator(".called .number")).to_have_text("A001")
    page.unroute("**/hall/")
    expect(page.locator("#lost")).to_be_hidden(timeout=9000)
    site.complaints[:] = [one for one in site.complaints if "ERR_" not in one]
