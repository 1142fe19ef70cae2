"""What a case's clocks rest on, and what follows: due moments, and when the sweep must look again (L6, L17).

A case has a few clocks, one after another: the one-time notice after receipt, the correction after a notice, both decision
clocks after acceptance, the pause while paused, the delivery after the decision. `watches` lists those that run now.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from shouwen.cases.models import Breach, Case, ChecklistLine, CorrectionNotice, Expedite, Extension, Pause, Warned
from shouwen.core.clock import local
from shouwen.rules.clock import DELIVERY, NOTICE, CaseClock, Event, Limit, Reading, When, due_moment, read, read_case, spoken
from shouwen.rules.ladder import DUE, EVERY, LEFT, OVER, Rung, next_event_at
from shouwen.rules.workdays import DayTable

MINUTE = timedelta(minutes=1)
FOREVER = datetime(2099, 12, 31, 16, tzinfo=UTC)
"""The current limit of a case that waits for the applicant without one (`correction_days` empty)."""
BEFORE = frozenset({Case.Status.RECEIVED.value, Case.Status.CORRECTION.value})

LATER = (Rung("over", OVER, 1), Rung("late", EVERY, 5))
NOTICE_LADDER = (Rung("untouched", LEFT, 4), Rung("left1", LEFT, 1), Rung("due", DUE))
"""A working day after receipt nobody has told, accepted or declined: the head is told too (L16)."""
WAITING_LADDER = (Rung("left1", LEFT, 1), Rung("due", DUE), *LATER)
STATUTORY_LADDER = (Rung("left3", LEFT, 3), Rung("left1", LEFT, 1), Rung("due", DUE), *LATER)
PAUSE_LADDER = (Rung("due", DUE), *LATER)
"""A pause that outlives the days told to the applicant raises its own alarm (L8)."""


@dataclass(slots=True)
class Ledger:
    """The rows a case's clocks rest on; `warned` are (clock, rung), `breached` the sources of breaches."""

    pauses: list[Pause] = field(default_factory=list)
    extensions: list[Extension] = field(default_factory=list)
    expedites: list[Expedite] = field(default_factory=list)
    notice: CorrectionNotice | None = None
    promises: list[ChecklistLine] = field(default_factory=list)
    warned: set[tuple[str, str]] = field(default_factory=set)
    breached: set[str] = field(default_factory=set)

    @property
    def paused(self) -> Pause | None:
        return next((row for row in self.pauses if row.ended_at is None), None)


@dataclass(frozen=True, slots=True)
class Watch:
    """A clock that runs now. `end` names what the sweep does when it runs out, "" for nothing but the ladder."""

    clock: str
    reading: Reading
    ladder: Sequence[Rung] | None
    end: str = ""
    words: str = ""

    @property
    def spoken(self) -> str:
        return spoken(self.reading)


def ledger_of(case: Case) -> Ledger:
    """The ledger of one case, read afresh: only what its state can have, three to five queries."""
    needed: list[Any] = [CorrectionNotice, Warned, Breach]
    if case.clock_date is not None:
        needed = [Pause, Extension, Warned, Breach]
        needed += [Expedite] if case.is_expedited else []
        needed += [ChecklistLine] if case.is_tolerated else []
    return _read(case.center_id, {"case": case.pk}, needed, {case.pk: Ledger()})[case.pk]


def ledgers(center: Any) -> dict[UUID, Ledger]:
    """Ledgers of the open cases of a centre by case id, where there is one: seven queries whatever their number."""
    return _read(center, {"case__ended_at__isnull": True}, list(ADDING), {})


ADDING: dict[Any, Callable[[Ledger, Any], Any]] = {
    Pause: lambda ledger, row: ledger.pauses.append(row),
    Extension: lambda ledger, row: ledger.extensions.append(row),
    Expedite: lambda ledger, row: ledger.expedites.append(row),
    CorrectionNotice: lambda ledger, row: setattr(ledger, "notice", row),
    ChecklistLine: lambda ledger, row: ledger.promises.append(row),
    Warned: lambda ledger, row: ledger.warned.add((row.clock, row.rung)),
    Breach: lambda ledger, row: ledger.breached.add(row.source),
}
ORDER = {Pause: "started_at", Extension: "at", Expedite: "at", CorrectionNotice: "number", ChecklistLine: "position"}


