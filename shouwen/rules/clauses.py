"""A clause of the founding document and its citation on screen and paper."""

from __future__ import annotations

DIGITS = "〇一二三四五六七八九十"


def chinese_number(number: int) -> str:
    """1 → 一, 10 → 十, 12 → 十二 (up to 99)."""
    if number <= 10:
        return DIGITS[number]
    tens, ones = divmod(number, 10)
    return ("" if tens == 1 else DIGITS[tens]) + "十" + (DIGITS[ones] if ones else "")


def cite(clause: str) -> str:
    """ "1.3.1" → 〔一(三)1〕, "4.3.2.1" → 〔四(三)2(1)〕, "1.5" → 〔一(五)〕; what is no clause id is shown as it is."""
    parts = clause.split(".")
    if not all(part.isdigit() for part in parts) or len(parts) > 4:
        return f"〔{clause}〕"
    text = chinese_number(int(parts[0]))
    if len(parts) > 1:
        text += f"({chinese_number(int(parts[1]))})"
    if len(parts) > 2:
        text += parts[2]
    if len(parts) > 3:
        text += f"({parts[3]})"
    return f"〔{text}〕"
