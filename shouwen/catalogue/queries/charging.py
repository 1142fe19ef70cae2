"""The schedule of fees on a day and what a charge comes to ("3.5"): nothing else can be asked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q

from shouwen.catalogue.models import Fee, ItemVersion
from shouwen.core.errors import Refused
from shouwen.org.models import in_force
from shouwen.rules import fees as rules


def fees_in_force(center: Any, version: ItemVersion | None, on: date) -> list[Fee]:
    """What may be charged on a day: for an item (its own rows, then those that hold for every item), or the whole schedule.

    Each row comes with its item. [] means 不收费. Serves "3.5".
    """
    rows = Fee.objects.of(center).filter(in_force(on))
    if version is not None:
        rows = rows.filter(Q(item=version.item_id) | Q(item__isnull=True))
    found = rows.select_related("item").order_by("name", "active_from", "id")
    return sorted(found, key=lambda fee: (fee.item is None, fee.item.name if fee.item else ""))


def all_fees(center: Any) -> list[Fee]:
    """Every row there ever was, the newest first within a name."""
    return list(Fee.objects.of(center).select_related("item").order_by("name", "-active_from", "id"))


def charge(fee: Fee, quantity: int, reductions: Iterable[str] = ()) -> rules.Charge:
    """What the schedule makes of a quantity and the named reductions: fen and the line for the receipt.

    Refused ("3.5") for a quantity outside 1 to 10,000 and for a reduction the row does not name.
    """
    try:
        return rules.charge(tariff_of(fee), quantity, reductions)
    except rules.FeeError as error:
        raise Refused(str(error), rules.CLAUSE) from None


def tariff_of(fee: Fee) -> rules.Tariff:
    known = tuple(rules.Reduction(one["name"], one["percent"], one.get("basis", "")) for one in fee.reductions)
    return rules.Tariff(fee.name, fee.amount, fee.unit, fee.cap, known)
