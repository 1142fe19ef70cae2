"""`shouwen eval workdays|clock|punches|scoring|queue`: the rules as a filter, JSON lines in, JSON lines out, no database."""

from __future__ import annotations

import sys
from importlib import import_module

from shouwen.cli.parser import Parser

SUBJECTS = ("workdays", "clock", "punches", "scoring", "queue")


def main(argv: list[str]) -> int:
    """Answer every row of standard input on its own line, as it comes; 1 when any row could not be answered."""
    parser = Parser("eval", "从标准输入逐行读 JSON,逐行回答 JSON;不读写任何数据库。")
    parser.add_argument(
        "subject", metavar="|".join(SUBJECTS), choices=SUBJECTS, help="问什么:工作日、办件时限、打卡、计分、排队叫号"
    )
    subject = parser.parse_args(argv).subject
    out = sys.stdout.buffer
    status = 0
    try:
        for line, ok in import_module(f"shouwen.cli.eval_{subject}").run(sys.stdin.buffer):
            out.write(f"{line}\n".encode())
            out.flush()
            status = status if ok else 1
    except BrokenPipeError:  # whoever asked has gone; closing standard output once more would only complain
        sys.stderr.close()
        return 1
    return status
