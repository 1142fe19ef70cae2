"""Sums of money as papers have them: exact, and in capitals no stroke can alter."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿")


def amount(text: str, where: str) -> Decimal:
    """Yuan written as "12.50" or "−12.50"; ValueError names where it stands if it is no sum in whole fen."""
    try:
        found = Decimal(text.replace("−", "-").replace(",", ""))
        whole = found.is_finite() and found == found.quantize(Decimal("0.01"))
    except InvalidOperation:
        whole = False
    if not whole:
        raise ValueError(f"{where}: a sum in yuan is wanted, not {text!r}")
    return found


def capitals(sum_: Decimal) -> str:
    """人民币壹仟零贰拾元伍角整; a sum below zero begins with 负. ValueError from a trillion yuan on."""
    yuan, fen = divmod(int(abs(sum_) * 100), 100)
    if yuan >= 10**12:
        raise ValueError("no sums of a trillion yuan")
    jiao, fen = divmod(fen, 10)
    words = f"{_whole(yuan)}元" if yuan or not (jiao or fen) else ""
    if jiao:
        words += f"{DIGITS[jiao]}角"
    elif fen and yuan:
        words += "零"
    words += f"{DIGITS[fen]}分" if fen else "整"
    return f"人民币{'负' if sum_ < 0 else ''}{words}"


def _whole(number: int) -> str:
    """A whole number in capitals; a row of zeros is read as one."""
    words, gap = "", False
    for place in reversed(range(len(str(number)))):
        digit = number // 10**place % 10
        if digit:
            words += ("零" if gap else "") + DIGITS[digit] + PLACES[place % 4]
            gap = False
        else:
            gap = bool(words)
        if place % 4 == 0 and place and number // 10**place % 10**4:
            words += GROUPS[place // 4]
    return words or DIGITS[0]
