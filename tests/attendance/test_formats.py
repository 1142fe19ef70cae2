"""What terminals write: the corpus of attendance lines, good and bad (⇥ stands for a tab)."""

from datetime import datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from shouwen.attendance.formats import LIMIT_BYTES, BadLine, Kind, Punch, parse, parse_attlog, sniff, zk_decode, zk_encode
from shouwen.attendance.formats.zktime import device_time

GOOD = [
    ("4⇥2008-12-30 09:36:39⇥0⇥1", "4", "2008-12-30 09:36:39", 0, 1),
    ("982⇥2008-02-25 12:08:21⇥1⇥0⇥9001", "982", "2008-02-25 12:08:21", 1, 0),
    ("982⇥2016-02-25 12:08:21⇥1⇥0⇥9001⇥0⇥0⇥1⇥2⇥3⇥4⇥5⇥6⇥1.0⇥2.0⇥3.0", "982", "2016-02-25 12:08:21", 1, 0),
    ("1452⇥2015-07-30 15:16:28⇥0⇥1⇥0⇥0⇥0", "1452", "2015-07-30 15:16:28", 0, 1),
    ("1⇥2024-07-28 01:25:24⇥0⇥1⇥⇥0⇥0⇥\r", "1", "2024-07-28 01:25:24", 0, 1),
    ("7⇥2026-06-22 22:15:58⇥255⇥15⇥0⇥0⇥0", "7", "2026-06-22 22:15:58", 255, 15),
    ("9999⇥2026-08-12 08:53:23⇥0⇥15⇥0⇥0⇥0⇥255⇥0⇥0⇥", "9999", "2026-08-12 08:53:23", 0, 15),
    ("9995⇥2026-08-13 11:19:12⇥255⇥1⇥0⇥0⇥0⇥0⇥0⇥", "9995", "2026-08-13 11:19:12", 255, 1),
    ("1⇥2026-08-20 11:27:27⇥255⇥15⇥0⇥0⇥0⇥0⇥0⇥0⇥", "1", "2026-08-20 11:27:27", 255, 15),
    ("2⇥2026-06-20 11:49:05⇥255⇥15⇥0⇥0⇥0⇥0⇥283", "2", "2026-06-20 11:49:05", 255, 15),
    ("0701⇥2026-08-28 17:57:36⇥255⇥1⇥0⇥0⇥0⇥0⇥0⇥0⇥16461+", "0701", "2026-08-28 17:57:36", 255, 1),
    ("1⇥2026-06-16 15:34:01⇥255⇥1⇥0⇥0⇥0⇥0⇥0⇥0", "1", "2026-06-16 15:34:01", 255, 1),
    ("PIN=1001⇥DateTime=2025-09-02 14:32:11⇥Verified=1⇥Status=0", "1001", "2025-09-02 14:32:11", 0, 1),
    (
        "time=2026-09-28 11:40:45⇥pin=41235478⇥cardno=0⇥eventaddr=1⇥event=0⇥inoutstatus=0⇥verifytype=1⇥index=13355",
        "41235478",
        "2026-09-28 11:40:45",
        0,
        1,
    ),
    ("5⇥2026-02-21 08:53:00⇥0⇥1200", "5", "2026-02-21 08:53:00", 0, 1200),
    ("5⇥2026-02-21 08:53:00⇥0⇥-1", "5", "2026-02-21 08:53:00", 0, -1),
    ("5⇥2026-02-21 08:53:00⇥x⇥99999", "5", "2026-02-21 08:53:00", 255, 0),
    ("A-7_b⇥2026-02-21 08:53⇥⇥", "A-7_b", "2026-02-21 08:53:00", 255, 0),
    ("5⇥851763600⇥0⇥1", "5", "2026-07-01 09:00:00", 0, 1),
    ("5⇥1789000000⇥0⇥1", "5", "2026-09-10 08:26:40", 0, 1),
    ("   12⇥2026-02-21 08:53:00⇥1⇥0⇥1⇥0", "12", "2026-02-21 08:53:00", 1, 0),
    ("12  2026-02-21 08:53:00  1  0", "12", "2026-02-21 08:53:00", 1, 0),
    ("12,2026-02-21 08:53:00,1,0", "12", "2026-02-21 08:53:00", 1, 0),
]

