"""The schedule of fees: its only door, and that nothing else can be asked ("3.5")."""

from __future__ import annotations

from datetime import date

import pytest

from shouwen.catalogue import actions, queries
from shouwen.catalogue.models import Fee
from shouwen.core.errors import Refused


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"basis": ""}, "没有填收费依据"),
        ({"amount": "十元"}, "标准（分）应是 0 至 100000000 的整数，不是“十元”"),
        ({"active_from": "2026-11-22"}, "收费起日不能早于今天：已经办了的事不因后来的改动而变"),
        ({"active_to": "2026-11-23"}, "“止”须晚于“起”"),
        (
            {"reductions": [{"name": "熟人", "percent": 120}]},
            "减免情形“熟人”看不懂，请写成“低保对象 100% 依据”",
        ),
    ],
)
def test_a_fee_without_basis_or_sense_does_not_come_to_exist_3_5(fee, change: dict, words: str):
    """ "3.5": what has no legal basis cannot be entered."""
    with pytest.raises(Refused) as refused:
        fee(**change)
    assert refused.value.message == words


def test_a_new_standard_ends_the_one_before_it(center, fee):
    fee()
    fee(amount=800, active_from="2027-01-01")
    rows = Fee.objects.of(center).order_by("active_from").values_list("amount", "active_from", "active_to")
    assert list(rows) == [(1000, date(2026, 11, 23), date(2027, 1, 1)), (800, date(2027, 1, 1), None)]
    with pytest.raises(Refused, match="已有自 2026-12-01 或更晚起的标准"):
        fee(active_from="2026-12-01")


def test_a_quantity_or_reduction_of_ones_own_making_is_refused_3_5(fee):
    """ "3.5": the amount is computed, never typed."""
    row = fee(reductions=[{"name": "低保对象", "percent": 100, "basis": "省目录"}])
    with pytest.raises(Refused) as refused:
        queries.charge(row, 1, ["熟人"])
    assert (refused.value.clause, queries.charge(row, 1, ["低保对象"]).amount) == ("3.5", 0)


@pytest.mark.parametrize("who", ["he", "zhang", "zhao"])
def test_only_leader_and_director_set_fees_3_5(request, fee, actor, at, who: str):
    """ "3.5": and only of their own centre."""
    row, member = fee(), request.getfixturevalue(who)
    with pytest.raises(Refused):
        actions.end_fee(fee=row, active_to=date(2026, 12, 1), by=actor(member), at=at)
    row.refresh_from_db()
    assert row.active_to is None
