"""The clock against a plain walk, day by day and minute by minute, that knows nothing of how the clock counts."""

import random
from datetime import date, datetime, time, timedelta

import chinese_calendar

from shouwen.cli.eval_workdays import shipped_table
from shouwen.rules.clock import Event, Limit, read, ruler
from shouwen.rules.workdays import ZONE, OpeningHours

SESSIONS = ((time(8, 30), time(12)), (time(14), time(17, 30)))
TABLE = shipped_table().for_center(hours=[OpeningHours(date(2004, 1, 1), SESSIONS)])
ONE, MINUTE = timedelta(days=1), timedelta(minutes=1)
ROWS = 4000
# Asked once for each day: the package is slow. Its 2005-12-31 is known to be wrong (tests/rules/test_workdays.py).
FIRST = date(2006, 1, 1)
WORKING = {FIRST + ONE * index for index in range(7670) if chinese_calendar.is_workday(FIRST + ONE * index)}


class Walk:
    """What happened until the end of each day: days passed unpaused, the limit, the day it ran out and the last day."""

    def __init__(self, received, n, unit):
        self.passed, self.budget, self.unit, self.paused, self.ran_out, self.last = 0, n, unit, False, None, None
        self.kinds = {received: "start"}

    @property
    def used(self):
        return min(self.passed, self.budget)

    def day(self, day):
        works = day in WORKING
        if works or self.unit == "day":
            self.passed += not self.paused
            self.kinds[day] = "pause" if self.paused else "counted"
            if self.ran_out:
                self.kinds[day] = "late" if works else "rest"
            elif self.passed == self.budget:
                self.ran_out = day
        else:
            self.kinds[day] = "rest"
        # The last day of a calendar limit rolls to the next working day.
        if self.ran_out and self.last is None and works:
            self.last, self.kinds[day] = day, "due"

    def event(self, event):
        if event.kind == "pause" and self.used < self.budget:
            self.paused = True
        elif event.kind == "resume":
            self.paused = False
        elif event.kind == "extend" and (self.last is None or self.last >= event.when):
            self.extend(event)

    def extend(self, event):
        # What was waited for the roll counts after all: the limit is longer now.
        if self.ran_out:
            for index in range((event.when - self.ran_out).days + 1):
                self.kinds[self.ran_out + ONE * index] = "counted"
        self.budget, self.ran_out, self.last = self.budget + event.n, None, None
        if self.passed >= self.budget:
            # So short an extension ends on the day the roll had waited for.
            self.ran_out = event.when
            if event.when in WORKING:
                self.last, self.kinds[event.when] = event.when, "due"

    def answer(self, at):
        """Used, left, due, state and days late; the due date by walking on as if resumed now."""
        used, left, state, late = self.used, self.budget - self.used, "running", 0
        if self.paused:
            state, self.paused = "paused", False
        elif self.last and at > self.last:
            state = "overdue"
            late = sum(self.last + ONE * i in WORKING for i in range(1, (at - self.last).days + 1))
        day = at
        while self.last is None:
            day += ONE
            self.day(day)
            if self.kinds[day] == "counted":
                self.kinds[day] = "ahead"
        return used, left, self.last, state, late


def walk(received, n, unit, events, at):
    walked = Walk(received, n, unit)
    for index in range((at - received).days + 1):
        day = received + ONE * index
        if index:
            walked.day(day)
        for event in events:
            if event.when == day:
                walked.event(event)
    answer = walked.answer(at)
    return answer, sorted(walked.kinds.items())


def story(rng, received):
    """Pauses, resumes and now and then an extension, in order of time."""
    day, paused, events = received, False, []
    for _ in range(rng.choice((0, 0, 1, 2, 3, 4, 6))):
        day += ONE * rng.randrange(0, 15)
        if rng.random() < 0.2:
            events.append(Event("extend", day, rng.randrange(1, 16)))
        else:
            events.append(Event("resume" if paused else "pause", day))
            paused = not paused
    return events


def compared(unit):
    """For random rows, those where clock and walk differ."""
    rng, differing = random.Random(20261128), []
    for _ in range(ROWS):
        received = FIRST + ONE * rng.randrange(0, 7300)
        n, events = rng.choice((1, 2, 3, 5, 7, 10, 20, 45)), story(rng, received)
        at = received + ONE * rng.randrange(0, 90)
        reading = read(TABLE, received, Limit(n, unit), events, at)
        said = reading.used, reading.left, reading.due, reading.state, reading.overdue_by
        drawn = [(mark.date, mark.kind) for mark in ruler(TABLE, received, reading, at)]
        if (said, drawn) != walk(received, n, unit, events, at):
            differing.append((received, n, events, at, said, walk(received, n, unit, events, at)[0]))
    return differing


def test_thousands_of_random_stories_in_working_days_equal_the_walk():
    """Clause "3.3": used, left, due date, state, days late and every mark of the ruler."""
    assert compared("workday") == []


def test_thousands_of_random_stories_in_calendar_days_equal_the_walk():
    assert compared("day") == []


def is_open(moment):
    inside = any(start <= moment.time() < end for start, end in SESSIONS)
    return inside and moment.date() in WORKING


def walk_minutes(received, n, pauses, at):
    """Minute by minute: used, left, due moment, state; a minute belongs to the clock when open and not in a pause."""
    moment, used, due = received, 0, None
    while due is None or moment < at:
        paused = any(start <= moment and (end is None or moment < end) for start, end in pauses if start <= at)
        if moment >= at and pauses and pauses[-1][1] is None:
            paused = False
        if used < n and is_open(moment) and not paused:
            used += 1
            due = moment + MINUTE if used == n else None
        moment += MINUTE
        if moment == at:
            used_then = used
    state = "overdue" if at > due else "running"
    return used_then, n - used_then, due, state


def test_random_stories_in_minutes_of_opening_time_equal_a_walk_minute_by_minute():
    """K5: with pauses from minute to minute, across breaks, nights and days of rest."""
    rng, differing = random.Random(3), []
    for _ in range(300):
        received = datetime(2026, 9, 14, 7, tzinfo=ZONE) + MINUTE * rng.randrange(0, 30_000)
        n, start = rng.randrange(1, 900), received + MINUTE * rng.randrange(0, 2000)
        end = start + MINUTE * rng.randrange(1, 3000)
        at = received + MINUTE * rng.randrange(1, 8000)
        first = read(TABLE, received, Limit(n, "minute"), [Event("pause", start)], start)
        pauses = [] if first.refused or start > at else [(start, end if end <= at else None)]
        events = [Event("pause", start), Event("resume", end)]
        reading = read(TABLE, received, Limit(n, "minute"), events, at)
        walked = walk_minutes(received, n, pauses, at)
        state = "paused" if pauses and end > at else walked[3]
        if (reading.used, reading.left, reading.due_at, reading.state) != (*walked[:3], state):
            differing.append((received, n, start, end, at, reading, walked))
    assert differing == []
