"""People as an Excel sheet, and the empty sheet a new centre fills in."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from importlib import import_module
from typing import Any

from shouwen.org.models import Center, Role
from shouwen.org.queries.people import people

DANGEROUS = "=+-@\t\r\n\x00\uff1d\uff0b\uff0d\uff20"
# Column, width, what to write there.
COLUMNS: tuple[tuple[str, int, str], ...] = (
    ("姓名", 12, "必填。两人同名时加注区分,如“李明(村建)”"),
    ("工号", 12, "考勤机里的编号,导入打卡时据此对人;可以空着,不能重复"),
    ("手机", 16, "可以空着"),
    ("部门", 20, "必填。同一部门每行写法一致"),
    ("条管", 8, "垂直管理单位填“是”"),
    ("上级主管部门", 26, "条管单位必填"),
    ("窗口号", 8, "在窗口的填数字,如 3"),
    ("窗口名称", 16, "如“社保医保”;不填则用部门名称"),
    ("岗位", 16, "不填则为“窗口工作人员”"),
    ("参加考核", 10, "不参加的填“否”"),
    ("账号", 16, "登录名,不填则用姓名;不用电脑的人填“无”"),
    ("角色", 24, "几个角色用顿号隔开;可填:" + "、".join(str(role.label) for role in Role)),
)


def safe(value: Any) -> str:
    """Text a spreadsheet will not take for a formula, even after it has been saved as CSV."""
    text = "" if value is None else str(value)
    return "'" + text if text[:1] and text[0] in DANGEROUS else text


def write(title: str, header: Sequence[tuple[str, int]], rows: Sequence[Sequence[Any]], notes: Sequence[str] = ()) -> bytes:
    """One sheet of text cells with a frozen header row, and a sheet 说明 with one note a line."""
    out = io.BytesIO()
    # Here and not above: every page's process would carry it, and a sheet is taken now and then.
    book = import_module("xlsxwriter").Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    bold = book.add_format({"bold": True, "bg_color": "#EAF1FA", "border": 1, "border_color": "#CFD3D8"})
    text = book.add_format({"num_format": "@"})
    sheet = book.add_worksheet(title)
    sheet.freeze_panes(1, 0)
    for column, (label, width) in enumerate(header):
        sheet.set_column(column, column, width, text)
        sheet.write_string(0, column, label, bold)
    for line, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            sheet.write_string(line, column, safe(value), text)
    if notes:
        page = book.add_worksheet("说明")
        page.set_column(0, 0, 100)
        for line, note in enumerate(notes):
            page.write_string(line, 0, note)
    book.close()
    return out.getvalue()


def people_sheet(center: Center, on: date) -> tuple[bytes, int]:
    """Everybody of the centre on a day, phones masked; the workbook and the number of people in it."""
    header = (
        ("姓名", 12),
        ("工号", 12),
        ("手机", 14),
        ("部门", 20),
        ("窗口", 8),
        ("岗位", 16),
        ("参加考核", 10),
        ("角色", 30),
        ("到中心", 12),
    )
    rows = []
    for member in people(center, on):
        post = member.posts[0] if member.posts else None
        roles = "、".join(grant.get_role_display() for grant in member.roles)
        where = (
            (post.department.name, post.counter.number if post.counter else "", post.post, "是" if post.is_assessed else "否")
            if post
            else ("", "", "", "")
        )
        rows.append((member.name, member.staff_no, member.phone_masked, *where, roles, member.joined_date.isoformat()))
    return write("人员", header, rows), len(rows)


def people_template() -> bytes:
    """The empty sheet for opening a centre, with its instructions."""
    notes = [
        "怎样填写",
        "1. 只填“人员”这一页,每人一行,第一行表头不要改。",
        "2. 不要用公式,不要合并单元格;最多 300 人,文件不超过 20 MB。",
        "3. 系统管理员、安全管理员、审计管理员、考核员须是四个不同的人,每个角色至少一人(村级站只要求安全管理员和中心负责人)。",
        "4. 有一处不合要求,整张表都不会导入;页面会逐行列出问题,改好后重新上传。",
        "",
        *(f"{label}:{note}" for label, _, note in COLUMNS),
    ]
    return write("人员", [(label, width) for label, width, _ in COLUMNS], [], notes)
