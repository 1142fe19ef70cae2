"""The end of a case: decision, delivery, withdrawal ("3.3"); the moment of the decision counts, not of delivery (K12)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from shouwen.cases import documents
from shouwen.cases.actions import matters
from shouwen.cases.actions.acceptance import accept_case
from shouwen.cases.actions.breaches import note_overdue
from shouwen.cases.actions.intake import Received, receive_case
from shouwen.cases.actions.story import store, tell
from shouwen.cases.models import Case, Delivery, JointTask, Pause
from shouwen.cases.queries.ledger import ledger_of
from shouwen.catalogue.models import ItemVersion
from shouwen.core.actors import Actor
from shouwen.core.errors import Refused
from shouwen.reception.models import Matter, Person

CLAUSE, NOTICE = "3.3", "4.3.2"
DECISIONS = {Case.Decision.GRANTED.value: "准予", Case.Decision.REFUSED.value: "不予", Case.Decision.DONE.value: "办结"}


@transaction.atomic
def decide_case(
    *,
    case: Case,
    decision: str,
    result_number: str = "",
    result_expires: date | None = None,
    opinion: str = "",
    by: Actor,
    at: datetime,
) -> Case:
    """办结: the decision is made; from here the delivery clock of ten working days runs (K12, 行政许可法 42, 44).

    `decision` is granted, refused (with the reason in `opinion`) or done. Refused while paused, while a department still owes
    its opinion (L29), or, for anything but a refusal, while promised material is missing (L22). A limit that ran out before this
    moment is a breach on the holder of that moment. Effects: state 已办结待送达, paper "completion", audit "cases.decide".
    依据: 三(三) ("3.3")
    """
    if case.status != Case.Status.ACCEPTED:
        raise Refused(f"办件{case.get_status_display()}，不能作出决定" + ("，请先受理" if not case.accepted_at else ""), CLAUSE)
    if decision not in DECISIONS:
        raise Refused("请选择办理结果：准予、不予或办结", CLAUSE)
    if case.paused_at is not None:
        raise Refused("正在暂停计时，请先恢复计时再作决定", CLAUSE)
    if decision == Case.Decision.REFUSED and not opinion.strip():
        raise Refused("不予的决定须说明理由（行政许可法第三十八条）", CLAUSE)
    _nothing_owed(case, decision)
    note_overdue(case, by=by, at=at)
    sets = {
        "status": Case.Status.DECIDED.value,
        "decision": decision,
        "decided_at": at,
        "result_number": result_number.strip()[:60],
        "result_expires": result_expires,
    }
    words = f"{DECISIONS[decision]}{'，' + result_number.strip() if result_number.strip() else ''}"
    tell(case, "decide", words, by=by, at=at, clause=CLAUSE, sets=sets, data={"opinion": opinion.strip()[:300]})
    documents.completion(case, opinion=opinion.strip(), by=by, at=at)
    return case


def _nothing_owed(case: Case, decision: str) -> None:
    owed = JointTask.objects.of(case.center_id).filter(case=case, status__in=JointTask.OPEN, is_mandatory=True)
    if names := "、".join(owed.values_list("department_name", flat=True)):
        raise Refused(f"{names}还没有答复会办意见，不能办结", "4.3.3")
    promised = [line.name for line in ledger_of(case).promises]
    if promised and decision != Case.Decision.REFUSED:
        raise Refused(f"容缺材料{'、'.join(promised)}还没有补交，不能办结；确不需要的由负责人免交", NOTICE)


@transaction.atomic
def deliver_result(
    *,
    case: Case,
    way: str,
    receiver: str = "",
    relation: str = "本人",
    place: str = "",
    refusal: str = "",
    witness: str = "",
    remark: str = "",
    by: Actor,
    at: datetime,
) -> Delivery:
    """送达: the result reached the applicant, at the counter, by post or at the door; the case and its matter end.

    Somebody else than the applicant gives the relation (成年家属); a refusal to sign needs a witness; by post the number of the
    parcel stands in `remark` (民事诉讼法 87–95). Refused before the decision. Late delivery is a breach (行政许可法 44).
    Effects: Delivery, paper "delivery_proof", matter closed, audit "cases.deliver". 依据: 三(三) ("3.3")
    """
    if case.status != Case.Status.DECIDED:
        raise Refused(f"办件{case.get_status_display()}，没有可以送达的结果", CLAUSE)
    row = Delivery(
        center=case.center, case=case, way=way, place=(place.strip() or case.counter_label or case.center.name)[:120],
        receiver=(receiver.strip() or case.person_name)[:60], relation=(relation.strip() or "本人")[:20],
        refusal=refusal.strip()[:200], witness=witness.strip()[:60], note=remark.strip()[:200], delivered_at=at,
        delivered_by=by.label[:40],
    )  # fmt: skip
    _deliverable(row)
    note_overdue(case, by=by, at=at)
    store(row)
    words = f"{row.get_way_display()}，{'拒收，' + row.witness + '见证' if row.refusal else row.receiver + '签收'}"
    sets, data = {"status": Case.Status.DELIVERED.value, "delivered_at": at, "ended_at": at}, {"way": way}
    tell(case, "deliver", words, by=by, at=at, clause=CLAUSE, sets=sets, data=data)
    row.document_code = documents.delivery_proof(case, row, by=by, at=at).code
    Delivery.objects.of(case.center_id).filter(pk=row.pk).update(document_code=row.document_code)
    matters.close(case, by=by, at=at)
    return row


def _deliverable(row: Delivery) -> None:
    """Who took it, in which relation, or who refused and who saw it."""
    if row.way not in Delivery.Way.values:
        raise Refused("请选择送达方式：窗口、邮寄或上门", CLAUSE)
    if row.receiver != row.case.person_name and row.relation == "本人":
        raise Refused("代收的须写明与申请人的关系", CLAUSE)
    if row.refusal and not row.witness:
        raise Refused("拒收的须有见证人签名（或拍照录像）后留置送达", CLAUSE)
    if row.way == Delivery.Way.POST and not row.note:
        raise Refused("邮寄送达请写明快递单号", CLAUSE)


@transaction.atomic
def withdraw_case(*, case: Case, reason: str, by: Actor, at: datetime) -> Case:
    """撤回, asked for by the applicant before the decision; also how a person acts on a correction or promise nobody kept.

    Nothing withdraws by itself: the consequence of a missed date is always a person's act. Effects: an open pause ends, state
    已撤回, matter closed, audit "cases.withdraw". 依据: 三(三) ("3.3")
    """
    if case.ended_at is not None or case.status == Case.Status.DECIDED:
        raise Refused(f"办件{case.get_status_display()}，不能撤回", CLAUSE)
    if not reason.strip():
        raise Refused("须写明撤回的原因（申请人要求，或逾期未补正）", CLAUSE)
    note_overdue(case, by=by, at=at)
    data = {"reason": reason.strip()}
    if case.paused_at is not None:
        Pause.objects.of(case.center_id).filter(case=case, ended_at__isnull=True).update(ended_at=at, result="撤回")
        data["resume"] = {"ended_at": at}  # type: ignore[assignment]
    sets = {"status": Case.Status.WITHDRAWN.value, "ended_at": at, "paused_at": None}
    tell(case, "withdraw", f"撤回：{reason.strip()}", by=by, at=at, clause=CLAUSE, sets=sets, data=data)
    matters.close(case, by=by, at=at)
    return case


@transaction.atomic
def handle_on_the_spot(
    *,
    matter: Matter,
    version: ItemVersion,
    person: Person,
    lines: Received,
    decision: str = "done",
    result_number: str = "",
    result_expires: date | None = None,
    deliver: bool = True,
    more: Mapping[str, Any] | None = None,
    situations: Iterable[str] = (),
    token: str = "",
    by: Actor,
    at: datetime,
) -> Case:
    """即办件: received, accepted, decided and handed over in one go while the person waits (在职责范围内能办的当场办).

    `more` are further arguments of `receive_case`. Refused for an item that is not immediate or incomplete material. 四(三)2 ("4.3.2")
    """
    if version.official_kind != ItemVersion.OfficialKind.IMMEDIATE:
        raise Refused("不是即办件，不能当场办结，请先收件", NOTICE)
    case = receive_case(
        matter=matter,
        version=version,
        person=person,
        lines=lines,
        situations=situations,
        token=token,
        by=by,
        at=at,
        **(more or {}),
    )
    if case.status != Case.Status.RECEIVED:
        return case
    accept_case(case=case, by=by, at=at)
    decide_case(case=case, decision=decision, result_number=result_number, result_expires=result_expires, by=by, at=at)
    if deliver:
        deliver_result(case=case, way=Delivery.Way.COUNTER.value, by=by, at=at)
    return case
