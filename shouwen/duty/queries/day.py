"""One day of duty: who has it, what is done, what is owed and until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import CharField, F, Q, Value

from shouwen.core.actors import Actor
from shouwen.core.clock import local
from shouwen.core.obligations import Obligation, address, state_at
from shouwen.duty import models
from shouwen.rulebook import queries as rulebook
from shouwen.rules import hall_duty
from shouwen.rules.workdays import DayTable
from shouwen.workcalendar import queries as workcalendar

TITLES = {"open": "开门", "close": "关门检查", "handover": "值日交接", "round": "保洁检查"}
ACTIONS = {"open": "去登记", "close": "去登记", "handover": "去交接", "round": "去检查"}
_standing: dict[Any, tuple[DayTable, date, hall_duty.DutyRules]] = {}
PENDING = {
    "swap": ("换班待答复", "答复"),
    "handover": ("值日待接班", "核对接班"),
    "breach": ("值守核实", "核实"),
    "reply": ("请您说明", "说明"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of today's duty card."""

    text: str
    done: bool


@dataclass(frozen=True, slots=True)
class DayDuty:
    """`shifts` by kind, `dues` with whether each is done, and the lines for 今日."""

    date: date
    day_label: str
    hours: str
    shifts: dict[str, models.Shift]
    dues: list[tuple[hall_duty.Due, bool]]
    lines: list[Line]

    @property
    def hall(self) -> models.Shift | None:
        return self.shifts.get(models.Kind.HALL) or self.shifts.get(models.Kind.HOLIDAY)


def duty_rules(center: Any, on: date) -> hall_duty.DutyRules:
    """The numbers of the rulebook in force that day."""
    version = rulebook.in_force(center, on)
    names = ("door_open_before", "door_close_within", "handover_within", "cleaning_round_grace")
    opens, closes, handover, grace = (int(rulebook.parameter_of(version, f"{name}_minutes")) for name in names)
    return hall_duty.DutyRules(opens, closes, handover, int(rulebook.parameter_of(version, "cleaning_rounds")), grace)


def standing_rules(center: Any, on: date, table: DayTable) -> hall_duty.DutyRules:
    """`duty_rules`, read anew only when the day turns or `table` does: a change of the rulebook makes another table."""
    known = _standing.get(center.pk)
    if known is None or known[0] is not table or known[1] != on:
        known = _standing[center.pk] = (table, on, duty_rules(center, on))
    return known[2]


def done(shift: models.Shift) -> hall_duty.Done:
    return hall_duty.Done(
        opened_at=shift.opened_at,
        closed_at=shift.closed_at,
        rounds=tuple(datetime.fromisoformat(moment) for moment in shift.rounds),
        given_at=shift.given_at,
        confirmed_at=shift.confirmed_at,
    )


def closes_at(center: Any, at: datetime) -> datetime | None:
    """From when on the day's doors may be shut, None on a day of rest; before that it is too early ("1.3.4")."""
    sessions = workcalendar.day_table(center).sessions_of(local(at).date())
    return sessions[-1][1] if sessions else None


def day_shifts(center: Any, on: date) -> dict[str, models.Shift]:
    rows = models.Shift.objects.of(center).filter(date=on, ended_at__isnull=True).select_related("member")
    return {row.kind: row for row in rows}


def today(center: Any, at: datetime, table: DayTable | None = None) -> DayDuty:
    """The day `at` falls on, as the card on 今日 and the duty page show it; pass the day table when it is at hand."""
    on = local(at).date()
    table = table or workcalendar.day_table(center)
    sessions = table.sessions_of(on)
    shifts = day_shifts(center, on)
    hall = shifts.get(models.Kind.HALL)
    dues: list[tuple[hall_duty.Due, bool]] = []
    if hall is not None and sessions:
        owed = hall_duty.dues(sessions, standing_rules(center, on, table))
        dues = [(due, hall_duty.is_done(due, done(hall))) for due in owed]
    hours = " ".join(f"{start:%H:%M}—{end:%H:%M}" for start, end in sessions)
    return DayDuty(on, str(table.kind(on)), hours, shifts, dues, _lines(shifts, hall, dues))


