"""What each paper must be told. Everything is text, already written as it shall stand (points "−2", days "2026年11月2日").

`checked` refuses a wrong shape as a bug of the caller (ValueError) and fills what was left out with "", [] or False, so templates
need no conditions for missing keys. Clause ids ("1.3.1") are given as ids and printed as 〔一(三)1〕.
"""

from __future__ import annotations

from typing import Any

from shouwen.documents.queries.shapes import cases, counter, staff
from shouwen.documents.queries.shapes.checking import checked, clean

SHAPES: dict[str, Any] = {
    "notice": staff.Notice,
    "criticism": staff.Criticism,
    "agenda": staff.Agenda,
    "standby": staff.Standby,
    "transfer_letter": staff.TransferLetter,
    "year_table": staff.YearTable,
    "leave_form": staff.LeaveForm,
    "handover_form": staff.HandoverForm,
    "roster": staff.Roster,
    "table": staff.Table,
    "receipt": cases.Receipt,
    "acceptance": cases.Acceptance,
    "one_time_notice": cases.OneTimeNotice,
    "declined": cases.Declined,
    "returned": cases.Returned,
    "correction_receipt": cases.CorrectionReceipt,
    "special_procedure": cases.SpecialProcedure,
    "extension": cases.Extension,
    "joint_flow": cases.JointFlow,
    "completion": cases.Completion,
    "delivery_proof": cases.DeliveryProof,
    "first_inquiry": counter.FirstInquiry,
    "fee_receipt": counter.FeeReceipt,
    "day_end": counter.DayEnd,
    "queue_slip": counter.QueueSlip,
}

__all__ = ["SHAPES", "checked", "clean"]
