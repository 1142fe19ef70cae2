"""Charges come from the schedule in force and from nowhere else ("3.5")."""

from __future__ import annotations

from datetime import timedelta
from operator import itemgetter

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shouwen.cases.actions import fees as actions
from shouwen.cases.actions.fees import ChargeLine, OffSchedule
from shouwen.cases.forms.fees import Charge as ChargeForm
from shouwen.cases.models import Charge, Event, FeeLead, Receipt, Refund
from shouwen.cases.queries import fees as queries
from shouwen.core.clock import local
from shouwen.core.errors import Refused
from shouwen.rules.fees import charge as schedule_charge
from tests.cases.hall import when
from tests.cases.money_scene import money as make_money


@pytest.fixture
def money(hall):
    return make_money(hall)


def test_3_5_a_charge_is_the_schedules_row_times_the_quantity_with_its_basis(money):
    receipt = money.charge("copy", 3)
    line = Charge.objects.of(money.case.center_id).get(receipt=receipt)
    assert (receipt.total, line.amount, line.basis) == (150, 150, "湘发改价费〔2019〕1号")
    assert line.line == "复印工本费 0.50 元/页 × 3 = 1.50 元，应收 1.50 元"
    assert receipt.number.endswith("〔2026〕1号")
    assert Event.objects.of(money.case.center_id).filter(case=money.case, kind="charge", clause="3.5").count() == 1


@pytest.mark.parametrize("name", ["old", "next"])
def test_3_5_a_row_not_in_force_that_day_is_blocked_and_becomes_a_lead(money, name):
    with pytest.raises(OffSchedule, match="不在本事项施行的收费目录里") as refused:
        money.charge(name)
    lead = FeeLead.objects.of(money.case.center_id).get()
    assert (refused.value.clause, lead.is_blocked, lead.about, lead.registered_by) == ("3.5", True, money.hall.cast.li, "系统")
    assert Receipt.objects.of(money.case.center_id).count() == 0


def test_another_items_row_and_an_unknown_one_and_an_unknown_reduction_are_blocked(money):
    from tests.cases.money_scene import SCHEDULE, fee

    other = fee(money.hall.center, money.hall.version("别的事项").item, SCHEDULE["copy"])
    for line in [ChargeLine(other.code), ChargeLine("SF-XXXX"), money.line("card", 1, "残疾人")]:
        with pytest.raises(OffSchedule):
            money.take([line])
    assert FeeLead.objects.of(money.case.center_id).count() == 3


def test_a_reduction_leaves_off_what_the_row_says_and_a_full_one_is_free_with_a_receipt(money):
    reduced = money.charge("card", 1, "老年人")
    free = money.charge("card", 1, "低保对象", reason="配偶一证")
    assert (reduced.total, free.total, free.way, free.invoice_number) == (670, 0, "none", "")


def test_a_cap_holds_for_the_case_however_the_quantity_is_split(money):
    first, second = money.charge("survey", 1), money.charge("survey", 1, reason="第二宗地")
    assert (first.total, second.total) == (30000, 20000)
    with pytest.raises(Refused, match="已收到最高标准"):
        money.charge("survey", 1, reason="第三宗地")


def test_the_same_row_again_needs_a_reason_and_twice_on_one_receipt_is_refused(money):
    money.charge("copy", 1)
    with pytest.raises(Refused, match="已收过“复印工本费”"):
        money.charge("copy", 1)
    with pytest.raises(Refused, match="请合并数量"):
        money.take([money.line("card"), money.line("card", 2)])


@pytest.mark.parametrize("quantity", [0, -1, 10_001])
def test_a_quantity_outside_the_schedules_bounds_is_refused(money, quantity):
    with pytest.raises(Refused, match="数量应为 1 至 10000"):
        money.charge("copy", quantity)


def test_nothing_is_charged_before_acceptance_or_by_who_takes_no_money(money, hall):
    received = hall.receive("11-23 11:00")
    with pytest.raises(Refused, match="已收件，不能收费"):
        actions.charge(case=received, lines=[money.line("copy")], way="cash", by=hall.actor(), at=when("11-23 11:10"))
    with pytest.raises(Refused, match="由窗口人员办理"):
        money.charge("copy", by=hall.cast.chen)


def test_a_resent_form_gives_the_same_receipt(money):
    first, again = money.charge("copy", 2, token="t-1"), money.charge("copy", 2, token="t-1")
    assert (first.pk, Receipt.objects.of(money.case.center_id).count()) == (again.pk, 1)


def test_receipts_are_numbered_one_after_the_other_without_a_gap(money):
    numbers = [money.charge("copy", 1, reason="又一份", at=f"11-23 10:0{n}").number for n in range(3)]
    assert [number.split("〕")[1] for number in numbers] == ["1号", "2号", "3号"]


def test_no_form_has_a_field_for_an_amount(money):
    form = ChargeForm(offers=queries.offers(money.case, when("11-23 10:00")))
    kinds = {name.split(":")[0] for name in form.fields}
    assert kinds == {"way", "invoice_number", "token", "quantity", "reduction"}


