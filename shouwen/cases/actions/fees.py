"""Taking money, giving it back, closing the day ("3.5"). There is no place where an amount could be typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from shouwen.audit.actions import record
from shouwen.cases.actions.leads import note_blocked
from shouwen.cases.actions.story import note
from shouwen.cases.models import Case, Charge, DayEnd, Receipt, Refund, RefundLine, Way
from shouwen.cases.queries import fees as queries
from shouwen.cases.queries import money_papers as papers
from shouwen.cases.queries.fees import CASHIERS, CLAUSE, REFUND_APPROVERS
from shouwen.catalogue.models import Fee
from shouwen.catalogue.queries import fees_in_force
from shouwen.core.actors import Actor
from shouwen.core.clock import local
from shouwen.core.errors import Refused, taken
from shouwen.core.obligations import address
from shouwen.documents.actions import issue
from shouwen.notifications.actions import enqueue
from shouwen.org.queries import holders
from shouwen.rules.fees import FeeError, yuan

CHARGEABLE = (Case.Status.ACCEPTED, Case.Status.DECIDED, Case.Status.DELIVERED)
NAMED = 20
"""So many receipts a refusal names; when there are more it says how many."""


@dataclass(frozen=True, slots=True)
class ChargeLine:
    """What may be said about a charge: a row of the schedule (its code), how many units, which reductions the row names.

    `reason` only when the same row was charged for the case before.
    """

    fee: str
    quantity: int = 1
    reductions: tuple[str, ...] = ()
    reason: str = ""


class OffSchedule(Refused):
    """Somebody tried to charge what the schedule does not hold today; kept as a lead."""


def charge(
    *, case: Case, lines: Sequence[ChargeLine], way: str, invoice_number: str = "", token: str = "", by: Actor, at: datetime
) -> Receipt:
    """Take money for a case: rows of the schedule in force that day, amounts computed by `rules.fees` and by nothing else.

    A cap holds for the case however the quantity is split. The same `token` again gives the same receipt. What is not in the
    schedule is refused and becomes a lead (行政许可法 58, 59, 75). Effects: Receipt with its number, a Charge a line, paper
    "fee_receipt", entry and audit "cases.charge". 依据: 三(五) ("3.5")
    """
    if (found := _same(by.center, token)) is not None:
        return found
    try:
        with transaction.atomic():
            return _charge(case, list(lines), way, invoice_number.strip(), token, by, at)
    except OffSchedule as refused:
        note_blocked(case=case, text=refused.message, by=by, at=at)
        raise
    except IntegrityError as error:
        if (found := _same(by.center, token)) is not None:
            return found
        raise taken() from error


def quote(*, case: Case, lines: Sequence[ChargeLine], by: Actor, at: datetime) -> list[Charge]:
    """What it comes to, before any money is taken; nothing is stored. Refused as `charge`."""
    _may_charge(case, list(lines), Way.CASH.value, "", by)
    return [_line(case, line, position, at) for position, line in enumerate(lines, 1)]


def _same(center: Any, token: str) -> Receipt | None:
    return Receipt.objects.of(center).filter(token=token).first() if token else None


def _charge(case: Case, lines: list[ChargeLine], way: str, invoice_number: str, token: str, by: Actor, at: datetime) -> Receipt:
    # One at a time for a case: what is left of a cap must not be read by two, and the second of two clicks finds the first.
    Case.objects.of(by.center).select_for_update(of=("self",), no_key=True).get(pk=case.pk)
    if (found := _same(by.center, token)) is not None:
        return found
    _may_charge(case, lines, way, invoice_number, by)
    charges = [_line(case, line, position, at) for position, line in enumerate(lines, 1)]
    total = sum(one.amount for one in charges)
    if total and way == Way.NONE:
        raise Refused("应收费用不为零，请选择收款方式", CLAUSE)
    receipt = Receipt(
        center=by.center, case=case, payer_name=case.person_name, way=way if total else Way.NONE.value,
        invoice_number=invoice_number[:40] if total else "", total=total, cashier=by.member, cashier_name=by.member.name,
        charged_at=at, token=token,
    )  # fmt: skip
    data = papers.receipt_data(case, receipt, charges)
    source, subject = f"cases.fee_receipt:{receipt.code}", f"{case.item_name} {case.code}"
    paper = issue(kind="fee_receipt", data=data, subject=subject, source=source, by=by, at=at)
    receipt.number, receipt.document_code = paper.number, paper.code
    receipt.save(force_insert=True)
    for one in charges:
        one.receipt = receipt
    Charge.objects.bulk_create(charges)
    words = f"收费 {yuan(total)}（{receipt.get_way_display()}），{receipt.number}：{'；'.join(one.line for one in charges)}"
    note(case, "charge", words, by=by, at=at, clause=CLAUSE, data={"receipt": receipt.code, "total": total})
    return receipt


def _may_charge(case: Case, lines: list[ChargeLine], way: str, invoice_number: str, by: Actor) -> None:
    if by.member is None or not by.has(*CASHIERS):
        raise Refused("收费由窗口人员办理", CLAUSE)
    if case.status not in CHARGEABLE:
        raise Refused(f"办件{case.get_status_display()}，不能收费", CLAUSE)
    if not lines:
        raise Refused("请从收费目录选择收费项目", CLAUSE)
    if len({line.fee for line in lines}) != len(lines):
        raise Refused("同一收费项目只列一行，请合并数量", CLAUSE)
    if way not in Way.values:
        raise Refused("请选择收款方式", CLAUSE)
    if invoice_number and Receipt.objects.of(by.center).filter(invoice_number=invoice_number[:40]).exists():
        raise Refused(f"财政票据 {invoice_number} 已经用过，请核对票据号", CLAUSE)


def _line(case: Case, line: ChargeLine, position: int, at: datetime) -> Charge:
    """One line from one row that holds today for this item. Raises OffSchedule for anything else."""
    rows = fees_in_force(case.center, case.version, local(at).date())
    fee = next((row for row in rows if row.code == line.fee), None)
    if fee is None:
        known = Fee.objects.of(case.center_id).filter(code=line.fee).first()
        name = f"“{known.name}”" if known else "所选项目"
        raise OffSchedule(f"{name}今天不在本事项施行的收费目录里，不得收取", CLAUSE)
    if unknown := [name for name in line.reductions if name not in {one["name"] for one in fee.reductions}]:
        raise OffSchedule(f"“{fee.name}”没有“{unknown[0]}”这项减免", CLAUSE)
    _again(case, fee, line)
    before = queries.capped_before(case, fee) if fee.cap is not None else 0
    try:
        priced = queries.priced(fee, line.quantity, line.reductions, before)
    except FeeError as error:
        raise Refused(str(error), CLAUSE) from None
    if fee.cap is not None and before >= fee.cap:
        raise Refused(f"“{fee.name}”本件已收到最高标准，不得再收", CLAUSE)
    return Charge(
        center=case.center, case=case, position=position, fee=fee, name=fee.name, basis=fee.basis, unit=fee.unit,
        quantity=line.quantity, reductions=list(line.reductions), before=before, full=priced.full, amount=priced.amount,
        line=priced.line[:300], reason=line.reason.strip()[:100], charged_at=at,
    )  # fmt: skip


def _again(case: Case, fee: Fee, line: ChargeLine) -> None:
    """The same row twice for one case is how people are charged twice: it needs a reason."""
    charged = Charge.objects.of(case.center_id).filter(queries.not_refunded(), case=case, fee=fee)
    if len(line.reason.strip()) < 2 and charged.exists():
        raise Refused(f"本件已收过“{fee.name}”；确需再收的，请写明原因", CLAUSE)


@transaction.atomic
def note_invoice(*, receipt: Receipt, number: str, by: Actor, at: datetime) -> Receipt:
    """Write down the number of the 财政票据 handed out, once, before the day is closed. Effects: audit "cases.note_invoice"."""
    number = number.strip()[:40]
    if not number:
        raise Refused("请填写财政票据号", CLAUSE)
    if not by.is_self(receipt.cashier):
        raise Refused(f"这笔费用由{receipt.cashier_name}收取，票据号由其填写", CLAUSE)
    if Receipt.objects.of(by.center).filter(invoice_number=number).exists():
        raise Refused(f"财政票据 {number} 已经用过，请核对票据号", CLAUSE)
    rows = Receipt.objects.of(by.center).filter(pk=receipt.pk, invoice_number="", day_end__isnull=True, total__gt=0)
    if rows.update(invoice_number=number) != 1:
        raise Refused("这张收据已有票据号、已日结或未收费用，不能再填", CLAUSE)
    receipt.invoice_number = number
    record(by=by, at=at, verb="cases.note_invoice", obj=receipt, detail={"number": receipt.number})
    return receipt


@transaction.atomic
def refund(*, receipt: Receipt, charges: Sequence[str] = (), reason: str, by: Actor, at: datetime) -> Refund:
    """Ask to give back whole lines of a receipt (codes; none: all that is left); another person approves it.

    Refused without a reason, for what was given back or asked for already, and where nothing was paid. Effects: Refund 待审批,
    its lines, a word to those who approve, audit "cases.ask_refund". 依据: 三(五) ("3.5")
    """
    if by.member is None or not by.has(*CASHIERS):
        raise Refused("退费由窗口人员申请", CLAUSE)
    if len(reason.strip()) < 2:
        raise Refused("请写明退费原因", CLAUSE)
    Receipt.objects.of(by.center).select_for_update(of=("self",), no_key=True).get(pk=receipt.pk)
    rows = Charge.objects.of(by.center).filter(queries.not_refunded(), receipt=receipt, amount__gt=0)
    chosen = list(rows.filter(code__in=charges) if charges else rows)
    if not chosen or (charges and len(chosen) != len(set(charges))):
        raise Refused("这张收据没有可退的费用，或已经退过", CLAUSE)
    if Refund.objects.of(by.center).filter(receipt=receipt, state="asked").exists():
        raise Refused("这张收据已有一笔退费待审批", CLAUSE)
    row = Refund.objects.create(
        center=by.center, receipt=receipt, reason=reason.strip()[:200], total=sum(one.amount for one in chosen), way=receipt.way,
        cashier=by.member, cashier_name=by.member.name, asked_at=at,
    )  # fmt: skip
    lines = [RefundLine(center=by.center, refund=row, charge=one, amount=one.amount) for one in chosen]
    RefundLine.objects.bulk_create(lines)
    _tell_approvers(row, receipt, by, at)
    record(by=by, at=at, verb="cases.ask_refund", obj=row, label=receipt.number, detail={"total": row.total})
    return row


def _tell_approvers(row: Refund, receipt: Receipt, by: Actor, at: datetime) -> None:
    told = {receipt.cashier_id, row.cashier_id}
    for role in sorted(REFUND_APPROVERS):
        for member in holders(by.center, role, local(at).date()):
            if member.pk not in told:
                told.add(member.pk)
                text = f"{by.label}申请退费 {yuan(row.total)}（{receipt.number}），请审批。"
                key, url = f"refund:{row.code}:{member.code}", address("cases:receipt", receipt.code)
                enqueue(to=member, title="退费审批", text=text, url=url, key=key, by=by, at=at)


@transaction.atomic
def decide_refund(*, refund: Refund, approved: bool, opinion: str = "", by: Actor, at: datetime) -> Refund:
    """Approve or decline; whoever took the money or asks for the refund never does ("1.9"). Approved, it gets its own number.

    Effects: state, paper "fee_receipt" for the refund, entry "refund", a word to who asked. 依据: 三(五) ("3.5")
    """
    receipt = refund.receipt
    if by.member is None or not by.has(*REFUND_APPROVERS):
        raise Refused("退费由中心负责人或分管领导审批", CLAUSE)
    if by.is_self(refund.cashier) or by.is_self(receipt.cashier):
        raise Refused("收费人、经办人不能审批自己的退费", "1.9")
    if not approved and len(opinion.strip()) < 2:
        raise Refused("不同意退费的请写明理由", CLAUSE)
    state = Refund.State.APPROVED if approved else Refund.State.DECLINED
    changes: dict[str, Any] = {
        "state": state.value, "approver": by.member, "approver_name": by.member.name, "decided_at": at, "note": opinion.strip()[:200],
    }  # fmt: skip
    asked = Refund.objects.of(by.center).filter(pk=refund.pk, state=Refund.State.ASKED)
    if asked.update(**changes) != 1:
        raise taken()
    for name, value in changes.items():
        setattr(refund, name, value)
    if approved:
        _pay_back(refund, receipt, by, at)
    else:
        RefundLine.objects.of(by.center).filter(refund=refund).update(is_void=True)
    words = f"退费 {yuan(refund.total)}：" + (f"已批准，{refund.number}" if approved else f"不同意，{refund.note}")
    url = address("cases:receipt", receipt.code)
    enqueue(to=refund.cashier, title="退费审批结果", text=words, url=url, key=f"refund:{refund.code}:decided", by=by, at=at)
    note(receipt.case, "refund", f"{receipt.number} {words}", by=by, at=at, clause=CLAUSE, data={"refund": refund.code})
    return refund


def _pay_back(refund: Refund, receipt: Receipt, by: Actor, at: datetime) -> None:
    lines = RefundLine.objects.of(by.center).filter(refund=refund).select_related("charge").order_by("charge__position")
    data = papers.refund_data(refund, receipt, [line.charge for line in lines])
    source, subject = f"cases.refund:{refund.code}", f"退费 {receipt.number}"
    paper = issue(kind="fee_receipt", data=data, subject=subject, source=source, by=by, at=at)
    refund.number, refund.document_code = paper.number, paper.code
    Refund.objects.of(by.center).filter(pk=refund.pk).update(number=paper.number, document_code=paper.code)


@transaction.atomic
def close_day(*, counted: int, explanation: str = "", by: Actor, at: datetime) -> DayEnd:
    """日结: the cash counted, in fen, against what the system knows of the cashier's receipts since the last time.

    Refused while a paid receipt has no 财政票据 number, when the day is closed already (what came later goes to the next day's
    sheet), and for a difference nobody explains. Effects: DayEnd, its receipts and refunds locked, paper "day_end", audit
    "cases.close_day". 依据: 三(五) ("3.5")
    """
    if by.member is None:
        raise Refused("日结由收费人自己办理", CLAUSE)
    on = local(at).date()
    open_till = queries.till(by.center, by.member, lock=True)
    _may_close(open_till, counted, explanation, by, on)
    day = DayEnd(
        center=by.center, cashier=by.member, cashier_name=by.member.name, date=on, totals=open_till.totals,
        receipts_n=len(open_till.receipts), refunds_n=len(open_till.refunds), expected=open_till.expected, counted=counted,
        explanation=explanation.strip()[:200], closed_at=at,
    )  # fmt: skip
    data = papers.day_end_data(day, open_till)
    subject = f"{on} {by.member.name}"
    paper = issue(kind="day_end", data=data, subject=subject, source=f"cases.day_end:{day.code}", by=by, at=at)
    day.number, day.document_code = paper.number, paper.code
    try:
        with transaction.atomic():
            day.save(force_insert=True)
    except IntegrityError as error:
        raise taken() from error
    for model, rows in ((Receipt, open_till.receipts), (Refund, open_till.refunds)):
        mine = model.objects.of(by.center).filter(pk__in=[row.pk for row in rows], day_end__isnull=True)
        if mine.update(day_end=day) != len(rows):
            raise taken()
    detail = {"expected": day.expected, "counted": counted, "receipts": day.receipts_n}
    record(by=by, at=at, verb="cases.close_day", obj=day, detail=detail)
    return day


def _may_close(open_till: queries.Till, counted: int, explanation: str, by: Actor, on: Any) -> None:
    if DayEnd.objects.of(by.center).filter(cashier=by.member, date=on).exists():
        raise Refused("今天已经日结；之后收的费用计入下一次日结", CLAUSE)
    if not open_till.receipts and not open_till.refunds:
        raise Refused("没有待日结的收费", CLAUSE)
    if open_till.unnumbered:
        numbers = [row.number for row in open_till.unnumbered]
        more = f"等 {len(numbers)} 张" if len(numbers) > NAMED else ""
        raise Refused(f"{'、'.join(numbers[:NAMED])}{more}还没有财政票据号，请先补齐", CLAUSE)
    if counted < 0:
        raise Refused("实点现金不能为负", CLAUSE)
    if counted != open_till.expected and len(explanation.strip()) < 4:
        difference = papers.plain_yuan(counted - open_till.expected)
        raise Refused(f"实点与应有现金相差 {difference} 元，请说明原因", CLAUSE)
