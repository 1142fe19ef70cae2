"""The catalogue as JSON and as an Excel workbook: out, in, and out again without a change (docs/reference/catalogue.md)."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from importlib import import_module
from typing import Any

from shouwen.catalogue.queries.entries import Entry, FeeEntry
from shouwen.catalogue.queries.labels import FEE_LABELS, LABELS, PART_LABELS, shown
from shouwen.catalogue.queries.reading import PLACE
from shouwen.core.errors import Refused
from shouwen.core.files import open_workbook
from shouwen.org.queries.sheets import safe

FORMAT = "shouwen-catalogue-1"
LIMIT_MB = 4
UNPACKED_MB = 60
ITEM_KEYS = tuple(LABELS)
SHEETS = {"materials": "材料", "situations": "情形", "steps": "环节", "partners": "协办"}
OF_ITEM = "事项名称"
DOCUMENT = dict[str, Any]


def document(entries: Iterable[Entry], fees: Iterable[FeeEntry]) -> DOCUMENT:
    return {
        "format": FORMAT,
        "items": [entry.document() for entry in entries],
        "fees": [fee.document() for fee in fees],
    }


def to_json(entries: Iterable[Entry], fees: Iterable[FeeEntry]) -> bytes:
    return json.dumps(document(entries, fees), ensure_ascii=False, indent=1).encode()


def from_file(content: bytes) -> DOCUMENT:
    """A document out of what somebody uploaded: a workbook by its first bytes, else JSON. Refused, in words, when neither."""
    if len(content) > LIMIT_MB * 1024 * 1024:
        raise Refused(f"文件超过 {LIMIT_MB} MB，请分开导入")
    return _from_workbook(content) if content.startswith(b"PK\x03\x04") else from_json(content)


def from_json(content: bytes | str) -> DOCUMENT:
    """A document out of JSON text. Refused when it is not one of ours."""
    try:
        text = content.decode("utf-8-sig") if isinstance(content, bytes) else content
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise Refused("文件既不是 .xlsx 表格，也不是 JSON；旧格式 .xls 请另存为 .xlsx 后再传") from None
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise Refused(f"不是首问的事项目录文件（缺少 format: {FORMAT}）")
    return found


def to_workbook(entries: Iterable[Entry], fees: Iterable[FeeEntry]) -> bytes:
    """Six sheets: items, one for each kind of part naming its item, and the schedule of fees. Every cell is text."""
    entries = list(entries)
    sheets: dict[str, tuple[list[str], list[list[str]]]] = {}
    sheets["事项"] = (list(LABELS.values()), [[shown(key, getattr(one, key)) for key in ITEM_KEYS] for one in entries])
    for part, name in SHEETS.items():
        rows = [
            [one.name, *(shown(key, getattr(row, key)) for key in PART_LABELS[part])]
            for one in entries
            for row in getattr(one, part)
        ]
        sheets[name] = ([OF_ITEM, *PART_LABELS[part].values()], rows)
    sheets["收费"] = (list(FEE_LABELS.values()), [[_fee_cell(fee, key) for key in FEE_LABELS] for fee in fees])
    return _book(sheets)


def _fee_cell(fee: FeeEntry, key: str) -> str:
    if key == "reductions":
        return "；".join(f"{one['name']} {one['percent']}% {one['basis']}".strip() for one in fee.reductions)
    value = getattr(fee, key)
    return "" if value is None else str(value)


def _book(sheets: Mapping[str, tuple[list[str], list[list[str]]]]) -> bytes:
    out = io.BytesIO()
    safety = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    # Here and not above: every page's process would carry it, and a sheet is taken now and then.
    book = import_module("xlsxwriter").Workbook(out, safety)
    bold = book.add_format({"bold": True, "bg_color": "#EFEDE6", "border": 1, "border_color": "#CFD3D8"})
    text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    for name, (head, rows) in sheets.items():
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 2)
        for column, label in enumerate(head):
            widest = max((len(line) for row in rows[:60] for line in row[column].split("\n")), default=0)
            sheet.set_column(column, column, min(40, max(len(label), widest) * 1.8 + 2), text)
            sheet.write_string(0, column, label, bold)
        for line, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                sheet.write_string(line, column, safe(value), text)
    book.close()
    return out.getvalue()


def _from_workbook(content: bytes) -> DOCUMENT:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > UNPACKED_MB * 1024 * 1024:
                raise Refused("表格展开后过大，请删去图片和多余的工作表")
        book = open_workbook(content)
        tables = {name: list(_rows(book[name])) for name in ("事项", *SHEETS.values(), "收费") if name in book.sheetnames}
    except Refused:
        raise
    except Exception as error:  # whatever a broken or hostile archive makes the reader raise, it is no sheet of items
        raise Refused("表格已损坏，读不出来；请重新另存为 .xlsx 后再传") from error
    if "事项" not in tables:
        raise Refused("表格里没有“事项”这一页，请使用导出的表格填写")
    return _join(tables)


def _rows(sheet: Any) -> Iterable[tuple[int, list[str]]]:
    for line, cells in enumerate(sheet.iter_rows(max_row=20_000, max_col=60), 1):
        yield line, [_cell(sheet.title, cell) for cell in cells]


def _cell(sheet: str, cell: Any) -> str:
    if cell.value is None:
        return ""
    if cell.data_type == "f":
        raise Refused(f"“{sheet}”页单元格 {cell.coordinate} 是公式，请改成固定的文字")
    value = int(cell.value) if isinstance(cell.value, float) and cell.value.is_integer() else cell.value
    text = value.strftime("%Y-%m-%d") if hasattr(value, "strftime") else str(value)
    # A sheet we wrote ourselves marks dangerous text with a leading apostrophe.
    return text.strip().removeprefix("'")


def _join(tables: Mapping[str, list[tuple[int, list[str]]]]) -> DOCUMENT:
    """Rows of the sheets as one document; each carries its place, so a fault names sheet and line."""
    items = _mapped("事项", tables["事项"], {label: key for key, label in LABELS.items()})
    by_name = {item.get("name", ""): item for item in items}
    orphans = []
    for part, sheet in SHEETS.items():
        labels = {label: key for key, label in PART_LABELS[part].items()}
        for row in _mapped(sheet, tables.get(sheet, []), {OF_ITEM: "item", **labels}):
            owner = by_name.get(row.pop("item", ""))
            if owner is None:
                orphans.append(f"{row[PLACE]}：事项名称与“事项”页对不上")
            else:
                owner.setdefault(part, []).append(row)
    if orphans:
        raise Refused("；".join(orphans[:5]))
    fees = _mapped("收费", tables.get("收费", []), {label: key for key, label in FEE_LABELS.items()})
    return {"format": FORMAT, "items": items, "fees": fees}


def _mapped(sheet: str, rows: list[tuple[int, list[str]]], keys: Mapping[str, str]) -> list[dict[str, Any]]:
    if not rows:
        return []
    head = rows[0][1]
    if unknown := [label for label in head if label and label not in keys]:
        raise Refused(f"“{sheet}”页表头里不认识“{'”“'.join(unknown[:5])}”")
    found = []
    for line, cells in rows[1:]:
        row = {keys[label]: value for label, value in zip(head, cells, strict=False) if label and value}
        if row:
            found.append({**row, PLACE: f"“{sheet}”页第 {line} 行"})
    return found
