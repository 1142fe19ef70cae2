"""What every page shares: rendering, answering, who may come in, the frame around a page."""

from __future__ import annotations

import logging
import secrets
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse

from shouwen.core import clock
from shouwen.core.errors import Refused
from shouwen.rules.clauses import cite

log = logging.getLogger("shouwen")
PAGE_SIZE = 50
CITIZENS = ("/p/", "/q/", "/g/")
"""Where the public pages begin."""
View = Callable[..., HttpResponse]


def allow(*roles: str) -> Callable[[View], View]:
    """Say who may open a view: "anyone", "member", or role names. A view without it is closed (`Gate`)."""

    def mark(view: View) -> View:
        view.allowed = frozenset(roles)  # type: ignore[attr-defined]
        return view

    return mark


def page(
    request: HttpRequest, template: str, context: dict[str, Any] | None = None, *, partial: str = "", status: int = 200
) -> HttpResponse:
    """The whole page, or its named partial when HTMX asks for a piece of it."""
    if partial and getattr(request, "htmx", False):
        template = f"{template}#{partial}"
    if status == 200 and getattr(request, "refused", None):
        status = 409
    return render(request, template, context or {}, status=status)


def done(request: HttpRequest, to: str, message: str = "") -> HttpResponse:
    """After a write: post/redirect/get, with a word that says what happened."""
    if message:
        messages.success(request, message)
    if getattr(request, "htmx", False):
        return HttpResponse(status=204, headers={"HX-Redirect": to})
    return redirect(to)


def attempt(request: HttpRequest, form: forms.Form, action: Callable[..., Any], **kwargs: Any) -> bool:
    """Run one action for a valid form; a refusal becomes a form error and nothing typed is lost.

    Returns True when the action happened; its result is then `form.result`.
    """
    try:
        form.result = action(**kwargs)  # type: ignore[attr-defined]
    except Refused as refused:
        request.refused = refused  # type: ignore[attr-defined]
        form.add_error(None, refused.message + citation(refused.clause))
        return False
    return True


def citation(clause: str) -> str:
    """（依据〔一(三)1〕）, or nothing when there is no clause."""
    return f"（依据{cite(clause)}）" if clause else ""


@dataclass(frozen=True, slots=True)
class Rows:
    """One page of a list: `items`, and where the neighbours are (None at the ends)."""

    items: Sequence[Any]
    number: int
    previous: int | None
    next: int | None


def page_number(request: HttpRequest) -> int:
    """`?page=`, 1 for whatever is no page number."""
    raw = request.GET.get("page", "1")
    return max(1, int(raw)) if raw.isdecimal() and len(raw) < 6 else 1


def rows(request: HttpRequest, queryset: Any, size: int = PAGE_SIZE) -> Rows:
    """Slice a list by `?page=`; asks for one row more instead of counting, so the cost does not grow."""
    number = page_number(request)
    start = (number - 1) * size
    found = list(queryset[start : start + size + 1])
    return Rows(found[:size], number, number - 1 if number > 1 else None, number + 1 if len(found) > size else None)


