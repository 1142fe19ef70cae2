"""The month's notice as PDF and as Word, for a month of 30 people closed as in practice. Bar for the PDF: 20 ms after the first."""

from __future__ import annotations

from statistics import median
from time import perf_counter
from typing import Any

from bench import Row
from bench.close_month import PEOPLE, close, hall, ready

ROUNDS = 30


def run() -> list[Row]:
    ready()
    from shouwen.assessment import documents
    from shouwen.documents import queries

    _, _, month = close(hall(1))
    data: dict[str, Any] = documents.notice(month)
    data["frame"] = {
        "center": month.center.name,
        "report_phone": month.center.report_phone,
        "number": "青山便服公示〔2026〕10号",
        "code": "WS-4T8W-2HXCH",
        "address": "/documents/check/WS-4T8W-2HXCH/",
    }
    first = took(lambda: queries.render_pdf("notice", data))
    pdf = [took(lambda: queries.render_pdf("notice", data)) for _ in range(ROUNDS)]
    word = [took(lambda: queries.render_word("notice", data)) for _ in range(ROUNDS // 5)]
    assert queries.render_pdf("notice", data).startswith(b"%PDF")
    return [
        Row(f"{PEOPLE} 人的公示 PDF,第一份之后({ROUNDS} 份的中位)", median(pdf), "毫秒", "≤ 20 毫秒"),
        Row("第一份(读字体)", first, "毫秒"),
        Row("同一份公示的 Word", median(word), "毫秒"),
        Row("取数成文(公示的数据)", took(lambda: documents.notice(month)), "毫秒", "", "SQLite"),
    ]


def took(work: Any) -> float:
    start = perf_counter()
    work()
    return (perf_counter() - start) * 1000
