"""Exact numbers and bounds that say 含 or 不含. Nothing here ever touches a float."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

ZERO = Decimal(0)
ONE = Decimal(1)
# Beyond this nobody means it, and exact arithmetic would only burn time.
LARGEST = 10**12


def number(value: object) -> Decimal | None:
    """A Decimal for an int, a Decimal or a decimal string; None for anything else (a bool, a float, an absurd size included)."""
    if isinstance(value, Decimal):
        found = value
    elif isinstance(value, bool):
        return None
    elif isinstance(value, int):
        return Decimal(value) if -LARGEST < value < LARGEST else None
    elif isinstance(value, str):
        try:
            found = Decimal(value.strip())
        except InvalidOperation:
            return None
    else:
        return None
    if not found.is_finite() or found.adjusted() > 11:
        return None
    exponent = found.as_tuple().exponent
    return found if isinstance(exponent, int) and exponent > -16 else found if found == 0 else None


def plain(value: Decimal | Fraction | int) -> str:
    """Digits as a person writes them: "97.5", "-2", never an exponent or a trailing zero."""
    if type(value) is not Decimal:
        if isinstance(value, int):
            return str(value)
        value = as_decimal(value)
    text = str(value)
    if "E" in text:
        text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def as_decimal(value: Decimal | Fraction) -> Decimal:
    """The Decimal of a fraction: exact where the digits end, else 28 significant digits."""
    if isinstance(value, Decimal):
        return value
    return Decimal(value.numerator) / Decimal(value.denominator)


def exact(value: Fraction) -> Decimal | Fraction:
    """The Decimal of a fraction whose digits end, else the fraction itself."""
    found = as_decimal(value)
    return found if Fraction(found) == value else value


def rounded(value: Decimal | Fraction, places: int) -> Decimal:
    """四舍五入, half away from zero, decided on the exact value."""
    step = Decimal(1).scaleb(-places)
    if isinstance(value, Decimal):
        return value.quantize(step, rounding=ROUND_HALF_UP)
    scaled = abs(value) * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return (Decimal(whole if value >= 0 else -whole) * step).quantize(step)


def mean(values: Iterable[Decimal | Fraction]) -> Fraction:
    """The exact mean of a non-empty list."""
    found = [Fraction(v) for v in values]
    return sum(found, Fraction(0)) / len(found)


def truth(value: object) -> bool:
    """A switch's answer as a bool: yes and true hold."""
    return value is True or value == "yes"


@dataclass(frozen=True, slots=True)
class Bounds:
    """A tier's bounds. `at_least` and `at_most` include the number (含); `over` and `under` do not (不含)."""

    at_least: Decimal | None = None
    over: Decimal | None = None
    at_most: Decimal | None = None
    under: Decimal | None = None
    equal: tuple[str, ...] | None = None
    unequal: tuple[str, ...] | None = None
    otherwise: bool = False

    @property
    def numeric(self) -> bool:
        """Whether a number is needed to decide."""
        return not (self.at_least is None and self.over is None and self.at_most is None and self.under is None)

    def holds(self, value: object) -> bool:
        """Whether the value lies inside; a text only ever meets `is`."""
        if self.otherwise:
            return True
        if self.equal is not None:
            return key_text(value) in self.equal
        if self.unequal is not None:
            return key_text(value) not in self.unequal
        if type(value) is not Decimal and not isinstance(value, (Decimal, Fraction, int)):
            return False
        return (
            (self.at_least is None or value >= self.at_least)
            and (self.over is None or value > self.over)
            and (self.at_most is None or value <= self.at_most)
            and (self.under is None or value < self.under)
        )

    def text(self) -> str:
        """The bounds in Chinese: "30以上(含)、60以下(不含)"."""
        if self.otherwise:
            return "其他情形"
        if self.equal is not None:
            return "为" + "或".join(self.equal)
        if self.unequal is not None:
            return "不为" + "或".join(self.unequal)
        parts = []
        for bound, word in (
            (self.at_least, "以上(含)"),
            (self.over, "以上(不含)"),
            (self.at_most, "以下(含)"),
            (self.under, "以下(不含)"),
        ):
            if bound is not None:
                parts.append(plain(bound) + word)
        return "、".join(parts) or "任何情形"


def key_text(value: object) -> str:
    """A scalar as the key of a table: true is "yes", 5.0 is "5"."""
    if type(value) is str:
        return value
    if value is True:
        return "yes"
    if value is False:
        return "no"
    if isinstance(value, (Decimal, Fraction)):
        return plain(value)
    return str(value)


def bounds_of(table: Mapping[str, Any]) -> Bounds:
    """The bounds written in a tier or a condition."""

    def words(key: str) -> tuple[str, ...] | None:
        found = table.get(key)
        return None if found is None else tuple(key_text(v) for v in (found if isinstance(found, list) else [found]))

    return Bounds(
        at_least=number(table.get("at_least")),
        over=number(table.get("over")),
        at_most=number(table.get("at_most")),
        under=number(table.get("under")),
        equal=words("is"),
        unequal=words("is_not"),
        otherwise=truth(table.get("else")),
    )
