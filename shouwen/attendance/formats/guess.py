"""Say what a file is, and guess what its columns mean, from the words offices and programs use in headings."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import islice
from typing import Any

from shouwen.attendance.formats.attlog import parse_attlog
from shouwen.attendance.formats.cells import Unclear, date_in, text_in
from shouwen.attendance.formats.records import Columns, Kind, Punch, Sniffed, shown
from shouwen.attendance.formats.sheets import ZIP, Row, Table, Trouble, guard
from shouwen.attendance.formats.template import HEADINGS

LOOKED_AT = 20
"""Rows looked at, from the top."""
SHOWN = 12

NAMES = re.compile("(员工|人员)?(姓名|名字)|员工|人员")
PINS = (
    "工号",
    "员工工号",
    "打卡编号",
    "考勤号",
    "考勤号码",
    "考勤编号",
    "登记号",
    "登记号码",
    "人员编号",
    "员工编号",
    "编号",
    "账号",
    "帐号",
    "userid",
    "用户id",
)
DATES = re.compile("(考勤|打卡|出勤|刷卡|签到|上班)?日期|时间")
TIMES = re.compile(
    r"打卡时间|签到时间|签退时间|刷卡时间|打卡\d|第\d次|(上午|下午|晚上)?(上班|下班)\d?$|(上午|下午|晚上)(签到|签退)|日期时间|^时间$|^(签到|签退)$"
)
EDGES = re.compile("最早|最晚")
NOT_TIMES = re.compile("应|规定|要求|标准|时长|次数|结果|状态|地址|地点|备注|设备|小时|分钟")
RESULTS = re.compile("(打卡|考勤)?(结果|状态)$")
PERIOD = re.compile(r"(20\d{2})\s*[-/.年]\s*(\d{1,2})(?:\s*[-/.月]\s*(\d{1,2}))?")
WEEKDAYS = frozenset("一二三四五六日天")
BEST = ("原始记录", "打卡明细", "打卡记录", "打卡时间", "每日统计", "打卡登记", "上下班打卡", "日报")


def sniff(data: bytes, filename: str = "", *, sheet: str | None = None) -> Sniffed:
    """What a file is, its first rows, and a guess at its columns (for `sheet`, or the sheet that looks best). Never raises."""
    try:
        guard(data)
        if not data.startswith(ZIP) and (log := _attlog(data, filename)):
            return log
        with Table(data) as table:
            return _table(table, sheet)
    except Trouble as trouble:
        return Sniffed(Kind.UNKNOWN, refused=trouble.reason, advice=trouble.advice)


def _attlog(data: bytes, filename: str) -> Sniffed | None:
    found = list(islice(parse_attlog(data[: 64 * 1024]), SHOWN))
    good = sum(isinstance(line, Punch) for line in found)
    # A CSV file with number and time reads like a log, but for its heading.
    headed = any(_role(text_in(cell)) for line in found[:1] for cell in re.split("[\t,]", line.raw))
    if not headed and (good * 2 > len(found) or (filename.lower().endswith(".dat") and good)):
        return Sniffed(Kind.ATTLOG, rows=tuple(tuple(line.raw.split("\t")) for line in found))
    return None


def _table(table: Table, sheet: str | None) -> Sniffed:
    names = table.sheets if sheet is None else (sheet,)
    heads = {name: list(islice(table.rows(name), LOOKED_AT)) for name in names}
    guesses = {name: _columns(name, rows) for name, rows in heads.items()}
    best = max(names, key=lambda name: (not guesses[name].problem, any(word in name for word in BEST), -names.index(name)))
    rows, columns = heads[best], guesses[best]
    if not any(text_in(cell) for row in rows for cell in row):
        return Sniffed(Kind.UNKNOWN, None, table.sheets, refused="表里没有内容", advice="请确认导出的文件和工作表")
    told = tuple(tuple(shown(text_in(cell), 40) for cell in row) for row in rows[:SHOWN])
    return Sniffed(_kind(best, rows), columns, table.sheets, told)


def _kind(sheet: str, rows: Sequence[Row]) -> Kind:
    words = {text_in(cell) for row in rows[:6] for cell in row} | {sheet}
    said = " ".join(words)
    if words >= set(HEADINGS):
        return Kind.TEMPLATE
    if "考勤组" in words or "钉钉" in said:
        return Kind.DINGTALK
    if words & {"账号", "帐号", "打卡规则", "所属规则"} or "企业微信" in said or "打卡日报" in said:
        return Kind.WECOM
    return Kind.TABLE


def _columns(sheet: str, rows: Sequence[Row]) -> Columns:
    """The heading row is the one with most words we know; a second line under it may say what its groups hold."""
    # A heading names a person; a title such as 打卡时间表, or a line of sub-headings, does not.
    found = [[role for cell in row if (role := _role(text_in(cell)))] for row in rows]
    scores = [len(roles) + 100 * bool({"name", "pin"} & set(roles)) for roles in found]
    top = max(range(len(rows)), key=lambda index: (scores[index], -index), default=0)
    if not rows or not scores[top]:
        return Columns(sheet, 1, ("",) * max(map(len, rows), default=0))
    labels, below = [text_in(cell) for cell in rows[top]], rows[top + 1] if top + 1 < len(rows) else ()
    first = top + 1
    if _is_second_line(labels, below):
        labels, first = _joined(labels, below), top + 2
    data = rows[first : first + 8]
    roles = _roles(labels, data)
    days = _day_columns(labels, below, rows[: top + 2])
    if days and "time" not in roles:
        roles = [f"day:{days[index]}" if index in days else role for index, role in enumerate(roles)]
        first += _is_weekday_line(below)
    return Columns(sheet, first + 1, tuple(roles))


def _role(label: str) -> str:
    label = re.sub(r"\s", "", label)
    if NAMES.fullmatch(label):
        return "name"
    if label.lower() in PINS:
        return "pin"
    if DATES.fullmatch(label):
        return "date"
    if RESULTS.search(label):
        return "result"
    if (TIMES.search(label) or EDGES.search(label)) and not NOT_TIMES.search(label):
        return "time"
    return ""


def _is_second_line(labels: Sequence[str], below: Row) -> bool:
    """A line of sub-headings: it names times, and stands empty under the person."""
    under = [text_in(cell) for cell in below]
    people = [index for index, label in enumerate(labels) if _role(label) in ("name", "pin")]
    return any(_role(text) == "time" for text in under) and all(index >= len(under) or not under[index] for index in people)


def _joined(labels: Sequence[str], below: Row) -> list[str]:
    """上班1 over 打卡时间 is 上班1打卡时间; a merged heading reaches over the columns it stands above."""
    joined, group = [], ""
    for index in range(max(len(labels), len(below))):
        over = labels[index] if index < len(labels) else ""
        under = text_in(below[index]) if index < len(below) else ""
        group = over or group
        joined.append(f"{group}{under}" if under else over)
    return joined


def _roles(labels: Sequence[str], data: Sequence[Row]) -> list[str]:
    roles = [_role(label) for label in labels]
    _keep_one(roles, "name", range(len(roles)))
    filled = [index for index, role in enumerate(roles) if role == "pin" and any(_text(row, index) for row in data)]
    wanted = sorted(filled, key=lambda index: PINS.index(labels[index].strip().lower()))
    _keep_one(roles, "pin", wanted or range(len(roles)))
    for index, label in enumerate(labels):
        if label.strip() == "时间":
            roles[index] = "time" if any(":" in _text(row, index) for row in data) else "date"
    _keep_one(roles, "date", range(len(roles)))
    if any(role == "time" and not EDGES.search(label) for role, label in zip(roles, labels, strict=True)):
        # Earliest and latest only repeat punches that stand in columns of their own.
        roles = ["" if EDGES.search(label) else role for role, label in zip(roles, labels, strict=True)]
    return roles


def _keep_one(roles: list[str], role: str, order: Sequence[int]) -> None:
    kept = next((index for index in order if roles[index] == role), None)
    roles[:] = ["" if found == role and index != kept else found for index, found in enumerate(roles)]


def _text(row: Row, index: int) -> str:
    return text_in(row[index]) if index < len(row) else ""


def _day_columns(labels: Sequence[str], below: Row, head: Sequence[Row]) -> dict[int, date]:
    """A run of columns headed by days: 1, 2, 3 … (weekends perhaps by 六 and 日 alone), or by dates."""
    dated = {index: day for index, label in enumerate(labels) if (day := _date(label)) is not None}
    if len(dated) > 1:
        return dated
    start = _period(head)
    marks = [_day_mark(label) or _day_mark(_text(below, index)) for index, label in enumerate(labels)]
    first = next((index for index, mark in enumerate(marks) if mark), None)
    if start is None or first is None:
        return {}
    run = 0
    while first + run < len(marks) and marks[first + run]:
        run += 1
    # Day numbers are counted from the period's first day, so a month from the 26th to the 25th comes out right too.
    numbers = [(offset, int(mark)) for offset in range(run) if (mark := marks[first + offset]).isdecimal()]
    begin = start
    if numbers and start.day == 1:
        begin += timedelta(days=numbers[0][1] - 1 - numbers[0][0])
    days = {first + offset: begin + timedelta(days=offset) for offset in range(run)}
    return days if run > 1 and all(days[first + offset].day == number for offset, number in numbers) else {}


def _day_mark(label: str) -> str:
    """The day number in a heading such as 1, 1日, "1 二" or "01"; the weekday where only that stands."""
    found = re.fullmatch(
        r"(?:星期|周)?([一二三四五六日天])?\s*(\d{1,2})?\s*(?:日|号)?\s*(?:星期|周)?([一二三四五六日天])?", label
    )
    if not label or found is None:
        return ""
    number = int(found[2]) if found[2] else 0
    return str(number) if 1 <= number <= 31 else (found[1] or found[3] or "") if not found[2] else ""


def _is_weekday_line(below: Row) -> int:
    marks = [text for cell in below if (text := text_in(cell))]
    return int(len(marks) > 1 and all(text[-1] in WEEKDAYS and len(text) <= 3 for text in marks))


def _date(label: Any) -> date | None:
    try:
        return date_in(label)
    except Unclear:
        return None


def _period(head: Sequence[Row]) -> date | None:
    """The first day of the period a title names: 统计日期:2026-09-01 至 2026-09-30, 2026年9月."""
    for row in head:
        for cell in row:
            found = PERIOD.search(text_in(cell))
            if found:
                try:
                    return date(int(found[1]), int(found[2]), int(found[3] or 1))
                except ValueError:
                    continue
    return None
