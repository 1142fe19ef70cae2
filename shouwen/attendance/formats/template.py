"""The workbook an office fills in when it has no terminal: one line a person and day."""

import io

HEADINGS = ("工号", "姓名", "日期", "上午签到", "上午签退", "下午签到", "下午签退", "备注")
SHEET, NOTES = "打卡登记", "填表说明"
WIDTHS = (12, 12, 14, 11, 11, 11, 11, 24)
LINES = 500
"""Lines prepared as text, so that leading zeros and dates stay as typed."""

INSTRUCTIONS = (
    "一人一天一行;工号、姓名至少填一项,有工号的以工号为准(前面的 0 不要省)。",
    "日期写作 2026-09-18;时刻写作 08:30,用 24 小时制。",
    "没有打卡的格子空着,或写“未打卡”;过了半夜的写“次日 00:12”。",
    "同一格有几次打卡的,一次一行写在格里(Alt+回车换行)。",
    "补卡经批准的,在时刻后写“补卡”,例如 08:30 补卡。",
    "不要写公式,不要合并单元格,不要改第一行的标题。",
    "文件不超过 20 MB。上传后先看预览,确认无误才导入;同一文件重复上传不会重复记。",
    "例:0701、王兰、2026-09-18、08:25、12:01、14:26、17:35。",
)


def template_workbook() -> bytes:
    """The empty workbook (.xlsx) with a sheet of instructions."""
    # Here and not above: see `core.files.open_workbook`.
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    book = Workbook()
    book.remove(book.worksheets[0])
    sheet = book.create_sheet(SHEET)
    sheet.append(HEADINGS)
    for column, width in enumerate(WIDTHS, start=1):
        letter = get_column_letter(column)
        sheet.column_dimensions[letter].width = width
        heading = sheet[f"{letter}1"]
        heading.font, heading.fill = Font(bold=True), PatternFill("solid", fgColor="DDE7F0")
        heading.alignment = Alignment(horizontal="center")
        for line in range(2, LINES + 2):
            sheet[f"{letter}{line}"].number_format = "@"
    sheet.freeze_panes = "A2"
    notes = book.create_sheet(NOTES)
    notes.column_dimensions["A"].width = 100
    notes.append(["怎样填“打卡登记”"])
    notes["A1"].font = Font(bold=True)
    for number, text in enumerate(INSTRUCTIONS, start=1):
        notes.append([f"{number}. {text}"])
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()
