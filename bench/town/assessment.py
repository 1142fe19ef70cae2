"""A year of months with results and ledger, what people said to them, papers and messages."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from bench.town.ground import AT, DAY, TODAY, UNITS, Town, fill, waits
from shouwen.assessment import models as assessment
from shouwen.documents.models import Document
from shouwen.notifications.models import Message
from shouwen.org import models as org
from shouwen.rulebook.models import Rulebook


def months_of(town: Town, rows: int) -> None:
    """Months of the year: posted up to September, October frozen, the present one provisional; and drafts of the rulebook."""
    book = Rulebook.objects.of(town.center).get()
    dated = {"drafted_by": "孙会", "drafted_at": AT, "changed_at": AT, "state": "draft"}
    same = {"center": town.center, "title": "工作制度", "text": book.text, "digest": book.digest}
    fill(Rulebook, (Rulebook(number=number, **same, **dated) for number in range(2, rows + 1)))
    for number in range(1, TODAY.month + 1):
        _results(town, _month(town, book, number), number)


def _month(town: Town, book: Any, number: int) -> Any:
    state = "posted" if number < 10 else "frozen" if number == 10 else "provisional"
    by: dict[str, Any] = {}
    if state != "provisional":
        by = {"rulebook": book, "frozen_at": AT, "frozen_by": "孙会", "freezer": town.cast["孙会"]}
    if state == "posted":
        by |= {"posted_at": AT, "posted_by": "孙会"}
    roster = [{"id": one.code, "kind": "member", "name": one.name} for one in town.people]
    first = date(TODAY.year, number, 1)
    month = assessment.Month.objects.create(
        center=town.center, month=first, state=state, workdays=21, collected_at=AT, roster=roster, **by
    )
    if state == "posted":
        assessment.Posting.objects.create(center=town.center, month=month, edition=1, posted_at=AT, posted_by="孙会")
    return month


def _results(town: Town, month: Any, number: int) -> None:
    """Everybody's result; every tenth person came late once."""
    late = [one for n, one in enumerate(town.people, number) if n % 10 == 0]
    fill(assessment.MonthResult, (_result(month, n, one, one in late) for n, one in enumerate(town.people)))
    fill(assessment.Entry, (_line(month, one) for one in late))
    fill(assessment.CollectedFact, (_fact(month, one) for one in late))


def _result(month: Any, n: int, member: Any, is_late: bool) -> Any:
    whose = {"subject_kind": "member", "subject": member.code, "member": member, "name": member.name, "unit": UNITS[n % 7]}
    total = Decimal(9 if is_late else 10)
    points = {"base": Decimal(10), "deducted": 10 - total, "total": total, "exact": str(total)}
    return assessment.MonthResult(
        center_id=month.center_id, month=month, edition=1, sheet="month", days=21, counted_at=AT, **whose, **points
    )


def _line(month: Any, member: Any) -> Any:
    day, one = month.month + DAY * 3, Decimal(1)
    what = {"item": "late", "title": "迟到", "clause": "1.3.1", "explanation": "第 1 次迟到扣 1 分"}
    sums = {"price": one, "units": one, "nth": one, "times": one, "amount": -one}
    written = {"mark": f"{day}", "written_at": AT, "written_by": "系统"}
    whose = {"center_id": month.center_id, "month": month, "sheet": "month", "subject": member.code, "member": member}
    return assessment.Entry(kind="deduct", fact=_fact_id(day, member), date=day, **whose, **what, **sums, **written)


def _fact(month: Any, member: Any) -> Any:
    day = month.month + DAY * 3
    shared = {"kind": "late", "subject": member.code, "status": "verified"}
    payload = {"id": _fact_id(day, member), "date": f"{day}", "reason": "迟到 4 分钟", **shared}
    where = {"center_id": month.center_id, "month": month, "fact": payload["id"], "date": day}
    return assessment.CollectedFact(payload=payload, collected_at=AT, **where, **shared)


