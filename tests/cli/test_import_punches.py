"""`shouwen import-punches`: the same door as the page."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from shouwen.attendance.models import Device, Punch
from shouwen.cli import main
from shouwen.core.actors import system
from shouwen.workcalendar.actions import set_hours
from shouwen.workcalendar.queries import HoursDraft

LINES = b"3\t2026-11-20 08:20:00\t255\t15\r\nlixo\r\n3\t2026-11-20 17:40:00\t255\t15\r\n"


@pytest.fixture
def hall(cast):
    sessions = ((time(8, 30), time(12)), (time(14), time(17, 30)))
    draft = HoursDraft("全年", date(2026, 1, 1), None, sessions)
    set_hours(draft=draft, by=system(cast.center), at=datetime(2026, 1, 1, tzinfo=UTC))
    return cast


def run(capsys, *words):
    status = main(["import-punches", *map(str, words)])
    told = capsys.readouterr()
    return status, (told.out + told.err).splitlines()


def test_a_terminal_file_is_brought_in_and_its_bad_line_named(hall, tmp_path, capsys):
    file = tmp_path / "attlog.dat"
    file.write_bytes(LINES)
    status, said = run(capsys, file, "--center", hall.center.code)
    assert (status, said[0]) == (0, "attlog.dat:新增 2,重复 0,有误 1,未对应编号 0")
    assert said[1].startswith("  第 2 行:不是打卡记录")


def test_the_same_file_again_adds_nothing(hall, tmp_path, capsys):
    file = tmp_path / "attlog.dat"
    file.write_bytes(LINES)
    run(capsys, file, "--center", "青山镇")
    assert run(capsys, file, "--center", "青山镇")[1][0] == "attlog.dat:新增 0,重复 2,有误 1,未对应编号 0"
    assert (Device.objects.of(hall.center).count(), Punch.objects.of(hall.other_center).count()) == (1, 0)


def test_columns_can_be_said_on_the_command_line(hall, tmp_path, capsys):
    file = tmp_path / "旧系统.csv"
    file.write_text("甲,乙,丙\n李明,x,2026-11-20 08:20\n", "utf-8")
    refused = run(capsys, file, "--center", "青山镇")
    done = run(capsys, file, "--center", "青山镇", "--mapping", "A=name,C=time", "--first-row", 2, "--device", "旧系统")
    assert (refused[0], done) == (1, (0, ["旧系统.csv:新增 1,重复 0,有误 0,未对应编号 0"]))


def test_an_unknown_centre_is_refused_with_the_list(hall, tmp_path, capsys):
    file = tmp_path / "attlog.dat"
    file.write_bytes(LINES)
    status, said = run(capsys, file, "--center", "黑山镇")
    assert (status, said[0].startswith("没有“黑山镇”这个中心,现有:")) == (1, True)


def test_a_missing_file_is_refused_in_words(hall, tmp_path, capsys):
    assert run(capsys, tmp_path / "none.dat", "--center", "青山镇") == (1, ["没有 none.dat 这个文件"])
