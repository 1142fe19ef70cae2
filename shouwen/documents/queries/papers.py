"""The kinds of paper: who may see them, the word in their number, and their finished data."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import segno
from django.conf import settings
from django.urls import reverse

from shouwen.documents.models import Kind
from shouwen.documents.queries.shapes import SHAPES, checked
from shouwen.documents.queries.wording import cases, counter, staff
from shouwen.rules.numbering import document_number

EVERYBODY = frozenset({"member"})
OFFICE = frozenset({"assessor", "director", "leader"})
HALL = frozenset({"clerk", "leader", "director", "section", "supervisor"})
"""Papers with personal data: for those who serve the public and those who watch over it; the assessing office needs none."""


@dataclass(frozen=True, slots=True)
class Paper:
    """`word` stands in the number, `roles` may open every paper of the kind (who issued one may always), `a3` has a poster size."""

    word: str
    roles: frozenset[str]
    wording: Callable[[dict[str, Any]], dict[str, Any]]
    a3: bool = False


PAPERS: dict[str, Paper] = {
    Kind.NOTICE: Paper("便服公示", EVERYBODY, staff.notice, a3=True),
    Kind.CRITICISM: Paper("便服通报", EVERYBODY, staff.criticism),
    Kind.AGENDA: Paper("便服议程", OFFICE, staff.agenda),
    Kind.STANDBY: Paper("便服待岗", OFFICE, staff.standby),
    Kind.TRANSFER_LETTER: Paper("便服函", OFFICE, staff.transfer_letter),
    Kind.YEAR_TABLE: Paper("便服年考", OFFICE, staff.year_table),
    Kind.LEAVE_FORM: Paper("便服假", OFFICE, staff.leave_form),
    Kind.HANDOVER_FORM: Paper("便服交", EVERYBODY, staff.handover_form),
    Kind.ROSTER: Paper("便服值", EVERYBODY, staff.roster),
    Kind.TABLE: Paper("便服表", OFFICE, staff.table),
    Kind.RECEIPT: Paper("便服收", HALL, cases.receipt),
    Kind.ACCEPTANCE: Paper("便服受", HALL, cases.acceptance),
    Kind.ONE_TIME_NOTICE: Paper("便服补", HALL, cases.one_time_notice),
    Kind.DECLINED: Paper("便服不受", HALL, cases.declined),
    Kind.RETURNED: Paper("便服退", HALL, cases.returned),
    Kind.CORRECTION_RECEIPT: Paper("便服补收", HALL, cases.correction_receipt),
    Kind.SPECIAL_PROCEDURE: Paper("便服特", HALL, cases.special_procedure),
    Kind.EXTENSION: Paper("便服延", HALL, cases.extension),
    Kind.JOINT_FLOW: Paper("便服联", HALL, cases.joint_flow),
    Kind.COMPLETION: Paper("便服办", HALL, cases.completion),
    Kind.DELIVERY_PROOF: Paper("便服送", HALL, cases.delivery_proof),
    Kind.FIRST_INQUIRY: Paper("便服首问", HALL, counter.first_inquiry),
    Kind.FEE_RECEIPT: Paper("便服费", HALL, counter.fee_receipt),
    Kind.DAY_END: Paper("便服日结", HALL, counter.day_end),
}
SLIPS = {"queue_slip": counter.queue_slip}
"""Set like a paper, but neither numbered nor kept."""
PLACE = re.compile(r"(?<=..)(镇|乡|街道|县|区|市)$")


def complete(template: str, data: dict[str, Any]) -> dict[str, Any]:
    """Checked data of a paper or slip with its sentences; ValueError for an unknown template or a wrong shape."""
    words = SLIPS.get(template) or (PAPERS[template].wording if template in PAPERS else None)
    if words is None:
        raise ValueError(f"no such paper: {template}")
    return words(checked(data, SHAPES[template]))


def kept(template: str, data: dict[str, Any]) -> dict[str, Any]:
    """What may be stored with an issued paper: the illness of a sick leave is neither printed nor kept here ("1.4.1")."""
    if template == Kind.LEAVE_FORM and staff.ILLNESS in data["kind"]:
        return data | {"reason": ""}
    return data


def frame(center: Any) -> dict[str, str]:
    """What stands on every paper of a centre, the report telephone among it ("3.6")."""
    return {"center": center.name, "report_phone": center.report_phone}


def number(center: Any, kind: str, year: int, serial: int) -> str:
    """青山便服公示〔2026〕12号."""
    return document_number(PLACE.sub("", center.short_name) + PAPERS[kind].word, year, serial)


def address(code: str, url: str = "") -> str:
    """What the square code says: the public page of the paper (or `url`, a path of this site).

    An installation without a public address (SHOUWEN_PUBLIC_URL) prints the code alone: a wrong address is worse than none.
    """
    base = settings.PUBLIC_URL.rstrip("/")
    return base + (url or reverse("documents:check", args=[code])) if base else code


def qr_svg(text: str) -> str:
    """The square code as SVG, without a white border."""
    out = io.BytesIO()
    # A fixed mask: any reads equally well on paper, and weighing all eight costs more than setting a small paper.
    segno.make(text, error="m", micro=False, mask=4).save(out, kind="svg", border=0, xmldecl=False)
    return out.getvalue().decode()
