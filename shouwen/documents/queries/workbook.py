"""Every area's Excel export: text stays text, numbers stay numbers, nothing is a formula."""

from __future__ import annotations

import io
import math
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from importlib import import_module
from itertools import chain
from typing import Any

from django.utils import timezone

from shouwen.documents.queries.shapes import clean

SAFE = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "nan_inf_to_errors": True}
LONGEST_CELL = 32_767
NARROWEST, WIDEST, MEASURED_ROWS = 6, 46, 200
Table = tuple[list[str], list[list[Any]]]
"""Columns and rows, as `workbook` takes them."""
FORBIDDEN_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


def workbook(title: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], *, sheet: str = "") -> bytes:
    """One sheet: the title, a head that stays in view and prints on every page, one row a record, a filter on the head.

    Text is typed as text whatever it begins with (= + - @, their full-width forms, tab), so no cell can run; int, float and
    Decimal are numbers, dates and moments (shown in local time) are dates, None is empty, everything else its `str`.
    ValueError when a row has another number of cells than `columns`.
    """
    out = io.BytesIO()
    body = [list(row) for row in rows]
    for number, row in enumerate(body, 1):
        if len(row) != len(columns):
            raise ValueError(f"row {number}: {len(columns)} cells are wanted, not {len(row)}")
    # Here and not above: every page's process would carry it, and a sheet is taken now and then.
    with import_module("xlsxwriter").Workbook(out, {"in_memory": True, "constant_memory": False, **SAFE}) as book:
        book.set_properties({"title": clean(title), "author": "首问"})
        page = book.add_worksheet(_sheet_name(sheet or title))
        styles = _styles(book)
        last = max(len(columns) - 1, 0)
        page.set_row(0, 30)
        if last:
            page.merge_range(0, 0, 0, last, "", styles["title"])
        page.write_string(0, 0, clean(title), styles["title"])
        for index, name in enumerate(columns):
            page.write_string(1, index, clean(name), styles["head"])
            page.set_column(index, index, _width(name, (row[index] for row in body[:MEASURED_ROWS])))
        for line, row in enumerate(body, 2):
            for index, value in enumerate(row):
                _write(page, line, index, value, styles)
        _lay_out(page, last, len(body) + 1)
    return out.getvalue()


def _lay_out(page: Any, last: int, bottom: int) -> None:
    page.freeze_panes(2, 0)
    page.autofilter(1, 0, max(bottom, 1), last)
    page.repeat_rows(1)
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.set_footer("&C第 &P 页 共 &N 页")
    if last > 7:
        page.set_landscape()


def _styles(book: Any) -> dict[str, Any]:
    base = {"font_name": "宋体", "font_size": 11, "valign": "vcenter", "border": 1, "border_color": "#999999"}
    return {
        "title": book.add_format({"font_name": "黑体", "font_size": 16, "align": "center", "valign": "vcenter"}),
        "head": book.add_format(base | {"font_name": "黑体", "align": "center", "bg_color": "#EFEDE6", "text_wrap": True}),
        "text": book.add_format(base | {"num_format": "@", "text_wrap": True}),
        "number": book.add_format(base | {"align": "right"}),
        "date": book.add_format(base | {"num_format": "yyyy-mm-dd", "align": "center"}),
        "moment": book.add_format(base | {"num_format": "yyyy-mm-dd hh:mm", "align": "center"}),
    }


def _write(page: Any, line: int, index: int, value: Any, styles: dict[str, Any]) -> None:
    if value is None or value == "":
        page.write_blank(line, index, None, styles["text"])
    elif isinstance(value, bool):
        page.write_string(line, index, "是" if value else "否", styles["text"])
    elif isinstance(value, int | float | Decimal) and _is_exact(float(value)):
        page.write_number(line, index, float(value), styles["number"])
    elif isinstance(value, datetime):
        shown = timezone.localtime(value).replace(tzinfo=None) if timezone.is_aware(value) else value
        page.write_datetime(line, index, shown, styles["moment"])
    elif isinstance(value, date):
        page.write_datetime(line, index, datetime(value.year, value.month, value.day), styles["date"])  # noqa: DTZ001
    else:
        page.write_string(line, index, clean(str(value))[:LONGEST_CELL], styles["text"])


def _is_exact(number: float) -> bool:
    """Excel keeps 15 digits; a longer number (an identity number, say) would be shown wrongly."""
    return math.isfinite(number) and abs(number) < 10**15


def _width(name: str, values: Iterable[Any]) -> float:
    """In characters: a Chinese one takes two."""
    longest: int = max(_columns_of(_shown(value)) for value in chain([name], values))
    return min(WIDEST, max(NARROWEST, longest + 3))


def _shown(value: Any) -> str:
    if isinstance(value, datetime):
        return "2026-10-09 08:30"
    return "" if value is None else str(value)


def _columns_of(text: str) -> int:
    return max(
        (sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in line) for line in text.split("\n")), default=0
    )


def _sheet_name(name: str) -> str:
    return clean(name).translate(FORBIDDEN_IN_NAMES).strip()[:31] or "表"
