"""The expected "no"."""

from __future__ import annotations


class Refused(Exception):
    """An action may not happen now; the message tells the person, in Chinese, why and what to do.

    `clause` is the id of the clause it rests on ("1.4.1"), "" when it rests on plain order (somebody was quicker).
    `core` turns it once into a page, a form error or a 409; it is never a traceback.
    """

    def __init__(self, message: str, clause: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.clause = clause


def taken() -> Refused:
    """What the second of two people acting at once is told."""
    return Refused("已被他人处理,请刷新后再看")
