"""Sheets people upload: our template, DingTalk and WeCom exports, CSV; and what is refused."""

import io
import zipfile
from datetime import date, datetime, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from shouwen.attendance.formats import BadLine, Columns, Kind, Punch, parse, sniff, template_workbook

Rows = list[list[object]]


def book(**sheets: Rows) -> bytes:
    made = Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    packed = io.BytesIO()
    made.save(packed)
    return packed.getvalue()


def punches(data: bytes) -> list[tuple[str, str, str, str]]:
    """What the guess alone reads: number, name, moment, source."""
    seen = sniff(data, "导出.xlsx")
    found = list(parse(data, seen.kind, seen.columns))
    assert [line for line in found if isinstance(line, BadLine)] == []
    return [(punch.pin, punch.name, f"{punch.at:%m-%d %H:%M}", punch.source) for punch in found]


def read(rows: Rows, roles: tuple[str, ...], first_row: int = 1) -> list[Punch | BadLine]:
    return list(parse(book(表=rows), Kind.TABLE, Columns("表", first_row, roles)))


RECORDS: Rows = [
    ["考勤打卡原始记录表 统计日期:2026-09-01 至 2026-09-30"],
    ["报表生成时间:2026-10-08 09:00"],
    [
        "姓名",
        "考勤组",
        "部门",
        "工号",
        "职位",
        "UserId",
        "考勤日期",
        "考勤时间",
        "打卡时间",
        "打卡结果",
        "打卡地址",
        "打卡备注",
    ],
    [
        "王兰",
        "窗口",
        "民政",
        None,
        None,
        "0012",
        "26-09-18 星期五",
        "2026-09-18 08:30",
        "2026-09-18 08:25",
        "正常",
        "大厅",
        None,
    ],
    [
        "王兰",
        "窗口",
        "民政",
        None,
        None,
        "0012",
        "26-09-18 星期五",
        "2026-09-18 12:00",
        "2026-09-18 12:01",
        "补卡审批通过",
        None,
        None,
    ],
    ["王兰", "窗口", "民政", None, None, "0012", "26-09-18 星期五", "2026-09-18 17:30", "未打卡", "缺卡", None, None],
]
DAILY: Rows = [
    ["每日统计表 统计日期:2026-09-18 至 2026-09-18"],
    ["报表生成时间:2026-10-08 09:00"],
    [
        "姓名",
        "考勤组",
        "部门",
        "工号",
        "UserId",
        "日期",
        "班次",
        "上班1",
        None,
        "下班1",
        None,
        "上班2",
        None,
        "下班2",
        None,
        "关联的审批单",
    ],
    [None] * 7 + ["打卡时间", "打卡结果"] * 4 + [None],
    [
        "王兰",
        "窗口",
        "民政",
        "0701",
        "x1",
        "26-09-18 星期五",
        "班",
        "08:25",
        "正常",
        None,
        "缺卡",
        "14:20",
        "正常",
        "次日 00:12",
        "正常",
        None,
    ],
    [
        "李明",
        "窗口",
        "民政",
        "0702",
        "x2",
        "26-09-18 星期五",
        "班",
        "08:34",
        "迟到",
        "12:00",
        "补卡审批通过",
        None,
        "请假",
        None,
        "请假",
        "事假",
    ],
]
MONTH: Rows = [
    ["打卡时间表 统计日期:2026-09-01 至 2026-09-06"],
    ["报表生成时间:2026-10-08 09:00"],
    ["姓名", "考勤组", "部门", "工号", "职位", "UserId", "1", "2", "3", "4", "六", "日"],
    [
        "王兰",
        "窗口",
        "民政",
        "0701",
        "科员",
        "x1",
        "08:25 \n12:01 \n14:20 \n17:35 ",
        None,
        "08:40\n次日 00:12",
        "请假",
        None,
        "09:00",
    ],
]
WECOM: Rows = [
    ["打卡日报"],
    ["统计时间:2026/09/18 - 2026/09/18"],
    ["时间", "姓名", "账号", "部门", "打卡规则", "考勤概况", None, None, "打卡时间记录", None, None, None],
    [None] * 5 + ["最早", "最晚", "打卡次数", "上班1打卡时间", "上班1打卡状态", "下班1打卡时间", "下班1打卡状态"],
    ["2026/09/18 星期五", "王兰", "WangLan", "民政", "窗口", "08:25", "17:31", 2, "08:25", "正常", "17:31", "正常"],
    ["2026/09/18 星期五", "李明", "liming@x", "民政", "窗口", "08:31", "--", 1, "08:31(外勤)", "正常", "--", "缺卡"],
]


