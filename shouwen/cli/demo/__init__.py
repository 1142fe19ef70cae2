"""`shouwen demo`: a living township, 青山镇, laid out around a fixed demo date, and its neighbour 白河镇."""

from __future__ import annotations

import json
import os
import secrets
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import django

from shouwen.cli.parser import Parser

DEMO_DATE = "2026-11-05"
SHOWN = (
    ("liming", "李明", "3 号窗口工作人员"),
    ("zhouli", "周丽", "中心负责人"),
    ("sunhui", "孙会", "考核员(党政办)"),
    ("wangzhuren", "王主任", "分管领导"),
    ("chenjiandu", "陈监督", "监督员、审计管理员"),
    ("wufang", "吴芳", "系统管理员"),
    ("qianjin", "钱进", "安全管理员"),
    ("zhaoqiang", "赵强", "另一个中心(白河镇)的负责人"),
)


def main(argv: list[str]) -> int:
    """Make the demo database when there is none, say how to get in, and serve."""
    parser = Parser("demo", "建一个演示乡镇(青山镇)并打开它;数据放在 SHOUWEN_DATA_DIR(默认 ./data/demo)。")
    parser.add_argument("--no-serve", action="store_true", help="只建数据,不启动服务")
    arguments, rest = parser.parse_known_args(argv)
    os.environ.setdefault("SHOUWEN_DATA_DIR", str(Path.cwd() / "data" / "demo"))
    os.environ["SHOUWEN_DEMO_DATE"] = DEMO_DATE
    django.setup()
    password = import_module("shouwen.cli.demo.seeding").ensure()
    if password is None:
        return 1
    print(logins(password, os.environ.get("PORT") or "8000"), flush=True)
    if not arguments.no_serve:
        # In place of this process: what the seeding loaded would stay in memory as long as the demo is served.
        os.execv(sys.executable, [sys.executable, "-m", "shouwen", "serve", *rest])
    return 0


def logins(password: str, port: str) -> str:
    """What stands on the terminal: the address and who can be tried."""
    lines = [f"  {account:<12}{name}\t{what}" for account, name, what in SHOWN]
    return "\n".join(
        [
            "",
            f"青山镇便民服务中心(演示日 {DEMO_DATE})",
            f"  网址  http://127.0.0.1:{port}/    公示  http://127.0.0.1:{port}/p/",
            f"  密码  {password}    (这一份演示数据随机生成,各账号相同)",
            *lines,
            "",
        ]
    )


def new_password() -> str:
    """Random for every installation: no account of Shouwen has a known password."""
    alphabet = "abcdefghjkmnpqrstuvwxyz23456789"
    return "Qs-" + "".join(secrets.choice(alphabet) for _ in range(9))


def keep(path: Path, data: dict[str, Any]) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        json.dump(data, file, ensure_ascii=False)
