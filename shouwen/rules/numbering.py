"""Numbers and codes people see."""

from __future__ import annotations

import secrets
from collections.abc import Callable

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"[:32]


def new_code(prefix: str, randbelow: Callable[[int], int] = secrets.randbelow) -> str:
    """A public code such as QS-4T8W-2HXC: seven random characters and a check character."""
    body = [randbelow(len(ALPHABET)) for _ in range(7)]
    body.append(sum((index + 1) * value for index, value in enumerate(body)) % len(ALPHABET))
    text = "".join(ALPHABET[value] for value in body)
    return f"{prefix}-{text[:4]}-{text[4:]}"
