"""The tokens of the design: every colour of text is legible on every ground it stands on, by day and by night (WCAG 2.2, 1.4.3)."""

from __future__ import annotations

import re

import pytest

from tests.house import PACKAGE

SHEET = (PACKAGE / "core/static/core/shouwen.css").read_text("utf-8")
GROUNDS = ("ground", "paper", "brand-wash")
PAIRS = [(ink, ground) for ink in ("ink", "ink-2", "ink-3", "brand", "seal", "ok", "warn") for ground in GROUNDS] + [
    ("brand-ink", "brand-wash"),
    ("seal", "seal-wash"),
    ("ok", "ok-wash"),
    ("warn", "warn-wash"),
    ("on-brand", "brand"),
    ("on-seal", "seal"),
]


def tokens(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{3,6})\b", block))


DAY, NIGHT = (tokens(part) for part in SHEET.split("@layer base {")[0].split("prefers-color-scheme: dark"))


def light(colour: str) -> float:
    """Relative luminance."""
    digits = colour.removeprefix("#")
    digits = digits if len(digits) == 6 else "".join(2 * one for one in digits)
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, bright = sorted((light(one), light(other)))
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", [DAY, DAY | NIGHT], ids=["day", "night"])
def test_text_is_legible_on_every_ground(scheme):
    assert {
        f"{ink} on {ground}": ratio for ink, ground in PAIRS if (ratio := contrast(scheme[ink], scheme[ground])) < 4.5
    } == {}


def test_white_on_black_is_twenty_one():
    assert round(contrast("#fff", "#000000"), 2) == 21
