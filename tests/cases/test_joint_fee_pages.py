"""Pages of joint matters, money, follow-ups and batches: they work for whoever they are for and are closed to others."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shouwen.cases.actions import batch, fees, follow_up, leads
from shouwen.cases.models import Approval, Charge, DayEnd, FeeLead, FollowUp, JointHandling, Receipt, Refund
from tests.cases.hall import fresh, when
from tests.cases.joint_scene import scene as make_scene
from tests.cases.money_scene import money as make_money


@pytest.fixture
def scene(hall):
    return make_scene(hall)


@pytest.fixture
def money(hall):
    return make_money(hall)


def queries_of(browser, url):
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert browser.get(url).status_code == 200
    return len(seen)


def test_4_3_3_the_section_opens_a_joint_matter_from_its_page(scene, client_for):
    browser, url = client_for(scene.he), reverse("cases:open_joint", args=[scene.case.code])
    page = browser.get(url).context
    form = {"lead": scene.hall.cast.civil.code, "silence": "", "task-TOTAL_FORMS": "3", "task-INITIAL_FORMS": "3"}
    for index, row in enumerate(page["rows"].initial):
        form |= {f"task-{index}-{name}": value for name, value in row.items()}
    answer = browser.post(url, form)
    assert answer["Location"] == reverse("cases:joint", args=[scene.case.code])
    assert JointHandling.objects.of(scene.hall.center).get().lead == scene.hall.cast.civil


def test_a_department_signs_takes_and_answers_from_its_task_page(scene, client_for):
    scene.open("11-23 08:45")
    task, browser = scene.task(scene.building), client_for(scene.qian)
    url = reverse("cases:joint_task", args=[task.code])
    browser.post(url, {"do": "take"})
    wrong = browser.post(
        url, {"do": "answer", "answer-opinion": "refuse", "answer-text": "", "answer-basis": "", "answer-materials": ""}
    )
    browser.post(url, {"do": "answer", "answer-opinion": "needs_correction", "answer-materials": "宅基地图 须盖章\n户口簿"})
    told = scene.task(scene.building)
    assert (wrong.status_code, "不同意的须写明依据" in wrong.content.decode(), told.status) == (409, True, "waiting")
    assert told.said[0].materials == [{"name": "宅基地图", "defect": "须盖章"}, {"name": "户口簿", "defect": ""}]


def test_the_section_merges_returns_and_concludes_from_the_joint_page(scene, client_for):
    scene.open("11-23 08:45")
    scene.sign(scene.building, scene.qian, "11-23 08:50")
    scene.answer(scene.building, scene.qian, "11-23 08:55", "needs_correction", materials=[{"name": "图", "defect": "盖章"}])
    browser, url = client_for(scene.he), reverse("cases:joint", args=[scene.case.code])
    seen = [browser.post(url, {"do": "merge", "merge-reason": "规划核实需要"}).status_code]
    asked = reverse("cases:approval", args=[Approval.objects.of(scene.hall.center).get().code])
    seen.append(client_for(scene.hall.cast.zhou).post(asked, {"agree": "1"}).status_code)
    seen.append(browser.post(url, {"do": "resume"}).status_code)
    early = browser.post(url, {"do": "conclude", "conclude-conclusion": "同意"})
    assert (seen, scene.task(scene.building).status, early.status_code) == ([302, 302, 302], "signed", 409)


def test_the_flow_sheet_is_printed_with_a_number_of_its_own(scene, client_for):
    scene.open()
    answer = client_for(scene.he).post(reverse("cases:joint_paper", args=[scene.case.code]))
    paper = JointHandling.objects.of(scene.hall.center).get().document_code
    url = reverse("cases:side_paper", args=[paper, "pdf"])
    seen = {m.name: client_for(m).get(url)["Content-Type"] for m in (scene.he, scene.qian, scene.hall.cast.li)}
    assert (answer["Location"], set(seen.values())) == (url, {"application/pdf"})


def test_the_board_costs_the_same_with_one_and_with_three(scene, client_for, hall):
    scene.open()
    browser, url = client_for(scene.he), reverse("cases:joint_board")
    one = queries_of(browser, url)
    for number in range(2):
        more = make_another(scene, number)
        more.open(f"11-23 1{number + 1}:30")
    assert queries_of(browser, url) == one


def make_another(scene, number):
    """One more joint case of the same section."""
    from dataclasses import replace

    from tests.cases.joint_scene import to_section

    case = scene.hall.accepted("11-23 08:31", version=scene.version)
    to_section(scene.hall, case, scene.he)
    return replace(scene, case=fresh(case))


def test_3_5_money_is_taken_in_two_steps_first_what_it_comes_to(money, client_for, hall):
    browser, url = client_for(hall.cast.li), reverse("cases:charge", args=[money.case.code])
    form = {"way": "cash", "invoice_number": "", "token": "t", f"quantity:{money.fees['copy'].code}": "3"}
    quoted = browser.post(url, form)
    assert ("应收 1.50 元" in quoted.content.decode(), Receipt.objects.of(hall.center).count()) == (True, 0)
    taken = browser.post(url, form | {"take": "1"})
    receipt = Receipt.objects.of(hall.center).get()
    assert (taken["Location"], receipt.total) == (reverse("cases:receipt", args=[receipt.code]), 150)


def test_3_5_an_amount_smuggled_into_the_form_changes_nothing(money, client_for, hall):
    code = money.fees["copy"].code
    form = {
        "way": "cash",
        "token": "t",
        f"quantity:{code}": "1",
        f"amount:{code}": "99900",
        "total": "99900",
        "amount": "1",
        "take": "1",
    }
    client_for(hall.cast.li).post(reverse("cases:charge", args=[money.case.code]), form)
    assert list(Charge.objects.of(hall.center).values_list("amount", flat=True)) == [50]


def test_refund_and_day_end_from_their_pages(money, client_for, hall):
    receipt = money.charge("copy", 4, at="11-23 08:50")
    url, clerk = reverse("cases:receipt", args=[receipt.code]), client_for(hall.cast.li)
    clerk.post(url, {"do": "invoice", "invoice-number": "A001"})
    clerk.post(url, {"do": "refund", "refund-reason": "多收一份"})
    asked = Refund.objects.of(hall.center).get()
    decide = reverse("cases:decide_refund", args=[receipt.code, asked.code])
    chief = client_for(hall.cast.zhou)
    assert f"退给{receipt.payer_name}（现金）" in chief.get(decide).content.decode()
    chief.post(decide, {"approved": "yes", "opinion": ""})
    refused = clerk.post(reverse("cases:day_end"), {"counted": "1.00", "explanation": ""})
    clerk.post(reverse("cases:day_end"), {"counted": "0.00", "explanation": ""})
    day = DayEnd.objects.of(hall.center).get()
    assert (refused.status_code, day.expected, day.refunds_n) == (409, 0, 1)
    assert clerk.get(reverse("cases:closed_day", args=[day.code])).status_code == 200


def test_a_lead_is_registered_by_anybody_and_read_by_few(client_for, hall):
    form = {
        "text": "窗口另要 200 元跑腿费",
        "about": hall.cast.li.code,
        "department": "",
        "about_words": "",
        "informant": "王秀兰",
    }
    client_for(hall.cast.zhang).post(reverse("cases:note_fee_lead"), form)
    url = reverse("cases:fee_lead", args=[FeeLead.objects.of(hall.center).get().code])
    codes = {
        m.name: client_for(m).get(url).status_code for m in (hall.cast.chen, hall.cast.zhang, hall.cast.li, hall.cast.zhao)
    }
    assert codes == {"陈监督": 200, "张敏": 409, "李明": 409, "赵强": 404}
    shown = client_for(hall.cast.chen).post(url, {"do": "reveal", "reveal-reason": "电话核实"}).content.decode()
    assert ("<b>王秀兰</b>" in shown, "王*兰" in shown) == (True, False)


def test_a_follow_up_is_planned_and_done_from_its_pages(client_for, hall):
    case = hall.accepted("11-20 09:00")
    hall.do("decide_case", case, "11-20 10:00", decision="done")
    hall.do("deliver_result", case, "11-20 11:00", way="counter")
    browser = client_for(hall.cast.li)
    browser.post(reverse("cases:plan_follow_up", args=[case.code]), {"kind": "aftercare", "days": "5", "plan": ""})
    row = FollowUp.objects.of(hall.center).get()
    browser.post(
        reverse("cases:follow_up", args=[row.code]), {"way": "phone", "result": "content", "text": "", "again_days": ""}
    )
    row.refresh_from_db()
    assert (row.result, browser.get(reverse("cases:follow_ups") + "?view=done").status_code) == ("content", 200)


def test_a_batch_is_started_and_seen_from_its_pages(client_for, hall):
    from shouwen.cases.models import Batch

    cases = [hall.accepted("11-20 09:00") for _ in range(2)]
    browser = client_for(hall.cast.li)
    form = {
        "action": "hand_over",
        "codes": "\n".join(one.code for one in cases),
        "receiver": hall.cast.zhang.code,
        "reason": "学习",
        "token": "t",
    }
    unknown = browser.post(reverse("cases:start_batch"), form | {"codes": "QS-XXXX-XXXX"})
    answer = browser.post(reverse("cases:start_batch"), form)
    batch = Batch.objects.of(hall.center).get()
    assert ("没有找到" in unknown.content.decode(), answer["Location"]) == (True, reverse("cases:batch", args=[batch.code]))
    page = browser.get(reverse("cases:batch", args=[batch.code]) + "?status=done").content.decode()
    assert (batch.status, page.count("已移交张敏，待接手")) == ("done", 2)


def test_lists_of_money_cost_the_same_with_one_and_with_three(money, client_for, hall):
    money.charge("copy", 1, at="11-23 08:40")
    browser = client_for(hall.cast.li)
    urls = [reverse(f"cases:{name}") for name in ("receipts", "day_end")] + [reverse("cases:charge", args=[money.case.code])]
    before = [queries_of(browser, url) for url in urls]
    for minute in (41, 42):
        money.charge("copy", 1, at=f"11-23 08:{minute}", reason="又一份")
    assert [queries_of(browser, url) for url in urls] == before


def test_another_centre_gets_404_everywhere(scene, money, client_for, hall):
    """Every page that names something of the centre, asked for by 赵强, who leads elsewhere."""
    scene.open()
    receipt = money.charge("copy", 1, invoice_number="A1", at="11-23 08:40")
    asked = fees.refund(receipt=receipt, reason="多收", by=hall.actor(), at=when("11-23 08:45"))
    day = fees.close_day(counted=50, by=hall.actor(), at=when("11-23 08:50"))
    lead = leads.note_fee_lead(text="让我另交钱", about=hall.cast.zhang, by=hall.actor(), at=when("11-23 08:50"))
    case = hall.accepted("11-20 09:00")
    hall.do("decide_case", case, "11-20 10:00", decision="done")
    hall.do("deliver_result", case, "11-20 11:00", way="counter")
    row = follow_up.plan_follow_up(case=fresh(case), by=hall.actor(), at=when("11-20 11:05"))
    named = {
        "joint": [scene.case.code], "joint_task": [scene.tasks()[0].code], "charge": [money.case.code], "receipt": [receipt.code],
        "decide_refund": [receipt.code, asked.code], "closed_day": [day.code], "fee_lead": [lead.code], "follow_up": [row.code],
        "plan_follow_up": [case.code], "side_paper": [receipt.document_code, "pdf"],
    }  # fmt: skip
    browser = client_for(hall.cast.zhao)
    assert {
        name: browser.get(reverse(f"cases:{name}", args=args)).status_code for name, args in named.items()
    } == dict.fromkeys(named, 404)


def test_follow_ups_batches_and_leads_cost_the_same_with_one_and_with_three(client_for, hall):
    browser, names = client_for(hall.cast.wang), ("follow_ups", "batches", "fee_leads")
    counts = []
    for more in (1, 2):
        for _ in range(more):
            case = hall.accepted("11-20 09:00")
            hall.do("decide_case", case, "11-20 10:00", decision="done")
            hall.do("deliver_result", case, "11-20 11:00", way="counter")
            follow_up.plan_follow_up(case=fresh(case), by=hall.actor(), at=when("11-20 11:05"))
            told = {"action": "urge", "cases": [case], "options": {"text": "请抓紧"}, "reason": "催办"}
            batch.start_batch(**told, by=hall.actor(hall.cast.zhou), at=when("11-20 12:00"))
            leads.note_fee_lead(text="让我另交钱", about=hall.cast.li, by=hall.actor(hall.cast.zhang), at=when("11-20 12:00"))
        counts.append([queries_of(browser, reverse(f"cases:{name}")) for name in names])
    assert counts[0] == counts[1]


def test_a_department_sees_its_joint_matters_and_no_others(scene, client_for, hall):
    """钱工 has no role at all, only a task; 孙会 has neither."""
    scene.open()
    pages = [
        reverse("cases:joint", args=[scene.case.code]),
        reverse("cases:joint_task", args=[scene.task(scene.building).code]),
    ]
    others = reverse("cases:joint_task", args=[scene.task(scene.market).code])
    seen = {
        m.name: [client_for(m).get(url).status_code for url in (*pages, others)] for m in (scene.qian, hall.cast.sun, scene.he)
    }
    assert seen == {"钱工": [200, 200, 404], "孙会": [404, 404, 404], "何科": [200, 200, 200]}


def test_the_case_page_shows_joint_handling_money_and_what_follows(scene, client_for):
    scene.open("11-23 08:45")
    page = client_for(scene.he).get(reverse("cases:detail", args=[scene.case.code])).content.decode()
    assert ("会办进展" in page, "牵头 民政所" in page, "不收费" in page) == (True, True, True)
