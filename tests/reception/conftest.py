"""A hall with hours, the founding rulebook and a first inquiry of 李明 at counter 3; 科长 is the business section."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

ZONE = ZoneInfo("Asia/Shanghai")
SESSIONS = ((time(8, 30), time(12)), (time(14), time(17, 30)))


@pytest.fixture
def hm():
    """`hm("9:17")` is that local moment on Monday 2026-11-23; `hm("9:17", 24)` on another day of the month."""

    def moment(text: str, day: int = 23) -> datetime:
        hour, minute = map(int, text.split(":"))
        return datetime(2026, 11, day, hour, minute, tzinfo=ZONE)

    return moment


@pytest.fixture
def hall(cast, actor, at):
    from shouwen.core.actors import system
    from shouwen.rulebook import actions as rulebook
    from shouwen.workcalendar import actions as calendar
    from shouwen.workcalendar.queries import HoursDraft

    calendar.set_hours(draft=HoursDraft("全年", date(2026, 1, 1), None, SESSIONS), by=actor(cast.wang), at=at)
    rulebook.adopt_founding(center=cast.center, active_from=date(2026, 1, 1), by=system(cast.center), at=at)
    return cast


@pytest.fixture
def ask(hall, actor, at):
    """`ask("低保怎么办")` opens an inquiry of 李明 at the counter with these matters; keywords go to `open_inquiry`."""
    from shouwen.reception import actions

    def opened(*words, by=None, when=None, **more):
        told = {"channel": "walk_in", "first_asked": hall.li, "subjects": [(None, word) for word in words or ("低保怎么办",)]}
        return actions.open_inquiry(**told | more, by=by or actor(hall.li), at=when or at)

    return opened


@pytest.fixture
def matter(ask):
    return ask().matters.get()


@pytest.fixture
def offer(hall, matter, actor, at):
    """`offer()` is 李明's escorted hand-over of the matter to counter 2; keywords change where it goes."""
    from shouwen.org.models import Counter
    from shouwen.reception import actions

    def made(when=None, by=None, **to):
        where = to or {"counter": Counter.objects.of(hall.center).get(number=2)}
        kind = where.pop("kind", "escorted")
        return actions.hand_over(matter=matter, kind=kind, **where, by=by or actor(hall.li), at=when or at)

    return made


@pytest.fixture
def away(hall):
    """`away(member, cover)` makes somebody stand in, from an hour ago to tomorrow."""
    from shouwen.org.models import Substitution

    def stand_in(member, cover, since, hours=24):
        return Substitution.objects.create(
            center=hall.center, member=member, cover=cover, starts_at=since, ends_at=since + timedelta(hours=hours), source="t"
        )

    return stand_in
