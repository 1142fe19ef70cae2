"""`shouwen restore`: a backup package back into an empty data folder; checks everything, overwrites nothing."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import django
from django.db import connection

from shouwen.cli import archive, database
from shouwen.cli.parser import Parser
from shouwen.core import privacy
from shouwen.core.errors import Refused

KEY = "SHOUWEN_AUDIT_KEY"
PRIVACY_KEY = "SHOUWEN_PRIVACY_KEY"


def main(argv: list[str]) -> int:
    """Unpack beside the target, compare every digest, move into place, then read every audit chain to its end.

    Runs before there are settings: reading them would make fresh keys where the package's own belong.
    """
    parser = Parser("restore", "把备份包恢复到空的数据目录(SHOUWEN_DATA_DIR);目录里可以先放好 secrets/。")
    parser.add_argument("package", type=Path, metavar="备份包")
    package = parser.parse_args(argv).package
    target = Path(os.environ.get("SHOUWEN_DATA_DIR") or Path.cwd() / "data").resolve()
    require_empty(target)
    target.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=target) as folder:
        staging = Path(folder)
        manifest = archive.unpack(package, staging)
        require_key(target, staging)
        require_privacy_key(target, staging, manifest)
        put(staging, target, manifest)
    print(f"已恢复 {manifest['made_at'][:19]}(UTC)写出的备份,版本 {manifest['version']}。", flush=True)
    return subprocess.call([sys.executable, "-m", "shouwen", "verify"])


def require_empty(target: Path) -> None:
    left = sorted(path.name for path in target.iterdir() if path.name != "secrets") if target.exists() else []
    if left:
        raise Refused(f"{target} 不是空目录(有 {left[0]}):恢复不覆盖任何数据,请换一个空目录")


def require_key(target: Path, staging: Path) -> None:
    """Without the old key the audit trail could be neither checked nor continued."""
    places = (staging / "secrets" / "audit.key", target / "secrets" / "audit.key")
    if not os.environ.get(KEY) and not any(path.exists() for path in places):
        raise Refused(f"备份包里没有密钥:请先把原来的 secrets 目录放到 {target / 'secrets'},再恢复")


def require_privacy_key(target: Path, staging: Path, manifest: dict[str, Any]) -> None:
    """Without the ring that sealed them, identity numbers and telephones would stay shut for good. Older packages hold none."""
    wanted = manifest.get("privacy_key")
    places = (staging / "secrets" / "privacy.key", target / "secrets" / "privacy.key")
    text = os.environ.get(PRIVACY_KEY) or next((path.read_text("utf-8") for path in places if path.exists()), "")
    ring = [privacy.key_id(key) for key in privacy.read(text) if not key.startswith(privacy.INDEX)]
    if wanted and wanted not in ring:
        raise Refused(f"缺少打开证件号码和电话的密钥:请先把备份时的 secrets 目录放到 {target / 'secrets'},再恢复")


def put(staging: Path, target: Path, manifest: dict[str, Any]) -> None:
    """Secrets first (they are needed to open the rest), the database last (it makes the rest count)."""
    for name in ("secrets", "files", "anchors"):
        source, place = staging / name, target / name
        if source.exists() and not place.exists():
            source.replace(place)
    django.setup()
    if manifest["database"] != connection.vendor:
        raise Refused(f"备份包来自 {manifest['database']},现在设置的是 {connection.vendor}:请改 DATABASE_URL 后再恢复")
    if not database.is_empty():
        raise Refused("数据库里已有数据:恢复不覆盖任何数据,请换一个空的数据库")
    database.load_from(staging / archive.DATABASES[connection.vendor])