def _read(center: Any, chosen: dict[str, Any], needed: list[Any], found: dict[UUID, Ledger]) -> dict[UUID, Ledger]:
    for model in needed:
        rows = model.objects.of(center).filter(**chosen)
        if model is ChecklistLine:
            rows = rows.filter(status=ChecklistLine.Status.PROMISED)
        if model in ORDER:
            rows = rows.order_by(ORDER[model], "id")
        for row in rows:
            ADDING[model](found.setdefault(row.case_id, Ledger()), row)
    return found


# --- the clocks ---------------------------------------------------------------------------------------------------------


def notice_base(case: Case, ledger: Ledger) -> datetime:
    """From when the five working days of the notice count: the receipt, or the day a correction was completed (K6)."""
    told = ledger.notice
    return case.completed_at if told is not None and case.completed_at is not None else case.received_at


def clock_of(case: Case, ledger: Ledger, table: DayTable) -> CaseClock:
    """The decision clocks of an accepted case (L10). Raises ValueError before acceptance."""
    if case.clock_date is None:
        raise ValueError("a case has no decision clock before it is accepted")
    events = [Event("extend", row.at, row.n) for row in ledger.extensions]
    events += [Event("expedite", row.at, row.n) for row in ledger.expedites]
    for pause in ledger.pauses:
        events.append(Event("pause", pause.started_at))
        if pause.ended_at is not None:
            events.append(Event("resume", pause.ended_at))
    events.sort(key=lambda one: one.when)
    statutory = None if case.statutory_n is None else countable(Limit(case.statutory_n, case.statutory_unit), table)
    promised = countable(Limit(case.promised_n, case.unit), table)
    return CaseClock(started(case), promised, statutory, tuple(events), case.decided_at or case.ended_at)


def started(case: Case) -> When:
    """The moment on `clock_date` the clock started from; the day itself when no moment is on record."""
    moments = (case.accepted_at, case.completed_at, case.received_at)
    return next((one for one in moments if one and local(one).date() == case.clock_date), None) or case.clock_date or date.min


