"""Lines of attendance terminals: the USB export `attlog.dat` and the body of an ATTLOG push.

Only the first five fields mean the same everywhere (number, time, status, verify, work code); the line is kept, with
identity numbers masked. A punch is good when its number and its time are: odd status or verify codes never cost one.
"""

import re
from collections.abc import Iterator

from shouwen.attendance.formats.records import KEPT, NO_STATUS, BadLine, Punch, bad, shown
from shouwen.attendance.formats.text import lines_of
from shouwen.attendance.formats.zktime import SHANGHAI, device_time
from shouwen.rules.punches import is_clock_lost

LONGEST = 2000
PIN = re.compile(r"[0-9A-Za-z_.-]{1,24}", re.ASCII)
IDENTITY = re.compile(r"\d{17}[\dXx]|\d{15}", re.ASCII)
JOINED = re.compile(r",(?=[0-9A-Za-z_.-]{1,24}\t\d{4}-\d\d-\d\d )", re.ASCII)
SPACED = re.compile(r"(\S+)\s+(\d{4}[-/]\d{1,2}[-/]\d{1,2}[ T]\d{1,2}:\d{2}(?::\d{2})?)(?:\s+(.*))?", re.ASCII)
KEYED = re.compile(r"\s*\w+=", re.ASCII)
TAG = re.compile(r"(USERPIC|USER|OPLOG|FP|FACE|BIOPHOTO|BIODATA|IDCARD|ERRORLOG)\s", re.ASCII)
KEYS = {"time": ("datetime", "time"), "status": ("status", "inoutstatus"), "verify": ("verified", "verify", "verifytype")}

WHOLE = "核对原文件;确有打卡的,请本人在“我的考勤”里补卡"
CLOCK = "校准设备时间;受影响的人在“我的考勤”里补卡"


def parse_attlog(data: bytes, *, offset: int = SHANGHAI) -> Iterator[Punch | BadLine]:
    """Every punch and every bad line of a terminal's export or push body, in order; blank lines are passed over.

    `offset` is the terminal's distance from UTC in minutes, used only where it wrote epoch seconds. Never raises.
    """
    for number, line in enumerate(lines_of(data), start=1):
        text = line.rstrip("\0")
        if text and not text.isspace():
            yield from _line(number, text, offset)
        elif "\t" in text:
            yield bad(number, text, "整行只有分隔符", "不用处理")


def _line(number: int, text: str, offset: int) -> Iterator[Punch | BadLine]:
    if "\0" in text:
        yield bad(number, text, "含有空字符,记录已损坏", WHOLE)
    elif len(text) > LONGEST:
        yield bad(number, text, f"一行超过 {LONGEST} 个字符", "文件可能不是打卡记录,请重新导出")
    elif tag := TAG.match(text):
        # Such lines carry names, passwords or templates: nothing of them is kept.
        yield bad(number, f"{tag[1]} …", "不是打卡记录(设备的人员或操作资料)", "不用处理")
    elif KEYED.match(text):
        yield _keyed(number, text, offset)
    else:
        for part in JOINED.split(text) if "," in text else [text]:
            yield _positional(number, part, offset)


def _positional(number: int, text: str, offset: int) -> Punch | BadLine:
    fields = text.split("\t") if "\t" in text else text.split(",")
    if len(fields) == 1:
        spaced = SPACED.fullmatch(text.strip())
        fields = [spaced[1], spaced[2], *(spaced[3] or "").split()] if spaced else fields
    if len(fields) < 2:
        return bad(number, text, "不是打卡记录:没有打卡时间", WHOLE)
    if any(len(field) in (15, 18) and IDENTITY.fullmatch(field) for field in fields[2:]):
        text = shown(text)
    status = fields[2] if len(fields) > 2 else ""
    verify = fields[3] if len(fields) > 3 else ""
    return _punch(number, text, (fields[0], fields[1], status, verify), offset)


def _keyed(number: int, text: str, offset: int) -> Punch | BadLine:
    """PIN=1001 DateTime=… Verified=1 Status=0, and the time=… pin=… of access terminals; keys in any case and order."""
    pairs = (part.partition("=") for part in text.split("\t"))
    found = {key.strip().lower(): value for key, _, value in pairs}
    time, status, verify = (next((found[key] for key in keys if key in found), "") for keys in KEYS.values())
    return _punch(number, shown(text), (found.get("pin", ""), time, status, verify), offset)


def _punch(number: int, text: str, fields: tuple[str, str, str, str], offset: int) -> Punch | BadLine:
    pin, time = fields[0].strip(), fields[1].strip()
    if not pin:
        return bad(number, text, "没有工号", WHOLE)
    if pin == "0":
        return bad(number, text, "工号为 0:设备事件,不是人员打卡", "不用处理")
    if not PIN.fullmatch(pin) or IDENTITY.fullmatch(pin):
        return bad(number, text, "工号不对:应是 24 位以内的字母、数字", "在设备上改正人员编号,再重新导出")
    at = device_time(time, offset)
    if at is None:
        return bad(number, text, f"打卡时间不对:{time[:40]}", "应是 2026-09-18 08:30:00 的样子,且日期存在;" + WHOLE)
    if is_clock_lost(at):
        return bad(number, text, f"设备时钟丢失:{at.year} 年", CLOCK)
    return Punch(pin, "", at, number, text.strip()[:KEPT], _code(fields[2], NO_STATUS), _code(fields[3], 0))


def _code(text: str, otherwise: int) -> int:
    """A code of the terminal as it is, if it is a small whole number."""
    try:
        value = int(text)
    except ValueError:
        return otherwise
    return value if -32768 <= value <= 32767 else otherwise
