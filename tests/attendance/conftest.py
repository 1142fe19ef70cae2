"""A hall with hours and a terminal; the months of these tests are those of the demo: September to November 2026."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from tests.attendance.days import SHANGHAI, lines, local

SESSIONS = ((time(8, 30), time(12)), (time(14), time(17, 30)))


@pytest.fixture
def hall(cast):
    """The standing cast in a hall open 08:30–12:00 and 14:00–17:30."""
    from shouwen.core.actors import system
    from shouwen.workcalendar.actions import set_hours
    from shouwen.workcalendar.queries import HoursDraft

    for center in (cast.center, cast.other_center):
        draft = HoursDraft("全年", date(2026, 1, 1), None, SESSIONS)
        set_hours(draft=draft, by=system(center), at=datetime(2026, 1, 1, tzinfo=UTC))
    return cast


@pytest.fixture
def terminal(hall):
    """The hall's terminal, there since January."""
    from shouwen.attendance.actions import add_device
    from shouwen.core.actors import system

    return add_device(name="大厅考勤机", kind="terminal", by=system(hall.center), at=local("2026-01-01"))


@pytest.fixture
def bring(hall, terminal):
    """`bring("1 2026-10-12 08:31:00", …, at=…)` imports lines of the terminal, complete up to `at`, and works the days out."""
    from shouwen.attendance import actions
    from shouwen.core.actors import system

    def run(*rows: str, at: datetime, until: datetime | None = None):
        by = system(hall.center)
        name = {"device": terminal, "file_name": "attlog.dat", "synced_until": until or at}
        batch = actions.import_punches(data=lines(*rows), by=by, at=at, **name)
        actions.recompute(start=batch.first_at.astimezone(SHANGHAI).date(), end=at.astimezone(SHANGHAI).date(), by=by, at=at)
        return batch

    return run
