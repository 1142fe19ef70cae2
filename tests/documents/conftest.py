"""Papers somebody issued."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.documents import case_samples, counter_samples, samples

SAMPLES = {**samples.every(), **case_samples.every(), **counter_samples.every()}


@pytest.fixture
def issue(actor, at) -> Callable:
    """`issue(member, "roster")` issues the sample paper of a kind."""
    # Here, because this file is read before Django is ready.
    from shouwen.documents import actions

    def run(member, kind="notice", **more):
        data = {key: value for key, value in SAMPLES[kind][0].items() if key != "frame"}
        return actions.issue(kind=kind, data=data, subject="2026年10月", by=actor(member), at=at, **more)

    return run
