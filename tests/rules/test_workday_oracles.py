"""The calendar against two libraries that had no part in making it: `holidays` and `lunar_python` (docs/explain/clock.md)."""

from datetime import date, timedelta

import holidays
import pytest
from lunar_python.util import HolidayUtil

from shouwen.cli.eval_workdays import shipped_table
from shouwen.rules.clock import Limit, read

TABLE = shipped_table()
D = date.fromisoformat
ONE = timedelta(days=1)
CHINA = holidays.China(years=range(2003, 2028))


def by_holidays(day: date) -> bool:
    """Holidays with those moved onto working days, and weekend days worked instead."""
    return CHINA.is_working_day(day)


def by_lunar(day: date) -> bool:
    named = HolidayUtil.getHoliday(day.year, day.month, day.day)
    return day.weekday() < 5 if named is None else named.isWork()


LIBRARIES = {"holidays": by_holidays, "lunar_python": by_lunar}
# The notice for 2013 (国办发明电〔2012〕33号) says that Sunday 04-07 and Saturday 10-12 are worked; this library has them at rest.
WRONG = {"holidays": set(), "lunar_python": {D("2013-04-07"), D("2013-10-12")}}


def days(first: str, last: str) -> list[date]:
    return [D(first) + ONE * index for index in range((D(last) - D(first)).days + 1)]


@pytest.mark.parametrize("library", LIBRARIES)
def test_every_day_since_2004_is_what_the_library_says_but_for_its_known_faults(library):
    differing = {day for day in days("2004-01-01", "2026-12-31") if LIBRARIES[library](day) != TABLE.is_workday(day)}
    assert differing == WRONG[library]


@pytest.mark.parametrize("library", LIBRARIES)
def test_twenty_working_days_from_every_day_of_eight_years_end_where_a_walk_by_the_library_ends(library):
    """Clause "3.3": 2,891 days of receipt, no exception needed."""
    working = [day for day in days("2019-01-01", "2026-12-31") if LIBRARIES[library](day)]
    asked = days("2019-01-01", "2026-11-30")
    position, differing = 0, []
    for received in asked:
        while working[position] <= received:
            position += 1
        reading = read(TABLE, received, Limit(20), (), received)
        if (reading.due, reading.provisional) != (working[position + 19], False):
            differing.append(received)
    assert (len(asked), differing) == (2891, [])