FINDERS = frozenset({"clerk", "section", "leader", "director", "supervisor"})
"""Who may read case files, and so has the search box."""
NAVIGATION: tuple[tuple[str, tuple[tuple[str, str, frozenset[str]], ...]], ...] = (
    (
        "每天",
        (
            ("今日", "desk:today", frozenset()),
            ("接待叫号", "desk:counter", frozenset({"clerk", "leader", "section"})),
            ("大厅现在", "reception:queue", frozenset()),
            ("首问登记", "reception:register", frozenset()),
            ("办件", "cases:list", FINDERS),
            ("业务科", "desk:section", frozenset({"section"})),
            ("值守", "duty:today", frozenset()),
            ("保洁检查", "duty:rounds", frozenset({"leader", "director", "assessor", "supervisor"})),
            ("考勤", "attendance:month", frozenset()),
            ("请假", "attendance:leaves", frozenset()),
            ("查岗", "attendance:post_checks", frozenset()),
        ),
    ),
    (
        "管理",
        (
            ("事项指南", "catalogue:items", frozenset()),
            ("总览", "desk:overview", frozenset({"leader", "director", "supervisor", "section"})),
            ("考核公示", "assessment:month", frozenset()),
            ("年度考核", "assessment:year", frozenset()),
            ("打卡导入", "attendance:imports", frozenset({"assessor"})),
            ("文书", "documents:list", frozenset({"assessor", "director", "leader"})),
        ),
    ),
    (
        "设置",
        (
            ("中心与人员", "org:people", frozenset()),
            ("制度", "rulebook:list", frozenset()),
            ("日历与时间", "workcalendar:year", frozenset()),
            ("大厅设备", "boards:devices", frozenset({"leader", "system_admin"})),
            ("审计", "desk:audit", frozenset({"audit_admin"})),
        ),
    ),
    (
        "对外",
        (
            ("公示页", "public:front", frozenset()),
            ("叫号屏", "boards:hall", frozenset()),
            ("公示屏", "boards:posting", frozenset({"assessor", "director", "leader", "system_admin"})),
        ),
    ),
)
ELSEWHERE = {
    "/reception/": "reception:register",
    "/search/": "cases:list",
    "/handover/": "duty:today",
    "/attendance/pins/": "attendance:imports",
    "/attendance/devices/": "attendance:imports",
    "/assessment/trial/": "rulebook:list",
    "/center/": "org:people",
    "/decisions/": "org:people",
}
"""Pages whose address does not begin with the address of the link they belong under."""


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor: the actor, this moment, and the rail of links the actor may use."""
    actor = getattr(request, "actor", None)
    here = request.resolver_match.view_name if request.resolver_match else ""
    rail = _rail(request, actor) if actor is not None and actor.is_member else []
    finds = reverse("desk:search") if rail and actor is not None and actor.has(*FINDERS) and here != "desk:search" else ""
    return {"actor": actor, "rail": rail, "at": clock.now(), "here": here, "finds": finds}


@dataclass(slots=True)
class Link:
    """One link of the rail; `here` is "page" on the page itself, "true" on a page under it."""

    label: str
    name: str
    url: str
    here: str = ""


def _rail(request: HttpRequest, actor: Any) -> list[tuple[str, list[Link]]]:
    """Groups of links the actor may use."""
    rail = [
        (
            title,
            [
                Link(label, name, _url(name, actor.center.code))
                for label, name, needs in links
                if not needs or actor.has(*needs)
            ],
        )
        for title, links in NAVIGATION
    ]
    links = [link for _, group in rail for link in group]
    section = _section(request.path, {link.url: link.name for link in links})
    for link in links:
        if link.name == section:
            link.here = "page" if link.url == request.path else "true"
    return rail


def _section(path: str, links: dict[str, str]) -> str:
    """The link a page stands under: the one whose address is the longest beginning of the page's own."""
    homes = {**links, **ELSEWHERE}
    found = [url for url in homes if path.startswith(url) and (url != "/" or path == "/")]
    return homes[max(found, key=len)] if found else ""


def _url(name: str, code: str) -> str:
    """The address of a link; those to outside pages name the centre."""
    with suppress(NoReverseMatch):
        return reverse(name)
    return reverse(name, args=[code])


def failure(request: HttpRequest, error: BaseException | None) -> HttpResponse:
    """A bug: the person sees an id to read out, the log has the story under the same id.

    The page asks neither session nor database, which may be what failed.
    """
    number = secrets.token_hex(4)
    log.error("error %s at %s", number, request.path, exc_info=error)
    text = "您填写的内容没有保存。请稍后再试;如仍不行,把错误编号告诉系统管理员。"
    if is_for_citizens(request):
        text = "您填写的内容没有保存。请稍后再试；如仍不行，请到大厅或打电话，并告诉我们错误编号。"
    page = render_to_string(error_template(request), {"title": "系统出错了", "text": text, "number": number})
    return HttpResponse(page, status=500)


def server_error(request: HttpRequest) -> HttpResponse:
    """A bug outside of any view."""
    return failure(request, sys.exc_info()[1])


def error_page(request: HttpRequest, status: int, title: str, text: str) -> HttpResponse:
    return render(request, error_template(request), {"title": title, "text": text}, status=status)


def is_for_citizens(request: HttpRequest) -> bool:
    """Whether the address is one of a centre's public pages; told by the path, since what is missing has no view."""
    return request.path_info.startswith(CITIZENS)


def error_template(request: HttpRequest) -> str:
    return "public/error.html" if is_for_citizens(request) else "core/error.html"


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page stood open too long or came from elsewhere; say what to do."""
    return error_page(request, 403, "页面已过期", "请返回上一页刷新后重新提交,填写的内容请先复制保存。")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Broken or oversized on the way, or not sent by one of our pages."""
    return error_page(request, 400, "没有看懂这次提交", "内容不完整、过大,或含有无法识别的字符。请返回上一页检查后重新提交。")


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    if is_for_citizens(request):
        return error_page(request, 403, "打不开这一页", "这一页不对外开放。请从服务中心的首页重新进入，或到大厅询问。")
    return error_page(request, 403, "不能办理", "您没有办理此事的权限,如确有需要请联系本中心安全管理员。")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Missing and not yours look the same."""
    if is_for_citizens(request):
        return error_page(
            request,
            404,
            "没有找到这一页",
            "地址可能不完整，或这项内容已经撤下。请核对二维码或链接，或从服务中心的首页重新进入。",
        )
    return error_page(request, 404, "没有找到", "地址有误,或这项内容不属于您所在的中心。")
