"""The living town of two centres for every test of this folder."""

from __future__ import annotations

import pytest

from tests import town as towns


@pytest.fixture
def town(db, settings) -> towns.Town:
    """青山镇 and 白河镇 on the demo morning, with a client for everybody."""
    settings.DEMO_DATE = towns.DAY.isoformat()
    return towns.lay()
