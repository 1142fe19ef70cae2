"""Who may see and do what. Own lines always; the whole list for assessor, leader, director; nobody judges the own ("1.9")."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from shouwen.assessment import models
from shouwen.assessment.queries import may, require
from shouwen.core.actors import Actor
from shouwen.org.models import Member
from shouwen.rulebook.models import Rulebook


def _one(rows: QuerySet[Any], **lookup: Any) -> Any:
    return get_object_or_404(rows, **lookup)


def month_for(actor: Actor, key: str) -> models.Month:
    """A month of the actor's centre by "2026-10", or 404. What is shown of it depends on `may(actor, "see_all")`."""
    try:
        first = date.fromisoformat(f"{key}-01")
    except ValueError:
        raise Http404 from None
    found: models.Month = _one(
        models.Month.objects.of(actor.center).select_related("rulebook").defer("rulebook__text"), month=first
    )
    return found


def member_for(actor: Actor, code: str) -> Member:
    """A person whose lines the actor may see: oneself, or anyone for those who see the whole list; else 404."""
    rows = Member.objects.of(actor.center).select_related("center")
    if not may(actor, "see_all"):
        rows = rows.filter(pk=actor.member.pk)
    found: Member = _one(rows, code=code)
    return found


def entry_for(actor: Actor, code: str) -> models.Entry:
    """A line of the actor's own ledger (to contest it), or 404."""
    rows = models.Entry.objects.of(actor.center).filter(member=actor.member).select_related("month", "member")
    found: models.Entry = _one(rows, code=code)
    return found


def result_for(actor: Actor, key: str, code: str) -> models.MonthResult:
    """The current result of a person in a month on the sheet of the freezer's confirmation, or 404."""
    require(actor, "confirm")
    month = month_for(actor, key)
    rows = models.MonthResult.objects.of(actor.center).filter(
        month=month, edition=month.edition, subject=code, confirmed_at__isnull=True
    )
    found = rows.select_related("month", "member").order_by("sheet").first()
    if found is None:
        raise Http404
    return found


def objection_for(actor: Actor, code: str, *, to: str = "see") -> models.Objection:
    """An objection: one's own, or any for those who answer; else 404."""
    rows = models.Objection.objects.of(actor.center).select_related("month", "entry", "member", "answerer")
    if not may(actor, "answer"):
        rows = rows.filter(member=actor.member)
    if to == "answer":
        require(actor, "answer", "1.2")
    found: models.Objection = _one(rows, code=code)
    return found


def agenda_for(actor: Actor, code: str) -> models.AgendaItem:
    require(actor, "announce", "1.5")
    found: models.AgendaItem = _one(
        models.AgendaItem.objects.of(actor.center).select_related("month", "month__center"), code=code
    )
    return found


def adjustment_for(actor: Actor, code: str) -> models.Adjustment:
    require(actor, "adjust", "1.2")
    found: models.Adjustment = _one(
        models.Adjustment.objects.of(actor.center).select_related("about", "member", "proposer"), code=code
    )
    return found


def finding_for(actor: Actor, code: str) -> models.Finding:
    require(actor, "see_all")
    found: models.Finding = _one(
        models.Finding.objects.of(actor.center).select_related("decision", "executor", "concerned", "month"), code=code
    )
    return found


def draft_for(actor: Actor, code: str) -> Rulebook:
    """A draft of the rulebook to try or to enact, or 404."""
    require(actor, "try", "1.10")
    found: Rulebook = _one(Rulebook.objects.of(actor.center).filter(state=Rulebook.State.DRAFT), code=code)
    return found


def year_for(actor: Actor, year: int) -> models.Year:
    """A closed year, or 404."""
    require(actor, "see_all", "1.6")
    found: models.Year = _one(models.Year.objects.of(actor.center).select_related("rulebook", "center"), year=year)
    return found


def year_result_for(actor: Actor, year: int, code: str) -> models.YearResult:
    """A person's result of a closed year, to decide about; or 404."""
    require(actor, "decide", "1.7")
    rows = models.YearResult.objects.of(actor.center).select_related("year", "year__center", "member")
    found: models.YearResult = _one(rows, year__year=year, member__code=code)
    return found


def named_member(actor: Actor, code: str) -> Member:
    """A person of the actor's centre chosen in a form, or 404."""
    found: Member = _one(Member.objects.of(actor.center).select_related("center"), code=code)
    return found
