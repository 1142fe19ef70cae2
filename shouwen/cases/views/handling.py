"""Each thing that can be done with a case: one form, one action. What needs a superior becomes a request."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from shouwen.cases import access, actions, queries
from shouwen.cases.forms import handling as forms
from shouwen.cases.models import Case
from shouwen.core import clock, web
from shouwen.core.clock import local

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


def _case(request: HttpRequest, code: str) -> Case:
    return access.case_for(request.actor, code, clock.now(), to="act")  # type: ignore[attr-defined]


def _plain(title: str, said: str, form_class: Any, call: Callable[..., Any], first: Callable[[Case], Any] | None = None) -> Any:
    """A page that is only a form and its action."""

    @web.allow("member")
    @require_http_methods(["GET", "POST"])
    def view(request: HttpRequest, code: str) -> HttpResponse:
        case = _case(request, code)
        form = form_class(request.POST or None, initial=first(case) if first else None)
        return _answer(request, case, form, "cases/act.html", title, said, call)

    return view


def _ask(kind: str) -> Callable[..., Any]:
    """The request instead of the action: a superior must agree first ("1.9": never the asker)."""

    def ask(*, case: Case, reason: str, by: Any, at: Any, **data: Any) -> Any:
        return actions.ask_approval(case=case, kind=kind, data=data, reason=reason, by=by, at=at)

    return ask


decline = _plain("不予受理", "已出具不予受理通知书", forms.Decline, actions.decline_case)
send_back = _plain("退回", "已出具退回件通知书", forms.SendBack, actions.return_case)
resume = _plain("恢复计时", "已恢复计时", forms.Resume, actions.resume_case)
extend = _plain("延期", ASKED, forms.Extend, _ask("extension"))
expedite = _plain("急办", ASKED, forms.Expedite, _ask("expedite"))
decide = _plain("作出决定", "已办结，请通知申请人领取", forms.Decide, actions.decide_case)
deliver = _plain("送达", "已送达，办件结束", forms.Deliver, actions.deliver_result, forms.first)
withdraw = _plain("撤回", "已撤回", forms.Withdraw, actions.withdraw_case)


@web.allow("member")
@require_http_methods(["GET", "POST"])
def accept(request: HttpRequest, code: str) -> HttpResponse:
    case = _case(request, code)
    lines = queries.unsatisfied(queries.lines(case))
    form = forms.Accept(request.POST if request.method == "POST" else None, lines=lines)
    return _answer(request, case, form, "cases/accept.html", "受理", "已受理，受理通知书可打印", actions.accept_case)


@web.allow("member")
@require_http_methods(["GET", "POST"])
def notice(request: HttpRequest, code: str) -> HttpResponse:
    """The first is told at once; a further one is asked for (L20)."""
    case = _case(request, code)
    again = case.status == Case.Status.CORRECTION or queries.was_told(case)
    lines = queries.lines(case)
    first = {f"defect_{line.position}": line.defect or f"未提交，请提供{line.name}" for line in queries.unsatisfied(lines)}
    form = forms.Notice(request.POST or None, lines=lines, again=again, initial=first)
    call, said = (_ask("second_notice"), ASKED) if again else (actions.tell_missing, "已一次性告知，告知书可打印")
    more = {"reason": form["reason"].value() or ""} if again else {}
    return _answer(request, case, form, "cases/notice.html", "再次告知" if again else "一次性告知", said, call, **more)


@web.allow("member")
@require_http_methods(["GET", "POST"])
def materials(request: HttpRequest, code: str) -> HttpResponse:
    case = _case(request, code)
    lines = [line for line in queries.lines(case) if line.status not in ("received", "waived")]
    # Nothing ticked is an answer too: it is refused in words, not taken for a first look.
    form = forms.Taking(request.POST if request.method == "POST" else None, lines=lines)
    return _answer(request, case, form, "cases/materials.html", "收材料", "已收，接收凭证可打印", actions.take_materials)


@web.allow("member")
@require_http_methods(["GET", "POST"])
def pause(request: HttpRequest, code: str) -> HttpResponse:
    """Now, or, with a day before today, after a superior agreed (L9)."""
    case, today = _case(request, code), local(clock.now()).date()
    form = forms.Pause(request.POST or None, grounds=queries.grounds_of(case.version, today).values())
    call, said, more = actions.pause_case, "已暂停计时，特别程序告知书可打印", {}
    if form.is_bound and form.is_valid() and (begin := form.begin()) and form.cleaned_data["started"] < today:
        call, said, more = _ask("pause"), ASKED, {"started_at": begin, "reason": form.cleaned_data["reason"]}  # type: ignore[assignment]
    return _answer(request, case, form, "cases/act.html", "暂停计时", said, call, **more)


@web.allow("member")
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, code: str) -> HttpResponse:
    case = _case(request, code)
    fields = [(name, f"{label}（现为：{getattr(case, name) or '空'}）") for name, label in queries.CORRECTABLE.items()]
    form = forms.Correct(request.POST or None, fields=fields)
    return _answer(request, case, form, "cases/act.html", "更正", "已更正，原值保留在办理记录中", actions.correct_case)


@web.allow("member")
@require_http_methods(["GET", "POST"])
def settle(request: HttpRequest, code: str) -> HttpResponse:
    """A promised line that did not come: another day, or without it."""
    case = _case(request, code)
    lines = [line for line in queries.lines(case) if line.status == "promised"]
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
