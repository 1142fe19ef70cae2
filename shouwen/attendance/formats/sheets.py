"""Rows of a workbook or a CSV file, one at a time, with the guards a file from outside needs.

Formulas are never computed: a cell that holds one is `FORMULA`. Reading stops, with a `Trouble`, at what is too large or broken.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, time, timedelta
from typing import Any

from shouwen.attendance.formats.records import LIMIT_BYTES
from shouwen.attendance.formats.text import text_of
from shouwen.core.files import open_workbook

LIMIT_UNPACKED = 200 * 1024 * 1024
LIMIT_ROWS = 200_000
LIMIT_COLUMNS = 200
LIMIT_PARTS = 2_000
LIMIT_SHEETS = 20

OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
QUOTED = re.compile(r'="(.*)"', re.DOTALL)
"""How office programs keep leading zeros in CSV: ="0701"."""

PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"%PDF")
CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1f\x7f]")
"""What no text holds; a few may have slipped into a terminal's names."""

Row = tuple[Any, ...]
VALUES = (int, float, date, time, timedelta)


class _Formula:
    def __repr__(self) -> str:
        return "公式"


FORMULA = _Formula()


class Trouble(Exception):
    """A file that cannot be read as a table: what is wrong, what to do, both in Chinese."""

    def __init__(self, reason: str, advice: str) -> None:
        super().__init__(reason)
        self.reason, self.advice = reason, advice


def guard(data: bytes) -> None:
    """Refuse what is too large, of the old format, or would unpack beyond bounds."""
    if len(data) > LIMIT_BYTES:
        raise Trouble(
            f"文件有 {len(data) / 1024 / 1024:.1f} MB,超过上限 {LIMIT_BYTES // 1024 // 1024} MB", "请按月或按部门分开导出"
        )
    if data.startswith(OLD_EXCEL):
        raise Trouble("是旧版 .xls 或加了密码的文件", "请用 WPS 或 Excel 打开,另存为不加密码的 .xlsx")
    if data.startswith(ZIP):
        _guard_zip(data)


def _guard_zip(data: bytes) -> None:
    damaged = Trouble("表格文件已损坏或不是 .xlsx", "请重新导出,或用 WPS、Excel 打开后另存为 .xlsx")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > LIMIT_PARTS or sum(part.file_size for part in parts) > LIMIT_UNPACKED:
                raise Trouble(f"表格展开后超过 {LIMIT_UNPACKED // 1024 // 1024} MB", "请删去图片和多余的工作表,或分开导出")
            if "xl/workbook.xml" not in {part.filename.lower() for part in parts}:
                raise damaged
            for part in parts:
                # A document type in a sheet serves nobody but who wants to make the reader expand entities.
                if part.filename.endswith((".xml", ".rels")) and b"<!DOCTYPE" in archive.open(part).read(1024):
                    raise damaged
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError, EOFError) as error:
        raise damaged from error


def _is_binary(data: bytes, text: str) -> bool:
    """A photograph or a paper, or bytes that are no text in any encoding."""
    head = text[:4096]
    return data.startswith(PICTURES) or "\0" in text or len(CONTROLS.findall(head)) * 100 > len(head)


class Table:
    """A workbook or CSV file opened for reading; close it with `with`."""

    def __init__(self, data: bytes) -> None:
        guard(data)
        self._book = None
        if data.startswith(ZIP):
            try:
                self._book = open_workbook(data)
                self.sheets = tuple(self._book.sheetnames[:LIMIT_SHEETS])
            except Exception as error:  # openpyxl raises anything on a damaged file
                raise Trouble("表格打不开", "请用 WPS 或 Excel 打开后另存为 .xlsx") from error
        else:
            self._text, self.sheets = text_of(data), ("",)
            if _is_binary(data, self._text):
                raise Trouble("认不出的文件:既不是表格,也不是考勤机记录", "请上传 .xlsx、.csv 或考勤机的 attlog.dat")

    def __enter__(self) -> "Table":
        return self

    def __exit__(self, *_: object) -> None:
        if self._book is not None:
            self._book.close()

    def rows(self, sheet: str) -> Iterator[Row]:
        """The rows of a sheet from row 1, empty ones included. Raises Trouble where reading has to stop."""
        source = self._csv_rows() if self._book is None else self._sheet_rows(sheet)
        try:
            for number, row in enumerate(source, start=1):
                if number > LIMIT_ROWS:
                    raise Trouble(f"超过 {LIMIT_ROWS} 行,其余未读", "请分开导出")
                yield row
        except Trouble:
            raise
        except Exception as error:  # openpyxl and csv raise anything on a damaged file
            raise Trouble("从这里起内容已损坏,其余未读", "请重新导出") from error

    def _sheet_rows(self, name: str) -> Iterator[Row]:
        if self._book is None or name not in self.sheets:
            raise Trouble(f"没有名为“{name[:30]}”的工作表", "请重新选择工作表")
        sheet = self._book[name]
        if not hasattr(sheet, "reset_dimensions"):
            return  # a chart sheet has no rows
        # The stated size of a sheet may lie; without it rows are as long as they are.
        sheet.reset_dimensions()
        for values in sheet.iter_rows(values_only=True):
            yield tuple(map(_plain, values[:LIMIT_COLUMNS]))

    def _csv_rows(self) -> Iterator[Row]:
        delimiter = "\t" if self._text.count("\t") > self._text.count(",") else ","
        for cells in csv.reader(io.StringIO(self._text, newline=""), delimiter=delimiter):
            yield tuple(_csv_cell(cell) for cell in cells[:LIMIT_COLUMNS])


def _plain(value: Any) -> Any:
    """The cell's value, or `FORMULA`: a text after an equals sign, or one of openpyxl's own formula objects."""
    if isinstance(value, str):
        return FORMULA if value.startswith("=") else value
    return value if value is None or isinstance(value, VALUES) else FORMULA


def _csv_cell(text: str) -> Any:
    quoted = QUOTED.fullmatch(text.strip())
    if quoted:
        return quoted[1]
    return FORMULA if text.lstrip().startswith("=") else text