BAD = [
    ("lixo", "不是打卡记录:没有打卡时间"),
    ("⇥⇥⇥", "整行只有分隔符"),
    ("⇥2026-08-12 08:53:23⇥0⇥15", "没有工号"),
    ("0⇥2026-08-12 08:53:23⇥0⇥15", "工号为 0:设备事件,不是人员打卡"),
    ("王兰⇥2026-08-12 08:53:23⇥0⇥15", "工号不对:应是 24 位以内的字母、数字"),
    ("5⇥12/08/2026 08:53⇥0⇥1", "打卡时间不对:12/08/2026 08:53"),
    ("5⇥2026-02-31 08:53:00⇥0⇥1", "打卡时间不对:2026-02-31 08:53:00"),
    ("5⇥2026-02-21 25:53:00⇥0⇥1", "打卡时间不对:2026-02-21 25:53:00"),
    ("5⇥⇥0⇥1", "打卡时间不对:"),
    ("5⇥2000-01-01 08:53:00⇥0⇥1", "设备时钟丢失:2000 年"),
    ("5⇥2063-01-01 08:53:00⇥0⇥1", "设备时钟丢失:2063 年"),
    ("5⇥2026-02-21 08:5\0:00⇥0⇥1", "含有空字符,记录已损坏"),
    ("pin=0⇥time=2026-09-28 11:40:45⇥event=27", "工号为 0:设备事件,不是人员打卡"),
    ("USER PIN=36234⇥Name=36234⇥Pri=0⇥Passwd=1234", "不是打卡记录(设备的人员或操作资料)"),
    ("OPLOG 4⇥14⇥2015-07-30 10:22:34⇥0⇥0⇥0⇥0", "不是打卡记录(设备的人员或操作资料)"),
    ("x" * 3000, "一行超过 2000 个字符"),
]


def read(line: str) -> list[Punch | BadLine]:
    return list(parse_attlog(line.replace("⇥", "\t").encode()))


@pytest.mark.parametrize(("line", "pin", "moment", "status", "verify"), GOOD)
def test_every_sample_line_is_one_punch(line: str, pin: str, moment: str, status: int, verify: int):
    [punch] = read(line)
    assert (punch.pin, str(punch.at), punch.status, punch.verify, punch.line) == (pin, moment, status, verify, 1)


@pytest.mark.parametrize(("line", "reason"), BAD)
def test_every_bad_line_says_why_and_what_to_do(line: str, reason: str):
    [found] = read(line)
    assert isinstance(found, BadLine)
    assert (found.reason, bool(found.advice), len(found.raw) <= 300) == (reason, True, True)


def test_nothing_of_a_user_line_is_kept():
    assert read("USER PIN=36234⇥Name=王兰⇥Passwd=1234")[0].raw == "USER …"


def test_an_identity_number_at_position_eight_is_masked():
    [punch] = read("5⇥2026-02-21 08:53:00⇥0⇥1⇥0⇥0⇥0⇥41052219900101123X⇥0")
    assert punch.raw == "5\t2026-02-21 08:53:00\t0\t1\t0\t0\t0\t****************3X\t0"
    [bad] = read("41052219900101123X⇥2026-02-21 08:53:00⇥0⇥1")
    assert bad.raw == "****************3X\t2026-02-21 08:53:00\t0\t1"


def test_lines_joined_by_commas_are_taken_apart():
    found = read("1⇥2026-02-21 08:53:00⇥0⇥1⇥⇥0⇥0,0702⇥2026-02-21 08:54:00⇥0⇥1")
    assert [(punch.pin, str(punch.at.time())) for punch in found] == [("1", "08:53:00"), ("0702", "08:54:00")]


def test_a_batch_keeps_its_line_numbers_and_passes_over_blank_lines():
    found = read("1⇥2026-02-21 08:53:00⇥0⇥1\r\n\r\nlixo\n2⇥2026-02-21 08:54:00⇥0⇥1\n\0\0\0")
    assert [(type(line).__name__, line.line) for line in found] == [("Punch", 1), ("BadLine", 3), ("Punch", 4)]


