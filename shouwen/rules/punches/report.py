"""Slot results become facts for the assessment."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from shouwen.rules.punches.model import ABSENT, CLAUSES, LATE, LEFT_EARLY, Absence, DayResult
from shouwen.rules.punches.settings import PunchRules
from shouwen.rules.scoring.facts import Fact
from shouwen.rules.workdays import ZONE


def facts(days: Iterable[DayResult], rules: PunchRules, *, subject: str, source: str = "attendance") -> list[Fact]:
    """The offences of the judged days, in order: kinds "late", "left_early" and "absent" of clauses "1.3.1", "1.3.2", "1.4.1".

    R11: one absence a session, or one a day. R13: in an absent session nothing else counts unless the rules say "add".
    Ids are stable (source, subject, day, session, side), so collecting twice changes nothing.
    """
    return [fact for day in days for fact in _of_day(day, rules, f"{source}:{subject}:{day.date}", subject)]


def _of_day(day: DayResult, rules: PunchRules, stem: str, subject: str) -> Iterator[Fact]:
    absent = {absence.session for absence in day.absences}
    for slot in day.slots:
        if slot.state not in (LATE, LEFT_EARLY) or (slot.session in absent and rules.several == "heavier"):
            continue
        yield Fact(
            f"{stem}:{slot.session:%H%M}:{slot.side}",
            slot.state,
            subject,
            day.date,
            at=slot.due_at,
            minutes=slot.minutes or None,
            reason=slot.text,
            attrs={"clause": slot.clause, "slot": slot.label, "reading": slot.reading},
        )
    if day.absences and rules.absent_unit == "day":
        text = ";".join(absence.text for absence in day.absences)
        yield _absent(day, Absence(day.absences[0].session, text, "R11"), f"{stem}:day", subject)
    else:
        for absence in day.absences:
            yield _absent(day, absence, f"{stem}:{absence.session:%H%M}:absent", subject)


def _absent(day: DayResult, absence: Absence, fact_id: str, subject: str) -> Fact:
    return Fact(
        fact_id,
        ABSENT,
        subject,
        day.date,
        at=datetime.combine(day.date, absence.session, ZONE),
        reason=absence.text,
        attrs={"clause": CLAUSES[ABSENT], "reading": absence.reading},
    )
