"""Money in the same moment, in real connections ("3.5"): no number twice, no cap passed, no line given back twice."""

from __future__ import annotations

import threading

import pytest
from django.db import connection

from shouwen.cases.actions import fees as actions
from shouwen.cases.models import Charge, DayEnd, Receipt, RefundLine
from shouwen.core.errors import Refused
from tests.cases.hall import when
from tests.cases.money_scene import money as make_money

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def money(hall):
    return make_money(hall)


def together(*calls):
    """Run the calls at once; what each returned or was refused with."""
    gate, found = threading.Barrier(len(calls)), [None] * len(calls)

    def run(place, call):
        try:
            gate.wait()
            found[place] = call()
        except Refused as refused:
            found[place] = refused
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=one) for one in enumerate(calls)]
    [one.start() for one in threads]
    [one.join() for one in threads]
    return found


def test_receipts_at_once_have_numbers_of_their_own_without_a_gap(money):
    found = together(*[lambda n=n: money.charge("copy", n, reason="又一份") for n in range(1, 5)])
    assert sorted(int(one.number.split("〕")[1][:-1]) for one in found) == [1, 2, 3, 4]


def test_one_form_sent_by_two_clicks_is_one_receipt(money, hall):
    found = together(*[lambda: money.charge("copy", 2, token="t-1")] * 3)
    assert (len({one.pk for one in found}), Receipt.objects.of(hall.center).count()) == (1, 1)


def test_a_cap_is_not_passed_by_charging_twice_at_once(money, hall):
    together(*[lambda: money.charge("survey", 1, reason="又一宗")] * 3)
    assert sum(Charge.objects.of(hall.center).values_list("full", flat=True)) == 50000


def test_a_receipt_is_given_back_once(money, hall):
    receipt = money.charge("copy", 4)
    together(*[lambda: actions.refund(receipt=receipt, reason="多收", by=hall.actor(), at=when("11-23 11:00"))] * 2)
    assert RefundLine.objects.of(hall.center).count() == 1


def test_a_day_is_closed_once_and_a_receipt_taken_meanwhile_is_not_lost(money, hall):
    money.charge("copy", 4, invoice_number="A1")
    close = lambda: actions.close_day(counted=200, by=hall.actor(), at=when("11-23 17:30"))  # noqa: E731
    found = together(close, close, lambda: money.charge("card", 1, invoice_number="A2", way="mobile", at="11-23 17:30"))
    day = DayEnd.objects.of(hall.center).get()
    counted = sum(row.total for row in Receipt.objects.of(hall.center).filter(day_end=day, way="cash"))
    assert (sum(isinstance(one, Refused) for one in found), day.expected, counted) == (1, 200, 200)