def test_dingtalk_records_a_row_a_punch():
    assert sniff(book(月度汇总=[["姓名", "出勤天数"]], 原始记录=RECORDS)).columns.sheet == "原始记录"
    assert punches(book(月度汇总=[["姓名", "出勤天数"]], 原始记录=RECORDS)) == [
        ("0012", "王兰", "09-18 08:25", "device"),
        ("0012", "王兰", "09-18 12:01", "correction"),
    ]


def test_dingtalk_daily_sheet_with_a_heading_of_two_lines():
    assert punches(book(每日统计=DAILY)) == [
        ("0701", "王兰", "09-18 08:25", "device"),
        ("0701", "王兰", "09-18 14:20", "device"),
        ("0701", "王兰", "09-19 00:12", "device"),
        ("0702", "李明", "09-18 08:34", "device"),
        ("0702", "李明", "09-18 12:00", "correction"),
    ]


def test_dingtalk_month_sheet_with_a_column_a_day():
    assert [(name, moment) for _, name, moment, _ in punches(book(打卡时间=MONTH))] == [
        ("王兰", "09-01 08:25"),
        ("王兰", "09-01 12:01"),
        ("王兰", "09-01 14:20"),
        ("王兰", "09-01 17:35"),
        ("王兰", "09-03 08:40"),
        ("王兰", "09-04 00:12"),
        ("王兰", "09-06 09:00"),
    ]
    assert sniff(book(打卡时间=MONTH)).kind == Kind.DINGTALK


def test_a_period_that_crosses_the_month_is_counted_from_its_first_day():
    rows: Rows = [
        ["打卡时间表 2026-08-30 至 2026-09-02"],
        ["姓名", "日", "31", "1", "2"],
        ["王兰", "08:00", "08:01", "08:02", "08:03"],
    ]
    assert [moment for *_, moment, _ in punches(book(表=rows))] == ["08-30 08:00", "08-31 08:01", "09-01 08:02", "09-02 08:03"]


def test_a_part_of_a_month_that_begins_on_a_weekend_is_counted_back_from_its_first_number():
    rows: Rows = [["2026年9月打卡"], ["姓名", "六", "日", "7"], ["王兰", "08:00", "", "08:02"]]
    assert [moment for *_, moment, _ in punches(book(表=rows))] == ["09-05 08:00", "09-07 08:02"]


def test_a_period_from_the_last_of_a_month_and_a_heading_no_month_has():
    rows: Rows = [["打卡时间表 2026-02-28 至 2026-03-02"], ["姓名", "六", "1", "2"], ["王兰", "08:00", "", "08:02"]]
    assert [moment for *_, moment, _ in punches(book(表=rows))] == ["02-28 08:00", "03-02 08:02"]
    assert sniff(book(表=[["2026年2月"], ["姓名", "31", "32"]])).columns.roles == ("name", "", "")


def test_wecom_daily_report_reads_each_punch_once_and_falls_back_to_the_name():
    assert sniff(book(打卡日报=WECOM)).kind == Kind.WECOM
    assert punches(book(打卡日报=WECOM)) == [
        ("WangLan", "王兰", "09-18 08:25", "device"),
        ("WangLan", "王兰", "09-18 17:31", "device"),
        ("", "李明", "09-18 08:31", "device"),
    ]


