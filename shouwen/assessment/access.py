"""Who may see and do what. Own lines always; the whole list for assessor, leader, director; nobody judges the own ("1.9")."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from shouwen.assessment import models
from shouwen.assessment.queries import may, require
from shouwen.core.actors import Actor
from shouwen.org.models import Member


def _one(rows: QuerySet[Any], **lookup: Any) -> Any:
    return get_object_or_404(rows, **lookup)


def month_for(actor: Actor, code: str) -> models.Month:
    """A month of the actor's centre, or 404. What is shown of it depends on `may(actor, "see_all")`."""
    found: models.Month = _one(models.Month.objects.of(actor.center).select_related("rulebook"), code=code)
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


def result_for(actor: Actor, pk: Any) -> models.MonthResult:
    require(actor, "confirm")
    found: models.MonthResult = _one(models.MonthResult.objects.of(actor.center).select_related("month", "member"), pk=pk)
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
    found: models.AgendaItem = _one(models.AgendaItem.objects.of(actor.center).select_related("month"), code=code)
    return found


def adjustment_for(actor: Actor, code: str) -> models.Adjustment:
    require(actor, "adjust", "1.2")
    found: models.Adjustment = _one(models.Adjustment.objects.of(actor.center).select_related("about", "member", "proposer"), code=code)
    return found


def finding_for(actor: Actor, code: str) -> models.Finding:
    require(actor, "see_all")
    found: models.Finding = _one(models.Finding.objects.of(actor.center).select_related("decision", "executor", "concerned", "month"), code=code)
    return found


def year_result_for(actor: Actor, pk: Any) -> models.YearResult:
    require(actor, "decide", "1.7")
    found: models.YearResult = _one(models.YearResult.objects.of(actor.center).select_related("year", "member"), pk=pk)
    return found
