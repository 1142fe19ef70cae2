"""The backup package: a tar of files, closed by a manifest that names each file's SHA-256 and the ends of the audit chains.

Inside: `database.sqlite3` or `database.dump` (PostgreSQL's custom format), `files/…`, `anchors/…`, on request `secrets/…`,
and last `manifest.json`. A package without its last entry was cut short.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO, Any

from shouwen.core.errors import Refused

FORMAT = 1
MANIFEST = "manifest.json"
DATABASES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
FOLDERS = ("files", "anchors", "secrets")
BLOCK = 1 << 20


class Writer:
    """Adds files and remembers their digests; `close(facts)` writes the manifest and puts the package in its place."""

    def __init__(self, path: Path) -> None:
        self.path, self.part = path, path.with_name(path.name + ".part")
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.raw = os.fdopen(os.open(self.part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")
        self.tar = tarfile.open(fileobj=self.raw, mode="w:gz", compresslevel=6)  # noqa: SIM115  closed by close()
        self.digests: dict[str, str] = {}

    def add(self, name: str, source: Path) -> None:
        with source.open("rb") as file:
            entry = _entry(name, os.fstat(file.fileno()).st_size)
            hashing = Hashing(file)
            self.tar.addfile(entry, hashing)  # type: ignore[arg-type]
        self.digests[name] = hashing.digest.hexdigest()

    def add_folder(self, name: str, folder: Path) -> None:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.is_symlink():
                self.add(f"{name}/{path.relative_to(folder).as_posix()}", path)

    def close(self, facts: dict[str, Any]) -> None:
        text = json.dumps(facts | {"format": FORMAT, "files": self.digests}, ensure_ascii=False, indent=1).encode()
        self.tar.addfile(_entry(MANIFEST, len(text)), io.BytesIO(text))
        self.tar.close()
        self.raw.flush()
        os.fsync(self.raw.fileno())
        self.raw.close()
        self.part.replace(self.path)

    def abandon(self) -> None:
        self.raw.close()
        self.part.unlink(missing_ok=True)


class Hashing:
    """Reads a file for the tar and takes its digest on the way."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.digest = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self.file.read(size)
        self.digest.update(data)
        return data


def _entry(name: str, size: int) -> tarfile.TarInfo:
    """No owner, no date, no machine's name: the same content is the same entry."""
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = size, 0o600
    return entry


def unpack(path: Path, into: Path) -> dict[str, Any]:
    """Write the package's files below `into`, compare every digest, return the manifest.

    Refused: not a package, cut short, changed, or with an entry that does not belong in one.
    """
    digests: dict[str, str] = {}
    try:
        with tarfile.open(path, "r:gz") as tar:
            for entry in tar:
                digests[entry.name] = _write(tar, entry, into)
    except FileNotFoundError as error:
        raise Refused(f"没有找到备份包 {path}") from error
    except (tarfile.TarError, EOFError, OSError) as error:
        raise Refused(f"{path.name} 不是完整的备份包({error})") from error
    if digests.pop(MANIFEST, "") == "":
        raise Refused(f"{path.name} 不完整:末尾的清单缺失")
    manifest: dict[str, Any] = json.loads((into / MANIFEST).read_text("utf-8"))
    if manifest.get("format") != FORMAT:
        raise Refused(f"{path.name} 是另一种格式的备份包,请用写出它的那个版本恢复")
    if bad := sorted(
        name for name in digests.keys() | manifest["files"].keys() if digests.get(name) != manifest["files"].get(name)
    ):
        raise Refused(f"备份包里的 {bad[0]} 与清单不符(共 {len(bad)} 个文件),没有恢复任何数据")
    return manifest


def _write(tar: tarfile.TarFile, entry: tarfile.TarInfo, into: Path) -> str:
    place = PurePosixPath(entry.name)
    known = entry.name in {MANIFEST, *DATABASES.values()} or place.parts[0] in FOLDERS
    if not entry.isreg() or place.is_absolute() or ".." in place.parts or not known:
        raise Refused(f"备份包里有不该有的内容:{entry.name}")
    source = tar.extractfile(entry)
    target = into / place
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        for block in _blocks(source):  # type: ignore[arg-type]
            digest.update(block)
            file.write(block)
    return digest.hexdigest()


def _blocks(source: IO[bytes]) -> Iterator[bytes]:
    while block := source.read(BLOCK):
        yield block
