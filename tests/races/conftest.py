"""Many at once, as real processes on the test run's own database: each opens its own connection, waits for the gun, and answers."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from datetime import date
from multiprocessing import get_context
from typing import Any

import pytest
from django.db import connections

from shouwen.core.actors import system
from shouwen.core.errors import Refused
from tests import factories
from tests.reception.queue_scene import open_scene

SECONDS = 60
FORK = get_context("fork")


@pytest.fixture
def scene(transactional_db):
    """Two queues and two counters, committed, on Monday 2026-11-23 at 9:00."""
    from shouwen.rulebook import actions as rulebook

    cast = factories.cast()
    rulebook.adopt_founding(center=cast.center, active_from=date(2026, 1, 1), by=system(cast.center), at=factories.MADE_AT)
    return open_scene(cast, factories.AT)


@pytest.fixture
def race(scene) -> Callable[..., list[Any]]:
    """`race(act, one, another)` runs act(one) and act(another) in processes at once; returns what each answers, a refusal as its words."""

    def run(act: Callable[[Any], Any], *told: Any) -> list[Any]:
        gun, answers = FORK.Barrier(len(told)), FORK.SimpleQueue()
        connections.close_all()
        started = [FORK.Process(target=racer, args=(act, number, one, gun, answers)) for number, one in enumerate(told)]
        for process in started:
            process.start()
        found = dict(answers.get() for _ in started)
        for process in started:
            process.join(SECONDS)
        return [found[number] for number in range(len(told))]

    return run


def racer(act: Callable[[Any], Any], number: int, told: Any, gun: Any, answers: Any) -> None:
    """One process; what goes wrong is an answer too."""
    try:
        gun.wait(SECONDS)
        answer = act(told)
    except Refused as refused:
        answer = refused.message
    except BaseException:
        answer = traceback.format_exc()
    answers.put((number, answer))
    connections.close_all()