def test_face_then_finger_in_one_second_stay_two_records():
    found = read("1⇥2026-02-21 08:53:00⇥255⇥15\n1⇥2026-02-21 08:53:00⇥255⇥1")
    assert [punch.verify for punch in found] == [15, 1]


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf7\t2026-06-22 22:15:58\t0\t1\n",
        "﻿7\t2026-06-22 22:15:58\t0\t1\r\n".encode("utf-16-le"),
        "7\t2026-06-22 22:15:58\t0\t1\r\n".encode("utf-16-le"),
        "﻿7\t2026-06-22 22:15:58\t0\t1\r\n".encode("utf-16-be"),
        b"7\t2026-06-22 22:15:58\t0\t1\r8\t2026-06-22 22:15:58\t0\t1\r"[:26],
        "7\t2026-06-22 22:15:58\t0\t1\t大门\n".encode("gb18030"),
    ],
)
def test_marks_encodings_and_line_ends_do_not_matter(data: bytes):
    assert [(punch.pin, str(punch.at)) for punch in parse_attlog(data)] == [("7", "2026-06-22 22:15:58")]


def test_gbk_names_in_place_of_a_number_are_shown_readably():
    [bad] = parse_attlog("王兰\t2026-06-22 22:15:58\t0\t1\n".encode("gbk"))
    assert bad.raw == "王兰\t2026-06-22 22:15:58\t0\t1"


@pytest.mark.parametrize(("packed", "moment"), [(289515406, "2009-01-03 20:56:46"), (350154520, "2010-11-23 17:08:40")])
def test_packed_seconds_decode_as_the_terminals_mean_them(packed: int, moment: str):
    assert str(zk_decode(packed)) == moment


@settings(max_examples=200)
@given(st.datetimes(datetime.fromisoformat("2000-01-01"), datetime.fromisoformat("2099-12-31")))
def test_packed_seconds_go_there_and_back(moment: datetime):
    whole = moment.replace(microsecond=0)
    assert zk_decode(zk_encode(whole)) == whole


def test_packed_seconds_of_an_impossible_day_are_none():
    assert zk_decode(zk_encode(datetime.fromisoformat("2026-02-28")) + 3 * 86400) is None
    with pytest.raises(ValueError, match="2000"):
        zk_encode(datetime.fromisoformat("1999-12-31"))


def test_epoch_seconds_follow_the_terminal_zone():
    assert str(device_time("1789000000", 0)) == "2026-09-10 00:26:40"


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400))
@example(b"PK\x03\x04" + b"\0" * 60)
@example(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old")
@example(b"\xff\xfe1\x00")
def test_no_bytes_ever_raise_and_reading_twice_is_equal(data: bytes):
    seen = sniff(data, "x.dat")
    once = list(parse(data, Kind.ATTLOG)) + list(parse(data, seen.kind, seen.columns))
    assert once == list(parse(data, Kind.ATTLOG)) + list(parse(data, seen.kind, seen.columns))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from([line for line, *_ in GOOD] + [line for line, _ in BAD]), max_size=20))
def test_every_line_of_a_file_is_accounted_for(lines: list[str]):
    found = read("\n".join(lines))
    assert [line.line for line in found] == list(range(1, len(lines) + 1))


def test_a_terminal_export_is_recognised_by_its_content():
    seen = sniff(b"7\t2026-06-22 22:15:58\t0\t1\n", "1_attlog.dat")
    assert (seen.kind, seen.rows) == (Kind.ATTLOG, (("7", "2026-06-22 22:15:58", "0", "1"),))


def test_a_file_over_the_limit_is_refused_by_name_of_the_limit():
    data = b"7\t2026-06-22 22:15:58\t0\t1\n" * (LIMIT_BYTES // 26 + 1)
    assert sniff(data).refused == "文件有 20.0 MB,超过上限 20 MB"
    assert [(line.line, line.reason) for line in parse(data, Kind.ATTLOG)] == [(0, "文件有 20.0 MB,超过上限 20 MB")]


def test_a_hundred_thousand_lines_are_read_to_the_last():
    data = "".join(
        f"{n % 300 + 1}\t2026-09-{n % 28 + 1:02} 08:{n % 60:02}:00\t255\t15\t0\t0\t0\n" for n in range(100_000)
    ).encode()
    assert sum(isinstance(line, Punch) for line in parse(data, Kind.ATTLOG)) == 100_000


def test_what_is_advised_is_called_as_the_menu_calls_it():
    lost, broken = parse_attlog(b"7\t2000-01-01 00:00:00\t0\n7 no time\n")
    assert [row.advice.split("“")[1] for row in (lost, broken)] == ["我的考勤”里补卡"] * 2