def _fact_id(day: date, member: Any) -> str:
    return f"attendance.slot:{day}:am:in:{member.code}"


def voices_of(town: Town, rows: int) -> None:
    """Objections, findings, adjustments, matters of the cadre meeting."""
    entries = list(assessment.Entry.objects.of(town.center).select_related("member", "month")[:rows])
    months = list(assessment.Month.objects.of(town.center).order_by("month"))
    others = [one for one in town.people if one.name not in ("孙会", "周丽")]
    fill(assessment.Objection, (_objection(entries, n) for n in range(rows)))
    decision = org.Decision.objects.of(town.center).first()
    fill(assessment.Finding, (_finding(town, decision, months[-1], others[n % len(others)], n) for n in range(rows)))
    fill(assessment.Adjustment, (_adjustment(town, months[0], others[n % len(others)], n) for n in range(rows)))
    fill(assessment.AgendaItem, (_matter(months, others[n % len(others)], n) for n in range(rows)))


def _objection(entries: list[Any], n: int) -> Any:
    """A line is contested by one open objection at most."""
    entry, state = entries[n % len(entries)], "open" if waits(n) and n < len(entries) else "dismissed"
    about = {"center_id": entry.center_id, "month": entry.month, "entry": entry, "fact": entry.fact, "member": entry.member}
    return assessment.Objection(text="当天机器坏了", raised_at=AT - timedelta(hours=n), state=state, **about)


def _finding(town: Town, decision: Any, month: Any, concerned: Any, n: int) -> Any:
    what = {"kind": "late", "fact_date": TODAY - DAY, "account": "漏记", "found_date": TODAY, "month": month}
    who = {"decision": decision, "executor": town.cast["孙会"], "concerned": concerned}
    return assessment.Finding(center=town.center, recorded_by="周丽", recorded_at=AT - timedelta(hours=n), **what, **who)


def _adjustment(town: Town, about: Any, member: Any, n: int) -> Any:
    state, at = "proposed" if waits(n) else "confirmed", AT - timedelta(hours=n)
    what = {"about": about, "points": Decimal(1), "reason": "补正", "state": state}
    return assessment.Adjustment(center=town.center, member=member, proposer=town.cast["孙会"], proposed_at=at, **what)


def _matter(months: list[Any], member: Any, n: int) -> Any:
    whose = {"member": member, "subject": member.code, "subject_name": member.name, "total": Decimal(-1)}
    what = {"outcome": f"criticism-{n}", "clause": "1.5", "text": f"{member.name}月考核为负分", "listed_at": AT}
    when = {"month": months[0], "meeting_month": months[1].month}
    state = "open" if waits(n) else "announced"
    return assessment.AgendaItem(center_id=months[0].center_id, state=state, **whose, **what, **when)


def papers_of(town: Town, rows: int) -> None:
    """Issued notices, and messages to everybody of the cast."""
    fill(Document, (_paper(town, n) for n in range(rows)))
    fill(Message, (_message(one, n) for one in town.cast.values() for n in range(rows)))


def _paper(town: Town, n: int) -> Any:
    number = {"year": TODAY.year, "serial": n + 1, "number": f"〔{TODAY.year}〕{n + 1}号"}
    body = {"data": {"rows": []}, "template_version": "1", "pdf": b"%PDF" + b"0" * 8000, "sha256": "0" * 64}
    issued = {"issuer_label": "孙会", "issued_at": AT - timedelta(hours=n)}
    return Document(center=town.center, kind="notice", subject="月度考核公示", **number, **body, **issued)


def _message(to: Any, n: int) -> Any:
    words = {"key": f"bench:{to.code}:{n}", "title": "考核结果已公示", "text": "请查看本人明细", "url": "/"}
    times = {"created_at": AT - timedelta(hours=n), "due_at": AT, "delivered_at": AT, "read_at": None if waits(n) else AT}
    return Message(center_id=to.center_id, to=to, transport="in_app", **words, **times)
