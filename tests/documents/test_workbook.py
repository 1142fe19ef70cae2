"""Excel exports: read back with openpyxl."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from shouwen.documents.queries import workbook

FORMULAS = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1+1",
    "=cmd|' /C calc'!A0",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(A1)",
    '=HYPERLINK("http://a.example","点我")',
    "http://a.example/",
    "{=1+1}",
]


def cells(content: bytes) -> list[list[object]]:
    sheet = load_workbook(io.BytesIO(content)).active
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_becomes_a_formula_or_a_link(text):
    sheet = load_workbook(io.BytesIO(workbook("表", ["内容"], [[text]]))).active

    cell = sheet.cell(3, 1)
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_formulas_in_title_and_head_are_text_too():
    sheet = load_workbook(io.BytesIO(workbook("=1+1", ["=2+2", "@B"], []))).active

    assert [(sheet.cell(1, 1).value, sheet.cell(1, 1).data_type), (sheet.cell(2, 1).value, sheet.cell(2, 1).data_type)] == [
        ("=1+1", "s"),
        ("=2+2", "s"),
    ]


def test_numbers_days_and_moments_keep_their_kind():
    row = [7, Decimal("9.5"), date(2026, 10, 9), datetime(2026, 10, 9, 0, 31, tzinfo=UTC), True, None, "−2"]

    (read,) = cells(workbook("表", list("abcdefg"), [row]))

    assert read == [7, 9.5, datetime(2026, 10, 9), datetime(2026, 10, 9, 8, 31), "是", None, "−2"]  # noqa: DTZ001


def test_a_number_too_long_for_excel_stays_exact():
    assert cells(workbook("表", ["编号"], [[430111199001011234]])) == [["430111199001011234"]]


def test_head_stays_in_view_and_prints_on_every_page():
    sheet = load_workbook(io.BytesIO(workbook("考勤表", ["姓名", "部门"], [["张敏", "社保所"]]))).active

    assert (sheet.title, sheet.freeze_panes, sheet.print_title_rows, sheet.auto_filter.ref) == (
        "考勤表",
        "A3",
        "$2:$2",
        "A2:B3",
    )


def test_columns_are_wide_enough_for_chinese():
    sheet = load_workbook(io.BytesIO(workbook("表", ["部门", "分"], [["村镇建设办公室", 1]]))).active

    assert [round(sheet.column_dimensions[letter].width) for letter in "AB"] == [18, 7]


def test_sheet_names_excel_would_refuse_are_mended():
    names = [load_workbook(io.BytesIO(workbook(title, ["a"], []))).active.title for title in ("2026/10:[表]*", "'", "长" * 40)]

    assert names == ["2026 10  表", "表", "长" * 31]


def test_ragged_rows_are_refused():
    with pytest.raises(ValueError, match="row 2: 2 cells are wanted, not 1"):
        workbook("表", ["a", "b"], [[1, 2], [1]])
