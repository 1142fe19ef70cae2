"""A hall with hours, items of several kinds, and a counter at which cases begin."""

from __future__ import annotations

import pytest

from tests.cases import hall as making


@pytest.fixture
def hall(cast):
    """The standing cast, open 08:30–12:00 and 14:00–17:30, with the items of `tests.cases.hall`."""
    return making.Hall(cast)
