"""The one shape of a small form: valid → one action → back where it belongs; otherwise the form again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse

from shouwen.core import clock, web
from shouwen.org.middleware import Request


def answer(
    request: Request,
    form: forms.Form,
    action: Callable[..., Any],
    *,
    title: str,
    to: str,
    said: str,
    submit: str = "保存",
    note: str = "",
    **rows: Any,
) -> HttpResponse:
    """`rows` are passed to the action beside the form's fields; `to` is where the reader returns either way."""
    if form.is_valid() and web.attempt(request, form, action, by=request.actor, at=clock.now(), **rows, **form.cleaned_data):
        return web.done(request, to, said)
    context = {"form": form, "title": title, "submit": submit, "back": to, "note": note}
    return web.page(request, "org/form.html", context)
