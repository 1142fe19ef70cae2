"""From `shouwen init` to the first login: one address, one page, slips, own passwords; all or nothing."""

from __future__ import annotations

import html
import io
import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from shouwen.cli import init
from shouwen.core import clock
from shouwen.core.actors import Actor
from shouwen.org import actions, queries
from shouwen.org.models import Center, Counter, Department, Member, SetupCode, User
from shouwen.rulebook import queries as rulebook
from shouwen.workcalendar import queries as workcalendar
from tests import factories

PEOPLE = [
    ("郑系统", "1", "13812340001", "党政办公室", "", "system_admin"),
    ("吴安全", "2", "", "党政办公室", "", "security_admin"),
    ("钱审计", "3", "", "党政办公室", "", "audit_admin"),
    ("孙考核", "4", "", "党政办公室", "", "assessor"),
    ("周主管", "5", "", "便民服务办公室", "1", "leader"),
]
CENTER = {
    "center-name": "绿水镇便民服务中心",
    "center-short_name": "绿水镇",
    "center-kind": "township",
    "center-report_phone": "0731-6600001",
    "center-office_name": "党政办公室",
    "center-pinyin": "lvshui",
    "hours-morning_from": "08:30",
    "hours-morning_to": "12:00",
    "hours-afternoon_from": "14:00",
    "hours-afternoon_to": "17:30",
    "start-active_from": "2026-11-01",
}
LABELS = ("name", "staff_no", "phone", "department", "counter", "role")


def typed(people=PEOPLE) -> dict[str, str]:
    lines = {"people-TOTAL_FORMS": str(max(8, len(people))), "people-INITIAL_FORMS": "0"}
    for number, person in enumerate(people):
        lines |= {f"people-{number}-{label}": value for label, value in zip(LABELS, person, strict=True)}
    return CENTER | lines


def sheet(*rows, header=("姓名", "工号", "部门", "条管", "上级主管部门", "窗口号", "角色")) -> SimpleUploadedFile:
    book = Workbook()
    book.active.title = "人员"
    for row in (header, *rows):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile("people.xlsx", out.getvalue())


FILLED = (
    ("郑系统", 1, "党政办公室", "", "", None, "系统管理员"),
    ("吴安全", 2, "党政办公室", "", "", None, "安全管理员"),
    ("钱审计", 3, "党政办公室", "", "", None, "审计管理员"),
    ("孙考核", 4, "党政办公室", "", "", None, "考核员"),
    ("李税", 5, "税务所", "是", "县税务局", 3, "窗口人员、业务科"),
)


@pytest.fixture
def address(db, capsys) -> str:
    """What `shouwen init` prints, without the host."""
    assert init.main([]) == 0
    return re.search(r"http://localhost:\d+(/setup/\S+/)", capsys.readouterr().out)[1]


def problems(response) -> list[str]:
    page = html.unescape(response.content.decode())
    return re.findall(r"<p>(第.+?|还没有.+?)</p>", page)


def slips(response) -> dict[str, str]:
    page = response.content.decode()
    return dict(re.findall(r"<code>(\S+)</code></dd>.*?<code class=\"secret\">(\S+)</code>", page, re.S))


def test_init_leaves_no_account_and_stores_only_a_digest(address):
    code = address.split("/")[2]
    assert (User.objects.count(), Center.objects.count()) == (0, 0)
    assert SetupCode.objects.filter(digest__contains=code).count() == 0


def test_center_opens_with_people_hours_and_founding_rulebook_1_10(address, client):
    """ "1.10": the founding rulebook holds from the day chosen on the page."""
    answer = client.post(address, typed())
    center = Center.objects.get()
    assert (answer.status_code, center.name, center.report_phone) == (200, "绿水镇便民服务中心", "0731-6600001")
    held = {
        role: [member.name for member in queries.holders(center, role, date(2026, 11, 23))] for role in ("assessor", "leader")
    }
    assert held == {"assessor": ["孙考核"], "leader": ["周主管"]}
    assert [row.number for row in Counter.objects.of(center)] == [1]
    assert workcalendar.hours(center)[0].sessions == [["08:30", "12:00"], ["14:00", "17:30"]]
    assert rulebook.in_force(center, date(2026, 11, 1)).record.active_from == date(2026, 11, 1)
    assert sorted(slips(answer)) == sorted(person[0] for person in PEOPLE)


def test_a_used_address_says_so(address, client):
    client.post(address, typed())
    answer = client.get(address)
    assert (answer.status_code, answer.context["title"]) == (404, "开通地址已失效")


def test_login_says_when_nothing_is_opened_yet(address, client):
    before = client.get("/login/").context["opened"]
    client.post(address, typed())
    assert (before, client.get("/login/").context["opened"]) == (False, True)


def test_first_login_leads_to_an_own_password_before_anything_else(address, client, client_for):
    secrets = slips(client.post(address, typed()))
    assert client.post("/login/", {"username": "吴安全", "password": secrets["吴安全"]})["Location"] == "/"
    assert [client.get(url)["Location"] for url in ("/", "/people/", "/me/")] == ["/password/"] * 3
    new = {"new": "Green-Water-26", "again": "Green-Water-26"}
    assert client.post("/password/", new)["Location"] == "/"
    assert client.get("/people/").status_code == 200
    client.cookies.clear()
    assert client.post("/login/", {"username": "吴安全", "password": secrets["吴安全"]}).status_code == 403
    assert client.post("/login/", {"username": "吴安全", "password": "Green-Water-26"}).status_code == 302


