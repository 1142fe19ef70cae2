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
from shouwen.documents.queries import wording
from shouwen.documents.queries.shapes import SHAPES, checked
from shouwen.rules.numbering import document_number

EVERYBODY = frozenset({"member"})
OFFICE = frozenset({"assessor", "director", "leader"})


@dataclass(frozen=True, slots=True)
class Paper:
    """`word` stands in the number, `roles` may open every paper of the kind (who issued one may always), `a3` has a poster size."""

    word: str
    roles: frozenset[str]
    wording: Callable[[dict[str, Any]], dict[str, Any]]
    a3: bool = False


PAPERS: dict[str, Paper] = {
    Kind.NOTICE: Paper("便服公示", EVERYBODY, wording.notice, a3=True),
    Kind.CRITICISM: Paper("便服通报", EVERYBODY, wording.criticism),
    Kind.AGENDA: Paper("便服议程", OFFICE, wording.agenda),
    Kind.STANDBY: Paper("便服待岗", OFFICE, wording.standby),
    Kind.TRANSFER_LETTER: Paper("便服函", OFFICE, wording.transfer_letter),
    Kind.YEAR_TABLE: Paper("便服年考", OFFICE, wording.year_table),
    Kind.LEAVE_FORM: Paper("便服假", OFFICE, wording.leave_form),
    Kind.HANDOVER_FORM: Paper("便服交", EVERYBODY, wording.handover_form),
    Kind.ROSTER: Paper("便服值", EVERYBODY, wording.roster),
    Kind.TABLE: Paper("便服表", OFFICE, wording.table),
}
PLACE = re.compile(r"(?<=..)(镇|乡|街道|县|区|市)$")


def complete(template: str, data: dict[str, Any]) -> dict[str, Any]:
    """Checked data of a paper with its sentences; ValueError for an unknown template or a wrong shape."""
    if template not in PAPERS:
        raise ValueError(f"no such paper: {template}")
    return PAPERS[template].wording(checked(data, SHAPES[template]))


def kept(template: str, data: dict[str, Any]) -> dict[str, Any]:
    """What may be stored with an issued paper: the illness of a sick leave is neither printed nor kept here ("1.4.1")."""
    if template == Kind.LEAVE_FORM and wording.ILLNESS in data["kind"]:
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
