"""`shouwen rekey`: a new key for the personal numbers; the hall goes on working, old keys are dropped when nothing needs them."""

from __future__ import annotations

import os
import secrets
from datetime import datetime
from pathlib import Path

from django.conf import settings

from shouwen.cli import nightly
from shouwen.cli.parser import Parser
from shouwen.core import clock, privacy
from shouwen.core.actors import Actor
from shouwen.core.errors import Refused
from shouwen.reception import actions


def main(argv: list[str]) -> int:
    """Add a key and seal everything again; with `--retire`, drop the older keys once nothing is sealed with them."""
    parser = Parser("rekey", "更换加密证件号码和电话的密钥;不必停止服务。换完、备份好新密钥后,再加 --retire 去掉旧密钥。")
    parser.add_argument("--retire", action="store_true", help="去掉旧密钥(还有号码用着旧密钥时不去)")
    retire = parser.parse_args(argv).retire
    if settings.PRIVACY_KEY_FILE is None and retire:
        raise Refused("密钥由 SHOUWEN_PRIVACY_KEY 给出:请自行从中去掉旧密钥,并以 index=… 一项保留检索")
    if settings.PRIVACY_KEY_FILE is not None and not retire:
        write([secrets.token_urlsafe(48), *keys()])
    at = clock.now()
    sealed: list[int] = []

    def turn(by: Actor, at: datetime) -> None:
        sealed.append(actions.reseal(by=by, at=at))

    if not nightly.each_center(at, turn):
        return 1
    print(f"已用新密钥重新加密 {sum(sealed)} 项。")
    if retire:
        drop(at)
    elif settings.PRIVACY_KEY_FILE is not None:
        print(f"请把 {settings.PRIVACY_KEY_FILE} 另存一处,再运行 shouwen rekey --retire 去掉旧密钥。")
    return 0


def ring_file() -> Path:
    return Path(str(settings.PRIVACY_KEY_FILE))


def keys() -> list[str]:
    return privacy.read(ring_file().read_text("utf-8"))


def write(ring: list[str]) -> None:
    """Aside, synced and renamed: every process sees the old ring or the new one, never half of it."""
    path = ring_file()
    aside = path.with_suffix(".part")
    with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write("\n".join(ring) + "\n")
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)


def drop(at: datetime) -> None:
    """Keep the newest key, and of the others only what searching needs."""
    waiting: list[int] = []

    def look(by: Actor, at: datetime) -> None:
        waiting.append(actions.rekeying.left(by.center))

    if not nightly.each_center(at, look) or any(waiting):
        raise Refused(f"还有 {sum(waiting)} 项用着旧密钥,没有去掉旧密钥,请再运行一次")
    write([keys()[0], privacy.index_line(keys())])
    print("旧密钥已去掉:旧备份里的号码要用旧密钥才能打开,请按规定保管或销毁。")
