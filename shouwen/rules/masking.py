"""What the public, the posters and the logs must not see.

Each function takes the plain text and gives the text that may be shown; what it does not recognise it hides rather
than shows. Nothing here can be turned back.
"""

import re

CHINESE_NAME = re.compile(r"[㐀-鿿豈-﫿𠀀-𱍊·•]+")
MOBILE = re.compile(r"1[3-9]\d{9}")
NUMBERS = re.compile(r"(?<!\d)\d{3,}(?:[ -]\d{3,})*[Xx]?(?!\d)")


def mask_name(name: str) -> str:
    """王兰 → 王*, 王小兰 → 王*兰, 欧阳小兰 → 欧**兰; of a foreign name each word keeps its first letter."""
    text = name.strip()
    if not CHINESE_NAME.fullmatch(text):
        return " ".join(f"{word[0]}***" for word in text.split())
    if len(text) < 3:
        return text[:1] + "*" * (len(text) - 1) if len(text) > 1 else "*"
    return text[0] + "*" * (len(text) - 2) + text[-1]


def mask_phone(phone: str) -> str:
    """13812340000 → 138****0000; of any other number the last four digits stay."""
    digits = re.sub(r"\D", "", phone)
    digits = digits.removeprefix("86") if len(digits) == 13 else digits
    return f"{digits[:3]}****{digits[-4:]}" if MOBILE.fullmatch(digits) else _tail(digits, 4)


def mask_id_card(number: str, *, strict: bool = False) -> str:
    """First six and last four characters; `strict` (anything public) leaves only the last two."""
    text = re.sub(r"[\s-]", "", number).upper()
    if strict or len(text) not in (15, 18):
        return _tail(text, 2)
    return text[:6] + "*" * (len(text) - 10) + text[-4:]


def mask_bank_card(number: str) -> str:
    """The last four digits."""
    return _tail(re.sub(r"\D", "", number), 4)


def mask_mail(address: str) -> str:
    """lan.wang@example.com → l***@example.com"""
    name, at, host = address.strip().rpartition("@")
    return f"{name[:1]}***@{host}" if at and name else "***"


def scrub(text: str) -> str:
    """Replace identity, phone and bank card numbers in free text by stars, keeping the last two characters.

    Written in groups ("138 0013 8000", "6222-0213-…") they are found too. Dates, times and short numbers stay.
    """
    return NUMBERS.sub(_scrubbed, text)


def _scrubbed(match: re.Match[str]) -> str:
    found = match[0]
    digits = re.sub(r"\D", "", found)
    if digits == found.rstrip("Xx"):
        mobile = MOBILE.fullmatch(digits.removeprefix("86") if len(digits) == 13 else digits)
        return _tail(found, 2) if mobile or 15 <= len(found) <= 19 else found
    # Several groups: one long number, or a phone number with something beside it.
    return _tail(found, 2) if len(digits) >= 15 or MOBILE.search(digits) else found


def _tail(text: str, kept: int) -> str:
    """Stars for all but the last `kept` characters; short texts disappear whole."""
    return "*" * len(text) if len(text) <= kept + 1 else "*" * (len(text) - kept) + text[-kept:]
