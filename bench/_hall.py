"""A hall at work for the benches: queues, counters, clerks with sessions, people waiting, and `shouwen serve` in front of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from bench.server import free_port, until_served
from tests.postgres import Cluster

DAY = "2026-11-23"
DURABLE = ("listen_addresses=", "max_connections=60", "shared_buffers=128MB")
"""PostgreSQL as a centre runs it: every commit is on the disk."""
CSRF = "b" * 32
SHOUWEN = (sys.executable, "-m", "shouwen")
SEED = "from bench._hall import seed; seed(); import sys; sys.stdout.flush()"


@dataclass(frozen=True, slots=True)
class Hall:
    """A served hall: where, as whom (session of each clerk, token of the kiosk), and which queues."""

    port: int
    environment: dict[str, str]
    center: str
    kiosk: str
    sessions: list[str]
    queues: list[str]
    pid: int


@contextmanager
def halls(folder: Path, counters: int, waiting: int) -> Iterator[Iterator[tuple[str, Hall]]]:
    """The same hall on SQLite and on a PostgreSQL of its own, one after the other: (name of the database, hall)."""
    cluster = Cluster(DURABLE)

    def each() -> Iterator[tuple[str, Hall]]:
        for name, url in (("SQLite", ""), ("PostgreSQL", cluster.url)):
            with served(folder / name, url, counters, waiting) as hall:
                yield name, hall

    try:
        yield each()
    finally:
        cluster.stop()


@contextmanager
def served(data: Path, url: str, counters: int, waiting: int) -> Iterator[Hall]:
    port = free_port()
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("SHOUWEN_", "DATABASE_URL", "DJANGO_"))
    }
    environment |= {"SHOUWEN_DATA_DIR": str(data), "SHOUWEN_DEMO_DATE": DAY, "PORT": str(port), "PYTHONUNBUFFERED": "1"}
    environment |= {"SHOUWEN_SCREENS_PORT": str(free_port()), "BENCH_HALL": f"{counters} {waiting}"}
    environment |= {"DATABASE_URL": url} if url else {}
    made = subprocess.run([sys.executable, "-c", SEED], env=environment, stdout=subprocess.PIPE, text=True, check=True)
    known = json.loads(made.stdout.splitlines()[-1])
    subprocess.run([*SHOUWEN, "tick"], env=environment, check=True)  # the night before is not the hall's day
    with subprocess.Popen([*SHOUWEN, "serve", "--workers", "2"], env=environment, stdout=subprocess.PIPE, text=True) as server:
        try:
            until_served(server)
            time.sleep(2)  # nor is the first tick
            yield Hall(port=port, environment=environment, pid=server.pid, **known)
        finally:
            server.terminate()


def seed() -> None:
    """In a process of its own: an empty database becomes a hall; prints as JSON what a visitor must know."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "shouwen.settings"
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from django.contrib.sessions.backends.db import SessionStore
    from django.http import HttpRequest

    from shouwen.core import clock
    from shouwen.org import access
    from tests import factories

    counters, waiting = map(int, os.environ["BENCH_HALL"].split())
    cast, at = factories.cast(), clock.now()
    rules_and_hours(cast)
    clerks, places = people(cast, counters)
    queues, kiosk = lines(cast, places, waiting, at)
    sessions = []
    for clerk in clerks:
        request = HttpRequest()
        request.session = SessionStore()
        access.begin_session(request, clerk, clerk.user, at)
        request.session.save()
        sessions.append(request.session.session_key)
    print(json.dumps({"center": cast.center.code, "kiosk": kiosk, "sessions": sessions, "queues": queues}))


def rules_and_hours(cast: Any) -> None:
    from datetime import date, time

    from shouwen.core.actors import system
    from shouwen.rulebook import actions as rulebook
    from shouwen.workcalendar import actions as calendar
    from shouwen.workcalendar.queries import HoursDraft
    from tests import factories

    by, at = system(cast.center), factories.MADE_AT
    rulebook.adopt_founding(center=cast.center, active_from=factories.SINCE, by=by, at=at)
    draft = HoursDraft("日常", date(2026, 1, 1), None, ((time(0, 1), time(23, 59)),))
    calendar.set_hours(draft=draft, by=by, at=at)


def people(cast: Any, count: int) -> tuple[list[Any], list[Any]]:
    """A clerk and a counter for each client."""
    from tests import factories

    places = [factories.counter(cast.affairs, 10 + number) for number in range(count)]
    clerks = [
        factories.member(cast.center, f"窗口{place.number}", department=cast.affairs, counter=place, roles=("clerk",))
        for place in places
    ]
    return clerks, places


def lines(cast: Any, places: list[Any], waiting: int, at: Any) -> tuple[list[str], str]:
    """Three queues shared by the counters, `waiting` people in them, and a paired kiosk: codes of the queues, its token."""
    from shouwen.core.actors import Actor, system
    from shouwen.reception import actions

    by, device = system(cast.center), Actor(kind="device", center=cast.center, label="取号机")
    queues = []
    for number, letter in enumerate("ABC"):
        queue = actions.add_queue(name=f"队列{letter}", prefix=letter, ordinary_minutes=5, by=by, at=at)
        served = {place: index % 3 == number for index, place in enumerate(places)}
        actions.set_queue_counters(queue=queue, counters=served, by=by, at=at)
        queues.append(queue)
    for number in range(waiting):
        actions.issue_ticket(queue=queues[number % 3], source="kiosk", by=device, at=at)
    kiosk = actions.add_hall_device(kind="kiosk", name="取号机", by=by, at=at)
    _, token = actions.pair_hall_device(code=actions.offer_pairing(device=kiosk, by=by, at=at), by=device, at=at)
    return [queue.code for queue in queues], token


class Client:
    """One browser: a kept connection, cookies, forms with their token."""

    def __init__(self, hall: Hall, cookies: dict[str, str]) -> None:
        self.connection = HTTPConnection("127.0.0.1", hall.port, timeout=30)
        pairs = cookies | {"shouwen-csrf": CSRF}
        self.headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in pairs.items()),
            "Content-Type": "application/x-www-form-urlencoded",
        }

    def post(self, path: str, **fields: str) -> str:
        """Where the answer leads; anything but a redirect ends the bench."""
        self.connection.request("POST", path, urlencode({"csrfmiddlewaretoken": CSRF} | fields), self.headers)
        answer = self.connection.getresponse()
        body = answer.read()
        if answer.status != 302:
            raise SystemExit(f"{path}: {answer.status}\n{body.decode(errors='replace')[-1500:]}")
        return answer.headers["Location"]
