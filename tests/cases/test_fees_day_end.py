"""The end of a cashier's day, leads with their narrow door, what is owed and what assessment hears ("3.5")."""

from __future__ import annotations

from datetime import date

import pytest

from shouwen.audit.models import Record
from shouwen.cases.actions import fees as actions
from shouwen.cases.actions import leads
from shouwen.cases.models import Receipt
from shouwen.cases.queries import fees as queries
from shouwen.core.actors import system
from shouwen.core.errors import Refused
from shouwen.notifications.models import Message
from shouwen.org.models import Membership
from shouwen.rulebook import actions as rulebook
from tests import factories
from tests.cases.hall import when
from tests.cases.money_scene import money as make_money


@pytest.fixture
def money(hall):
    return make_money(hall)


@pytest.fixture
def close(hall):
    def closed(counted, at="11-23 17:35", explanation=""):
        return actions.close_day(counted=counted, explanation=explanation, by=hall.actor(), at=when(at))

    return closed


def test_3_5_the_day_is_closed_when_the_cash_counted_is_what_the_system_knows(money, close):
    money.charge("copy", 4, invoice_number="A001")
    money.charge("card", 1, way="mobile", invoice_number="A002")
    day = close(200)
    assert (day.expected, day.difference, day.totals, day.receipts_n) == (200, 0, {"cash": 200, "mobile": 1000}, 2)
    assert Receipt.objects.of(day.center_id).filter(day_end=day).count() == 2
    assert day.number.endswith("〔2026〕1号")


def test_a_difference_needs_an_explanation(money, close):
    money.charge("copy", 4, invoice_number="A001")
    with pytest.raises(Refused, match=r"相差 −0\.50 元"):
        close(150)
    assert close(150, explanation="找零时多找五角").difference_words == "少 0.50 元"


def test_a_paid_receipt_needs_its_treasury_bill_number_before_the_day_is_closed(money, close, hall):
    receipt = money.charge("copy", 4)
    with pytest.raises(Refused, match="还没有财政票据号"):
        close(200)
    actions.note_invoice(receipt=receipt, number="A001", by=hall.actor(), at=when("11-23 17:00"))
    assert close(200).receipts_n == 1


@pytest.mark.parametrize(("n", "said"), [(5, "5号还没有财政票据号"), (21, "20号等 21 张还没有财政票据号")])
def test_a_refused_day_end_names_every_receipt_at_once(money, close, n, said):
    """Twenty by number; more than that are counted."""
    for number in range(n):
        money.charge("copy", 1, reason=f"第{number}次加印")
    with pytest.raises(Refused, match="还没有财政票据号") as refused:
        close(50 * n)
    assert refused.value.message.count("号、") == min(n, 20) - 1
    assert said in refused.value.message


def test_a_treasury_bill_number_is_used_once_and_not_changed_after_closing(money, close, hall):
    money.charge("copy", 4, invoice_number="A001")
    with pytest.raises(Refused, match="已经用过"):
        money.charge("card", 1, invoice_number="A001")
    free = money.charge("card", 1, "低保对象")
    close(200)
    with pytest.raises(Refused, match="不能再填"):
        actions.note_invoice(receipt=free, number="A009", by=hall.actor(), at=when("11-23 17:40"))


def test_a_closed_day_is_locked_and_what_comes_later_goes_to_the_next(money, close, hall):
    money.charge("copy", 4, invoice_number="A001")
    first = close(200, at="11-23 17:00")
    money.charge("card", 1, invoice_number="A002", at="11-23 17:20")
    with pytest.raises(Refused, match="今天已经日结"):
        close(1000, at="11-23 17:30")
    second = close(1000, at="11-24 17:30")
    first.refresh_from_db()
    assert (first.expected, second.expected, second.receipts_n) == (200, 1000, 1)


def test_a_refund_lowers_the_cash_of_whoever_paid_it_back(money, close, hall):
    receipt = money.charge("copy", 4, invoice_number="A001")
    asked = actions.refund(receipt=receipt, reason="多收", by=hall.actor(), at=when("11-23 11:00"))
    actions.decide_refund(refund=asked, approved=True, by=hall.actor(hall.cast.zhou), at=when("11-23 11:30"))
    day = close(0)
    assert (day.expected, day.refunds_n, queries.till(hall.center, hall.cast.li).receipts) == (0, 1, [])


def test_an_open_day_is_owed_by_its_cashier_and_late_the_next_day(money, hall):
    money.charge("copy", 4)
    owed = queries.fee_obligations(hall.actor(), when("11-23 12:00"))
    late = queries.fee_obligations(hall.actor(), when("11-24 09:00"))
    assert [(one.kind, one.clause, one.state, one.due_at) for one in owed] == [("日结", "3.5", "ok", when("11-23 17:30"))]
    assert late[0].state == "late"