def test_the_database_itself_refuses_more_than_the_full_amount(money):
    line = Charge.objects.of(money.case.center_id).get(receipt=money.charge("copy", 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        Charge.objects.of(money.case.center_id).filter(pk=line.pk).update(amount=line.full + 1)


LINES = st.lists(
    st.tuples(
        st.sampled_from(["survey", "copy", "card", "old", "next"]),
        st.integers(0, 4),
        st.sampled_from(["", "", "低保对象", "老年人", "残疾人"]),
        st.sampled_from([0, 1, 45]),
    ),
    min_size=3,
    max_size=9,
)
"""Which row, how many, which reduction, so many days later; played in order of the days."""


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(asked=LINES)
def test_3_5_no_stored_charge_ever_differs_from_the_schedule_at_its_date(money, asked):
    """Expired, future, reduced, free, zero, split and repeated items: stored is what the schedule says, or nothing."""
    with transaction.atomic():
        for name, quantity, reduction, days in sorted(asked, key=itemgetter(3)):
            line = money.line(name, quantity, *([reduction] if reduction else []), reason="再次")
            try:
                actions.charge(
                    case=money.case,
                    lines=[line],
                    way="cash",
                    by=money.hall.actor(),
                    at=when("11-23 10:00") + timedelta(days=days),
                )
            except Refused:
                continue
        stored = list(Charge.objects.of(money.case.center_id).select_related("fee", "receipt"))
        wrong = [row.line for row in stored if not _is_as_scheduled(row, stored)]
        transaction.set_rollback(True)
    assert wrong == []


def _is_as_scheduled(row, stored):
    """In force that day, the schedule's own arithmetic, and no cap passed together with what came before it."""
    on, fee = local(row.charged_at).date(), row.fee
    earlier = [one.full for one in stored if one.fee == fee and (one.charged_at, one.pk) < (row.charged_at, row.pk)]
    held = fee.active_from <= on and (fee.active_to is None or on < fee.active_to)
    due = schedule_charge(queries.tariff_of(fee), row.quantity, row.reductions)
    left = due.full if fee.cap is None else min(due.full, fee.cap - sum(earlier))
    as_is = row.amount == due.amount if fee.cap is None else row.amount == row.full
    return held and row.full == left and as_is and row.receipt.total == row.amount


def test_a_refund_is_asked_by_one_and_approved_by_another_with_its_own_number(money, hall):
    receipt = money.charge("copy", 4)
    asked = actions.refund(receipt=receipt, reason="多收一份", by=hall.actor(), at=when("11-23 11:00"))
    done = actions.decide_refund(refund=asked, approved=True, by=hall.actor(hall.cast.zhou), at=when("11-23 11:30"))
    assert (done.total, done.state, done.number != receipt.number, done.number.endswith("〔2026〕2号")) == (
        200,
        "approved",
        True,
        True,
    )


def test_1_9_who_took_the_money_never_approves_its_refund(money, hall):
    receipt = money.charge("copy", 4, by=hall.cast.zhou)
    asked = actions.refund(receipt=receipt, reason="多收一份", by=hall.actor(), at=when("11-23 11:00"))
    for member, words in [(hall.cast.zhou, "不能审批自己的退费"), (hall.cast.zhang, "由中心负责人或分管领导审批")]:
        with pytest.raises(Refused, match=words):
            actions.decide_refund(refund=asked, approved=True, by=hall.actor(member), at=when("11-23 11:30"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Refund.objects.of(hall.center).filter(pk=asked.pk).update(approver=asked.cashier, state="approved")


def test_one_line_is_given_back_once_and_a_declined_refund_may_be_asked_again(money, hall):
    receipt = money.take([money.line("copy", 2), money.line("card")])
    line = receipt.charges.get(name="证照工本费")
    told = {"receipt": receipt, "charges": [line.code], "reason": "证未办", "by": hall.actor()}
    first = actions.refund(**told, at=when("11-23 11:00"))
    actions.decide_refund(refund=first, approved=False, opinion="证已制", by=hall.actor(hall.cast.zhou), at=when("11-23 11:10"))
    second = actions.refund(**told, at=when("11-23 11:20"))
    actions.decide_refund(refund=second, approved=True, by=hall.actor(hall.cast.wang), at=when("11-23 11:30"))
    with pytest.raises(Refused, match="没有可退的费用"):
        actions.refund(**told, at=when("11-23 11:40"))
    assert second.total == 1000


def test_two_approvals_of_one_refund_have_one_winner(money, hall):
    asked = actions.refund(receipt=money.charge("copy", 4), reason="多收", by=hall.actor(), at=when("11-23 11:00"))
    stale = Refund.objects.of(hall.center).select_related("receipt__case__center", "cashier").get(pk=asked.pk)
    actions.decide_refund(refund=asked, approved=True, by=hall.actor(hall.cast.zhou), at=when("11-23 11:30"))
    with pytest.raises(Refused, match="已被他人处理"):
        actions.decide_refund(refund=stale, approved=True, by=hall.actor(hall.cast.wang), at=when("11-23 11:31"))
