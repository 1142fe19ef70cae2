"""Numbers and codes people see.

A public code (`QS-4T8W-2HXCH`) is random, so it tells neither how many there are nor which came first, and its last
character checks the others, so a slip of the pen is caught before any look-up. Running numbers stand only on papers
(〔2026〕120号) and on queue tickets (A007).
"""

import secrets
import unicodedata
from collections.abc import Callable, Sequence

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Digits and capitals without the look-alikes 0 O 1 I L. There are 31, a prime, so the check finds every single wrong
character and every pair that changed places."""

LENGTHS = range(8, 11)
"""How many random characters a code may have, the check character not counted."""


def new_code(prefix: str, randbelow: Callable[[int], int] = secrets.randbelow, *, length: int = 8) -> str:
    """A new code: prefix, `length` random characters, one check character, in groups of four.

    `randbelow(n)` gives a number from 0 to n − 1 (another source makes tests repeatable). Raises ValueError for a
    length outside `LENGTHS`.
    """
    if length not in LENGTHS:
        raise ValueError("编号的随机部分应为 8 至 10 位")
    values = [randbelow(len(ALPHABET)) for _ in range(length)]
    return _written(prefix, "".join(ALPHABET[value] for value in [*values, _check(values)]))


def check_code(code: str) -> bool:
    """Is this a code as we write it: grouping, alphabet, length and check character all right."""
    prefix, _, rest = code.partition("-")
    body = rest.replace("-", "")
    return _sound(body) and code == _written(prefix, body)


def normalise(typed: str, prefix: str) -> str | None:
    """The code somebody meant by what they typed, or None if it cannot be one with this prefix.

    Small letters, full-width characters, missing or other dashes, blanks and a missing prefix are forgiven.
    """
    plain = "".join(filter(str.isalnum, unicodedata.normalize("NFKC", typed).upper()))
    return next((_written(prefix, body) for body in (plain.removeprefix(prefix), plain) if _sound(body)), None)


def _check(values: Sequence[int]) -> int:
    return sum(weight * value for weight, value in enumerate(values, start=1)) % len(ALPHABET)


def _sound(body: str) -> bool:
    if len(body) - 1 not in LENGTHS or any(letter not in ALPHABET for letter in body):
        return False
    values = [ALPHABET.index(letter) for letter in body]
    return values[-1] == _check(values[:-1])


def _written(prefix: str, body: str) -> str:
    groups = [body[:4], body[4:]] if len(body) == 9 else [body[:4], body[4:8], body[8:]]
    return "-".join(filter(None, [prefix, *groups]))


def document_number(word: str, year: int, serial: int) -> str:
    """The number on a paper: 机关代字, year in hexagonal brackets, serial without padding: 青便服受〔2026〕15号.

    Raises ValueError for a serial below 1 or a year that is not written with four digits.
    """
    if serial < 1 or not 1000 <= year <= 9999:
        raise ValueError("文号的年份应为四位数,序号从 1 开始")
    return f"{word}〔{year}〕{serial}号"


def ticket_number(queue: str, serial: int) -> str:
    """The number called in the hall: A007. It starts again every day; past 999 it simply grows."""
    if serial < 1:
        raise ValueError("排队号从 1 开始")
    return f"{queue}{serial:03}"
