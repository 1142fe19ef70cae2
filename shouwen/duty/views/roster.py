"""The month's roster, its rotas, its paper and its calendar feed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shouwen.core import clock, web
from shouwen.core.clock import local
from shouwen.documents import actions as papers
from shouwen.documents.queries import file_response
from shouwen.duty import access, actions, documents, forms, models, queries
from shouwen.org.queries import members
from shouwen.rules.workdays import LAST_DAY
from shouwen.workcalendar.queries import day_table, known_from

KNOWN = known_from(), LAST_DAY.replace(day=1)


def _month(text: str) -> date:
    """The month an address names, one the calendar knows; this month where it names none."""
    try:
        first = date.fromisoformat(f"{text}-01") if text else local(clock.now()).date().replace(day=1)
    except ValueError:
        raise Http404 from None
    if not KNOWN[0] <= first <= KNOWN[1]:
        raise Http404
    return first


def _people(actor: Any) -> list[Any]:
    return members(actor.center, local(clock.now()).date())


@web.allow("member")
@require_GET
def month(request: HttpRequest, text: str = "") -> HttpResponse:
    actor, first = request.actor, _month(text)  # type: ignore[attr-defined]
    planning = actor.has(*access.PLANNERS)
    context = {
        "first": first,
        "previous": first - timedelta(days=1),
        "next": first + timedelta(days=32),
        "days": queries.month_roster(actor.center, first, day_table(actor.center)),
        "kinds": models.Kind.choices,
        "today": local(clock.now()).date(),
        "planning": planning,
        "form": forms.Assign(people=[(person.code, person.name) for person in _people(actor)]) if planning else None,
    }
    return web.page(request, "duty/month.html", context)


@web.allow("member")
@require_POST
def fill(request: HttpRequest, text: str) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    access.require(actor, to="plan")
    first = _month(text)
    new = actions.fill_month(month=first, by=actor, at=clock.now())
    if not new and not queries.patterns(actor.center, first + timedelta(days=27)):
        return web.done(request, reverse("duty:pattern"), "还没有轮值表:先在这里定谁按什么顺序轮,再回“排班”排满")
    said = f"新排了 {new} 个班次" if new else "没有要新排的:这个月已经排满"
    return web.done(request, reverse("duty:of_month", args=[text]), said)


@web.allow("member")
@require_POST
def assign(request: HttpRequest, text: str) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    access.require(actor, to="plan")
    form = forms.Assign(request.POST, people=[(person.code, person.name) for person in _people(actor)])
    if form.is_valid():
        data = {**form.cleaned_data, "member": access.colleague(actor, form.cleaned_data["member"])}
        if web.attempt(request, form, actions.assign, by=actor, at=clock.now(), **data):
            return web.done(request, reverse("duty:of_month", args=[text]), "排班已调整")
    return web.page(request, "duty/assign.html", {"form": form, "text": text})


@web.allow("member")
@require_http_methods(["GET", "POST"])
def pattern(request: HttpRequest) -> HttpResponse:
    """Rotas in force, and setting a new one."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    form = forms.Pattern(request.POST or None, people=_people(actor), initial={"active_from": local(at).date()})
    if request.method == "POST":
        access.require(actor, to="plan")
        if form.is_valid() and web.attempt(request, form, actions.set_pattern, by=actor, at=at, **form.cleaned_data):
            return web.done(request, reverse("duty:pattern"), "轮值表已设定,请到“排班”里排满当月")
    rotas = queries.patterns(actor.center, local(at).date())
    return web.page(request, "duty/pattern.html", {"form": form, "rotas": rotas, "planning": actor.has(*access.PLANNERS)})


@web.allow("member")
@require_POST
def roster_paper(request: HttpRequest, text: str) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    access.require(actor, to="plan")
    document = documents.issue_roster(actor.center, _month(text), by=actor, at=clock.now())
    return web.done(request, reverse("documents:detail", args=[document.code]))


@web.allow(*access.INSPECTORS)
@require_GET
def month_export(request: HttpRequest, text: str) -> HttpResponse:
    actor, first = request.actor, _month(text)  # type: ignore[attr-defined]
    title = f"{actor.center.short_name}{first.year}年{first.month}月值守表"
    table = queries.roster_table(actor.center, first, day_table(actor.center))
    return file_response(papers.hand_out_table(title=title, table=table, by=actor, at=clock.now()), f"{title}.xlsx")


@web.allow("anyone")
@require_GET
def feed(request: HttpRequest, center: str, secret: str, whose: str) -> HttpResponse:
    """An iCalendar feed: one's own shifts, or the whole hall's. The address is the secret."""
    member = access.feed_owner(center, secret)
    rows = queries.feed(member.center, member if whose == "mine" else None, clock.now())
    return HttpResponse(documents.icalendar(rows, member.center), content_type="text/calendar; charset=utf-8")


@web.allow("member")
@require_http_methods(["GET", "POST"])
def my_feed(request: HttpRequest) -> HttpResponse:
    """Show the addresses; a post makes new ones and the old die."""
    actor = request.actor  # type: ignore[attr-defined]
    if request.method == "POST":
        actions.renew_feed(member=actor.member, by=actor, at=clock.now())
        return web.done(request, reverse("duty:my_feed"), "订阅地址已生成,旧地址作废")
    base = f"{request.scheme}://{request.get_host()}"
    return web.page(request, "duty/my_feed.html", {"base": base, "secret": actor.member.feed_secret})
