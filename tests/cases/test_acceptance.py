"""Receipt, one-time notice, acceptance, refusal ("4.3.2", 行政许可法 32; K6, L19–L22)."""

from __future__ import annotations

from datetime import date

import pytest

from shouwen.cases import actions, queries
from shouwen.cases.models import Breach, Case
from shouwen.core.errors import Refused
from shouwen.documents.models import Document
from tests.cases.hall import ALL, fresh, when

MISSING_TWO = {1: "", 4: ""}
DEFECTS = {2: "请填写申请表", 3: "缺近 6 个月银行流水"}


def lines_of(case):
    return {line.position: line.status for line in queries.lines(case)}


def test_a_receipt_is_not_an_acceptance_l21(hall):
    case = hall.receive("11-23 09:00", {1: "", 2: "没有签名"})
    assert (case.status, case.accepted_at, case.clock_date, case.completed_at) == ("received", None, None, None)
    assert case.current_due_at == when("11-30 17:30")  # five working days to tell everything
    assert lines_of(case) == {1: "received", 2: "defective", 3: "missing", 4: "missing"}


def test_the_checklist_stays_as_it_was_received_l19(hall):
    case = hall.receive("11-23 09:00")
    hall.item.materials.update(name="改了")
    assert [line.name for line in queries.lines(case)] == ["身份证", "申请表", "银行流水", "照片"]


def test_the_same_form_sent_twice_is_one_case(hall):
    matter = hall.matter(when("11-23 09:00"))
    send = {"matter": matter, "version": hall.item, "person": hall.person, "lines": ALL, "token": "t-1"}
    first, second = (actions.receive_case(by=hall.actor(), at=when("11-23 09:00"), **send) for _ in range(2))
    assert (first.pk == second.pk, Case.objects.of(hall.center).count()) == (True, 1)
    assert Document.objects.of(hall.center).filter(kind="receipt").count() == 1


def test_a_matter_becomes_one_case_only(hall):
    case = hall.receive("11-23 09:00")
    with pytest.raises(Refused, match="已经收件"):
        actions.receive_case(
            matter=case.matter, version=hall.item, person=hall.person, lines=ALL, by=hall.actor(), at=when("11-23 10:00")
        )


def test_a_version_not_in_force_is_refused(hall):
    later = hall.version("明年的事项", active_from=date(2027, 1, 1))
    with pytest.raises(Refused, match="不施行"):
        hall.receive("11-23 09:00", version=later)


def test_a_notice_must_name_every_open_line_l20(hall):
    case = hall.receive("11-23 09:00", MISSING_TWO)
    with pytest.raises(Refused, match="银行流水还没有写明") as refused:
        hall.do("tell_missing", case, "11-23 09:20", defects={2: "请填写申请表"})
    assert refused.value.clause == "4.3.2"


def test_a_notice_locks_the_list_and_waits_for_the_applicant(hall):
    item = hall.version("有补正期限的", correction_days=5)
    case = hall.receive("11-23 09:00", MISSING_TWO, version=item)
    notice = hall.do("tell_missing", case, "11-24 09:00", defects=DEFECTS)
    assert (notice.number, notice.due_date, case.status) == (1, date(2026, 12, 1), "correction")
    assert case.current_due_at == when("12-01 17:30")
    with pytest.raises(Refused, match="清单已锁定"):
        hall.do("take_materials", case, "11-25 09:00", lines={5: ""})


def test_a_second_notice_needs_a_reason_and_a_superior_and_is_a_breach_l20(hall):
    case = hall.receive("11-23 09:00", MISSING_TWO)
    hall.do("tell_missing", case, "11-24 09:00", defects=DEFECTS)
    with pytest.raises(Refused, match="只能一次"):
        hall.do("tell_missing", case, "11-25 09:00", defects=DEFECTS)
    with pytest.raises(Refused, match="须先经"):
        hall.do("tell_missing", case, "11-25 09:00", defects=DEFECTS, reason="漏了")
    with pytest.raises(Refused, match="张敏不是"):
        hall.do("tell_missing", case, "11-25 09:00", defects=DEFECTS, reason="漏了", approver=hall.cast.zhang)
    added = [{"name": "残疾证", "defect": "请提供复印件", "where": "残联"}]
    hall.do("tell_missing", case, "11-25 09:00", defects=DEFECTS, added=added, reason="漏了", approver=hall.cast.zhou)
    breach = Breach.objects.of(hall.center).get(case=case)
    assert (breach.kind, breach.member, breach.clause) == ("second_notice", hall.cast.li, "4.3.2")
    assert queries.lines(case)[4].is_added is True


def test_nobody_approves_the_own_second_notice(hall):
    case = hall.receive("11-23 09:00", MISSING_TWO)
    hall.do("tell_missing", case, "11-24 09:00", defects=DEFECTS)
    with pytest.raises(Refused, match="不能自己批准"):
        hall.do("tell_missing", case, "11-25", by=hall.cast.zhou, defects=DEFECTS, reason="漏", approver=hall.cast.zhou)