def test_the_template_reads_back_what_was_typed():
    filled = load_workbook(io.BytesIO(template_workbook()))
    for column, value in zip("ABCDEF", ("0701", "王兰", "2026-09-18", "08:25", "12:01 补卡", "14:20\n14:21"), strict=True):
        filled["打卡登记"][f"{column}2"] = value
    packed = io.BytesIO()
    filled.save(packed)
    assert sniff(packed.getvalue()).kind == Kind.TEMPLATE
    assert punches(packed.getvalue()) == [
        ("0701", "王兰", "09-18 08:25", "device"),
        ("0701", "王兰", "09-18 12:01", "correction"),
        ("0701", "王兰", "09-18 14:20", "device"),
        ("0701", "王兰", "09-18 14:21", "device"),
    ]


def test_the_empty_template_has_instructions_and_no_punches():
    data = template_workbook()
    assert load_workbook(io.BytesIO(data)).sheetnames == ["打卡登记", "填表说明"]
    assert list(parse(data, Kind.TEMPLATE, sniff(data).columns)) == []


def test_csv_as_offices_save_it():
    data = '工号,姓名,日期,上午签到,上午签退\r\n="0701",王兰,2026/9/18,8:25,12:01\r\n'.encode("gb18030")
    assert [(pin, moment) for pin, _, moment, _ in punches(data)] == [("0701", "09-18 08:25"), ("0701", "09-18 12:01")]


def test_cells_of_every_type_are_understood():
    day, noon = date(2026, 9, 18), datetime.fromisoformat("2026-09-18 12:01:00")
    rows: Rows = [[701, day, time(8, 25), noon], [702.0, 46283, 0.5, "24:00"], ["703", 20260918, "８：３０", 46283.75]]
    found = read(rows, ("pin", "date", "time", "time"))
    assert [(punch.pin, f"{punch.at:%d %H:%M}") for punch in found] == [
        ("701", "18 08:25"),
        ("701", "18 12:01"),
        ("702", "18 12:00"),
        ("702", "19 00:00"),
        ("703", "18 08:30"),
        ("703", "18 18:00"),
    ]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (["0701", "2026-09-18", "=A1+1"], "C1 是公式,不计算"),
        (["=1+1", "2026-09-18", "08:25"], "A1 是公式,不计算"),
        ([None, "2026-09-18", "08:25"], "没有工号和姓名"),
        (["王 兰?", "2026-09-18", "08:25"], "工号不对:王 兰?"),
        (["0701", None, "08:25"], "C1 只有时刻,没有日期"),
        (["0701", "2026-02-31", "08:25"], "C1 日期不存在:2026-02-31"),
        (["0701", "九月", "08:25"], "C1 看不懂的日期:九月"),
        (["0701", "2026-09-18", "08:75"], "C1 没有这个时刻:08:75"),
        (["0701", "2026-09-18", "八点半"], "C1 看不懂的打卡时间:八点半"),
        (["0701", "2026-09-18", "补卡审批通过"], "C1 写着已补卡,但没有时间"),
        (["0701", "2026-09-18", 12345], "C1 看不懂的打卡时间:12345"),
        (["0701", "2000-01-01", "08:25"], "C1 日期不对:2000 年"),
    ],
)
def test_a_bad_row_names_its_cell_and_says_what_to_do(row: list[object], reason: str):
    [found] = read([row], ("pin", "date", "time"))
    assert isinstance(found, BadLine)
    assert (found.line, found.reason, bool(found.advice)) == (1, reason, True)


@pytest.mark.parametrize("word", ["未打卡", "缺卡", "请假", "事假", "休息", "--", "旷工", "外勤", "", None])
def test_words_that_mean_no_punch_are_no_error(word: str | None):
    assert read([["0701", "2026-09-18", word]], ("pin", "date", "time")) == []


def test_one_bad_cell_does_not_cost_the_other_punches_of_its_row():
    found = read([["0701", "2026-09-18", "08:25", "八点", "17:31"]], ("pin", "date", "time", "time", "time"))
    assert [type(line).__name__ for line in found] == ["Punch", "BadLine", "Punch"]


def test_an_identity_number_is_neither_a_number_nor_kept():
    [found] = read([["41052219900101123X", "2026-09-18", "08:25"]], ("pin", "date", "time"))
    assert (found.raw, isinstance(found, BadLine)) == ("****************3X\t2026-09-18\t08:25", True)


