"""The arithmetic of charges: worked sums, and what holds for every sum."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shouwen.rules import fees
from shouwen.rules.fees import Charge, FeeError, Reduction, Tariff

LOW = Reduction("低保对象", 100, "省价目录")
OLD = Reduction("六十周岁以上", 50, "省价目录")
CARD = Tariff("工本费", 1000, "证", reductions=(LOW, OLD))
COPY = Tariff("复制费", 10, "页", cap=500)


@pytest.mark.parametrize(
    ("tariff", "quantity", "reductions", "want"),
    [
        (CARD, 1, [], Charge(1000, 1000, "工本费 10 元/证 × 1 = 10 元，应收 10 元")),
        (CARD, 3, ["六十周岁以上"], Charge(1500, 3000, "工本费 10 元/证 × 3 = 30 元，六十周岁以上减 50%，应收 15 元")),
        (CARD, 2, ["六十周岁以上", "低保对象"], Charge(0, 2000, "工本费 10 元/证 × 2 = 20 元，低保对象免收，应收 0 元")),
        (COPY, 60, [], Charge(500, 500, "复制费 0.10 元/页 × 60 = 6 元，最高 5 元，应收 5 元")),
        (COPY, 5, [], Charge(50, 50, "复制费 0.10 元/页 × 5 = 0.50 元，应收 0.50 元")),
    ],
)
def test_a_charge_is_the_schedules_own_sum_3_5(tariff: Tariff, quantity: int, reductions: list[str], want: Charge):
    """ "3.5": amount × quantity, the cap, one reduction; and the receipt says so."""
    assert fees.charge(tariff, quantity, reductions) == want


@pytest.mark.parametrize(("quantity", "reductions"), [(0, []), (-1, []), (10_001, []), (1, ["熟人"])])
def test_what_the_schedule_does_not_know_cannot_be_charged_3_5(quantity: int, reductions: list[str]):
    """ "3.5": neither an odd quantity nor a reduction of one's own making."""
    with pytest.raises(FeeError):
        fees.charge(CARD, quantity, reductions)


tariffs = st.builds(
    Tariff,
    name=st.just("费"),
    amount=st.integers(0, 100_000),
    unit=st.just("份"),
    cap=st.none() | st.integers(0, 1_000_000),
    reductions=st.lists(st.integers(1, 100), max_size=4).map(
        lambda found: tuple(Reduction(f"情形{index}", percent) for index, percent in enumerate(found))
    ),
)


@settings(max_examples=200, deadline=None)
@given(tariff=tariffs, quantity=st.integers(1, 10_000), data=st.data())
def test_a_charge_never_exceeds_standard_or_cap_and_grows_with_the_quantity(tariff: Tariff, quantity: int, data: st.DataObject):
    names = data.draw(st.lists(st.sampled_from([one.name for one in tariff.reductions] or ["-"]), unique=True))
    names = names if tariff.reductions else []
    got, one_more = (fees.charge(tariff, n, names) for n in (quantity, min(quantity + 1, 10_000)))
    ceiling = min(tariff.amount * quantity, tariff.cap if tariff.cap is not None else 10**12)
    best = max((one.percent for one in tariff.reductions if one.name in names), default=0)
    assert (got.full, got.amount) == (ceiling, ceiling * (100 - best) // 100)
    assert 0 <= got.amount <= one_more.amount


@settings(max_examples=100, deadline=None)
@given(tariff=tariffs, quantity=st.integers(1, 10_000))
def test_more_reductions_never_cost_more_and_their_order_does_not_matter(tariff: Tariff, quantity: int):
    names = [one.name for one in tariff.reductions]
    amounts = [fees.charge(tariff, quantity, names[:index]).amount for index in range(len(names) + 1)]
    assert amounts == sorted(amounts, reverse=True)
    assert fees.charge(tariff, quantity, names[::-1]).amount == amounts[-1]
