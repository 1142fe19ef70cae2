"""Changes that first show what they would move: a day the hall stays shut, and a new version of the rulebook."""

from __future__ import annotations

from shouwen.rulebook.models import Rulebook
from shouwen.workcalendar.models import Closure
from tests.browser.conftest import said


def test_a_closure_first_shows_what_it_would_move_1_1(open_as, town):
    """ "1.1": the days and the duty it touches are listed, and only the second press makes it."""
    site = open_as(town["周丽"])
    page = site.open("/calendar/change/closure/")
    page.get_by_label("从", exact=True).fill("2026-11-16")
    page.get_by_label("到(含)").fill("2026-11-17")
    page.get_by_label("原因").fill("暴雪封路")
    page.get_by_role("button", name="看会动到什么").click()
    assert Closure.objects.of(town.center).filter(reason="暴雪封路").count() == 0
    moved = [row.split()[:2] for row in page.locator("table").last.locator("tbody tr").all_inner_texts()]
    assert moved == [["2026年11月16日", "星期一"], ["2026年11月17日", "星期二"]]
    page.get_by_role("button", name="确认生效").click()
    assert said(page) == "已生效,日历已更新,20 件办件的到期日已随之变动"
    assert page.get_by_text("暴雪封路").first.is_visible()


def test_a_draft_of_the_rulebook_is_tried_on_past_months_before_it_holds_1_10(open_as, town):
    """ "1.10": one draws it up and tries it, another approves; nothing of the past moves."""
    drafter = open_as(town["孙会"])
    page = drafter.open("/rulebook/")
    page.get_by_label("为什么修改").fill("迟到扣分改为一次两分")
    page.get_by_role("button", name="起草").first.click()
    assert said(page) == "草案已建立"
    draft = Rulebook.objects.of(town.center).filter(state="draft").order_by("-number").first()
    page.get_by_role("link", name="改读法").click()
    choice = page.locator("input[type=radio]:not(:checked)").first
    choice.check()
    page.get_by_role("button", name="保存到草案").click()
    assert said(page).startswith("已修改")
    page.get_by_role("link", name="试算与施行").click()
    page.get_by_label("2026年10月").check()
    page.get_by_role("button", name="试算", exact=True).click()
    assert page.get_by_role("heading", name="2026年10月").is_visible()
    page.get_by_role("button", name="试算结果我已看过").click()
    assert said(page) == "试算情况已记录"

    approver = open_as(town["王主任"])
    approver.says_yes = True
    approver.open(f"/assessment/trial/{draft.code}/").get_by_role("button", name="批准施行").click()
    assert said(approver.page) == "新版制度已批准施行"
    draft.refresh_from_db()
    assert (draft.state, str(draft.active_from)) == ("in_force", "2026-12-01")
