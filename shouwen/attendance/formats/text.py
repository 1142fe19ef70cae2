"""Bytes to lines of text, whatever a terminal or an office program wrote them in."""

import io
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator


def lines_of(data: bytes) -> Iterator[str]:
    """The lines of a file without their ends; each decoded for itself, so one bad line spoils no other."""
    data = _plain(data)
    if b"\n" not in data:
        data = data.replace(b"\r", b"\n")
    for line in io.BytesIO(data):
        yield decoded(line.rstrip(b"\r\n"))


def decoded(data: bytes) -> str:
    """UTF-8 if it is, else GB18030 (terminals set to Chinese), else with replacement characters."""
    for encoding in ("utf-8", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("gb18030", "replace")


def text_of(data: bytes) -> str:
    """A whole file as text."""
    return decoded(_plain(data))


def _plain(data: bytes) -> bytes:
    """Without byte order mark, and UTF-16 turned into UTF-8."""
    if data.startswith(BOM_UTF8):
        return data[len(BOM_UTF8) :]
    for mark, encoding, odd in ((BOM_UTF16_LE, "utf-16-le", 1), (BOM_UTF16_BE, "utf-16-be", 0)):
        head = data[:4096]
        # Without a mark, text of mostly digits shows every second byte zero.
        halves = head[odd::2].count(0), head[1 - odd :: 2].count(0)
        if data.startswith(mark) or (len(head) >= 16 and halves[0] > len(head) * 0.4 and halves[1] < len(head) * 0.05):
            return data.removeprefix(mark).decode(encoding, "replace").encode("utf-8", "replace")
    return data
