"""People: the list, a person, and what may be done about one."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from shouwen.core import clock, web
from shouwen.core.clock import local
from shouwen.org import access, actions, forms, queries
from shouwen.org.middleware import Request
from shouwen.org.models import RIGHTS, Member
from shouwen.org.views.answers import answer

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
form_page = require_http_methods(["GET", "POST"])


def url_of(member: Member) -> str:
    return reverse("org:person", args=[member.code])


@web.allow("member")
def people(request: Request) -> HttpResponse:
    search = forms.Search(request.GET)
    text = search.cleaned_data["q"] if search.is_valid() else ""
    left = request.GET.get("left") == "1"
    found = queries.people(request.actor.center, local(clock.now()).date(), text, left)
    context = {
        "rows": web.rows(request, found),
        "q": text,
        "query": urlencode({"q": text, **({"left": 1} if left else {})}) + "&",
        "left": left,
        "may_add": queries.may(request.actor, "people"),
        "may_export": queries.may(request.actor, "export"),
    }
    return web.page(request, "org/people.html", context)


@web.allow("member")
def person(request: Request, code: str) -> HttpResponse:
    member = access.member_for(request.actor, code)
    return web.page(request, "org/person.html", _person(request, member))


def _person(request: Request, member: Member) -> dict[str, object]:
    at = clock.now()
    actor = request.actor
    rights = {right: queries.may(actor, right) and not (right == "roles" and actor.is_self(member)) for right in RIGHTS}
    return {
        "member": member,
        "today": local(at).date(),
        "may": rights,
        "is_self": actor.is_self(member),
        "grant_form": forms.Grant() if rights["roles"] else None,
        "reveal_form": forms.Reveal() if rights["phones"] else None,
        "locks": queries.locks(member, at) if rights["accounts"] else [],
        **queries.person(member),
    }


def _post_rows(request: Request) -> dict[str, Any]:
    on = local(clock.now()).date()
    center = request.actor.center
    return {"departments": queries.departments(center, on), "counters": queries.counters(center, on)}


@form_page
@web.allow(*RIGHTS["people"])
def add(request: Request) -> HttpResponse:
    form = forms.Add(request.POST or None, initial={"active_from": local(clock.now()).date()}, **_post_rows(request))
    to = reverse("org:people")
    return answer(request, form, actions.add_member, title="添加人员", to=to, said="已添加", submit="添加")


@form_page
@web.allow(*RIGHTS["people"])
def change(request: Request, code: str) -> HttpResponse:
    member = access.member_for(request.actor, code, to="people")
    initial = {"name": member.name, "staff_no": member.staff_no, "phone": member.phone}
    form = forms.Change(request.POST or None, initial=initial)
    return answer(
        request, form, actions.change_member, member=member, title=f"更正资料:{member.name}", to=url_of(member), said="已更正"
    )


@form_page
@web.allow(*RIGHTS["people"])
def move(request: Request, code: str) -> HttpResponse:
    member = access.member_for(request.actor, code, to="people")
    today = local(clock.now()).date()
    form = forms.Move(
        request.POST or None, initial={**queries.present_post(member, today), "active_from": today}, **_post_rows(request)
    )
    note = "原岗位到前一天为止。两段岗位不会重叠,以往月份的考核仍按当时的岗位计算。"
    return answer(
        request,
        form,
        actions.move_member,
        member=member,
        title=f"调整岗位:{member.name}",
        to=url_of(member),
        said="岗位已调整",
        note=note,
    )


@form_page
@web.allow(*RIGHTS["people"])
def end(request: Request, code: str) -> HttpResponse:
    member = access.member_for(request.actor, code, to="people")
    form = forms.End(request.POST or None, initial={"last_date": local(clock.now()).date()})
    note = "离开后岗位与角色终止、账号关闭;以往的考核和办理记录全部保留。"
    return answer(
        request,
        form,
        actions.end_member,
        member=member,
        title=f"离开中心:{member.name}",
        to=url_of(member),
        said="已登记离开",
        submit="登记离开",
        note=note,
    )


@require_POST
@web.allow(*RIGHTS["phones"])
def reveal(request: Request, code: str) -> HttpResponse:
    member = access.member_for(request.actor, code, to="phones")
    form = forms.Reveal(request.POST)
    context = _person(request, member) | {"reveal_form": form}
    if form.is_valid() and web.attempt(
        request, form, actions.reveal_phone, member=member, by=request.actor, at=clock.now(), **form.cleaned_data
    ):
        context["phone"] = form.result  # type: ignore[attr-defined]
    return web.page(request, "org/person.html", context)


@form_page
@web.allow(*RIGHTS["accounts"])
def secret(request: Request, code: str) -> HttpResponse:
    """The slip is the answer to the post and is never shown again."""
    member = access.member_for(request.actor, code, to="accounts")
    form = forms.Secret(request.POST if request.method == "POST" else None, initial={"username": member.name})
    if member.user is not None:
        del form.fields["username"]
    if form.is_valid():
        given = {"member": member, "by": request.actor, "at": clock.now(), **form.cleaned_data}
        if web.attempt(request, form, actions.issue_secret, **given):
            return web.page(request, "org/slip.html", {"slips": [form.result], "back": url_of(member)})  # type: ignore[attr-defined]
    title = f"重置口令:{member.name}" if member.user else f"开通账号:{member.name}"
    note = "生成一次性口令,当面交给本人;本人登录后必须立即设定自己的密码。原密码和所有登录立即失效。"
    context = {"form": form, "title": title, "submit": "生成口令单", "back": url_of(member), "note": note}
    return web.page(request, "org/form.html", context)


@require_POST
@web.allow(*RIGHTS["accounts"])
def unlock(request: Request, code: str) -> HttpResponse:
    member = access.member_for(request.actor, code, to="accounts")
    actions.unlock_account(member=member, by=request.actor, at=clock.now())
    return web.done(request, url_of(member), "已解除锁定")


@form_page
@web.allow(*RIGHTS["accounts"])
def disable(request: Request, code: str) -> HttpResponse:
    member = access.member_for(request.actor, code, to="accounts")
    form = forms.Disable(request.POST or None)
    title, to = f"停用账号:{member.name}", url_of(member)
    return answer(request, form, actions.disable_account, member=member, title=title, to=to, said="账号已停用", submit="停用")


@require_POST
@web.allow(*RIGHTS["accounts"])
def enable(request: Request, code: str) -> HttpResponse:
    member = access.member_for(request.actor, code, to="accounts")
    actions.enable_account(member=member, by=request.actor, at=clock.now())
    return web.done(request, url_of(member), "账号已启用")


@form_page
@web.allow(*RIGHTS["roles"])
def grant(request: Request, code: str) -> HttpResponse:
    member = access.member_for(request.actor, code, to="roles")
    form = forms.Grant(request.POST or None)
    title, to = f"授予角色:{member.name}", url_of(member)
    return answer(request, form, actions.grant_role, member=member, title=title, to=to, said="已授予角色", submit="授予")


@require_POST
@web.allow(*RIGHTS["roles"])
def end_role(request: Request, code: str, role: str) -> HttpResponse:
    at = clock.now()
    held = access.grant_for(request.actor, code, role, at)
    actions.end_role(grant=held, by=request.actor, at=at)
    return web.done(request, url_of(held.member), f"已收回{held.get_role_display()}")


@web.allow(*RIGHTS["export"])
def export(request: Request) -> HttpResponse:
    at = clock.now()
    sheet, count = queries.people_sheet(request.actor.center, local(at).date())
    actions.note_export(count=count, by=request.actor, at=at)
    return HttpResponse(
        sheet, SHEET, headers={"Content-Disposition": "attachment; filename*=UTF-8''%E4%BA%BA%E5%91%98%E8%A1%A8.xlsx"}
    )
