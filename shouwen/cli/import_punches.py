"""`shouwen import-punches`: a terminal's file, or a sheet, through the same door as the page."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime
from pathlib import Path

from shouwen.attendance import actions, formats
from shouwen.attendance import queries as attendance
from shouwen.attendance.models import Device
from shouwen.cli.centers import HELP, center_of
from shouwen.cli.parser import Parser
from shouwen.core import clock
from shouwen.core.actors import Actor, system
from shouwen.core.errors import Refused
from shouwen.rules.workdays import ZONE

DEVICE_OF = {
    formats.Kind.ATTLOG: Device.Kind.TERMINAL,
    formats.Kind.DINGTALK: Device.Kind.DINGTALK,
    formats.Kind.WECOM: Device.Kind.WECOM,
}
DEFAULT_NAMES = {
    Device.Kind.TERMINAL: "考勤机",
    Device.Kind.SHEET: "Excel",
    Device.Kind.DINGTALK: "钉钉",
    Device.Kind.WECOM: "企业微信",
}


def main(argv: list[str]) -> int:
    """Import one file; 0 also when single lines were bad (they are listed), 1 when nothing could be read."""
    arguments = parser().parse_args(argv)
    by, at = system(center_of(arguments.center), "命令行导入"), clock.now()
    data = _read(arguments.file)
    seen = formats.sniff(data, arguments.file.name, sheet=arguments.sheet)
    if seen.refused:
        raise Refused(f"{seen.refused}。{seen.advice}")
    columns = _columns(seen.columns, arguments)
    done = actions.import_punches(
        device=_device(arguments.device, seen.kind, by, at),
        data=data,
        file_name=arguments.file.name,
        kind=seen.kind,
        columns=columns,
        synced_until=arguments.until,
        by=by,
        at=at,
    )
    actions.recompute_recent(first=done.first_at, last=done.last_at, by=by, at=at)
    print(f"{done.file_name}:新增 {done.added},重复 {done.duplicate},有误 {done.bad},未对应编号 {done.unmatched}")
    for line in attendance.bad_lines(done)[:20]:
        print(f"  第 {line.line} 行:{line.reason};{line.advice}")
    if done.bad > 20:
        print(f"  ……其余 {done.bad - 20} 行在“打卡导入”页面上看")
    return 0


def parser() -> Parser:
    found = Parser(
        "import-punches", "导入考勤机文件(attlog.dat)、本系统模板、钉钉或企业微信的导出表。同一文件再导入一次不会重复。"
    )
    found.add_argument("file", type=Path, metavar="文件")
    found.add_argument("--center", required=True, metavar="中心", help=HELP)
    found.add_argument("--device", default="", metavar="名称", help="来源名称,没有就新登记一个;不写则用同类的第一个")
    found.add_argument("--until", type=_moment, metavar="时刻", help='文件里到什么时候为止是齐的,如 "2026-10-31 18:00"')
    found.add_argument("--sheet", metavar="工作表", help="表格文件读哪一张表,默认最像的一张")
    found.add_argument(
        "--mapping",
        default="",
        metavar="列=含义",
        help="改列的含义,如 A=pin,B=name,C=date,D=time;含义有 pin、name、date、time、result",
    )
    found.add_argument("--first-row", type=int, metavar="行", help="数据从第几行开始")
    return found


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=ZONE)
    except ValueError:
        raise argparse.ArgumentTypeError(f"时刻应写作 2026-10-31 18:00:{text}") from None


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise Refused(f"没有 {path.name} 这个文件") from error
    except OSError as error:
        raise Refused(f"读不了 {path.name}:没有权限,或它不是文件") from error


def _device(name: str, kind: formats.Kind, by: Actor, at: datetime) -> Device:
    """The source by its name, or the first of its kind; a new one when there is none."""
    wanted = DEVICE_OF.get(kind, Device.Kind.SHEET)
    known = [device for device in attendance.devices(by.center) if device.takes_files]
    for device in known:
        if device.name == name or (not name and device.kind == wanted):
            return device
    return actions.add_device(name=name or DEFAULT_NAMES[wanted], kind=wanted, by=by, at=at)


def _columns(guess: formats.Columns | None, arguments: argparse.Namespace) -> formats.Columns | None:
    """The guessed columns with what the command line says instead."""
    if guess is None:
        return None
    roles = list(guess.roles)
    for pair in filter(None, arguments.mapping.split(",")):
        letter, _, role = pair.partition("=")
        index = _index(letter.strip().upper())
        roles += [""] * (index + 1 - len(roles))
        roles[index] = role.strip()
    columns = formats.Columns(guess.sheet, arguments.first_row or guess.first_row, tuple(roles))
    if columns.problem:
        print("列的含义:" + ",".join(f"{_letter(index)}={role or '不用'}" for index, role in enumerate(roles)), file=sys.stderr)
        raise Refused(columns.problem)
    return columns


def _index(letters: str) -> int:
    number = 0
    for letter in letters:
        if not "A" <= letter <= "Z" or len(letters) > 2:
            raise Refused(f"列应写作 A、B …… AA:{letters[:10]}")
        number = number * 26 + ord(letter) - 64
    if not number:
        raise Refused("--mapping 应写作 A=pin,B=name")
    return number - 1


def _letter(index: int) -> str:
    high, low = divmod(index, 26)
    return (chr(64 + high) if high else "") + chr(65 + low)
