"""What an item can be found by: its name, everyday words, their pinyin in full and by initials."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from importlib import import_module

LONGEST = 60


def normalise(text: str) -> str:
    """Half width, small letters, no blanks: how both the stored text and what people type are compared."""
    return "".join(unicodedata.normalize("NFKC", text).lower().split())


def words_of(text: str) -> list[str]:
    """What somebody typed, as the words that must all be found."""
    return [normalise(word) for word in text[:LONGEST].split()]


def search_text(name: str, aliases: Iterable[str], codes: Iterable[str] = ()) -> str:
    """One line each for the name, every everyday word, their pinyin and initials, and the codes; a line break at both ends.

    So "\\ndb\\n" finds a whole word, "\\ndb" a beginning and "db" a part, all by plain LIKE on every database.
    """
    lines: list[str] = []
    for word in [name, *aliases]:
        plain = normalise(word)
        lines += [plain, *_spoken(plain)]
    lines += [normalise(code) for code in codes if code]
    return "\n" + "\n".join(dict.fromkeys(line for line in lines if line)) + "\n"


def _spoken(plain: str) -> list[str]:
    """Pinyin in full and by initials of what is Chinese in a word; letters and digits stay."""
    # Loaded here because its dictionary is large and only needed when an item is written.
    pinyin = import_module("pypinyin")
    kept = re.sub(r"[^\w]", "", plain)
    full: list[str] = pinyin.lazy_pinyin(kept, style=pinyin.Style.NORMAL)
    initials: list[str] = pinyin.lazy_pinyin(kept, style=pinyin.Style.FIRST_LETTER)
    return ["".join(full), "".join(initials)]
