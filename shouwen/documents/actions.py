"""Issuing papers: a number, the paper as it was issued, and a trail of every copy."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from shouwen.audit.actions import record
from shouwen.core.actors import Actor
from shouwen.core.clock import local
from shouwen.core.errors import Refused, taken
from shouwen.documents import queries
from shouwen.documents.models import Document, Kind, Printing, Series, document_code


def issue(
    *, kind: str, data: dict[str, Any], subject: str, by: Actor, at: datetime, source: str = "", url: str = ""
) -> Document:
    """Number a paper of the actor's centre, set it and keep it, in the caller's transaction.

    `kind` is a `models.Kind`, `data` its shape without frame (`queries.shapes`), `subject` a few words for the list (≤ 100
    characters), `source` what it is made from: a second valid paper of the same kind and source is refused. `url` is a path of
    this site for the square code, default the check page of the paper. ValueError for a wrong shape or a slip that has no
    number: then none is used up. Effects: Document with number, data, PDF and its SHA-256; audit "documents.issue".
    "1.2" "1.5" "1.7" "1.8" "3.3" "3.5" "4.3.2"
    """
    if kind not in queries.PAPERS:
        raise ValueError(f"no such paper: {kind}")
    queries.complete(kind, data)
    queries.warm()
    try:
        with transaction.atomic():
            return _issue(kind, data, subject, by, at, source, url)
    except IntegrityError as error:
        if source and queries.document_of(by.center, kind, source):
            raise Refused(f"这份{Kind(kind).label}已经出具，如需重出请先作废") from error
        raise


def _issue(kind: str, data: dict[str, Any], subject: str, by: Actor, at: datetime, source: str, url: str) -> Document:
    year, code = local(at).year, document_code()
    serial = _next_serial(by.center, kind, year)
    number = queries.number(by.center, kind, year, serial)
    frame = queries.frame(by.center) | {"number": number, "code": code, "address": queries.address(code, url)}
    data = queries.kept(kind, data) | {"frame": frame}
    pdf = queries.render_pdf(kind, data)
    document = Document.objects.create(
        center=by.center,
        code=code,
        kind=kind,
        year=year,
        serial=serial,
        number=number,
        subject=subject[:100],
        source=source,
        data=data,
        template_version=queries.template_version(kind),
        stand_ins=queries.stand_in_rows(),
        pdf=pdf,
        sha256=hashlib.sha256(pdf).hexdigest(),
        issued_by=by.member,
        issuer_label=by.label,
        issued_at=at,
    )
    detail = {"number": number, "subject": document.subject, "sha256": document.sha256}
    record(by=by, at=at, verb="documents.issue", obj=document, detail=detail)
    return document


def _next_serial(center: Any, kind: str, year: int) -> int:
    """The row is locked until the transaction ends: no number twice, and none lost to a rollback."""
    Series.objects.bulk_create([Series(center=center, kind=kind, year=year)], ignore_conflicts=True)
    row = Series.objects.of(center).select_for_update(no_key=True).get(kind=kind, year=year)
    Series.objects.of(center).filter(pk=row.pk).update(last=F("last") + 1)
    return int(row.last) + 1


@transaction.atomic
def void(*, document: Document, reason: str, by: Actor, at: datetime) -> Document:
    """Declare a paper void; number and content stay. Refused without a reason or when it is void already.

    Effects: Document voided, audit "documents.void"; its check page says so.
    """
    if not reason.strip():
        raise Refused("请写明作废原因")
    valid = Document.objects.of(by.center).filter(pk=document.pk, voided_at__isnull=True)
    if valid.update(voided_at=at, voided_by=by.label, void_reason=reason.strip()[:200]) != 1:
        raise taken()
    record(
        by=by, at=at, verb="documents.void", obj=document, detail={"number": document.number, "reason": reason.strip()[:200]}
    )
    document.refresh_from_db(fields=["voided_at", "voided_by", "void_reason"])
    return document


@transaction.atomic
def hand_out(*, document: Document, form: str, by: Actor, at: datetime) -> bytes:
    """A copy for somebody: the PDF as issued, the A3 sheet or the editable Word (`models.Printing.Form`).

    Effects: a row in the printing log, audit "documents.hand_out".
    """
    if form == Printing.Form.PDF:
        content = bytes(document.pdf)
    elif form == Printing.Form.A3:
        content = queries.render_pdf(document.kind, document.data, size="a3")
    else:
        content = queries.render_word(document.kind, document.data)
    Printing.objects.create(center=by.center, document=document, form=form, by=by.label, at=at)
    record(by=by, at=at, verb="documents.hand_out", obj=document, detail={"form": form})
    return content


@transaction.atomic
def hand_out_table(*, title: str, table: queries.Table, by: Actor, at: datetime) -> bytes:
    """A list as an Excel sheet somebody takes away. Effects: audit "documents.export" with how many rows it had."""
    columns, rows = table
    record(by=by, at=at, verb="documents.export", label=title, detail={"rows": len(rows)})
    return queries.workbook(title, columns, rows)
