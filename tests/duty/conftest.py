"""A hall with hours, the founding numbers, and 李明 on duty on 2026-11-23 with 张敏 the day after."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

ZONE = ZoneInfo("Asia/Shanghai")
MONDAY = date(2026, 11, 23)


@pytest.fixture
def hm():
    """`hm("8:17")` is that local moment on the Monday; `hm("8:17", 24)` on another day of the month."""

    def moment(text: str, day: int = 23) -> datetime:
        hour, minute = map(int, text.split(":"))
        return datetime(2026, 11, day, hour, minute, tzinfo=ZONE)

    return moment


@pytest.fixture
def hall(cast, actor, at):
    # Imported late: a conftest is read before Django is set up.
    from shouwen.workcalendar import actions as calendar
    from shouwen.workcalendar.queries import HoursDraft

    sessions = ((time(8, 30), time(12)), (time(14), time(17, 30)))
    calendar.set_hours(draft=HoursDraft("全年", date(2026, 1, 1), None, sessions), by=actor(cast.wang), at=at)
    return cast


@pytest.fixture
def shift(hall):
    from shouwen.duty import models

    return models.Shift.objects.create(center=hall.center, date=MONDAY, kind="hall", member=hall.li)


@pytest.fixture
def tomorrow(hall):
    from shouwen.duty import models

    return models.Shift.objects.create(center=hall.center, date=date(2026, 11, 24), kind="hall", member=hall.zhang)