def _lines(shifts: dict[str, models.Shift], hall: models.Shift | None, dues: list[tuple[hall_duty.Due, bool]]) -> list[Line]:
    lines = [
        Line(f"{models.Kind(kind).label}:{shifts[kind].member.name}", True) for kind in models.Kind.values if kind in shifts
    ]
    for due, is_done in dues:
        text = f"{TITLES[due.kind]}(应 {local(due.due_at):%H:%M} 前)"
        if due.kind == "open" and hall is not None and hall.opened_at:
            text = f"开门 {local(hall.opened_at):%H:%M}(应 {local(due.due_at):%H:%M} 前)"
        if due.kind == "close" and hall is not None and hall.closed_at:
            text = f"关门 {local(hall.closed_at):%H:%M}(应 {local(due.from_at):%H:%M} 至 {local(due.due_at):%H:%M})"
        lines.append(Line(text, is_done))
    return lines


def on_duty(center: Any, at: datetime) -> Any:
    """Who keeps the hall at this moment, or None: the duty person of the day."""
    shifts = day_shifts(center, local(at).date())
    shift = shifts.get(models.Kind.HALL) or shifts.get(models.Kind.HOLIDAY)
    return shift.member if shift else None


def obligations(actor: Actor, at: datetime, board: DayDuty | None = None) -> list[Obligation]:
    """What the actor owes the hall: today's duties, shifts to answer, hand-overs to confirm, breaches to decide or answer.

    Pass `board` (from `today`) when it is at hand; nothing is read twice then.
    """
    board = board or today(actor.center, at)
    hall = board.shifts.get(models.Kind.HALL)
    owed = []
    if hall is not None and actor.is_self(hall.member):
        url = address("duty:today")
        for due, is_done in board.dues:
            if not is_done and at >= due.from_at:
                owed.append(
                    Obligation(
                        "值日", TITLES[due.kind], "", hall.code, due.clause, due.from_at, due.due_at,
                        state_at(due.due_at, at, 1800), ACTIONS[due.kind], url,
                    )
                )  # fmt: skip
    return owed + _pending(actor, at)


def _pending(actor: Actor, at: datetime) -> list[Obligation]:
    """Swaps, hand-overs and breaches that wait for this person: one statement for all."""
    of = lambda model: model.objects.of(actor.center)  # noqa: E731
    kind = lambda name: Value(name, CharField())  # noqa: E731
    duty = Value("1.3.5", CharField())
    swaps = of(models.Swap).filter(asked=actor.member, state="asked")
    handovers = of(models.ShiftHandover).filter(receiver=actor.member, state="given")
    mine = of(models.Breach).filter(member=actor.member, state="noted", replied_at__isnull=True)
    rows = swaps.values_list(kind("swap"), "code", "shift__date", F("asked_at"), "asker__name", duty).union(
        handovers.values_list(kind("handover"), "code", "shift__date", F("given_at"), "giver__name", duty),
        mine.values_list(kind("reply"), "code", "date", F("happened_at"), "text", F("clause")),
        *(
            [
                of(models.Breach)
                .filter(~Q(member=actor.member), state="disputed")
                .values_list(kind("breach"), "code", "date", F("replied_at"), "member__name", F("clause"))
            ]
            if actor.has("leader", "director", "assessor")
            else []
        ),
        all=True,
    )
    return [_waiting(*row) for row in rows if row[0] != "reply" or (at - row[3]).days < 31]


def _waiting(kind: str, code: str, on: date, since: datetime, subject: str, clause: str) -> Obligation:
    chip, action = PENDING[kind]
    names = {"swap": "swap", "handover": "handover", "breach": "breach", "reply": "breach"}
    title = (
        f"{on.month}月{on.day}日 " + {"swap": "的班", "handover": "值日交接", "breach": "值守问题", "reply": "值守问题"}[kind]
    )
    return Obligation(chip, title, subject, code, clause, since, None, "ok", action, address(f"duty:{names[kind]}", code))