@pytest.mark.parametrize(
    ("roles", "problem"),
    [
        (("date", "time"), "请指明哪一列是工号或姓名"),
        (("pin", "date"), "请指明哪一列是打卡时间"),
        (("pin", "day:2026-02-31", "time"), "不认识的列含义:day:2026-02-31"),
        (("pin", "day:2026-09-18"), ""),
    ],
)
def test_columns_that_cannot_give_punches_say_why(roles: tuple[str, ...], problem: str):
    columns = Columns("表", 2, roles)
    assert columns.problem == problem
    assert Columns.from_document(columns.as_document()) == columns
    assert [line.reason for line in parse(book(表=[["x"]]), Kind.TABLE, columns)] == ([problem] if problem else [])


def test_a_sheet_that_lies_about_its_size_is_read_as_it_is():
    honest = book(表=[["工号", "打卡时间"], ["0701", "2026-09-18 08:25"]])
    with zipfile.ZipFile(io.BytesIO(honest)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = parts[sheet].replace(b'ref="A1:B2"', b'ref="A1:XFD1048576"')
    assert (b"XFD1048576" in parts[sheet], sniff(packed(parts)).rows) == (True, sniff(honest).rows)


def packed(parts: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (packed({"xl/workbook.xml": b"", "xl/x.xml": b"\0" * (201 * 1024 * 1024)}), "表格展开后超过 200 MB"),
        (packed({"word/document.xml": b"<a/>"}), "表格文件已损坏或不是 .xlsx"),
        (packed({"xl/workbook.xml": b'<!DOCTYPE a [<!ENTITY b "b">]><a>&b;</a>'}), "表格文件已损坏或不是 .xlsx"),
        (packed({"xl/workbook.xml": b"<a/>"}), "表格打不开"),
        (book(表=[["x"]])[:900], "表格文件已损坏或不是 .xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "是旧版 .xls 或加了密码的文件"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "认不出的文件:既不是表格,也不是考勤机记录"),
        (b"\xff\xd8\xff\xe0JFIF\r\n" + b"\xa4\xe5,\t" * 90, "认不出的文件:既不是表格,也不是考勤机记录"),
        (b"", "表里没有内容"),
        (" , \u3000,\n".encode(), "表里没有内容"),
    ],
)
def test_a_file_that_cannot_be_taken_says_why(data: bytes, reason: str):
    seen = sniff(data, "x.xlsx")
    assert (seen.kind, seen.refused, bool(seen.advice)) == (Kind.UNKNOWN, reason, True)


def test_a_sheet_that_is_not_there_is_a_bad_line():
    [found] = parse(book(表=[["x"]]), Kind.TABLE, Columns("别的", 1, ("pin", "time")))
    assert found.reason == "没有名为“别的”的工作表"


def test_another_sheet_can_be_chosen():
    data = book(一月=[["工号", "打卡时间"], ["1", "2026-01-05 08:00"]], 二月=[["工号", "打卡时间"], ["1", "2026-02-05 08:00"]])
    assert [sniff(data, sheet=name).columns.sheet for name in sniff(data).sheets] == ["一月", "二月"]


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.lists(
            st.one_of(st.none(), st.text(max_size=8), st.integers(), st.floats(allow_nan=False, allow_infinity=False)),
            max_size=6,
        ),
        max_size=6,
    )
)
def test_no_table_ever_raises_and_reading_twice_is_equal(rows: Rows):
    data = ("\n".join(",".join(str(cell) for cell in row) for row in rows)).encode("utf-8", "replace")
    seen = sniff(data, "x.csv")
    columns = Columns("", 1, ("pin", "date", "time", "result", "day:2026-09-18"))
    assert list(parse(data, seen.kind, seen.columns)) == list(parse(data, seen.kind, seen.columns))
    assert list(parse(data, Kind.TABLE, columns)) == list(parse(data, Kind.TABLE, columns))


def test_a_large_csv_is_read_to_its_last_line():
    data = (
        "工号,打卡时间\n" + "".join(f"{n % 300 + 1},2026-09-{n % 28 + 1:02} 08:{n % 60:02}:00\n" for n in range(50_000))
    ).encode()
    assert len(punches(data)) == 50_000
