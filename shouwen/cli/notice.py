"""`shouwen notice`: the poster of a posted month as PDF ("1.2")."""

from __future__ import annotations

from pathlib import Path

from shouwen.assessment import documents as papers
from shouwen.assessment import queries as assessment
from shouwen.cli.centers import HELP, center_of
from shouwen.cli.close_month import first_day
from shouwen.cli.parser import Parser
from shouwen.core.errors import Refused
from shouwen.documents import queries as documents

SIZES = ("A4", "A3")


def main(argv: list[str]) -> int:
    """Writes the file, replacing one of that name; the issued paper with its number when there is one, else without a number."""
    parser = Parser("notice", "生成某月的公示件(PDF)。该月须已公示;已编号的公示带文号。")
    parser.add_argument("month", metavar="月份", help="写作 2026-10")
    parser.add_argument("--center", required=True, metavar="中心", help=HELP)
    parser.add_argument("--size", choices=SIZES, default="A4", help="A4(默认)或 A3 张榜")
    parser.add_argument("--out", type=Path, required=True, metavar="文件", help="写到哪个文件")
    arguments = parser.parse_args(argv)
    content = notice(arguments.center, arguments.month, arguments.size)
    try:
        arguments.out.write_bytes(content)
    except OSError as error:
        raise Refused(f"写不了 {arguments.out}:{error.strerror}") from error
    print(f"公示件已写好:{arguments.out}({len(content) // 1024} KB)")
    return 0


def notice(named: str, month: str, size: str) -> bytes:
    """The PDF. Refused for an unknown centre and a month that is not posted."""
    center = center_of(named)
    found = assessment.month_of(center, first_day(month))
    if found is None or not found.is_posted:
        raise Refused(f"{month} 的考核尚未公示", "1.2")
    posting = assessment.postings(found)[0]
    issued = documents.document_of(center, "notice", f"assessment.posting:{posting.code}")
    data = issued.data if issued else papers.notice(found) | {"frame": documents.frame(center)}
    return documents.render_pdf("notice", data, size="a3" if size == "A3" else "a4")