def test_the_clock_starts_on_the_day_the_material_is_complete(hall):
    case = hall.receive("11-23 09:00", MISSING_TWO)
    hall.do("tell_missing", case, "11-24 09:00", defects=DEFECTS)
    hall.do("take_materials", case, "11-25 09:00", lines={2: ""})
    assert case.status == "correction"
    hall.do("take_materials", case, "11-26 16:00", lines={3: ""})
    assert (case.status, case.completed_at) == ("received", when("11-26 16:00"))
    hall.do("accept_case", case, "11-27 09:00")
    assert (case.clock_date, case.due_at) == (date(2026, 11, 26), when("12-10 17:30"))


def test_five_days_of_silence_are_acceptance_from_the_receipt_k6(hall):
    case = hall.receive("11-23 09:00", MISSING_TWO)
    assert hall.sweep("11-30 17:30") == 1  # warnings, but the last minute is still in time
    assert fresh(case).status == "received"
    hall.sweep("11-30 17:31")
    found = fresh(case)
    assert (found.status, found.is_deemed, found.clock_date) == ("accepted", True, date(2026, 11, 23))
    assert found.due_at == when("12-07 17:30")
    breach = Breach.objects.of(hall.center).get(case=case)
    assert (breach.kind, breach.member, breach.at) == ("notice", hall.cast.li, when("11-30 17:30"))
    assert Document.objects.of(hall.center).filter(kind="acceptance").count() == 1


def test_after_the_five_days_nothing_can_be_told_or_declined(hall):
    case = hall.receive("11-23 09:00", MISSING_TWO)
    with pytest.raises(Refused, match="视为受理"):
        hall.do("tell_missing", case, "12-01 09:00", defects=DEFECTS)
    with pytest.raises(Refused, match="视为受理"):
        hall.do("decline_case", case, "12-01 09:00", reason="不属于", basis="第三十二条")
    hall.do("accept_case", case, "12-01 09:00")
    assert (case.is_deemed, case.clock_date) == (True, date(2026, 11, 23))


def test_a_correction_without_a_limit_waits_and_never_lapses(hall):
    case = hall.receive("11-23 09:00", MISSING_TWO)
    hall.do("tell_missing", case, "11-24 09:00", defects=DEFECTS)
    assert case.next_event_at is None
    hall.sweep("12-31 17:31")
    assert fresh(case).status == "correction"


def test_tolerance_only_for_lines_that_may_follow_l22(hall):
    case = hall.receive("11-23 09:00", {1: "", 2: ""})
    with pytest.raises(Refused, match="书面承诺补交日期"):
        hall.do("accept_case", case, "11-23 09:10")
    hall.do("accept_case", case, "11-23 09:10", promises={3: date(2026, 11, 27)})
    assert (case.is_tolerated, lines_of(case)[3]) == (True, "promised")
    with pytest.raises(Refused, match="银行流水还没有补交"):
        hall.do("decide_case", case, "11-24", decision="granted")
    hall.do("take_materials", case, "11-26", lines={3: ""})
    hall.do("decide_case", case, "11-27", decision="granted")
    assert case.status == "decided"


def test_material_that_may_not_follow_keeps_the_case_from_acceptance(hall):
    case = hall.receive("11-23 09:00", {1: "", 3: ""})
    with pytest.raises(Refused, match="缺 申请表"):
        hall.do("accept_case", case, "11-23 09:10", promises={2: date(2026, 11, 27)})


def test_a_promise_nobody_kept_is_for_a_person_to_decide_l22(hall):
    case = hall.receive("11-23 09:00", {1: "", 2: ""})
    hall.do("accept_case", case, "11-23 09:10", promises={3: date(2026, 11, 27)})
    hall.sweep("11-30 09:00")
    assert fresh(case).status == "accepted"
    with pytest.raises(Refused, match="由中心负责人或分管领导"):
        hall.do("settle_promise", fresh(case), "11-30", position=3, to=None, reason="可核验")
    hall.do("settle_promise", fresh(case), "11-30", by=hall.cast.zhou, position=3, to=None, reason="可核验")
    assert lines_of(case)[3] == "waived"


def test_declining_ends_the_case_and_its_matter(hall):
    case = hall.receive("11-23 09:00")
    with pytest.raises(Refused, match="理由和依据"):
        hall.do("decline_case", case, "11-23 10:00", reason="不属于本机关职权", basis="")
    hall.do("decline_case", case, "11-23 10:00", reason="不属于本机关职权", basis="行政许可法第三十二条", authority="县民政局")
    found = fresh(case)
    assert (found.status, found.matter.status, found.next_event_at) == ("declined", "closed", None)


def test_a_returned_application_may_be_looked_at_again_by_the_section(hall):
    case = hall.receive("11-23 09:00")
    hall.do("return_case", case, "11-23 10:00", reason="不具备条件", basis="办法第五条")
    paper = Document.objects.of(hall.center).get(kind="returned")
    assert (fresh(case).status, paper.data["section_contact"]) == ("returned", "本中心业务科")


def test_the_notice_speaks_of_completion_only_when_something_was_brought_later(hall):
    hall.accepted("11-20 09:00")
    corrected = hall.receive("11-20 10:00", {1: "", 2: "", 3: ""})
    hall.do("tell_missing", corrected, "11-20 10:30", defects={4: "缺签名"})
    hall.do("take_materials", corrected, "11-23 09:00", lines={4: ""})
    hall.do("accept_case", corrected, "11-23 09:10")
    notices = Document.objects.of(hall.center).filter(kind="acceptance").order_by("serial")
    assert [one.data["completed_date"] for one in notices] == ["", "2026年11月23日"]
