"""What a charge comes to: the schedule's own arithmetic and nothing else ("3.5": no arbitrary fees).

Money is whole fen. A charge is amount × quantity, never above the cap of the row, less one reduction: of several that apply
the one that leaves most off, so nobody has to know which to name. Fractions of a fen are let go.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

CLAUSE = "3.5"
MOST = 10_000


class FeeError(ValueError):
    """What the schedule does not know; the message is Chinese, ready to show."""


@dataclass(frozen=True, slots=True)
class Reduction:
    """A situation in which `percent` (1 to 100) of the charge is left off, and the rule that says so."""

    name: str
    percent: int
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Tariff:
    """A row of the schedule: `amount` fen for each `unit`, at most `cap` fen."""

    name: str
    amount: int
    unit: str
    cap: int | None = None
    reductions: tuple[Reduction, ...] = ()


@dataclass(frozen=True, slots=True)
class Charge:
    """`amount` is what is owed in fen, `full` the same without a reduction, `line` the sum in words for the receipt."""

    amount: int
    full: int
    line: str


def yuan(fen: int) -> str:
    """500 → "5 元", 1250 → "12.50 元"."""
    return f"{fen // 100}.{fen % 100:02} 元" if fen % 100 else f"{fen // 100} 元"


def charge(tariff: Tariff, quantity: int, reductions: Iterable[str] = ()) -> Charge:
    """What `quantity` units cost a person to whom the named reductions apply.

    Raises FeeError for a quantity outside 1 to 10,000 and for a reduction the row does not name.
    """
    if not 1 <= quantity <= MOST:
        raise FeeError(f"数量应为 1 至 {MOST}")
    chosen = _best(tariff.reductions, list(reductions))
    gross = tariff.amount * quantity
    full = gross if tariff.cap is None else min(gross, tariff.cap)
    amount = full * (100 - chosen.percent) // 100 if chosen else full
    return Charge(amount, full, _line(tariff, quantity, gross, full, chosen, amount))


def _best(known: Sequence[Reduction], names: list[str]) -> Reduction | None:
    by_name = {reduction.name: reduction for reduction in known}
    if unknown := [name for name in names if name not in by_name]:
        raise FeeError(f"收费目录中没有“{'”“'.join(unknown)}”这项减免")
    return max((by_name[name] for name in names), key=lambda one: one.percent, default=None)


def _line(tariff: Tariff, quantity: int, gross: int, full: int, chosen: Reduction | None, amount: int) -> str:
    words = f"{tariff.name} {yuan(tariff.amount)}/{tariff.unit} × {quantity} = {yuan(gross)}"
    if full != gross:
        words += f"，最高 {yuan(full)}"
    if chosen:
        words += f"，{chosen.name}" + ("免收" if chosen.percent == 100 else f"减 {chosen.percent}%")
    return words + f"，应收 {yuan(amount)}"
