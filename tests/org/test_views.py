"""Pages of people, structure, settings and decisions; 赵强 of 白河镇 sees nothing of 青山镇."""

from __future__ import annotations

import html
import io
import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from shouwen.audit.models import Record
from shouwen.org import actions
from shouwen.org.models import Center, Decision, Department, Member, Membership, RoleGrant
from tests import factories

NAMES = ("周丽", "张敏", "李明", "王主任", "陈监督", "孙会")


@pytest.fixture
def wu(cast):
    """吴安全, security administrator."""
    return factories.member(cast.center, "吴安全", roles=("security_admin",), username="wuanquan")


def text(response) -> str:
    return html.unescape(response.content.decode())


def names_on(response) -> list[str]:
    return re.findall(r'<a href="/people/[^"]+/"><b>(.+?)</b>', text(response))


def test_people_lists_the_own_center_by_name(cast, client_for):
    assert names_on(client_for(cast.li).get("/people/")) == ["周丽", "孙会", "张敏", "李明", "王主任", "陈监督"]
    assert names_on(client_for(cast.zhao).get("/people/")) == ["赵强"]


@pytest.mark.parametrize(("word", "found"), [("李", ["李明"]), ("6", ["孙会"]), ("民政", ["李明"]), ("赵强", []), ("%", [])])
def test_people_search(cast, client_for, word, found):
    assert names_on(client_for(cast.zhou).get("/people/", {"q": word})) == found


def test_people_shows_those_who_left_only_when_asked(cast, at, actor, client_for):
    actions.end_member(member=cast.li, last_date=(at - timedelta(days=3)).date(), by=actor(cast.zhou), at=at)
    browser = client_for(cast.zhou)
    assert ("李明" in names_on(browser.get("/people/")), names_on(browser.get("/people/", {"left": "1"}))) == (False, ["李明"])


def test_people_pages_hold_fifty(cast, client_for):
    for number in range(60):
        factories.member(cast.center, f"甲{number:02}")
    browser = client_for(cast.zhou)
    assert [len(names_on(browser.get("/people/", {"page": page}))) for page in (1, 2)] == [50, 16]


def count(browser, url) -> int:
    browser.get(url)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert browser.get(url).status_code == 200
    return len(captured)


@pytest.mark.parametrize("url", ["/people/", "/center/structure/", "/decisions/"])
def test_list_costs_the_same_with_one_row_and_with_more(cast, at, actor, client_for, url):
    lonely, crowded = client_for(cast.zhao), client_for(cast.zhou)
    actions.record_decision(**decision_fields(), by=actor(cast.zhao), at=at)
    for number in range(3):
        actions.record_decision(**decision_fields(kind="other"), by=actor(cast.zhou), at=at)
        factories.member(cast.center, f"甲{number}", department=cast.civil, roles=("clerk",))
    one, many = count(lonely, url), count(crowded, url)
    assert (one == many, many <= 12) == (True, True), (one, many)


def decision_fields(**more):
    day = factories.SINCE
    return {"kind": "other", "decided_date": day, "decided_by": "班子会", "text": "议定", "active_from": day} | more


FOREIGN = (
    "/people/{li}/",
    "/people/{li}/change/",
    "/people/{li}/move/",
    "/people/{li}/end/",
    "/people/{li}/phone/",
    "/people/{li}/secret/",
    "/people/{li}/unlock/",
    "/people/{li}/disable/",
    "/people/{li}/enable/",
    "/people/{li}/grant/",
    "/people/{li}/roles/clerk/end/",
    "/center/departments/{civil}/change/",
    "/center/departments/{civil}/end/",
    "/center/counters/{counter}/change/",
    "/center/counters/{counter}/end/",
    "/decisions/{decision}/end/",
)


@pytest.mark.parametrize("url", FOREIGN)
def test_nothing_of_another_center_is_there(cast, at, actor, client_for, url):
    for role in ("director", "security_admin"):
        factories.grant(cast.zhao, role)
    row = actions.record_decision(**decision_fields(), by=actor(cast.zhou), at=at)
    counter = Membership.objects.of(cast.center).select_related("counter").get(member=cast.li).counter
    address = url.format(li=cast.li.code, civil=cast.civil.code, counter=counter.code, decision=row.code)
    before = Record.objects.filter(center_id=cast.center.pk).count()
    answer = client_for(cast.zhao).post(address, {"last_date": "2026-11-23", "role": "leader", "reason": "x"})
    assert (answer.status_code, [name for name in NAMES if name in text(answer)]) == (404, [])
    assert Record.objects.filter(center_id=cast.center.pk).count() == before


@pytest.mark.parametrize(
    "url", ["/people/", "/people/?q=李", "/people/?left=1", "/center/structure/", "/decisions/", "/center/", "/me/"]
)
def test_no_name_of_another_center_on_any_page(cast, client_for, url):
    page = text(client_for(cast.zhao).get(url))
    assert [word for word in (*NAMES, "青山镇", cast.li.code) if word in page] == []


