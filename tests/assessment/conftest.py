"""A centre with the founding rulebook in force, and short ways to offences in October 2026 (18 working days)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

OCTOBER = date(2026, 10, 1)


@pytest.fixture
def founding(center, at):
    """The founding rulebook in force since the first of January 2026."""
    from shouwen.core.actors import system
    from shouwen.rulebook import actions

    return actions.adopt_founding(center=center, active_from=date(2026, 1, 1), by=system(center), at=at)


@pytest.fixture
def assessor(sun, actor):
    """孙会 at work."""
    return actor(sun)


@pytest.fixture
def offend(founding) -> Callable[..., None]:
    """`offend(member, "games", 3)`: so many verified offences of a kind in October 2026, through the area that reports them."""
    from tests.assessment import scenes

    return scenes.offend


@pytest.fixture
def october(founding, assessor, at) -> Callable[..., Any]:
    """`october("posted")`: October brought to a state by the assessor on 23 November."""
    from tests.assessment import scenes

    return lambda state="provisional": scenes.bring(OCTOBER, state, by=assessor, at=at)
