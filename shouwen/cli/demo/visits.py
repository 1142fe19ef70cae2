"""Citizens of 青山镇: who came, what became of it, and who sits in the hall."""

from __future__ import annotations

from datetime import datetime

from shouwen.cli.demo import citizens, files, hall
from shouwen.cli.demo.people import Cast, moment
from shouwen.reception import actions as reception


def play(cast: Cast, until: datetime, whole: bool) -> None:
    """Who came in six weeks, what became of it, and who sits in the hall this morning."""
    at = moment(hall.FIRST, "8:00")
    people = citizens.register(260 if whole else 40, cast.actor("周丽", at), at)
    place = hall.open_hall(cast, people)
    leader = cast.actor("周丽", at)
    for kind, name in (("kiosk", "大厅取号机"), ("screen", "大厅叫号屏")):
        reception.add_hall_device(kind=kind, name=name, by=leader, at=at)
    hall.past(place, *(() if whole else (hall.LAST,)))
    files.play(place, until, **({} if whole else {"old": 20, "ordinary": 6}))
    hall.this_morning(place, until)
