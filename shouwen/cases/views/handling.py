"""Each thing that can be done with a case: one form, one action. What needs a superior becomes a request."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from shouwen.cases import access, actions, queries
from shouwen.cases.forms import handling as forms
from shouwen.cases.models import Case, ChecklistLine
from shouwen.core import clock, web
from shouwen.core.clock import local
from shouwen.core.errors import Refused

ASKED = "已提交请示，批准后自动办理"


def _answer(
    request: HttpRequest, case: Case, form: Any, template: str, title: str, said: str, call: Callable[..., Any], **more: Any
) -> HttpResponse:
    """The form, or what became of it."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    if (
        form.is_bound
        and form.is_valid()
        and web.attempt(request, form, call, case=case, by=actor, at=at, **(form.values() | more))
    ):
        return web.done(request, reverse("cases:detail", args=[case.code]), said)
    context = {"case": case, "form": form, "title": title, "clock": queries.reading(case, at)}
    return web.page(request, template, context)


def _acting(page: str) -> Callable[[Callable[[HttpRequest, Case], HttpResponse]], Any]:
    """A page of the case for whoever answers for it; where it can do nothing now it says so before anything is typed."""

    def wrap(view: Callable[[HttpRequest, Case], HttpResponse]) -> Any:
        @web.allow("member")
        @require_http_methods(["GET", "POST"])
        @wraps(view)
        def act(request: HttpRequest, code: str) -> HttpResponse:
            case = access.case_for(request.actor, code, clock.now(), to="act")  # type: ignore[attr-defined]
            if (words := queries.why_not(case, page)) != "":
                return _cannot(request, case, page, words)
            return view(request, case)

        return act

    return wrap


def _cannot(request: HttpRequest, case: Case, page: str, words: str) -> HttpResponse:
    """Why not, by which clause, and what can be done instead."""
    refused = Refused(words, queries.CLAUSES.get(page, "3.3"))
    request.refused = refused  # type: ignore[attr-defined]
    ways = queries.ways(case, queries.lines(case)) if case.is_open else []
    context = {"case": case, "title": queries.LABELS[page], "refused": refused, "ways": ways}
    return web.page(request, "cases/cannot.html", context)


def _plain(
    page: str, title: str, said: str, form_class: Any, call: Callable[..., Any], first: Callable[[Case], Any] | None = None
) -> Any:
    """A page that is only a form and its action."""

    @_acting(page)
    def view(request: HttpRequest, case: Case) -> HttpResponse:
        form = form_class(request.POST or None, initial=first(case) if first else None)
        return _answer(request, case, form, "cases/act.html", title, said, call)

    return view


def _ask(kind: str) -> Callable[..., Any]:
    """The request instead of the action: a superior must agree first ("1.9": never the asker)."""

    def ask(*, case: Case, reason: str, by: Any, at: Any, **data: Any) -> Any:
        return actions.ask_approval(case=case, kind=kind, data=data, reason=reason, by=by, at=at)

    return ask


decline = _plain("decline", "不予受理", "已出具不予受理通知书", forms.Decline, actions.decline_case)
send_back = _plain("send_back", "退回", "已出具退回件通知书", forms.SendBack, actions.return_case)
resume = _plain("resume", "恢复计时", "已恢复计时", forms.Resume, actions.resume_case)
extend = _plain("extend", "延期", ASKED, forms.Extend, _ask("extension"))
expedite = _plain("expedite", "急办", ASKED, forms.Expedite, _ask("expedite"))
decide = _plain("decide", "作出决定", "已办结，请通知申请人领取", forms.Decide, actions.decide_case)
deliver = _plain("deliver", "送达", "已送达，办件结束", forms.Deliver, actions.deliver_result, forms.first)
withdraw = _plain("withdraw", "撤回", "已撤回", forms.Withdraw, actions.withdraw_case)


@_acting("accept")
def accept(request: HttpRequest, case: Case) -> HttpResponse:
    lines = queries.unsatisfied(queries.lines(case))
    form = forms.Accept(request.POST if request.method == "POST" else None, lines=lines)
    return _answer(request, case, form, "cases/accept.html", "受理", "已受理，受理通知书可打印", actions.accept_case)


