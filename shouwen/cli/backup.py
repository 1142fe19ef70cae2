"""`shouwen backup`: one file with the whole installation, which `shouwen restore` checks before it trusts it."""

from __future__ import annotations

import fcntl
import tempfile
from pathlib import Path

from django.conf import settings
from django.db import connection

from shouwen import __version__
from shouwen.audit import actions as audit
from shouwen.audit import queries as trail
from shouwen.cli import archive, database
from shouwen.cli.parser import Parser
from shouwen.core import clock, privacy
from shouwen.core.actors import Actor


def main(argv: list[str]) -> int:
    """Write the package (mode 0600) and say where it is; nothing half-written keeps the name of a package.

    The database is copied first and the files after it: files are never changed or deleted, so every file the copy knows is there.
    """
    parser = Parser("backup", "把数据库、文件和审计留锚打成一个带校验的备份包;不必停止服务。")
    parser.add_argument("--to", type=Path, metavar="路径", help="文件或目录,默认是数据目录下的 backups/")
    parser.add_argument("--with-secrets", action="store_true", help="把密钥也放进去(不放时密钥须另行保管,恢复时要用)")
    arguments = parser.parse_args(argv)
    path = place(arguments.to)
    remember(path.name, arguments.with_secrets)
    writer = archive.Writer(path)
    try:
        fill(writer, with_secrets=arguments.with_secrets)
    except BaseException:
        writer.abandon()
        raise
    print(f"备份已写好:{path}({path.stat().st_size / 2**20:.1f} MB,{len(writer.digests)} 个文件)")
    if not arguments.with_secrets:
        print(
            f"密钥不在包里。请把 {settings.DATA_DIR / 'secrets'} 另存一处:没有它,恢复后不能核对审计链,也打不开证件号码和电话。"
        )
    return 0


def place(to: Path | None) -> Path:
    name = f"shouwen-{clock.local(clock.now()):%Y%m%d-%H%M%S}.tar.gz"
    if to is None:
        return Path(settings.DATA_DIR) / "backups" / name
    return to / name if to.is_dir() else to


def remember(name: str, with_secrets: bool) -> None:
    """The trail knows of the package, and its anchors, which travel in the package, know the end of every chain."""
    by = Actor(kind="system", label="命令行")
    audit.record(by=by, at=clock.now(), verb="installation.backup", label=name, detail={"with_secrets": with_secrets})
    audit.anchor(by=by, at=clock.now())


def fill(writer: archive.Writer, *, with_secrets: bool) -> None:
    with trail.anchor_path().open("rb") as anchors, tempfile.TemporaryDirectory(dir=writer.path.parent) as folder:
        # No new anchors while both are copied: each anchor's record is then in the copy of the database.
        fcntl.flock(anchors, fcntl.LOCK_SH)
        copy = Path(folder) / archive.DATABASES[connection.vendor]
        database.copy_to(copy)
        writer.add(copy.name, copy)
        writer.add_folder("anchors", trail.anchor_path().parent)
    writer.add_folder("files", Path(settings.MEDIA_ROOT))
    if with_secrets:
        writer.add_folder("secrets", Path(settings.DATA_DIR) / "secrets")
    ends = trail.read_anchors().ends
    facts = {
        "version": __version__,
        "made_at": clock.now().isoformat(),
        "database": connection.vendor,
        "privacy_key": privacy.ring().current,
        "audit": {center.hex: [seq, last] for center, (seq, last) in ends.items()},
    }
    writer.close(facts)