def countable(limit: Limit, table: DayTable) -> Limit:
    """A limit the table can count: nothing left is "by closing", and without opening hours hours become days (8 a day)."""
    if limit.n == 0 and limit.unit == "workday":
        limit = Limit(0, "same_day")
    if table.hours or limit.unit in ("workday", "day"):
        return limit
    minutes = limit.n * {"hour": 60, "minute": 1}.get(limit.unit, 0)
    return Limit(minutes // 480, "workday")


def last_moment(case: Case, clock: CaseClock) -> When:
    """When the story last changed: what is read then holds until it changes again."""
    ended = clock.ended
    return ended if ended is not None else max([clock.started, *(event.when for event in clock.events)], key=_order)


def _order(when: When) -> datetime:
    return when if isinstance(when, datetime) else datetime.combine(when, datetime.min.time(), UTC)


def until(table: DayTable, start: date, end: date, at: When) -> Reading:
    """A fixed last day as a clock, for the ladder: a date on a paper does not move with the calendar."""
    return read(table, start, Limit(max(0, (end - start).days), "day"), (), max(at, start, key=_order))


def watches(case: Case, ledger: Ledger, table: DayTable, at: datetime) -> list[Watch]:
    """The clocks of a case that run at `at`, the leading one first; none once it has ended."""
    if case.ended_at is not None:
        return []
    found = list(_leading(case, ledger, table, at))
    for line in ledger.promises:
        if line.promised_date and case.accepted_at:
            reading = until(table, local(case.accepted_at).date(), line.promised_date, at)
            found.append(Watch(f"promise.{line.position}", reading, WAITING_LADDER, words=f"容缺材料“{line.name}”补交"))
    return found


def _leading(case: Case, ledger: Ledger, table: DayTable, at: datetime) -> Iterator[Watch]:
    if case.status == Case.Status.RECEIVED:
        base = notice_base(case, ledger)
        clock = "notice" if base == case.received_at else "notice.2"
        reading = read(table, base, NOTICE, (), max(at, base))
        yield Watch(clock, reading, NOTICE_LADDER, "notice", "受理或一次性告知")
    elif case.status == Case.Status.CORRECTION:
        told = ledger.notice
        if told is not None and told.due_date is not None:
            reading = until(table, local(told.told_at).date(), told.due_date, at)
            yield Watch(f"correction.{told.number}", reading, WAITING_LADDER, words="补正")
    elif case.status == Case.Status.DECIDED and case.decided_at:
        reading = read(table, case.decided_at, DELIVERY, (), max(at, case.decided_at))
        yield Watch("delivery", reading, STATUTORY_LADDER, "delivery", "送达")
    elif (pause := ledger.paused) is not None:
        reading = read(table, pause.started_at, Limit(pause.needed_days), (), max(at, pause.started_at))
        yield Watch(f"pause.{len(ledger.pauses)}", reading, PAUSE_LADDER, words=f"{pause.ground_label}（暂停）")
    elif case.status == Case.Status.ACCEPTED:
        both = read_case(table, clock_of(case, ledger, table), at)
        yield Watch("promised", both.promised, None, "promised", "办结（承诺时限）")
        if both.statutory is not None:
            yield Watch("statutory", both.statutory, STATUTORY_LADDER, "statutory", "办结（法定时限）")


def silence_lapses_at(case: Case, ledger: Ledger, table: DayTable) -> datetime | None:
    """When an unanswered renewal counts as granted: the end of the old certificate's last day (行政许可法 50); None otherwise."""
    if case.renewal_date is None or case.status not in BEFORE | {Case.Status.ACCEPTED.value}:
        return None
    return due_moment(table, case.renewal_date)


# --- the projection -----------------------------------------------------------------------------------------------------


def project(case: Case, ledger: Ledger, table: DayTable) -> dict[str, Any]:
    """The projected fields of a case from its ledger, alike whoever asks and whenever (L6).

    `current_due_at` is the moment of the clock that runs now, `next_event_at` when the sweep must look, None for never.
    """
    found: dict[str, Any] = {"due_at": None, "statutory_due_at": None, "delivery_due_at": None, "is_provisional": False}
    when: When = case.received_at
    if case.clock_date is not None:
        clock = clock_of(case, ledger, table)
        when = last_moment(case, clock)
        both = read_case(table, clock, when)
        found |= {"due_at": both.due_at, "statutory_due_at": both.statutory_due_at, "is_provisional": both.is_provisional}
    moment = when if isinstance(when, datetime) else case.accepted_at or case.received_at
    if case.decided_at is not None:
        found["delivery_due_at"] = read(table, case.decided_at, DELIVERY, (), case.decided_at).due_at
    running = watches(case, ledger, table, moment)
    found["current_due_at"] = _current(case, found, running)
    if case.clock_date is None and running:
        found["is_provisional"] = running[0].reading.provisional
    found["next_event_at"] = _next(case, ledger, table, running)
    return {name: _utc(value) for name, value in found.items()}


def _current(case: Case, found: dict[str, Any], running: list[Watch]) -> datetime:
    if case.status in BEFORE and running:
        return running[0].reading.due_at
    if case.status == Case.Status.CORRECTION:
        return FOREVER
    if case.delivery_due_at or found["delivery_due_at"]:
        return found["delivery_due_at"] or FOREVER  # decided: the delivery
    return found["due_at"] or case.ended_at or FOREVER


def _next(case: Case, ledger: Ledger, table: DayTable, running: list[Watch]) -> datetime | None:
    moments = []
    for watch in running:
        told = {rung for clock, rung in ledger.warned if clock == watch.clock}
        moments.append(next_event_at(table, watch.reading, told, watch.ladder))
        if watch.end and watch.end not in ledger.breached and not watch.reading.is_paused:
            moments.append(watch.reading.due_at + MINUTE)
    silence = silence_lapses_at(case, ledger, table)
    moments.append(silence + MINUTE if silence else None)
    return min((one for one in moments if one is not None), default=None)


def _utc(value: Any) -> Any:
    return value.astimezone(UTC) if isinstance(value, datetime) else value
