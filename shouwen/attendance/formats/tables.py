"""Read a file the way its columns were explained."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from shouwen.attendance.formats.attlog import IDENTITY, PIN, WHOLE, parse_attlog
from shouwen.attendance.formats.cells import CORRECTED, Unclear, date_in, text_in, times_in
from shouwen.attendance.formats.records import BadLine, Columns, Kind, Punch, bad, shown
from shouwen.attendance.formats.sheets import FORMULA, Row, Table, Trouble, guard
from shouwen.attendance.formats.zktime import SHANGHAI
from shouwen.rules.punches import is_clock_lost

NAME_LENGTH = 40


def parse(data: bytes, kind: Kind, columns: Columns | None = None, *, offset: int = SHANGHAI) -> Iterator[Punch | BadLine]:
    """Every punch and every bad line of a file. Never raises: a file that cannot be read is one bad line numbered 0.

    `columns` explains a table and is not needed for `Kind.ATTLOG`; `offset` is for terminals that wrote epoch seconds.
    """
    try:
        if kind == Kind.ATTLOG:
            guard(data)
            yield from parse_attlog(data, offset=offset)
        elif columns is None or columns.problem:
            yield bad(0, "", columns.problem if columns else "没有说明各列的含义", "请先选择各列的含义")
        else:
            yield from _table(data, columns)
    except Trouble as trouble:
        yield BadLine(0, "", trouble.reason, trouble.advice)


def _table(data: bytes, columns: Columns) -> Iterator[Punch | BadLine]:
    layout = _Layout.of(columns)
    number = 0
    try:
        with Table(data) as table:
            for number, row in enumerate(table.rows(columns.sheet), start=1):
                if number >= columns.first_row and any(cell not in (None, "") for cell in row):
                    yield from _row(number, row, layout)
    except Trouble as trouble:
        yield BadLine(number and number + 1, "", trouble.reason, trouble.advice)


@dataclass(frozen=True, slots=True)
class _Layout:
    """Columns by what they mean, counted from 0; each column of times with its own day and result column, if any."""

    who: tuple[int | None, int | None]
    day: int | None
    times: tuple[tuple[int, date | None, int | None], ...]

    @classmethod
    def of(cls, columns: Columns) -> "_Layout":
        roles = columns.roles
        first = {role: roles.index(role) for role in ("pin", "name", "date") if role in roles}
        times = []
        for index, role in enumerate(roles):
            if role == "time" or role.startswith("day:"):
                result = index + 1 if index + 1 < len(roles) and roles[index + 1] == "result" else None
                times.append((index, date.fromisoformat(role[4:]) if role != "time" else None, result))
        if len(times) == 1 and "result" in roles:
            times = [(times[0][0], times[0][1], roles.index("result"))]
        return cls((first.get("pin"), first.get("name")), first.get("date"), tuple(times))


def _row(number: int, row: Row, layout: _Layout) -> Iterator[Punch | BadLine]:
    filled = [(index, day, result) for index, day, result in layout.times if _cell(row, index) not in (None, "")]
    if not filled:
        return
    raw = shown("\t".join(text_in(cell) for cell in row))
    used = [index for index in (*layout.who, layout.day, *(time[0] for time in filled)) if index is not None]
    formula = next((index for index in used if _cell(row, index) is FORMULA), None)
    if formula is not None:
        yield bad(number, raw, f"{_letters(formula)}{number} 是公式,不计算", "请复制后“选择性粘贴—数值”,再上传")
        return
    pin, name = (text_in(_cell(row, index))[:NAME_LENGTH] for index in layout.who)
    if name and not _is_pin(pin):
        pin = ""  # an e-mail address, a dash: the name says who it is
    if not pin and not name:
        yield bad(number, raw, "没有工号和姓名", "请补上工号或姓名,再上传")
    elif pin and not _is_pin(pin):
        yield bad(number, raw, f"工号不对:{pin}", "工号应是 24 位以内的字母、数字;没有工号的请空着,只写姓名")
    else:
        yield from _times(number, row, raw, (pin, name), layout, filled)


def _letters(column: int) -> str:
    # Here and not above: every page's process would carry it, and a sheet comes now and then.
    from xlsxwriter.utility import xl_col_to_name

    return str(xl_col_to_name(column))


def _is_pin(text: str) -> bool:
    return bool(PIN.fullmatch(text)) and not IDENTITY.fullmatch(text) and text.strip("-_.") != ""


def _times(
    number: int,
    row: Row,
    raw: str,
    who: tuple[str, str],
    layout: _Layout,
    filled: Sequence[tuple[int, date | None, int | None]],
) -> Iterator[Punch | BadLine]:
    for index, day, result in filled:
        where = f"{_letters(index)}{number}"
        try:
            times, corrected = times_in(_cell(row, index))
            corrected = corrected or (result is not None and bool(CORRECTED.search(text_in(_cell(row, result)))))
            own = day or (date_in(_cell(row, layout.day)) if times and layout.day is not None else None)
            for dated, later, clock in times:
                yield _punch(number, raw, who, _moment(dated or own, later, clock), corrected)
        except Unclear as unclear:
            yield bad(number, raw, f"{where} {unclear}", WHOLE)


def _moment(day: date | None, later: int, clock: time) -> datetime:
    if day is None:
        raise Unclear("只有时刻,没有日期")
    try:
        return datetime.combine(day, clock) + timedelta(days=later)
    except OverflowError:
        raise Unclear("没有这个日期") from None


def _punch(number: int, raw: str, who: tuple[str, str], at: datetime, corrected: bool) -> Punch:
    if is_clock_lost(at):
        raise Unclear(f"日期不对:{at.year} 年")
    return Punch(who[0], who[1], at, number, raw, source="correction" if corrected else "device")


def _cell(row: Row, index: int | None) -> object:
    return row[index] if index is not None and index < len(row) else None
