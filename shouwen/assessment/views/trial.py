"""A draft rulebook on past months: old score beside new, before it takes force ("1.10")."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from shouwen.assessment import access, actions, forms, queries
from shouwen.core import clock, web


@web.allow("assessor", "leader", "director")
@require_GET
def trial(request: HttpRequest, code: str) -> HttpResponse:
    """Pick months, see person by person what would change and why."""
    actor = request.actor  # type: ignore[attr-defined]
    draft = access.draft_for(actor, code)
    past = queries.trial_choices(actor.center)
    form = forms.Trial(request.GET or None, months=past)
    months = [access.month_for(actor, key) for key in form.cleaned_data["months"]] if form.is_valid() else []
    context = {
        "draft": draft,
        "form": form,
        "past": past,
        "months": months,
        "tried": queries.trial(actor.center, draft, months),
        "untried": forms.Untried(),
        "enact": forms.Enact(initial={"active_from": queries.enact_from(actor.center, clock.local(clock.now()).date())}),
        "may_enact": queries.may(actor, "enact") and not actor.is_self(draft.drafter),
    }
    return web.page(request, "assessment/trial.html", context)


@web.allow("assessor", "leader", "director")
@require_POST
def note_trial(request: HttpRequest, code: str) -> HttpResponse:
    """ "I have looked at it", or why there is no trial."""
    actor = request.actor  # type: ignore[attr-defined]
    draft = access.draft_for(actor, code)
    months = [access.month_for(actor, key) for key in request.POST.getlist("months")]
    actions.note_trial(draft=draft, months=months, reason=request.POST.get("reason", ""), by=actor, at=clock.now())
    return web.done(request, reverse("assessment:trial", args=[code]), "试算情况已记录")


@web.allow("leader", "director")
@require_POST
def enact(request: HttpRequest, code: str) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    draft = access.draft_for(actor, code)
    form = forms.Enact(request.POST)
    if form.is_valid() and web.attempt(
        request, form, actions.put_in_force, draft=draft, by=actor, at=clock.now(), **form.cleaned_data
    ):
        return web.done(request, reverse("rulebook:version", args=[code]), "新版制度已批准施行")
    past = queries.trial_choices(actor.center)
    context = {
        "draft": draft,
        "past": past,
        "form": forms.Trial(months=past),
        "untried": forms.Untried(),
        "enact": form,
    }
    return web.page(request, "assessment/trial.html", context | {"may_enact": True, "months": [], "tried": []})
