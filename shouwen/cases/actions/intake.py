"""Receipt: what came in, the frozen checklist, the receipt on paper ("4.3.2"); and what comes in later."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from shouwen.audit.actions import record
from shouwen.cases import documents
from shouwen.cases.actions import matters
from shouwen.cases.actions.search import index_cases
from shouwen.cases.actions.story import plain, tell
from shouwen.cases.models import Case, ChecklistLine, CorrectionNotice, Event
from shouwen.cases.queries.checklists import is_open, unsatisfied
from shouwen.cases.queries.ledger import Ledger, project
from shouwen.cases.queries.search import search_words
from shouwen.catalogue.models import ItemVersion
from shouwen.catalogue.queries import checklist
from shouwen.core.actors import Actor
from shouwen.core.clock import local
from shouwen.core.errors import Refused, taken
from shouwen.reception import actions as reception
from shouwen.reception.models import Matter, Person
from shouwen.reception.queries import unit_of
from shouwen.workcalendar.queries import day_table

CLAUSE = "4.3.2"
Received = Mapping[int, str]
"""What was handed in: position of the line → "" when it is in order, else what is wrong and how it should be."""
NOTHING: Received = {}


def receive_case(
    *,
    matter: Matter,
    version: ItemVersion,
    person: Person | Mapping[str, Any],
    lines: Received,
    noted: Received = NOTHING,
    situations: Iterable[str] = (),
    agent: Person | Mapping[str, Any] | None = None,
    delivery: str = "counter",
    renewal_date: date | None = None,
    token: str = "",
    by: Actor,
    at: datetime,
) -> Case:
    """Take in an application and give a receipt (收件凭证); that is not acceptance yet (行政许可法 32).

    `person` and `agent` are people of the register, or what `reception.register_person` needs to find or enter them. `lines` by
    position in `catalogue.queries.checklist(version, situations)`; `noted` is what is said of lines that were not handed in, and
    the receipt does not name those. The same `token` again gives the same case, and no
    second number. Refused for a matter that is closed or has a case, a version not in force, and a renewal without the day the
    old certificate ends. Effects: Case, ChecklistLine, Event, paper "receipt", audit "cases.receive". 依据: 四(三)2 ("4.3.2")
    """
    try:
        with transaction.atomic():
            if (found := _same(by.center, token)) is not None:
                return found
            _refuse(matter, version, renewal_date, at)
            more = {
                "agent": _known(agent, by, at) if agent else None,
                "delivery": delivery,
                "renewal_date": renewal_date,
                "token": token,
            }
            return _receive(matter, version, _known(person, by, at), (lines, noted), list(situations), by, at, more)  # fmt: skip
    except IntegrityError as error:
        if (found := _same(by.center, token)) is not None:
            return found
        raise taken() from error


def _known(person: Person | Mapping[str, Any], by: Actor, at: datetime) -> Person:
    return person if isinstance(person, Person) else reception.register_person(**person, by=by, at=at)


def _same(center: Any, token: str) -> Case | None:
    return Case.objects.of(center).filter(token=token).first() if token else None


def _refuse(matter: Matter, version: ItemVersion, renewal_date: date | None, at: datetime) -> None:
    on = local(at).date()
    if matter.status != Matter.Status.OPEN:
        raise Refused("这件首问事项已经办结，请另行登记一件再收件", "4.2")
    if (known := Case.objects.of(matter.center_id).filter(matter=matter).first()) is not None:
        raise Refused(f"这件事项已经收件，办件编号 {known.code}，请直接办理", CLAUSE)
    holds = version.active_from is not None and version.active_from <= on
    if not holds or (version.active_to is not None and version.active_to <= on) or version.state not in ("in_force", "ended"):
        raise Refused("这个版本的事项今天不施行，请重新选择事项", "3.3")
    if version.is_silence_approved and renewal_date is None:
        raise Refused("延续申请须填写原证件有效期，逾期未答复视为准予（行政许可法第五十条）", "3.3")


def _receive(
    matter: Matter,
    version: ItemVersion,
    person: Person,
    received: tuple[Received, Received],
    situations: list[str],
    by: Actor,
    at: datetime,
    more: dict[str, Any],
) -> Case:
    fields = _fields(matter, version, person, situations, by, at) | more
    names = [person.name, *([more["agent"].name] if more["agent"] else [])]
    fields["search_words"] = search_words(by.center, *names)
    case = Case(center=by.center, revision=1, **fields)
    rows = _lines(case, version, situations, received, by, at)
    if not [row for row in rows if is_open(row)]:
        case.completed_at = fields["completed_at"] = at
    for name, value in project(case, Ledger(), day_table(by.center)).items():
        setattr(case, name, value)
    case.save(force_insert=True)
    ChecklistLine.objects.bulk_create(rows)
    index_cases([case])
    taken_in = "、".join(_taken_in(row) for row in rows if row.status != ChecklistLine.Status.MISSING)
    told = {row.position: _as_told(row) for row in rows}
    Event.objects.create(
        center=by.center, case=case, number=1, kind="receive", at=at, by=by.label[:60], clause=CLAUSE,
        words=f"收件：{taken_in or '未收材料'}"[:300], data={"set": plain(fields), "lines": plain(told)},
    )  # fmt: skip
    matters.begin(case, by=by, at=at)
    documents.receipt(case, rows, by=by, at=at)
    record(by=by, at=at, verb="cases.receive", obj=case, detail={"entry": 1})
    return case


def of_version(version: ItemVersion) -> dict[str, Any]:
    """What a case keeps of the version it was received under, whatever becomes of the item (L39)."""
    return {
        "version": version,
        "item": version.item,
        "item_name": version.name,
        "official_kind": version.official_kind,
        "handling": version.handling,
        "department": version.department,
        "unit": version.promised_unit,
        "promised_n": version.promised_limit,
        "statutory_unit": version.statutory_unit,
        "statutory_n": version.statutory_limit,
    }


def _fields(
    matter: Matter, version: ItemVersion, person: Person, situations: list[str], by: Actor, at: datetime
) -> dict[str, Any]:
    return of_version(version) | {
        "matter": matter,
        "counter_label": unit_of(by.member, local(at).date()) if by.member else "",
        "person": person,
        "person_name": person.name,
        "situations": situations,
        "status": Case.Status.RECEIVED.value,
        "received_at": at,
        "completed_at": None,
    }


def _taken_in(row: ChecklistLine) -> str:
    """As on the receipt: what was handed in and is wrong was handed in."""
    return f"{row.name}（须更换）" if row.status == ChecklistLine.Status.DEFECTIVE else row.name


def _lines(
    case: Case, version: ItemVersion, situations: list[str], taken: tuple[Received, Received], by: Actor, at: datetime
) -> list[ChecklistLine]:
    """The checklist of the version in these situations, as it is from now on (L19)."""
    rows, (received, noted) = [], taken
    for position, line in enumerate(checklist(version, situations), 1):
        row = ChecklistLine(
            center=case.center, case=case, position=position, name=line.name, originals=line.originals, copies=line.copies,
            where=line.where, is_required=line.required, may_follow=line.tolerance_allowed,
        )  # fmt: skip
        if position in received:
            for name, value in checked(received[position], by, at).items():
                setattr(row, name, value)
        else:
            row.defect = noted.get(position, "")[:200]
        rows.append(row)
    if unknown := sorted({*received, *noted} - {row.position for row in rows}):
        raise Refused(f"材料清单里没有第 {unknown[0]} 项，请刷新后重填", CLAUSE)
    return rows


def checked(defect: str, by: Actor, at: datetime) -> dict[str, Any]:
    """A line somebody looked at: in order, or wrong in the way `defect` says."""
    status = ChecklistLine.Status.DEFECTIVE if defect else ChecklistLine.Status.RECEIVED
    return {"status": status.value, "defect": defect[:200], "checked_by": by.label[:30], "received_at": at}


def _as_told(row: ChecklistLine) -> dict[str, Any]:
    kept = (
        "name",
        "originals",
        "copies",
        "where",
        "is_required",
        "may_follow",
        "status",
        "defect",
        "checked_by",
        "received_at",
    )
    return {name: getattr(row, name) for name in kept}


@transaction.atomic
def take_materials(*, case: Case, lines: Received, noted: Received = NOTHING, by: Actor, at: datetime) -> Case:
    """What is brought later: after the one-time notice, or for a tolerance promise. `lines` and `noted` as in `receive_case`.

    With the last open line the materials are complete: that day is the day of acceptance (受理日 = 补正材料交齐之日).
    Refused when nothing is taken, for a line that is not on the list, and after the end.
    Effects: lines, notice fulfilled, paper "correction_receipt", audit "cases.take_materials". 依据: 四(三)2 ("4.3.2")
    """
    rows = {row.position: row for row in ChecklistLine.objects.of(case.center_id).filter(case=case)}
    if not lines or not {*lines, *noted} <= set(rows):
        raise Refused("请勾选这次收到的材料" if not lines else "清单已锁定，不能收清单之外的材料", CLAUSE)
    if case.status not in (Case.Status.RECEIVED, Case.Status.CORRECTION, Case.Status.ACCEPTED) or case.ended_at:
        raise Refused(f"办件{case.get_status_display()}，不再收补正材料", CLAUSE)
    changes = {position: checked(defect, by, at) for position, defect in lines.items()}
    changes |= {position: {"defect": words[:200]} for position, words in noted.items() if position not in lines}
    for position, values in changes.items():
        for name, value in values.items():
            setattr(rows[position], name, value)
    sets = _completed(case, list(rows.values()), at)
    names = "、".join(rows[position].name for position in lines)
    tell(
        case, "take_materials", f"收到{'补正' if case.status != Case.Status.ACCEPTED else '容缺'}材料：{names}" + ("，已交齐" if sets else ""),
        by=by, at=at, clause=CLAUSE, sets=sets, lines=changes,
    )  # fmt: skip
    documents.correction_receipt(case, [rows[position] for position in sorted(lines)], list(rows.values()), by=by, at=at)
    return case


def _completed(case: Case, rows: list[ChecklistLine], at: datetime) -> dict[str, Any]:
    """What follows when nothing is open any more."""
    if unsatisfied(rows) or case.status == Case.Status.ACCEPTED:
        return {}
    CorrectionNotice.objects.of(case.center_id).filter(case=case, fulfilled_at__isnull=True).update(fulfilled_at=at)
    return {"status": Case.Status.RECEIVED.value, "completed_at": at}
