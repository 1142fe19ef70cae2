"""Data for the papers of a case (shapes: `shouwen.documents.queries.shapes.cases`); each is numbered and filed with the case.

`source` is "cases.<kind>:<code of the case>[:part]", so a paper leads back to its case and is issued once.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from shouwen.cases.models import Case, ChecklistLine, CorrectionNotice, Delivery, Expedite, Extension, Pause
from shouwen.cases.queries.checklists import lines as lines_of
from shouwen.cases.queries.checklists import unsatisfied
from shouwen.catalogue.queries import fees_in_force
from shouwen.core.actors import Actor
from shouwen.core.clock import local
from shouwen.core.obligations import address
from shouwen.documents.actions import issue
from shouwen.documents.models import Document
from shouwen.rules.clock import Limit, notice_lapses_at
from shouwen.rules.limits import PAUSE_GROUNDS
from shouwen.rules.limits import words as limit_words
from shouwen.workcalendar.queries import day_table

WAYS = dict(Delivery.Way.choices)
CONSEQUENCE = "逾期未补正的，由经办人联系确认后可按撤回申请处理"
LOOK_AGAIN = "本中心业务科"


def day(value: date | datetime | None) -> str:
    """2026年11月9日, local; "" for none."""
    if value is None:
        return ""
    on = local(value).date() if isinstance(value, datetime) else value
    return f"{on.year}年{on.month}月{on.day}日"


def moment(value: datetime) -> str:
    here = local(value)
    return f"{day(value)} {here.hour}:{here:%M}"


def limit(n: int | None, unit: str) -> str:
    """20个工作日, 当日办结; "" without one."""
    return "" if n is None else limit_words(Limit(n, unit)).replace(" ", "")


def paper(case: Case, kind: str, data: dict[str, Any], *, part: str = "", by: Actor, at: datetime) -> Document:
    """Issue one paper of the case; `part` tells apart what there may be several of (a second pause)."""
    source = f"cases.{kind}:{case.code}" + (f":{part}" if part else "")
    subject = f"{case.item_name} {case.code}"[:100]
    # The square code leads to how the case stands; the page asks for the tail of the telephone.
    url = address("public:progress_of", case.center.code, case.code)
    return issue(kind=kind, data=common(case, by, at) | data, subject=subject, source=source, url=url, by=by, at=at)


def common(case: Case, by: Actor, at: datetime) -> dict[str, Any]:
    """What every paper of a case has; numbers masked."""
    version, person, agent = case.version, case.person, case.agent
    name = case.department.name
    return {
        "agency": name if name.startswith(case.center.short_name) else f"{case.center.short_name}{name}",
        "case_code": case.code,
        "item": case.item_name,
        "item_code": version.item.implementation_code,
        "kind": version.get_official_kind_display(),
        "handling": version.get_handling_display(),
        "is_licence": "行政许可" in version.legal_basis,
        "legal_basis": version.legal_basis,
        "applicant": case.person_name,
        "is_unit": person.is_unit,
        "applicant_id": _number(person),
        "applicant_phone": person.phone_masked,
        "agent": agent.name if agent else "",
        "agent_id": _number(agent) if agent else "",
        "first_asked": case.matter.inquiry.first_asked_name,
        "handler": by.label,
        "counter": case.counter_label,
        "contact_phone": version.consult_phone or case.center.report_phone,
        "date": day(at),
    }


def _number(person: Any) -> str:
    return f"{person.get_id_kind_display()} {person.id_masked}" if person.id_masked else ""


def _materials(rows: Iterable[ChecklistLine]) -> list[dict[str, str]]:
    words = {"defective": "须更换", "promised": "容缺待补", "waived": "免交"}
    return [
        {"name": row.name, "originals": str(row.originals), "copies": str(row.copies), "remark": words.get(row.status, "")}
        for row in rows
        if row.status != ChecklistLine.Status.MISSING
    ]


def fees(case: Case, at: datetime) -> str:
    """What may be charged for the item today, from the schedule alone ("3.5")."""
    rows = fees_in_force(case.center, case.version, local(at).date())
    return "；".join(f"{row.name} {row.amount / 100:g} 元/{row.unit}（{row.basis}）" for row in rows) or "不收费"


def pickup(case: Case) -> str:
    return WAYS.get(case.delivery, "窗口领取")


# --- one function a paper -----------------------------------------------------------------------------------------------


def receipt(case: Case, rows: list[ChecklistLine], *, by: Actor, at: datetime) -> Document:
    """收件凭证: the material was taken; by `tell_by` everything missing must be told (行政许可法 32)."""
    lapses = notice_lapses_at(day_table(case.center), case.received_at)
    data = {"received_at": moment(case.received_at), "materials": _materials(rows), "tell_by": day(lapses)}
    return paper(case, "receipt", data, by=by, at=at)


def correction_receipt(
    case: Case, taken: list[ChecklistLine], rows: list[ChecklistLine], *, by: Actor, at: datetime
) -> Document:
    """补正材料接收凭证: with nothing missing its day is the day of acceptance."""
    notice = CorrectionNotice.objects.of(case.center_id).filter(case=case).order_by("-number").first()
    told = Document.objects.of(case.center_id).filter(code=notice.document_code).first() if notice else None
    data = {
        "notice_number": told.number if told else "",
        "received_at": moment(at),
        "materials": _materials(taken),
        "missing": [row.name for row in [*unsatisfied(rows), *(row for row in rows if row.status == "promised")]],
    }
    return paper(case, "correction_receipt", data, part=str(case.revision), by=by, at=at)


def one_time_notice(case: Case, notice: CorrectionNotice, rows: list[ChecklistLine], *, by: Actor, at: datetime) -> Document:
    """一次性告知书: each line with what is wrong and where to get it, and all other relevant matters ("4.3.2")."""
    version = case.version
    first = CorrectionNotice.objects.of(case.center_id).filter(case=case, number=1).exclude(pk=notice.pk).first()
    earlier = Document.objects.of(case.center_id).filter(code=first.document_code).first() if first else None
    data = {
        "received_date": day(case.received_at),
        "lines": [{"name": one["name"], "problem": one["defect"], "where": one["where"]} for one in notice.lines],
        "due_date": day(notice.due_date),
        "consequence": CONSEQUENCE if notice.due_date else "",
        "conditions": version.conditions,
        "fees": fees(case, at),
        "limit": limit(case.promised_n, case.unit),
        "next_step": f"补齐后交{case.counter_label or '原窗口'}，"
        + ("办理时限不因此重新计算" if case.accepted_at else "交齐之日即受理之日"),
        "earlier": earlier.number if earlier else "",
        "reason": notice.reason,
        "approver": notice.approver.name if notice.approver else "",
    }
    return paper(case, "one_time_notice", data, part=str(notice.number), by=by, at=at)


def acceptance(case: Case, *, by: Actor, at: datetime) -> Document:
    """受理通知书 with the day of the decision ("4.3.2", 行政许可法 32)."""
    rows = lines_of(case)
    grounds = "、".join(PAUSE_GROUNDS.get(ground, ground) for ground in case.version.pause_grounds)
    data = {
        "received_date": day(case.received_at),
        # Complete when it came in: nothing was made good later, and the notice does not say so.
        "completed_date": day(case.completed_at) if case.completed_at != case.received_at else "",
        "accepted_date": day(case.clock_date),
        "materials": _materials(rows),
        "limit": limit(case.promised_n, case.unit),
        "due_date": day(case.due_at),
        "statutory_limit": limit(case.statutory_n, case.statutory_unit),
        "is_provisional": case.is_provisional,
        "is_deemed": case.is_deemed,
        "special": f"需要{grounds}的，所需时间依法不计入办理时限，届时书面告知" if grounds else "",
        "pickup": f"{pickup(case)}，凭本通知书和有效证件",
        "fees": fees(case, at),
        "tolerated": [
            {"name": row.name, "due_date": day(row.promised_date)}
            for row in rows
            if row.status == ChecklistLine.Status.PROMISED
        ],
        "expedited": "",
    }
    return paper(case, "acceptance", data, by=by, at=at)


def declined(case: Case, *, reason: str, basis: str, authority: str, by: Actor, at: datetime) -> Document:
    """不予受理通知书 with the remedies: reconsideration within 60 days, suit within 6 months."""
    ground = "依法不属于本机关职权范围" if authority else "依法不予受理"
    data = _refusal(case, ground, basis, reason) | {"apply_to": authority}
    return paper(case, "declined", data, by=by, at=at)


def returned(case: Case, *, reason: str, basis: str, by: Actor, at: datetime) -> Document:
    """退回件通知书: whoever objects turns to the business section."""
    more = {"apply_to": "", "materials": _materials(lines_of(case)), "section_contact": LOOK_AGAIN}
    return paper(case, "returned", _refusal(case, "不具备办理条件", basis, reason) | more, by=by, at=at)


def _refusal(case: Case, ground: str, basis: str, reason: str) -> dict[str, Any]:
    return {
        "received_date": day(case.received_at),
        "ground": ground,
        "ground_basis": basis,
        "reason": reason,
        "review_body": "",
        "court": "",
    }


def special_procedure(case: Case, pause: Pause, *, by: Actor, at: datetime) -> Document:
    """特别程序告知书: the needed time, in writing (行政许可法 45)."""
    table = day_table(case.center)
    data = {
        "accepted_date": day(case.clock_date),
        "ground": pause.ground_label,
        "basis": pause.basis,
        "needed": f"{pause.needed_days}个工作日",
        "started_date": day(pause.started_at),
        "expected_date": day(table.add(local(pause.started_at).date(), pause.needed_days).date),
        "due_date": day(case.due_at),
    }
    return paper(case, "special_procedure", data, part=str(case.revision), by=by, at=at)


def extension(case: Case, extended: Extension, old_due: datetime, *, by: Actor, at: datetime) -> Document:
    """延期通知书, told before the old date is over (行政许可法 42)."""
    statutory = case.statutory_n is not None
    n, unit = (case.statutory_n, case.statutory_unit) if statutory else (case.promised_n, case.unit)
    data = {
        "accepted_date": day(case.clock_date),
        "limit": limit(n, unit),
        "old_due_date": day(old_due),
        "extended": limit(extended.n, unit),
        "new_due_date": day(case.statutory_due_at if statutory else case.due_at),
        "reason": extended.reason,
        "approver": extended.approver.name,
        "approver_role": case.version.get_extension_approver_display(),
        "approved_date": day(extended.at),
    }
    return paper(case, "extension", data, by=by, at=at)


def completion(case: Case, *, opinion: str, by: Actor, at: datetime) -> Document:
    """办结通知书; a promise not kept is said openly with its accepted cause, if there is one ("3.3")."""
    late = case.breaches.filter(kind__in=["promised", "statutory"]).order_by("at").first()
    urgent = Expedite.objects.of(case.center_id).filter(case=case).order_by("-at").first()
    data = {
        "received_date": day(case.received_at),
        "accepted_date": day(case.clock_date),
        "decided_date": day(case.decided_at),
        "result": {"granted": "准予", "refused": "不予"}.get(case.decision, "办结"),
        "result_name": case.version.result_name,
        "result_number": case.result_number,
        "result_expires": day(case.result_expires),
        "opinion": opinion,
        "limit": limit(urgent.n if urgent else case.promised_n, case.unit),
        "late_reason": late.words if late else "",
        "pickup": pickup(case),
        "pickup_until": day(case.delivery_due_at),
        "credentials": "受理通知书和有效证件",
        "review_body": "",
        "court": "",
    }
    return paper(case, "completion", data, by=by, at=at)


def delivery_proof(case: Case, delivery: Delivery, *, by: Actor, at: datetime) -> Document:
    """送达回证, with the relation of whoever took it, or the refusal and its witness."""
    done = Document.objects.of(case.center_id).filter(kind="completion", source=f"cases.completion:{case.code}").first()
    name = case.version.result_name or "办理结果"
    papers = [{"name": name, "number": case.result_number, "copies": "1"}]
    papers += [{"name": done.get_kind_display(), "number": done.number, "copies": "1"}] if done else []
    here = local(delivery.delivered_at)
    data = {
        "papers": papers,
        "recipient": case.person_name,
        "place": delivery.place,
        "way": delivery.get_way_display(),
        "delivered_at": f"{day(delivery.delivered_at)}{here.hour}时{here.minute:02}分",
        "receiver": delivery.receiver if not delivery.refusal else "",
        "relation": delivery.relation,
        "refusal": delivery.refusal,
        "witness": delivery.witness,
        "deliverer": delivery.delivered_by,
        "remark": delivery.note,
    }
    return paper(case, "delivery_proof", data, by=by, at=at)