@pytest.fixture
def note(hall):
    """张敏 at counter 2 writes down what is said about 李明 of 民政所."""

    def noted(about=None, **more):
        told = {"text": "窗口让我另交 200 元跑腿费", "informant": "王秀兰", "about": about or hall.cast.li}
        return leads.note_fee_lead(**told | more, by=hall.actor(hall.cast.zhang), at=when("11-23 10:00"))

    return noted


def test_3_5_a_lead_is_read_by_leader_director_supervisor_and_by_nobody_else(note, hall):
    lead = note()
    cast = hall.cast
    seen = {m.name: queries.visible_leads(hall.actor(m), when("11-23 11:00")).filter(pk=lead.pk).exists() for m in
            (cast.zhou, cast.wang, cast.chen, cast.zhang, cast.li, cast.sun)}  # fmt: skip
    assert seen == {"周丽": True, "王主任": True, "陈监督": True, "张敏": False, "李明": False, "孙会": False}


def test_a_lead_is_never_read_nor_heard_of_by_the_accused_or_their_unit(note, hall):
    lead = leads.note_fee_lead(text="让我另交钱", about=hall.cast.zhang, by=hall.actor(), at=when("11-23 10:00"))
    readers = {member.name for member in queries.lead_readers(lead, when("11-23 10:00"))}
    told = set(Message.objects.of(hall.center).filter(title="收费线索").values_list("to__name", flat=True))
    seen = queries.visible_leads(hall.actor(hall.cast.zhou), when("11-23 11:00")).filter(pk=lead.pk).exists()
    assert (readers, told, seen) == ({"王主任", "陈监督"}, {"王主任", "陈监督"}, False)


def test_neither_the_unit_the_accused_was_in_nor_the_one_they_moved_to_reads_it(hall):
    """李明 moves from 民政所 to 便民办, which 周丽 leads; a leader of 民政所 stays behind."""
    cast = hall.cast
    head = factories.member(hall.center, "孙磊", department=cast.civil, roles=("leader",), staff_no="41")
    lead = leads.note_fee_lead(text="让我另交钱", about=cast.li, by=hall.actor(cast.zhang), at=when("11-23 10:00"))
    sees = lambda m: queries.visible_leads(factories.actor(m, when("11-25")), when("11-25")).filter(pk=lead.pk).exists()  # noqa: E731
    before = [sees(member) for member in (head, cast.zhou, cast.chen)]
    cast.li.memberships.update(active_to=date(2026, 11, 24))
    Membership.objects.create(center=hall.center, member=cast.li, department=cast.affairs, active_from=date(2026, 11, 24))
    assert (before, [sees(member) for member in (head, cast.zhou, cast.chen)]) == ([False, True, True], [False, False, True])


def test_nobody_registers_a_lead_about_oneself(hall):
    with pytest.raises(Refused, match="被反映人自己"):
        leads.note_fee_lead(text="说我多收了钱", about=hall.cast.li, by=hall.actor(), at=when("11-23 10:00"))


def test_the_informant_is_sealed_masked_and_shown_only_for_a_logged_reason(note, hall):
    lead = note()
    assert (lead.informant_masked, "王秀兰" in lead.informant_sealed) == ("王*兰", False)
    name = leads.reveal_informant(lead=lead, reason="电话核实", by=hall.actor(hall.cast.chen), at=when("11-23 11:00"))
    trail = Record.objects.filter(center_id=hall.center.pk, verb="cases.fee_lead_reveal").get()
    assert (name, trail.actor_label) == ("王秀兰", "陈监督")
    with pytest.raises(Refused, match="被反映单位之外"):
        leads.reveal_informant(lead=lead, reason="好奇", by=hall.actor(), at=when("11-23 11:00"))


def test_a_lead_may_be_anonymous(note):
    assert (note(informant="").informant_masked, note(informant="").informant_sealed) == ("", "")


def test_r19_only_a_lead_found_true_becomes_a_fact_and_carries_no_informant(note, hall):
    rulebook.adopt_founding(center=hall.center, active_from=date(2026, 1, 1), by=system(hall.center), at=when("11-23 09:00"))
    confirmed, unfounded = note(), note()
    for lead, found in ((confirmed, True), (unfounded, False)):
        leads.settle_fee_lead(
            lead=lead, confirmed=found, finding="调取录像核实", by=hall.actor(hall.cast.chen), at=when("11-25 10:00")
        )
    facts = queries.fee_facts(hall.center, date(2026, 11, 1), date(2026, 11, 30))
    assert [(fact.id, fact.kind, fact.subject, fact.attrs) for fact in facts] == [
        (f"cases.fee_lead:{confirmed.code}", "fee_breach", hall.cast.li.code, {"clause": "3.5"})
    ]


def test_a_lead_is_settled_once(note, hall):
    lead = note()
    told = {"lead": lead, "confirmed": True, "finding": "调取录像核实", "at": when("11-25 10:00")}
    leads.settle_fee_lead(**told, by=hall.actor(hall.cast.chen))
    with pytest.raises(Refused, match="已被他人处理"):
        leads.settle_fee_lead(**told, by=hall.actor(hall.cast.wang))
