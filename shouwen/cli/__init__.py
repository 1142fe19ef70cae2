"""The `shouwen` command: one file a command, each with `main(argv) -> exit status`."""

from __future__ import annotations

import os
import sys
from importlib import import_module

import django

from shouwen.core.errors import Refused

COMMANDS = {
    "serve": "启动服务:页面、大厅屏、每分钟的定时工作,一个命令全部打开",
    "screens": "大厅屏的推送(serve 会自动做)",
    "init": "开通一个真实的中心:建库,给出一次性的开通地址",
    "demo": "建一个演示乡镇(青山镇)并打开它",
    "tick": "每分钟的工作:发出消息,到点催办(serve 会自动做)",
    "nightly": "每夜的工作:重算考勤,收集事实,给审计留锚(serve 会自动做)",
    "verify": "核对审计链:改过、删过、插过、调换过、截断过都查得出",
    "backup": "把数据打成一个带校验的备份包",
    "restore": "把备份包恢复到一个空的数据目录",
    "rekey": "更换加密证件号码和电话的密钥",
    "import-punches": "导入打卡机文件",
    "close-month": "月度考核截止",
    "notice": "生成某月的公示件",
    "eval": "不用数据库,逐行回答 JSON:workdays、clock、punches、scoring",
}
# They run before there are settings: `demo` chooses the date first, `restore` needs an empty folder, the others need no Django.
WITHOUT_DJANGO = frozenset({"demo", "eval", "restore", "screens", "serve"})
WITHOUT_DATABASE = WITHOUT_DJANGO | {"init"}


def main(argv: list[str] | None = None) -> int:
    """Run one command; 0 done, 1 refused or failed, 2 called wrongly."""
    words = sys.argv[1:] if argv is None else argv
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shouwen.settings")
    os.umask(0o077)  # whatever a command writes is for its own account only
    if not words or words[0] in {"-h", "--help", "help"}:
        print(usage())
        return 0
    name, rest = words[0], words[1:]
    if name not in COMMANDS:
        print(f"没有“{name}”这个命令。\n\n{usage()}", file=sys.stderr)
        return 2
    try:
        return run(name, rest)
    except Refused as refused:
        print(refused.message, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def run(name: str, argv: list[str]) -> int:
    if name not in WITHOUT_DJANGO:
        django.setup()
    if name not in WITHOUT_DATABASE:
        require_database()
    status: int = import_module(f"shouwen.cli.{name.replace('-', '_')}").main(argv)
    return status


def require_database() -> None:
    """Refused, with what to do, unless the database is there and as this version needs it."""
    import_module("shouwen.cli.database").require_migrated()


def usage() -> str:
    lines = [f"  {name:<16}{text}" for name, text in COMMANDS.items()]
    return "用法:shouwen 命令 [选项]    (shouwen 命令 --help 看选项)\n\n" + "\n".join(lines)
