"""Data of the papers about money: receipt, refund, day-end sheet; shapes in docs/reference (forms "fee_receipt", "day_end")."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from shouwen.cases.models import Case, Charge, DayEnd, Receipt, Refund, Way
from shouwen.cases.queries.fees import Till
from shouwen.core.clock import local
from shouwen.rules.masking import mask_name


def plain_yuan(fen: int) -> str:
    """1250 → "12.50", −1000 → "−10.00": as it stands in a column."""
    return f"{'−' if fen < 0 else ''}{abs(fen) // 100}.{abs(fen) % 100:02}"


def _day(at: datetime) -> str:
    day = local(at)
    return f"{day.year}年{day.month}月{day.day}日"


def _moment(at: datetime) -> str:
    return f"{_day(at)} {local(at):%H:%M}"


def _rows(charges: Sequence[Charge]) -> list[dict[str, str]]:
    return [{"name": one.name, "basis": one.basis, "working": one.line, "amount": plain_yuan(one.amount)} for one in charges]


def receipt_data(case: Case, receipt: Receipt, charges: Sequence[Charge]) -> dict[str, Any]:
    """收费收据: each line with its basis and working ("3.5")."""
    names = "、".join(sorted({name for one in charges for name in one.reductions}))
    return {
        "agency": case.center.name,
        "payer": receipt.payer_name,
        "case_code": case.code,
        "item": case.item_name,
        "rows": _rows(charges),
        "total": plain_yuan(receipt.total),
        "way": receipt.get_way_display(),
        "paid_at": _moment(receipt.charged_at),
        "bill_number": receipt.invoice_number,
        "reason": names if receipt.way == Way.NONE else "",
        "cashier": receipt.cashier_name,
        "date": _day(receipt.charged_at),
    }


def refund_data(refund: Refund, receipt: Receipt, charges: Sequence[Charge]) -> dict[str, Any]:
    """The same paper for money given back: its own number, the number of the receipt, who approved."""
    decided = refund.decided_at or refund.asked_at
    return receipt_data(receipt.case, receipt, charges) | {
        "total": plain_yuan(refund.total),
        "way": refund.get_way_display(),
        "paid_at": _moment(decided),
        "refund_of": receipt.number,
        "reason": refund.reason,
        "approver": refund.approver_name,
        "cashier": refund.cashier_name,
        "date": _day(decided),
    }


def day_end_data(day: DayEnd, sheet: Till) -> dict[str, Any]:
    """收费日结对账单: every receipt and refund, by way of paying, and the cash counted against what it must be."""
    rows = [(row.charged_at, _money(row.charged_at, "收费", row.number, row, row.total)) for row in sheet.receipts]
    for refund in sheet.refunds:
        at = refund.decided_at or refund.asked_at
        rows.append((at, _money(at, "退费", refund.number, refund.receipt, -refund.total)))
    return {
        "agency": day.center.name,
        "day": f"{day.date.year}年{day.date.month}月{day.date.day}日",
        "cashier": day.cashier_name,
        "rows": [row for _, row in sorted(rows, key=lambda one: one[0])],
        "ways": [_way(way, sheet) for way in Way if _used(way, sheet)],
        "receipts": str(day.receipts_n),
        "refunds": str(day.refunds_n),
        "net": plain_yuan(sum(day.totals.values())),
        "expected": plain_yuan(day.expected),
        "counted": plain_yuan(day.counted),
        "difference": plain_yuan(day.difference),
        "explanation": day.explanation,
        "date": _day(day.closed_at),
    }


def _money(at: datetime, kind: str, number: str, receipt: Receipt, fen: int) -> dict[str, str]:
    return {
        "time": f"{local(at):%m-%d %H:%M}",
        "kind": kind,
        "number": number,
        "payer": mask_name(receipt.payer_name),
        "way": receipt.get_way_display(),
        "bill_number": receipt.invoice_number,
        "amount": plain_yuan(fen),
    }


def _used(way: Way, sheet: Till) -> bool:
    return way in {row.way for row in sheet.receipts} | {row.way for row in sheet.refunds}


def _way(way: Way, sheet: Till) -> dict[str, str]:
    received = [row.total for row in sheet.receipts if row.way == way]
    refunded = [row.total for row in sheet.refunds if row.way == way]
    return {
        "way": str(way.label),
        "count": str(len(received) + len(refunded)),
        "received": plain_yuan(sum(received)),
        "refunded": plain_yuan(sum(refunded)),
        "net": plain_yuan(sum(received) - sum(refunded)),
    }
