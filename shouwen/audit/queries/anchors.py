"""The anchor file: ends of chains written down outside the database, one line each, the lines chained as well."""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings

from shouwen.audit.models import sealing_key

LETTERS = str.maketrans("0123456789abcdef", "abcdefghijklmnop")


@dataclass(slots=True)
class Anchors:
    """What the file says. `marks` is center → seq → hash; `mac` seals the last line, `macs` are all (lettered); `broken` is the first bad line or 0."""

    lines: int = 0
    mac: str = ""
    broken: int = 0
    macs: set[str] = field(default_factory=set)
    ends: dict[UUID, tuple[int, str]] = field(default_factory=dict)
    marks: dict[UUID, dict[int, str]] = field(default_factory=dict)

    def add(self, text: str) -> None:
        """Take in the next line, checking it against the one before."""
        self.lines += 1
        words = text.split()
        try:
            _, center, number, last, mac = words
            center_id, seq = UUID(center), int(number)
        except ValueError:
            self.broken = self.broken or self.lines
            return
        if mac != anchor_mac(self.mac, words[:4]):
            self.broken = self.broken or self.lines
        self.mac = mac
        self.macs.add(lettered(mac))
        self.ends[center_id] = (seq, last)
        self.marks.setdefault(center_id, {})[seq] = last


def anchor_path() -> Path:
    return Path(settings.DATA_DIR) / "anchors" / "audit.log"


def read_anchors(lines: Iterable[str] | None = None) -> Anchors:
    """The whole anchor file (or the lines given); without a file, nothing is anchored."""
    anchors = Anchors()
    if lines is None:
        path = anchor_path()
        lines = path.read_text("utf-8", "replace").splitlines() if path.exists() else []
    for text in lines:
        anchors.add(text)
    return anchors


def anchor_line(anchors: Anchors, at: datetime, center_id: UUID, seq: int, last: str) -> str:
    """The next line: moment (UTC), center, number and seal of its last record, seal of the line."""
    words = [at.astimezone(UTC).isoformat(timespec="seconds"), center_id.hex, str(seq), last]
    return " ".join([*words, anchor_mac(anchors.mac, words)])


def anchor_mac(previous: str, words: list[str]) -> str:
    return hmac.digest(sealing_key(), " ".join(["anchor", previous, *words]).encode(), "sha256").hex()


def lettered(mac: str) -> str:
    """The seal in letters a–p instead of hexadecimal digits: as digits, parts of it may pass for a phone number and be starred out."""
    return mac.translate(LETTERS)
