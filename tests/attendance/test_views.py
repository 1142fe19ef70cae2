"""Pages of attendance: who sees what, how much a page costs, whole ways over HTTP."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from shouwen.attendance import actions, queries
from shouwen.attendance.models import Correction, ImportBatch, Leave, PostCheck, Punch, RegisterEntry
from shouwen.rules.leaves import Span
from tests import factories
from tests.attendance.days import full_day, lines, local

DAY, ON = "2026-11-20", date(2026, 11, 20)
AT = local("2026-11-23", "08:00")
LISTS = ("month", "corrections", "leaves", "post_checks", "imports", "pins", "devices", "register")


def page(name, *args):
    return reverse(f"attendance:{name}", args=args)


@pytest.fixture
def filled(hall, bring):
    """One row of everything."""
    bring(*full_day("3", DAY, "12:02:00", "13:55:00", "17:33:00"), at=AT)
    half = (date(2026, 11, 24), "am")
    li = factories.actor(hall.li, AT)
    leave = actions.ask_leave(member=hall.li, kind="sick", span=Span(half, half), reason="高血压复查", by=li, at=AT)
    slot = queries.slot_of(hall.center, hall.li, ON, "am", "in")
    from datetime import time

    row = actions.ask_correction(slot=slot, claimed=time(8, 20), reason="没刷上", by=li, at=AT)
    at = local("2026-11-20", "10:00")
    check = actions.record_check(
        member=hall.li, seen="games", place="3号窗口", witness="张敏", by=factories.actor(hall.chen, at), at=at
    )
    return {"leave": leave, "correction": row, "check": check}


@pytest.mark.parametrize("name", LISTS)
def test_every_list_opens_for_who_oversees(filled, hall, client_for, name):
    who = hall.zhou if name in ("register", "month", "corrections", "leaves", "post_checks") else hall.sun
    assert client_for(who).get(page(name)).status_code == 200


@pytest.mark.parametrize("kind", ["leave", "correction", "check"])
def test_another_centre_gets_404_for_every_object(filled, hall, client_for, kind):
    name = {"check": "post_check"}.get(kind, kind)
    answers = {
        who.name: client_for(who).get(page(name, filled[kind].code)).status_code for who in (hall.li, hall.zhou, hall.zhao)
    }
    assert answers == {"李明": 200, "周丽": 200, "赵强": 404}


def test_another_centre_sees_no_name_of_ours_in_any_list(filled, hall, client_for):
    browser = client_for(hall.zhao)
    shown = [browser.get(page(name)).content.decode() for name in ("month", "corrections", "leaves", "post_checks", "register")]
    assert [name for name in ("李明", "周丽", "张敏") for text in shown if name in text] == []


def test_a_day_not_yet_worked_out_can_be_put_right_from_the_own_page(hall, client_for):
    browser, address = client_for(hall.li), page("correct", hall.li.code, DAY, "am", "in")
    offered = address in browser.get(page("person", hall.li.code)).content.decode()
    browser.post(address, {"claimed": "08:20", "reason": "没刷上"})
    assert (offered, Correction.objects.of(hall.center).values_list("date", "side").get()) == (True, (ON, "in"))


def test_nobody_is_said_to_be_in_full_attendance_before_anything_is_known(hall, bring, client_for):
    grid = queries.month_grid(hall.center, date(2026, 11, 1), only=hall.li)
    before = grid.rows[0].standing
    bring(*full_day("3", DAY, "08:20:00", "12:02:00", "13:55:00", "17:33:00"), at=AT)
    after = queries.month_grid(hall.center, date(2026, 11, 1), only=hall.li).rows[0]
    assert (before, after.standing) == ("暂无记录", "全勤")


def test_a_clerk_sees_only_the_own_line(filled, hall, client_for):
    browser = client_for(hall.zhang)
    answers = [browser.get(page("person", member.code)).status_code for member in (hall.zhang, hall.li)]
    assert (answers, "李明" in browser.get(page("month")).content.decode()) == ([200, 404], False)


def test_the_reason_of_illness_is_for_approvers_alone(filled, hall, client_for):
    address = page("leave", filled["leave"].code)
    shown = {who.name: "高血压" in client_for(who).get(address).content.decode() for who in (hall.li, hall.zhou, hall.chen)}
    lists = [client_for(who).get(page("leaves")).content.decode() for who in (hall.zhou, hall.chen)]
    assert (shown, any("高血压" in text for text in lists)) == ({"李明": True, "周丽": True, "陈监督": False}, False)


def rows_more(hall, number):
    """Three people, leaves, checks and files more."""
    member = factories.member(hall.center, f"人{number}", department=hall.civil, staff_no=f"5{number}")
    by, half = factories.actor(member, AT), (date(2026, 11, 24), "am")
    actions.ask_leave(member=member, kind="sick", span=Span(half, half), reason="复诊", by=by, at=AT)
    at = local("2026-11-20", f"10:1{number}")
    actions.record_check(member=member, seen="on_post", place="大厅", by=factories.actor(hall.chen, at), at=at)


@pytest.mark.parametrize("name", ["month", "leaves", "post_checks", "corrections", "register"])
def test_a_list_costs_the_same_with_more_rows(filled, hall, bring, client_for, django_assert_max_num_queries, name):
    browser = client_for(hall.zhou)
    with django_assert_max_num_queries(12) as one:
        browser.get(page(name))
    for number in range(3):
        rows_more(hall, number)
    bring(*[line for n in range(3) for line in full_day(f"5{n}", DAY)], at=AT)
    with django_assert_max_num_queries(12) as three:
        browser.get(page(name))
    assert len(three) == len(one)


def test_the_month_as_a_sheet_holds_no_formula(filled, hall, client_for):
    factories.member(hall.center, "=1+1", department=hall.civil)
    answer = client_for(hall.zhou).get(page("month_export") + "?month=2026-11")
    sheet = load_workbook(BytesIO(answer.content)).active
    names = [row[1].value for row in sheet.iter_rows(min_row=3)]
    assert ("=1+1" in names, {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}) == (True, True)


def test_asking_and_approving_leave_over_http(hall, client_for):
    fields = {"kind": "personal", "start_date": "2026-11-24", "start_half": "pm", "end_date": "2026-11-24", "end_half": "pm"}
    client_for(hall.li).post(page("ask_leave"), fields | {"reason": "家长会", "state": "approved", "half_days": "0"})
    leave = Leave.objects.of(hall.center).get()
    asked = (leave.state, leave.half_days)
    client_for(hall.zhou).post(page("decide_leave", leave.code), {"answer": "yes", "note": ""})
    leave.refresh_from_db()
    assert (asked, leave.state) == (("pending", 1), "approved")


def test_a_refused_leave_keeps_what_was_typed(hall, client_for):
    fields = {"kind": "personal", "start_date": "2026-11-24", "start_half": "am", "end_date": "2026-11-25", "end_half": "pm"}
    answer = client_for(hall.li).post(page("ask_leave"), fields | {"reason": "探亲三日"})
    text = answer.content.decode()
    assert (answer.status_code, "代班人" in text, "探亲三日" in text, Leave.objects.count()) == (409, True, True, 0)


def test_a_check_made_on_a_phone(hall, client_for):
    fields = {"member": hall.li.code, "seen": "not_found", "place": "3号窗口"}
    client_for(hall.chen).post(page("new_check"), fields)
    check = PostCheck.objects.of(hall.center).get()
    answer = client_for(hall.chen).post(page("repeat_check", check.code), {"answer": "no"})
    assert (check.state, answer.status_code) == ("repeat_due", 409)


def sheet_of(*rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = BytesIO()
    book.save(out)
    return SimpleUploadedFile("考勤.xlsx", out.getvalue())


def test_a_sheet_with_odd_headings_is_mapped_on_screen(hall, client_for):
    """Upload → guess → correct the columns → preview → confirm."""
    browser = client_for(hall.sun)
    upload = sheet_of(
        ("员工", "备用", "何时"), ("李明", "x", f"{DAY} 08:20"), ("李明", "x", "不是时间"), ("李明", "x", f"{DAY} 17:40")
    )
    browser.post(page("imports"), {"name": "旧系统", "kind": "sheet", "upload": upload})
    batch = ImportBatch.objects.of(hall.center).get()
    columns = {"sheet": "Sheet", "first_row": 2, "c0": "name", "c1": "", "c2": "time"}
    browser.post(page("columns", batch.code), columns)
    shown = browser.get(page("batch", batch.code)).content.decode()
    browser.post(page("confirm_import", batch.code))
    batch.refresh_from_db()
    assert ("有效 2" in shown, "有误 1" in shown) == (True, True)
    assert (batch.state, batch.added, batch.bad, Punch.objects.of(hall.center).count()) == ("done", 2, 1, 2)


def test_a_terminal_file_goes_straight_to_the_preview(hall, terminal, client_for):
    browser = client_for(hall.sun)
    upload = SimpleUploadedFile("attlog.dat", lines(*full_day("3", DAY)))
    answer = browser.post(page("imports"), {"device": terminal.code, "upload": upload}, follow=True)
    assert ("考勤机记录" in answer.content.decode(), Punch.objects.of(hall.center).count()) == (True, 0)


def test_a_25_mb_upload_is_refused_naming_the_limit(hall, terminal, client_for):
    upload = SimpleUploadedFile("attlog.dat", b"1\t2026-11-20 08:00:00\t0\t1\n" * (25 * 1024 * 40))
    answer = client_for(hall.sun).post(page("imports"), {"device": terminal.code, "upload": upload})
    assert (answer.status_code, "20 MB" in answer.content.decode(), ImportBatch.objects.count()) == (409, True, 0)


def test_only_the_assessor_opens_the_imports(hall, client_for):
    assert [client_for(who).get(page("imports")).status_code for who in (hall.sun, hall.zhou, hall.li)] == [200, 409, 409]


def test_the_register_is_typed_and_confirmed_over_http(hall, client_for):
    fields = {"day": DAY, f"t_{hall.li.code}": "8:25 12:01"}
    client_for(hall.sun).post(page("register"), fields)
    codes = list(RegisterEntry.objects.of(hall.center).values_list("code", flat=True))
    client_for(hall.zhou).post(page("confirm_register"), {"entry": codes})
    assert (len(codes), Punch.objects.of(hall.center).count()) == (2, 2)


def test_evidence_is_sent_as_a_file_and_only_to_who_may_see_it(hall, filled, client_for):
    """Security 25: nosniff, sandbox, another centre 404."""
    photo = BytesIO()
    from PIL import Image

    Image.new("RGB", (9, 9)).save(photo, "PNG")
    at = local("2026-11-20", "11:00")
    upload = SimpleUploadedFile("a.png", photo.getvalue())
    check = actions.record_check(
        member=hall.li, seen="games", place="窗口", upload=upload, by=factories.actor(hall.chen, at), at=at
    )
    answer = client_for(hall.li).get(page("check_photo", check.code, 0))
    other = client_for(hall.zhao).get(page("check_photo", check.code, 0)).status_code
    assert (answer.headers["X-Content-Type-Options"], "sandbox" in answer.headers["Content-Security-Policy"], other) == (
        "nosniff",
        True,
        404,
    )


def test_nothing_changes_by_get(filled, hall, client_for):
    """Security 32: a walk over every action by GET leaves all as it was."""
    before = (Correction.objects.get().state, Leave.objects.get().state, PostCheck.objects.get().state)
    browser = client_for(hall.zhou)
    names = {
        "leave": ("decide_leave", "answer_cover", "withdraw_leave", "return_from_leave"),
        "check": ("decide_check", "reply_to_check"),
    }
    answers = {browser.get(page(name, filled[kind].code)).status_code for kind, found in names.items() for name in found}
    after = (Correction.objects.get().state, Leave.objects.get().state, PostCheck.objects.get().state)
    assert (answers, after) == ({405}, before)


def test_text_of_people_is_escaped(hall, client_for):
    """Security 34."""
    at = local("2026-11-20", "10:00")
    check = actions.record_check(
        member=hall.li,
        seen="games",
        place="<script>alert(1)</script>",
        witness="<img src=x>",
        by=factories.actor(hall.chen, at),
        at=at,
    )
    text = client_for(hall.li).get(page("post_check", check.code)).content.decode()
    assert ("<script>alert" in text, "<img src=x>" in text, "&lt;script&gt;" in text) == (False, False, True)


def test_who_covers_the_leader_approves_over_http(filled, hall, client_for):
    """ "1.4.1": cover owns the matters of the person away."""
    from shouwen.org.actions import record_substitution

    span = {"starts_at": local("2026-11-23", "08:30"), "ends_at": local("2026-11-23", "17:30")}
    address = page("correction", filled["correction"].code)
    before = client_for(hall.zhang).get(address).status_code
    record_substitution(member=hall.zhou, cover=hall.zhang, source="test", by=factories.actor(hall.zhou, AT), at=AT, **span)
    client_for(hall.zhang).post(address, {"answer": "yes", "note": ""})
    assert (before, Correction.objects.get().state) == (404, "approved")


@pytest.mark.parametrize("month", ["2026-13", "2026-9", "x", "1999-01", "²"])
def test_a_month_that_does_not_exist_is_not_found(hall, client_for, month: str):
    leader = client_for(hall.zhou)
    pages = [page("month"), page("month_export"), page("person", hall.li.code)]
    assert [leader.get(one, {"month": month}).status_code for one in pages] == [404, 404, 404]
    assert leader.post(page("recompute"), {"month": month}).status_code == 404
