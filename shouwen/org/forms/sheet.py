"""The filled-in sheet of people: .xlsx only, no formulas, every problem named by its line."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from shouwen.core.files import open_workbook
from shouwen.org import queries
from shouwen.org.models import Role
from shouwen.org.queries import Newcomer
from shouwen.org.queries.opening import MOST
from shouwen.org.queries.sheets import COLUMNS

LIMIT_MB = 20
UNPACKED_MB = 100
NEEDED = ("姓名", "部门")
ROLES = {name: role.value for role in Role for name in (role.label, role.label.split("（")[0])}
YES, NO = {"是", "√", "有", "1"}, {"否", "×", "不", "0"}


def read_people(upload: UploadedFile) -> list[Newcomer]:
    """People of the sheet 人员 (or the first one). Raises ValidationError with every problem, or with why it is no sheet."""
    rows = list(_rows(_open(upload)))
    header = {str(value).strip(): column for column, value in enumerate(rows[0][1]) if value is not None} if rows else {}
    missing = [name for name in NEEDED if name not in header]
    if missing:
        raise forms.ValidationError(f"第1行表头里没有“{'”“'.join(missing)}”,请使用下载的模板填写")
    problems: list[str] = []
    people = []
    for line, row in rows[1:]:
        cells = {label: row[header[label]] if label in header and header[label] < len(row) else None for label, _, _ in COLUMNS}
        if any(text(value) for value in cells.values()):
            people.append(_person(line, cells, problems))
    if len(people) > MOST:
        problems = [f"表里有 {len(people)} 人,一次最多 {MOST} 人"]
    if problems:
        raise forms.ValidationError(problems)
    return people


def _open(upload: UploadedFile) -> Any:
    if (upload.size or 0) > LIMIT_MB * 1024 * 1024:
        raise forms.ValidationError(f"文件超过 {LIMIT_MB} MB,请只保留人员表后再传")
    content = upload.read()
    wrong = forms.ValidationError("这不是 .xlsx 表格;旧格式 .xls 或 WPS 表格请另存为 .xlsx 后再传")
    if not content.startswith(b"PK\x03\x04"):
        raise wrong
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
        if unpacked > UNPACKED_MB * 1024 * 1024:
            raise forms.ValidationError("表格展开后过大,请只保留人员表后再传")
        book = open_workbook(content)
        return book["人员"] if "人员" in book.sheetnames else book.worksheets[0]
    except forms.ValidationError:
        raise
    except Exception as error:  # whatever a broken or hostile archive makes the reader raise, it is no sheet of people
        raise wrong from error


def _rows(sheet: Any) -> Iterator[tuple[int, list[Any]]]:
    """Line numbers and values; formulas of any cell are refused by name of the cell, all at once."""
    formulas: list[str] = []
    found = []
    try:
        for line, cells in enumerate(sheet.iter_rows(max_row=5000, max_col=40), 1):
            formulas += [
                f"第{line}行:单元格 {cell.coordinate} 是公式,请改成固定的文字" for cell in cells if cell.data_type == "f"
            ]
            found.append((line, [cell.value for cell in cells]))
    except Exception as error:
        raise forms.ValidationError("表格已损坏,读不出来;请重新另存为 .xlsx 后再传") from error
    if formulas:
        raise forms.ValidationError(formulas[:50])
    return iter(found)


def text(value: Any) -> str:
    """A cell as people see it: 12.0 is 12."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    # A sheet we wrote ourselves marks dangerous text with a leading apostrophe.
    return re.sub(r"[\x00-\x1f]", " ", str(value)).strip().removeprefix("'")


def _person(line: int, cells: dict[str, Any], problems: list[str]) -> Newcomer:
    value = {label: text(cell) for label, cell in cells.items()}
    roles = set()
    for word in filter(None, re.split(r"[、,,;;/\s]+", value["角色"])):
        if word in ROLES:
            roles.add(ROLES[word])
        else:
            problems.append(f"第{line}行:没有“{word}”这个角色,可填的见模板的“说明”页")
    for label in ("条管", "参加考核"):
        if value[label] and value[label] not in YES | NO:
            problems.append(f"第{line}行:{label}请填“是”或“否”,不是“{value[label]}”")
    if value["窗口号"] and not re.fullmatch(r"\d{1,3}号?", value["窗口号"]):
        problems.append(f"第{line}行:窗口号“{value['窗口号']}”不是数字")
    number = re.match(r"\d{1,3}", value["窗口号"])
    username = "" if value["账号"] == "无" else value["账号"] or value["姓名"]
    return Newcomer(
        line=line,
        name=value["姓名"],
        department=value["部门"],
        staff_no=value["工号"],
        phone=value["手机"],
        is_vertical=value["条管"] in YES,
        superior_name=value["上级主管部门"],
        counter=int(number[0]) if number else None,
        counter_name=value["窗口名称"],
        post=value["岗位"] or "窗口工作人员",
        is_assessed=value["参加考核"] not in NO,
        username=queries.clean_username(username),
        roles=frozenset(roles),
    )
