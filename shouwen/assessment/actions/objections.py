"""Objections ("1.2"): raised by the person, answered by somebody else than the recorder; upheld, the line is reversed and all is recounted."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from shouwen.assessment import queries
from shouwen.assessment.actions import ledger
from shouwen.assessment.actions.closing import put_up
from shouwen.assessment.models import CollectedFact, Entry, Month, MonthResult, Objection
from shouwen.assessment.queries import counting
from shouwen.audit.actions import record
from shouwen.core import files
from shouwen.core.actors import Actor
from shouwen.core.clock import local
from shouwen.core.errors import Refused, taken
from shouwen.notifications.actions import enqueue
from shouwen.org import queries as org

CLAUSE = "1.2"
COPIED = [field.attname for field in MonthResult._meta.concrete_fields if field.attname not in ("id", "edition")]


@transaction.atomic
def object_to(*, entry: Entry, text: str, evidence: UploadedFile[Any] | None = None, by: Actor, at: datetime) -> Objection:
    """The person contests a line of the own ledger, from the first provisional day until the month is final.

    Refused for another's line, a line already reversed or contested, after the last day for objections. `evidence` is a
    photo or PDF handed in. Effects: Objection, a notice to whoever answers, audit "assessment.object". 依据: 一(二) ("1.2")
    """
    queries.same_center(by, entry)
    if by.member is None or entry.member_id != by.member.pk:
        raise Refused("只能对本人的扣分提出异议", CLAUSE)
    if not text.strip():
        raise Refused("请写明异议的理由", CLAUSE)
    month = Month.objects.of(by.center).select_for_update(no_key=True).get(pk=entry.month_id)
    _still_open(month, at)
    live = Entry.objects.of(by.center).filter(pk=entry.pk).live()
    if not entry.fact or not live.exists():
        raise Refused("这一笔已经冲销,或不是由事实产生的,无须提出异议", CLAUSE)
    stored = files.save(evidence).name if evidence is not None else ""
    try:
        with transaction.atomic():
            objection = Objection.objects.create(
                center=by.center,
                month=month,
                entry=entry,
                fact=entry.fact,
                member=by.member,
                text=text.strip()[:1000],
                evidence=stored,
                raised_at=at,
            )
    except IntegrityError:
        raise Refused("这一笔的异议正在处理,请等待答复", CLAUSE) from None
    _tell_raised(objection, by, at)
    record(by=by, at=at, verb="assessment.object", obj=objection, label=f"{month} {entry.title}")
    return objection


def _tell_raised(objection: Objection, by: Actor, at: datetime) -> None:
    """Whoever may answer hears of it once, with however many roles; not the person who objects."""
    who = {one.pk: one for role in ("assessor", "leader") for one in org.holders(by.center, role, local(at).date())}
    for person in who.values():
        if person.pk != objection.member.pk:
            enqueue(
                to=person,
                title=f"{objection.member.name}对{objection.month}考核提出异议",
                key=f"assessment.object:{objection.code}:{person.code}",
                url=_path(objection),
                by=by,
                at=at,
            )


def _path(objection: Objection) -> str:
    return reverse("assessment:objection", args=[objection.code])


def _still_open(month: Month, at: datetime) -> None:
    if month.state == Month.State.FINAL:
        raise Refused("该月考核已定案,只能在以后的月份更正", CLAUSE)
    if month.state == Month.State.POSTED:
        last = queries.postings(month)[0].until_date
        if last is not None and local(at).date() > last:
            raise Refused(f"异议期已于 {last.month}月{last.day}日 截止", CLAUSE)


@transaction.atomic
def withdraw_objection(*, objection: Objection, by: Actor, at: datetime) -> None:
    """The person takes the objection back. Audit "assessment.object.withdraw"."""
    queries.same_center(by, objection)
    if not by.is_self(objection.member):
        raise Refused("只有提出人可以撤回异议", CLAUSE)
    rows = Objection.objects.of(by.center).filter(pk=objection.pk, state=Objection.State.OPEN)
    if rows.update(state=Objection.State.WITHDRAWN, answered_at=at) != 1:
        raise taken()
    record(by=by, at=at, verb="assessment.object.withdraw", obj=objection, label=str(objection.month))


@transaction.atomic
def answer_objection(*, objection: Objection, upheld: bool, reply: str, by: Actor, at: datetime) -> Objection:
    """Somebody else answers with reasons. Upheld: the fact is withdrawn, its lines are reversed by entries, the month is recounted.

    Refused to the person, to whoever recorded the fact, and without a word of reason. A posted month gets a corrected
    edition and posting; criticisms that no longer hold leave the agenda. Effects: Objection, CollectedFact, Entry,
    MonthResult, Posting, a notice to the person, audit "assessment.answer". 依据: 一(二)、一(九) ("1.2", "1.9")
    """
    queries.require(by, "answer", CLAUSE)
    queries.same_center(by, objection)
    if not reply.strip():
        raise Refused("请写明答复的理由", CLAUSE)
    month = Month.objects.of(by.center).select_for_update(no_key=True).get(pk=objection.month_id)
    if month.state == Month.State.FINAL:
        raise Refused("该月考核已定案,只能在以后的月份更正", CLAUSE)
    _refuse_involved(objection, by)
    state = Objection.State.UPHELD if upheld else Objection.State.DISMISSED
    rows = Objection.objects.of(by.center).filter(pk=objection.pk, state=Objection.State.OPEN)
    if rows.update(state=state, reply=reply.strip()[:1000], answerer=by.member, answered_at=at) != 1:
        raise taken()
    if upheld:
        facts = CollectedFact.objects.of(by.center).filter(fact=objection.fact, ended_at__isnull=True)
        facts.update(status="withdrawn", objection_code=objection.code)
        recount(month, reason=f"异议成立({objection.code})", by=by, at=at)
    objection.refresh_from_db()
    title = f"您对{month}考核的异议已答复:{objection.get_state_display()}"
    enqueue(to=objection.member, title=title, key=f"assessment.answer:{objection.code}", url=_path(objection), by=by, at=at)
    record(by=by, at=at, verb="assessment.answer", obj=objection, label=str(month), detail={"upheld": upheld})
    return objection


def _refuse_involved(objection: Objection, by: Actor) -> None:
    """Neither the person nor whoever recorded the fact answers ("1.9": nobody waives or confirms the own)."""
    if by.is_self(objection.member):
        raise Refused("不能答复自己的异议", "1.9")
    fact = CollectedFact.objects.of(by.center).filter(fact=objection.fact, ended_at__isnull=True).first()
    attrs = (fact.payload.get("attrs") or {}) if fact else {}
    recorders = {str(attrs[name]) for name in ("checker", "recorded_by", "decided_by") if attrs.get(name)}
    if by.member is not None and by.member.code in recorders:
        raise Refused("这件事由您记录,须由他人答复", "1.9")


def recount(month: Month, *, reason: str, by: Actor, at: datetime) -> None:
    """The month again from the facts now on record, under its own rulebook and roster. The caller holds the row.

    A posted edition is never touched: its successor starts as a copy, only those whom the facts reach change, and it is posted.
    """
    version = counting.version_of(month)
    assert version is not None
    before = {(row.sheet, row.subject): row.exact for row in queries.results(month)}
    if month.is_posted:
        _next_edition(month)
    stuff = counting.material(by.center, version, month)
    answer = counting.count(stuff, month.key)
    people = ledger.People(by.center)
    ledger.book(month, answer, people=people, by=by.label, at=at, reason=reason)
    touched = frozenset(
        subject
        for result in ledger.mine(month, answer)
        if (subject := result.subject.id) and before.get((result.sheet.id, subject)) != ledger.exact_text(result.exact)
    )
    stops = ledger.keep_results(month, answer, people=people, at=at, only=touched if month.is_settled else None)
    Month.objects.of(by.center).filter(pk=month.pk).update(stops=stops)
    if month.is_posted:
        put_up(month, reason=reason, by=by, at=at)


def _next_edition(month: Month) -> None:
    """A copy of the posted results as the next edition."""
    if Month.objects.of(month.center_id).filter(pk=month.pk, edition=month.edition).update(edition=month.edition + 1) != 1:
        raise taken()
    old = MonthResult.objects.of(month.center_id).filter(month=month, edition=month.edition)
    month.edition += 1
    MonthResult.objects.bulk_create(
        MonthResult(edition=month.edition, **{name: getattr(row, name) for name in COPIED}) for row in old
    )