@_acting("notice")
def notice(request: HttpRequest, case: Case) -> HttpResponse:
    """The first is told at once; a further one is asked for (L20). The first one sent twice is one notice."""
    lines = queries.lines(case)
    again = case.status == Case.Status.CORRECTION or queries.was_told(case)
    if again and _sent_twice(request, case, lines):
        return web.done(request, reverse("cases:detail", args=[case.code]), "一次性告知书已出具")
    first = {f"defect_{line.position}": line.defect or f"未提交，请提供{line.name}" for line in queries.unsatisfied(lines)}
    form = forms.Notice(request.POST or None, lines=lines, again=again, initial=first)
    call, said = (_ask("second_notice"), ASKED) if again else (actions.tell_missing, "已一次性告知，告知书可打印")
    more = {"reason": form["reason"].value() or ""} if again else {}
    return _answer(request, case, form, "cases/notice.html", "再次告知" if again else "一次性告知", said, call, **more)


def _sent_twice(request: HttpRequest, case: Case, lines: list[ChecklistLine]) -> bool:
    """The form of the first notice once more: it has no reason, and says what the notice already says."""
    if request.method != "POST" or "reason" in request.POST:
        return False
    form = forms.Notice(request.POST, lines=lines, again=False)
    return form.is_valid() and queries.is_told(case, form.values()["defects"], clock.now()) is not None


@_acting("materials")
def materials(request: HttpRequest, case: Case) -> HttpResponse:
    lines = [line for line in queries.lines(case) if line.status not in ("received", "waived")]
    # Nothing ticked is an answer too: it is refused in words, not taken for a first look.
    form = forms.Taking(request.POST if request.method == "POST" else None, lines=lines)
    return _answer(request, case, form, "cases/materials.html", "收材料", "已收，接收凭证可打印", actions.take_materials)


@_acting("pause")
def pause(request: HttpRequest, case: Case) -> HttpResponse:
    """Now, or, with a day before today, after a superior agreed (L9)."""
    today = local(clock.now()).date()
    form = forms.Pause(request.POST or None, grounds=queries.grounds_of(case.version, today).values())
    call, said, more = actions.pause_case, "已暂停计时，特别程序告知书可打印", {}
    if form.is_bound and form.is_valid() and (begin := form.begin()) and form.cleaned_data["started"] < today:
        call, said, more = _ask("pause"), ASKED, {"started_at": begin, "reason": form.cleaned_data["reason"]}  # type: ignore[assignment]
    return _answer(request, case, form, "cases/act.html", "暂停计时", said, call, **more)


@_acting("correct")
def correct(request: HttpRequest, case: Case) -> HttpResponse:
    fields = [(name, f"{label}（现为：{getattr(case, name) or '空'}）") for name, label in queries.CORRECTABLE.items()]
    form = forms.Correct(request.POST or None, fields=fields)
    return _answer(request, case, form, "cases/act.html", "更正", "已更正，原值保留在办理记录中", actions.correct_case)


@_acting("settle")
def settle(request: HttpRequest, case: Case) -> HttpResponse:
    """A promised line that did not come: another day, or without it."""
    lines = [line for line in queries.lines(case) if line.status == "promised"]
    if not lines:
        return _cannot(request, case, "settle", "没有容缺待补的材料")
    form = forms.Settle(request.POST or None, lines=lines)
    return _answer(request, case, form, "cases/act.html", "容缺材料处理", "已办理", actions.settle_promise)


@web.allow(*sorted({"leader", "director"}))
@require_http_methods(["GET", "POST"])
def grounds(request: HttpRequest) -> HttpResponse:
    """Grounds this centre adds to the closed list, each with its legal basis (K6)."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    form = forms.NewGround(request.POST or None)
    if form.is_valid() and web.attempt(request, form, actions.add_ground, by=actor, at=at, **form.cleaned_data):
        return web.done(request, reverse("cases:grounds"), "已增加")
    return web.page(request, "cases/grounds.html", {"form": form, "rows": queries.centre_grounds(actor.center)})