def test_stranger_is_sent_to_login(cast, client):
    answer = client.get(f"/people/{cast.li.code}/")
    assert (answer.status_code, answer["Location"]) == (302, f"/login/?next=/people/{cast.li.code}/")


@pytest.mark.parametrize(
    ("wanted", "to"),
    [
        ("/people/", "/people/"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
def test_login_goes_on_only_within_the_site(cast, client, wanted, to):
    answer = client.post("/login/", {"username": "liming", "password": factories.PASSWORD, "next": wanted})
    assert (answer.status_code, answer["Location"]) == (302, to)


def test_login_answers_alike_for_unknown_account_and_wrong_password(cast, client):
    pages = []
    for username in ("liming", "nobody"):
        answer = client.post("/login/", {"username": username, "password": "wrong"})
        pages.append((answer.status_code, answer.context["form"].non_field_errors()))
    assert pages == [(403, ["账号或密码不正确"])] * 2


def test_failed_login_is_one_row_of_the_trail(cast, client):
    client.post("/login/", {"username": "liming", "password": "wrong"})
    assert list(Record.objects.values_list("verb", "result")) == [("org.login", "failed")]


@pytest.mark.parametrize("url", ["/logout/", "/people/{li}/unlock/", "/people/{li}/enable/", "/people/{li}/phone/"])
def test_nothing_changes_by_get(cast, wu, client_for, url):
    factories.grant(wu, "leader")
    assert client_for(wu).get(url.format(li=cast.li.code)).status_code == 405


def test_forms_need_the_token(cast):
    answer = Client(enforce_csrf_checks=True).post("/login/", {"username": "liming", "password": factories.PASSWORD})
    assert (answer.status_code, "页面已过期" in text(answer)) == (403, True)


def test_add_person_by_form(cast, client_for):
    fields = {"name": "新来", "staff_no": "88", "department": cast.civil.code, "post": "窗口", "active_from": "2026-11-23"}
    answer = client_for(cast.zhou).post("/people/add/", fields | {"is_assessed": "on"})
    post = Membership.objects.of(cast.center).select_related("member", "department").get(member__name="新来")
    assert (answer["Location"], post.department, post.is_assessed, post.member.staff_no) == ("/people/", cast.civil, True, "88")


def test_extra_fields_are_ignored(cast, client_for):
    """Mass assignment: centre, account, code, dates and roles are not settable by form."""
    fields = {"name": "新来", "department": cast.civil.code, "post": "窗口", "active_from": "2026-11-23"}
    smuggled = {
        "center": cast.other_center.pk, "center_id": cast.other_center.pk, "user": cast.zhou.user_id, "code": "RY-HACK-HACK",
        "roles": "leader", "role": "leader", "left_date": "2026-01-01", "by": "x", "at": "2020-01-01",
    }  # fmt: skip
    client_for(cast.zhou).post("/people/add/", fields | smuggled)
    member = Member.objects.of(cast.center).get(name="新来")
    assert (member.user, member.left_date, member.code == "RY-HACK-HACK") == (None, None, False)
    assert RoleGrant.objects.of(cast.center).filter(member=member).count() == 0


def test_department_of_another_center_is_no_choice(cast, client_for):
    there = Department.objects.of(cast.other_center).get()
    fields = {"name": "新来", "department": there.code, "post": "窗口", "active_from": "2026-11-23"}
    answer = client_for(cast.zhou).post("/people/add/", fields)
    assert (list(answer.context["form"].errors), Member.objects.of(cast.center).filter(name="新来").count()) == (
        ["department"],
        0,
    )


def test_refused_form_keeps_what_was_typed(cast, client_for):
    fields = {"name": "李明", "department": cast.civil.code, "post": "窗口", "active_from": "2026-11-23"}
    answer = client_for(cast.zhou).post("/people/add/", fields)
    assert (answer.status_code, answer.context["form"]["name"].value()) == (409, "李明")


def test_move_and_end_by_form(cast, client_for):
    browser = client_for(cast.zhou)
    code = cast.li.code
    assert browser.get(f"/people/{code}/move/").context["form"]["department"].value() == cast.civil.code
    browser.post(f"/people/{code}/move/", {"department": cast.affairs.code, "post": "导办", "active_from": "2026-11-23"})
    browser.post(f"/people/{code}/end/", {"last_date": "2026-12-31", "reason": "调动"})
    last = Membership.objects.of(cast.center).select_related("department").filter(member=cast.li).latest("active_from")
    assert (last.department, last.post, str(last.active_to)) == (cast.affairs, "导办", "2027-01-01")


def test_roles_by_form(cast, wu, client_for):
    browser = client_for(wu)
    url = f"/people/{cast.li.code}/"
    assert browser.post(url + "grant/", {"role": "supervisor"})["Location"] == url
    assert browser.post(url + "roles/supervisor/end/")["Location"] == url
    assert browser.post(url + "roles/supervisor/end/").status_code == 404
    verbs = Record.objects.filter(center_id=cast.center.pk, verb__contains="_role").values_list("verb", flat=True)
    assert list(verbs.order_by("seq")) == ["org.grant_role", "org.end_role"]


@pytest.mark.parametrize("url", ["grant/", "secret/", "unlock/", "disable/"])
def test_leader_neither_grants_nor_resets(cast, client_for, url):
    answer = client_for(cast.zhou).post(f"/people/{cast.li.code}/{url}", {"role": "director", "reason": "x"})
    assert (answer.status_code, RoleGrant.objects.of(cast.center).filter(member=cast.li).count()) == (409, 1)


def test_slip_shows_the_secret_once(cast, wu, client_for):
    browser = client_for(wu)
    answer = browser.post(f"/people/{cast.li.code}/secret/")
    secret = re.search(r'class="secret">(\S+)</code>', text(answer))[1]
    assert answer["Cache-Control"] == "no-store"
    again = (browser.get(f"/people/{cast.li.code}/"), browser.get(f"/people/{cast.li.code}/secret/"))
    assert [secret in text(page) for page in again] == [False, False]


def test_phone_is_masked_on_every_page_until_revealed(cast, at, actor, client_for):
    actions.change_member(member=cast.li, name="李明", staff_no="3", phone="13812340000", by=actor(cast.zhou), at=at)
    browser = client_for(cast.zhou)
    pages = [text(browser.get(url)) for url in ("/people/", f"/people/{cast.li.code}/")]
    assert [("138****0000" in page, "13812340000" in page) for page in pages] == [(True, False)] * 2
    shown = browser.post(f"/people/{cast.li.code}/phone/", {"reason": "假日应急"})
    assert "13812340000" in text(shown)
    assert client_for(cast.zhang).post(f"/people/{cast.li.code}/phone/", {"reason": "好奇"}).status_code == 409


HOSTILE = ("=1+1", "+cmd", "-2", "@SUM(A1)", "\t=1", "\uff1d1+1", '=HYPERLINK("http://x")')


def test_export_has_no_formula_and_no_full_phone(cast, at, actor, client_for):
    for number, name in enumerate(HOSTILE):
        factories.member(cast.center, name, staff_no=f"=x{number}")
    actions.change_member(member=cast.li, name="李明", staff_no="3", phone="13812340000", by=actor(cast.zhou), at=at)
    answer = client_for(cast.zhou).get("/people/export/")
    cells = [cell for row in load_workbook(io.BytesIO(answer.content))["人员"].iter_rows() for cell in row]
    values = [str(cell.value) for cell in cells if cell.value is not None]
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    assert [value for value in values if re.match("[=+@\t\uff1d\uff0b\uff0d\uff20-]", value)] == []
    assert ("138****0000" in values, "13812340000" in values, "赵强" in values) == (True, False, False)
    assert Record.objects.filter(center_id=cast.center.pk, verb="org.export").count() == 1


def test_xss_corpus_is_written_out_as_text(cast, client_for):
    factories.member(cast.center, "<script>alert(1)</script>")
    factories.department(cast.center, '"><img src=x onerror=alert(1)>')
    browser = client_for(cast.zhou)
    raw = [browser.get(url).content.decode() for url in ("/people/", "/center/structure/", "/people/?q=%22%3E%3Cscript%3E")]
    assert [mark for page in raw for mark in ("<script>alert", "<img src=x", '"><script>') if mark in page] == []


def test_decision_by_form(cast, client_for):
    fields = {
        "kind": "point_value",
        "value": "50",
        "text": "每分 50 元",
        "decided_date": "2026-08-28",
        "decided_by": "班子会",
        "active_from": "2026-09-01",
    }
    assert client_for(cast.sun).post("/decisions/add/", fields)["Location"] == "/decisions/"
    row = Decision.objects.of(cast.center).get()
    assert (row.value, row.recorded_by) == (Decimal("50"), "孙会")
    assert client_for(cast.li).post("/decisions/add/", fields).status_code == 409


def test_settings_by_form_and_read_only_for_others(cast, client_for):
    fields = {"name": cast.center.name, "short_name": "青山", "office_name": "党政办", "report_phone": "0731-8800009"}
    assert client_for(cast.zhou).post("/center/", fields)["Location"] == "/center/"
    assert client_for(cast.li).post("/center/", fields | {"report_phone": "110110"}).status_code == 200
    assert Center.objects.get(pk=cast.center.pk).report_phone == "0731-8800009"
    assert Center.objects.get(pk=cast.other_center.pk).short_name == "白河镇"
