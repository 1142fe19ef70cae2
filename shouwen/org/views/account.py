"""Login, logout, own password, own particulars."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from shouwen.core import clock, web
from shouwen.core.errors import Refused
from shouwen.org import access, actions, forms, queries
from shouwen.org.middleware import Request


def _next(request: Request) -> str:
    """Where to go after login: only to a page of this very site."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return wanted if safe and wanted.startswith("/") else "/"


@web.allow("anyone")
def login(request: Request) -> HttpResponse:
    to = _next(request)
    if request.actor.is_member and request.method == "GET":
        return redirect(to)
    form = forms.Login(request.POST or None)
    if form.is_valid():
        at = clock.now()
        try:
            member = actions.log_in(by=request.actor, at=at, **form.cleaned_data)
        except Refused as refused:  # already on record as failed, so it is not a second time a refusal
            form.add_error(None, refused.message)
            return web.page(request, "org/login.html", {"form": form, "next": to, "opened": True}, status=403)
        access.begin_session(request, member, queries.fresh_user(member.user), at)  # type: ignore[arg-type]
        return redirect(to)
    return web.page(request, "org/login.html", {"form": form, "next": to, "opened": queries.is_opened()})


@require_POST
@web.allow("member")
def logout(request: Request) -> HttpResponse:
    at = clock.now()
    if request.POST.get("everywhere"):
        actions.end_sessions(by=request.actor, at=at)
    actions.log_out(by=request.actor, at=at)
    access.end_session(request)
    messages.success(request, "已退出登录")
    return redirect("org:login")


@web.allow("member")
def password(request: Request) -> HttpResponse:
    user, at = request.actor.member.user, clock.now()
    form = (forms.NewPassword if user.must_change else forms.Password)(request.POST or None)
    if form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("old", "new") if name in form.cleaned_data}
        if web.attempt(request, form, actions.change_password, by=request.actor, at=at, **given):
            access.begin_session(request, request.actor.member, form.result, at)  # type: ignore[attr-defined]
            return web.done(request, "/", "密码已修改,其他设备上的登录已全部退出")
    context = {
        "form": form,
        "forced": access.must_change(user, at),
        "first": user.must_change,
        "rules": queries.password_rules(),
    }
    return web.page(request, "org/password.html", context)


@web.allow("member")
def me(request: Request) -> HttpResponse:
    member = request.actor.member
    today = clock.local(clock.now()).date()
    context = {"member": member, "today": today, "runs_out": queries.runs_out(member.user), **queries.person(member)}
    return web.page(request, "org/me.html", context)
