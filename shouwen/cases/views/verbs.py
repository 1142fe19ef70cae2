"""A page with several small forms, each for one verb: the button's `do` says which was sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import HttpRequest

from shouwen.core import clock, web


@dataclass(frozen=True, slots=True)
class Verb:
    """`action` is called with the cleaned form, the page's subject, `by` and `at`; `said` is the word afterwards."""

    form: type[forms.Form]
    action: Callable[..., Any]
    said: str
    given: Mapping[str, Any] = field(default_factory=dict)

    def bound(self, name: str, request: HttpRequest) -> forms.Form:
        data = request.POST if request.method == "POST" and request.POST.get("do") == name else None
        return self.form(data, prefix=name, **self.given)


def act(request: HttpRequest, verbs: Mapping[str, Verb], **subject: Any) -> tuple[dict[str, forms.Form], Verb | None]:
    """The forms of the page, and the verb that happened; None when nothing was sent or it was refused (its form says why)."""
    bound = {name: verb.bound(name, request) for name, verb in verbs.items()}
    name = request.POST.get("do", "")
    if request.method != "POST" or name not in verbs or not bound[name].is_valid():
        return bound, None
    by, at = request.actor, clock.now()  # type: ignore[attr-defined]
    form = bound[name]
    happened = web.attempt(request, form, verbs[name].action, by=by, at=at, **subject, **form.cleaned_data)
    return bound, verbs[name] if happened else None
