"""Command lines that speak Chinese."""

from __future__ import annotations

import argparse
from datetime import date
from typing import NoReturn

WORDS = {
    "usage:": "用法:",
    "options:": "选项:",
    "positional arguments:": "参数:",
    "show this help message and exit": "显示这份说明",
}
ERRORS = {
    "the following arguments are required:": "缺少",
    "unrecognized arguments:": "不认识",
    "expected one argument": "后面要跟一个值",
    "not allowed with argument": "不能同时用",
    "invalid choice:": "没有这个选择:",
    "choose from": "可选",
    "invalid int value:": "应是整数:",
    "argument ": "",
}


class Parser(argparse.ArgumentParser):
    """`Parser("backup", "…")` for `shouwen backup`; a wrong call ends with status 2 and says what is wrong."""

    def __init__(self, command: str, description: str) -> None:
        super().__init__(prog=f"shouwen {command}", description=description)

    def format_usage(self) -> str:
        return _say(super().format_usage(), WORDS)

    def format_help(self) -> str:
        return _say(super().format_help(), WORDS)

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.format_usage()}参数不对:{_say(message, ERRORS)}\n")


def _say(text: str, words: dict[str, str]) -> str:
    for english, chinese in words.items():
        text = text.replace(english, chinese)
    return text


def day(text: str) -> date:
    """A day as an option's `type`: 2026-10-01."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"日期应写作 2026-10-01 的样子,且存在:{text}") from None


def port(text: str) -> int:
    """A port as an option's `type`."""
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError(f"端口应是 1 至 65535 的整数:{text}")
    return int(text)
