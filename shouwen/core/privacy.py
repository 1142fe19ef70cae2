"""Personal numbers at rest: sealed so that a copy of the database tells nothing, searchable by keyed digests.

`settings.PRIVACY_KEYS` is the key ring, the newest key first: that one seals, the others only open what they sealed. A sealed
text names its key and is bound to its place (table, centre, row, column), so a ciphertext moved elsewhere does not open. What is
searched are digests under a key derived apart, which opens nothing. PIPL 51; 等保 8.1.4.8 b; 密评 8.4.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Model

# `cryptography` is loaded by the first page that opens or searches a personal number: 6 MB that most pages have no use for.
if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

INDEX = "index="
"""How the ring keeps the key of the digests once the first sealing key is gone: searching goes on, opening does not."""
ENDING = "_sealed"
NONCE = 12


class Unreadable(Exception):
    """A sealed text that does not open here: moved from another row, changed, or sealed by a key no longer in the ring."""


@dataclass(frozen=True, slots=True)
class Ring:
    """The keys derived from the ring: `current` is the id of the one that seals."""

    current: str
    sealing: dict[str, AESGCM]
    index: bytes


def place(row: Model, field: str) -> str:
    """Where a sealed text lives: part of what is authenticated. The row needs its id and centre, not to be stored yet."""
    return f"{row._meta.label_lower}:{row.center_id}:{row.pk}:{field}"  # type: ignore[attr-defined]


def seal(text: str, *, row: str) -> str:
    """`text` sealed for the place `row` (see `place`): key id, nonce and ciphertext; "" stays ""."""
    if not text:
        return ""
    keys = ring()
    nonce = os.urandom(NONCE)
    sealed = keys.sealing[keys.current].encrypt(nonce, text.encode(), row.encode())
    return f"{keys.current}.{base64.urlsafe_b64encode(nonce + sealed).decode()}"


def unseal(sealed: str, *, row: str) -> str:
    """The text sealed for that place. Raises `Unreadable` anywhere else."""
    from cryptography.exceptions import InvalidTag

    if not sealed:
        return ""
    key, _, body = sealed.partition(".")
    try:
        raw = base64.urlsafe_b64decode(body)
        return ring().sealing[key].decrypt(raw[:NONCE], raw[NONCE:], row.encode()).decode()
    except (KeyError, ValueError, InvalidTag) as error:
        raise Unreadable(f"not sealed for {row}") from error


def is_current(sealed: str) -> bool:
    """Whether the newest key sealed it; empty text needs no key."""
    return not sealed or sealed.partition(".")[0] == ring().current


def digest(center: Any, text: str) -> str:
    """43 characters by which a whole number is found again in its centre; the same number elsewhere gives another one."""
    return _mac(center, "whole", plain(text))


def tail(center: Any, text: str) -> str:
    """16 characters by which the last four characters are found; "" for a shorter text."""
    last = plain(text)[-4:]
    return _mac(center, "tail", last)[:16] if len(last) == 4 else ""


def plain(text: str) -> str:
    """One spelling of a number, whatever the input method wrote: half-width capitals and digits only."""
    return re.sub(r"[^0-9A-Z]", "", unicodedata.normalize("NFKC", text).upper())


def _mac(center: Any, kind: str, text: str) -> str:
    if not text:
        return ""
    told = f"{getattr(center, 'pk', center)}\x00{kind}\x00{text}".encode()
    return base64.urlsafe_b64encode(hmac.digest(ring().index, told, hashlib.sha256)).decode().rstrip("=")


# --- the ring -----------------------------------------------------------------------------------------------------


def ring() -> Ring:
    """The ring as it is now: a key added by `shouwen rekey` is seen by every process without a restart."""
    path = settings.PRIVACY_KEY_FILE
    if path is None:
        return derived(tuple(settings.PRIVACY_KEYS))
    stat = os.stat(path)
    return _of_file(str(path), stat.st_mtime_ns, stat.st_size, stat.st_ino)


@lru_cache(maxsize=4)
def _of_file(path: str, *version: int) -> Ring:
    return derived(tuple(read(Path(path).read_text("utf-8"))))


def read(text: str) -> list[str]:
    """The keys of a ring as written: one a line or set apart by commas."""
    return [key for key in re.split(r"[\s,]+", text) if key]


@lru_cache(maxsize=4)
def derived(keys: tuple[str, ...]) -> Ring:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    sealing = [key for key in keys if not key.startswith(INDEX)]
    kept = [key for key in keys if key.startswith(INDEX)]
    index = base64.urlsafe_b64decode(kept[-1].removeprefix(INDEX)) if kept else _derive(sealing[-1], "index")
    return Ring(key_id(sealing[0]), {key_id(key): AESGCM(_derive(key, "seal")) for key in sealing}, index)


def key_id(key: str) -> str:
    """Eight letters that name a key and tell nothing about it."""
    return _derive(key, "id")[:4].hex()


def index_line(keys: list[str]) -> str:
    """What keeps the digests when the keys of the ring but the newest are dropped."""
    return INDEX + base64.urlsafe_b64encode(derived(tuple(keys)).index).decode()


def _derive(key: str, purpose: str) -> bytes:
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(hashes.SHA256(), 32, salt=None, info=f"shouwen.privacy.{purpose}".encode()).derive(key.encode())
