"""From material to slot rows, without writing anything."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from shouwen.attendance.models import SlotResult
from shouwen.attendance.queries.material import Material, Person, session_name
from shouwen.org.models import Member
from shouwen.rulebook import queries as rulebook
from shouwen.rules import punches as rules
from shouwen.rules.workdays import ZONE

TEXT = 300


def judged(material: Material, person: Person) -> Iterator[tuple[rules.Judgement, rules.PunchRules]]:
    """One judgement for each run of days under the same rules: a past day keeps the rules then in force ("1.10")."""
    for used, days in groupby(person.days, key=lambda day: material.rules[day.date]):
        found = list(days)
        first, last = found[0].date - timedelta(days=1), found[-1].date + timedelta(days=1)
        punches = [punch for punch in person.punches if first <= punch.at.astimezone(ZONE).date() <= last]
        yield rules.judge(found, punches, person.leaves, used, at=material.at, seen_until=material.seen_until), used


def rows_of(material: Material, person: Person) -> list[SlotResult]:
    """The slot rows of one person, not stored; offences as the assessment will count them are marked on them."""
    found = []
    for judgement, used in judged(material, person):
        facts = rules.facts(judgement.days, used, subject=person.member.code)
        offences: dict[tuple[date, str], list[Any]] = {}
        for fact in facts:
            offences.setdefault((fact.date, fact.kind), []).append(fact)
        for day in judgement.days:
            for slot in day.slots:
                found.append(_row(material, person, slot, offences))
    return found


def slot_now(member: Member, day: date, session: str, side: str, at: datetime) -> SlotResult | None:
    """A slot of a day that nobody has worked out and stored yet, not stored; a person's page shows such days too."""
    material = Material(member.center, day, day + timedelta(days=1), at, member)
    rows = (row for person in material.people() for row in rows_of(material, person))
    return next((row for row in rows if (row.date, row.session, row.side) == (day, session, side)), None)


def _row(material: Material, person: Person, slot: rules.SlotResult, offences: dict[tuple[date, str], list[Any]]) -> SlotResult:
    covers = slot.covers or _covered(person, slot.due_at)
    fact = _offence(slot, offences)
    slot, fact = _as_counted(material, slot, fact)
    text = slot.text if slot.covers or not covers else f"代{covers}班;{slot.text}"
    return SlotResult(
        center=material.center,
        member=person.member,
        date=slot.date,
        session=session_name(material.table, slot.date, slot.session),
        side=slot.side,
        due_at=slot.due_at,
        state=slot.state,
        minutes=slot.minutes,
        reading=slot.reading,
        text=text[:TEXT],
        covers=covers,
        fact=fact.kind if fact else "",
        fact_text=fact.reason[:TEXT] if fact else "",
        punched_at=slot.punched_at,
        correct_until=material.correct_until(slot.date),
    )


def _as_counted(material: Material, slot: rules.SlotResult, fact: Any) -> tuple[rules.SlotResult, Any]:
    """The slot as the rulebook of the day counts it (R12): within grace it is normal, from so many minutes on an absence.

    An absence made of minutes stays the fact it was: the assessment converts it and says by which reading.
    """
    if fact is None or slot.state not in (rules.LATE, rules.LEFT_EARLY) or not slot.minutes:
        return slot, fact
    told = rulebook.sorted_as(material.books.on(slot.date), slot.state, slot.minutes)
    if told is None or told.kind not in ("", rules.ABSENT):
        return slot, fact
    if not told.kind:
        return replace(slot, state=rules.NORMAL, reading="R12", text=f"{slot.text},{told.text},不计"), None
    return replace(slot, state=rules.ABSENT, reading="R12", text=f"{slot.text},{told.text},按旷工计"), fact


def _covered(person: Person, due_at: datetime) -> str:
    """Whose slot it also is: the absence of a substitute is the substitute's ("1.4.1")."""
    return "、".join(name for start, end, name in person.covering if start <= due_at <= end)


def _offence(slot: rules.SlotResult, offences: dict[tuple[date, str], list[Any]]) -> Any:
    """The fact this slot carries; taken out of `offences` so that an absent session is told once."""
    waiting = offences.get((slot.date, slot.state), [])
    for fact in waiting:
        mine = fact.at.timetz().replace(tzinfo=None) == slot.session if slot.state == rules.ABSENT else fact.at == slot.due_at
        if mine:
            waiting.remove(fact)
            return replace(fact, reason=fact.reason or slot.text)
    return None
