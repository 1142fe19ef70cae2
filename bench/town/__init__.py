"""A hall whose tables have as many rows as one likes, written in bulk: what the benches of pages and their tests visit.

The present is Monday 2026-11-23 09:12 local (`DEMO_DATE`). One row in fifty waits for somebody, as after years of work; the
rest are done. People and rows are two numbers: a list of leaves grows with rows, the month's grid with people. Nothing here
acts as the product would: rows are laid, not earned.
"""

from __future__ import annotations

from django.db import transaction

from bench.town.assessment import months_of, papers_of, voices_of
from bench.town.attendance import attendance_of, sources_of
from bench.town.duty import duty_of
from bench.town.ground import AT, CAST, DEMO_DATE, HOURS, SINCE, Town, decisions_of, people_of
from shouwen.audit.actions import record
from shouwen.core.actors import system
from shouwen.org.models import Center
from shouwen.rulebook import actions as rulebook
from shouwen.workcalendar import actions as workcalendar
from shouwen.workcalendar.queries import HoursDraft

__all__ = ["AT", "CAST", "DEMO_DATE", "Town", "build"]


@transaction.atomic
def build(name: str, people: int, rows: int) -> Town:
    """A hall with `people` persons (at least the cast) and `rows` rows in every other table that a page lists."""
    center = Center.objects.create(name=f"{name}便民服务中心", short_name=name, report_phone="0731-8800001", created_at=AT)
    by = system(center)
    workcalendar.set_hours(draft=HoursDraft("全年", SINCE, None, HOURS), by=by, at=AT)
    rulebook.adopt_founding(center=center, active_from=SINCE, by=by, at=AT)
    town = people_of(center, name, max(people, len(CAST)))
    for lay in (decisions_of, duty_of, attendance_of, sources_of, months_of, voices_of, papers_of):
        lay(town, rows)
    for number in range(rows):
        record(by=by, at=AT, verb="bench.row", label=f"第 {number} 行")
    return town