def test_address_serves_once(address, client):
    client.post(address, typed())
    assert (client.get(address).status_code, client.post(address, typed()).status_code) == (404, 404)
    assert Center.objects.count() == 1


def test_unknown_code_opens_nothing(address, client):
    assert client.get("/setup/" + "x" * 32 + "/").status_code == 404


def test_report_telephone_is_asked_for_3_6(address, client):
    """ "3.6": the report telephone is required data."""
    answer = client.post(address, typed() | {"center-report_phone": ""})
    assert (answer.context["center"].errors["report_phone"], Center.objects.count()) == (["请填写这一项"], 0)


def test_every_problem_is_listed_at_once_and_nothing_is_kept(address, client):
    people = [
        ("郑系统", "1", "", "党政办公室", "", "system_admin"),
        ("郑系统", "1", "", "", "2", "security_admin"),
        ("", "7", "", "民政所", "2", ""),
    ]
    answer = client.post(address, typed(people))
    assert problems(answer) == [
        "第2行:没有部门",
        "第3行:没有姓名",
        "第1、2行:姓名“郑系统”重复",
        "第1、2行:工号“1”重复",
        "第1、2行:账号“郑系统”重复",
        "第2、3行:2号窗口写了两个部门",
        "还没有人担任审计管理员",
        "还没有人担任考核员（党政办）",
    ]
    assert (Center.objects.count(), User.objects.count()) == (0, 0)


def test_refused_action_gives_the_code_back(address, client):
    """Two people at once: the name is taken between the form and the action."""
    factories.center("绿水镇便民服务中心", "绿水镇")
    answer = client.post(address, typed())
    assert answer.context["center"].non_field_errors() == ["已有名为“绿水镇便民服务中心”的中心"]
    assert client.post(address, typed() | {"center-name": "绿水乡便民服务中心"}).status_code == 200
    assert Center.objects.filter(name="绿水乡便民服务中心").count() == 1


def test_people_come_from_the_sheet(address, client):
    answer = client.post(address, typed([]) | {"start-sheet": sheet(*FILLED)})
    center = Center.objects.get()
    tax = Department.objects.of(center).get(name="税务所")
    assert (tax.is_vertical, tax.superior_name) == (True, "县税务局")
    li = Member.objects.of(center).get(name="李税")
    assert (li.staff_no, queries.roles_of(li, date(2026, 11, 23))) == ("5", {"clerk", "section"})
    assert len(slips(answer)) == 5


@pytest.mark.parametrize(
    ("upload", "message"),
    [
        (sheet(("=1+1", 1, "民政所")), "第2行:单元格 A2 是公式,请改成固定的文字"),
        (sheet(("甲", 1, "民政所", "", "", "三", "")), "第2行:窗口号“三”不是数字"),
        (sheet(("甲", 1, "民政所", "", "", 3, "镇长")), "第2行:没有“镇长”这个角色,可填的见模板的“说明”页"),
        (sheet(("甲", 1), header=("姓名", "工号")), "第1行表头里没有“部门”,请使用下载的模板填写"),
        (
            SimpleUploadedFile("p.xlsx", b"\xd0\xcf\x11\xe0" * 100),
            "这不是 .xlsx 表格;旧格式 .xls 或 WPS 表格请另存为 .xlsx 后再传",
        ),
        (SimpleUploadedFile("p.xlsx", b"PK\x03\x04broken"), "这不是 .xlsx 表格;旧格式 .xls 或 WPS 表格请另存为 .xlsx 后再传"),
        (SimpleUploadedFile("p.xlsx", b"PK\x03\x04" + bytes(21 * 1024 * 1024)), "文件超过 20 MB,请只保留人员表后再传"),
    ],
    ids=["formula", "number", "role", "header", "xls", "broken", "large"],
)
def test_sheet_that_will_not_do_says_why(address, client, upload, message):
    upload.seek(0)
    answer = client.post(address, typed([]) | {"start-sheet": upload})
    assert (answer.context["start"].errors["sheet"], Center.objects.count()) == ([message], 0)


def test_template_round_trips_its_own_header(address, client):
    book = load_workbook(io.BytesIO(client.get(address + "template/").content))
    assert (book.sheetnames, [cell.value for cell in book["人员"][1]][:4]) == (
        ["人员", "说明"],
        ["姓名", "工号", "手机", "部门"],
    )


def test_more_lines_keep_what_was_typed(address, client):
    answer = client.post(address, typed() | {"more": "1"})
    rows = answer.context["rows"]
    assert (len(rows.forms), rows.forms[0]["name"].value(), Center.objects.count()) == (16, "郑系统", 0)


def test_station_opens_below_its_township_with_two_people(cast, at, client):
    root = factories.member(cast.center, "系统", roles=("system_admin",))
    page = factories.client(root).post("/center/stations/add/").content.decode()
    address = re.search(r"(/setup/[\w-]+/)", page)[1]
    people = [("村支书", "", "", "青山村", "", "leader"), ("村会计", "", "", "青山村", "", "security_admin")]
    client.post(address, typed(people) | {"center-name": "青山村站", "center-kind": "county"})
    station = Center.objects.get(name="青山村站")
    assert (station.parent, station.kind) == (cast.center, "village")


def test_reset_prints_a_fresh_secret(cast, at, capsys):
    assert init.main(["--reset", "liming"]) == 0
    secret = re.search(r"一次性口令:(\S+)", capsys.readouterr().out)[1]
    visitor = Actor(kind="anonymous", network="x")
    assert actions.log_in(username="liming", password=secret, by=visitor, at=clock.now()) == cast.li
