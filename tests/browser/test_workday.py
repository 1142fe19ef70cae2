"""A working day in a real browser, each flow with scripts and without: round, punch, leave, import."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from shouwen.attendance.models import Leave, Punch
from shouwen.duty.models import CleaningRecord
from tests.browser.conftest import PHONE, said
from tests.town import picture

scripts = pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no scripts"])
FILE = "03\t2026-11-05 08:21:40\t255\t15\t0\t0\r\n03\t2000-01-01 00:03:11\t255\t15\t0\t0\r\n胡写的一行\r\n77\t2026-11-05 08:30:02\t255\t15\t0\t0\r\n"


@scripts
def test_the_round_on_a_phone_with_a_photo_1_3_6(open_as, town, javascript: bool):
    """ "1.3.6": four big ticks, a photo, one press; the photo is there for who looks later."""
    site = open_as(town["李明"], PHONE, javascript=javascript)
    page = site.open("/duty/rounds/")
    for point in ("洁净", "整齐", "无痰迹", "无杂物堆放"):
        page.get_by_label(point).check()
    page.get_by_label("拍照").set_input_files({"name": "大厅.jpg", "mimeType": "image/jpeg", "buffer": picture().read()})
    expect(page.get_by_alt_text("照片预览")).to_be_visible(visible=javascript)
    page.get_by_role("button", name="登记这次检查").click()
    page.wait_for_url(f"{site.url}/duty/")
    assert said(page) == "09:12 的检查已登记"
    record = CleaningRecord.objects.order_by("-id").first()
    shown = page.locator(f"img[src$='{record.photo}']")
    shown.scroll_into_view_if_needed()
    assert (
        page.wait_for_function("() => [...document.images].every(image => image.naturalWidth > 0)")
        if javascript
        else record.photo
    )


@scripts
def test_a_punch_on_the_web_1_1(open_as, town, javascript: bool):
    site = open_as(town["李明"], PHONE, javascript=javascript)
    site.open("/attendance/").get_by_role("button", name="打卡").click()
    site.page.wait_for_url(f"{site.url}/attendance/")
    assert said(site.page) == "已打卡 09:12"
    assert Punch.objects.filter(pin=town["李明"].code).count() == 1


@scripts
def test_leave_is_asked_covered_and_approved_1_4_1(open_as, town, javascript: bool):
    """ "1.4.1": 李明 asks, 张敏 stands in, 周丽 approves; each in a browser of their own."""
    asker = open_as(town["李明"], javascript=javascript)
    page = asker.open("/attendance/leaves/ask/")
    page.get_by_label("从哪天").fill("2026-11-16")
    page.get_by_label("到哪天").fill("2026-11-16")
    page.get_by_label("代班人").select_option(label="张敏")
    page.get_by_label("事由").fill("回村里办婚事")
    page.get_by_role("button", name="提出请假").click()
    address = page.url.removeprefix(asker.url)
    cover = open_as(town["张敏"], PHONE, javascript=javascript)
    cover.open(address).get_by_role("button", name="接受", exact=True).click()
    assert said(cover.page) == "已接受代班"
    leader = open_as(town["周丽"], javascript=javascript)
    leader.open(address).get_by_role("button", name="同意", exact=True).click()
    assert said(leader.page) == "已批准,已告知本人"
    assert asker.open(address).locator("header .chip").first.inner_text() == "已批准"
    assert Leave.objects.get(code=address.split("/")[-2]).state == "approved"


@scripts
def test_a_terminals_file_with_bad_lines_is_looked_at_then_brought_in_1_1(open_as, town, javascript: bool):
    site = open_as(town["孙会"], javascript=javascript)
    page = site.open("/attendance/imports/")
    page.get_by_label("文件", exact=True).set_input_files(
        {"name": "attlog.dat", "mimeType": "text/plain", "buffer": FILE.encode()}
    )
    page.locator("#id_device").select_option(label="大厅考勤机(考勤机)")
    page.get_by_role("button", name="上传并查看").click()
    faults = page.locator(".notes li").all_inner_texts()
    assert [fault.split()[1] for fault in faults if fault.startswith("第")] == ["2", "3"]
    page.get_by_role("button", name="确认导入").click()
    assert said(page).startswith("已导入")
    figures = dict(
        zip(page.locator(".figure small").all_inner_texts(), page.locator(".figure b").all_inner_texts(), strict=True)
    )
    assert figures == {"新增打卡": "2", "已有,未重复记": "0", "有误,未导入": "2", "未对应的编号": "1"}
