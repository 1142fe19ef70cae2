"""`shouwen verify`: one line a chain, status 1 when anything was touched."""

from __future__ import annotations

from shouwen.audit.actions import anchor, record
from shouwen.cli import verify
from shouwen.core.actors import ANONYMOUS
from tests.audit.conftest import AT


def test_whole_trail_is_reported_by_center(hall, write, by, capsys):
    write(3)
    record(by=ANONYMOUS, at=AT, verb="org.login", result="failed")
    anchor(by=by, at=AT)
    status = verify.main([])
    assert (status, capsys.readouterr().out.splitlines()) == (
        0,
        [
            "全装置（不属于任何中心）：2 条，完整",
            "青山镇便民服务中心：3 条，完整",
            "留锚文件：2 行，完整",
            "审计链完整。",
        ],
    )


def test_touched_trail_names_center_and_record_and_ends_with_1(hall, write, sql, capsys):
    write(3)
    sql("UPDATE audit_record SET label = 'x' WHERE seq = 2")
    status = verify.main([])
    assert (status, capsys.readouterr().out.splitlines()) == (
        1,
        [
            "青山镇便民服务中心：3 条，发现 1 处问题",
            "  第 2 条的内容与封签不符（被改动）",
            "留锚文件：0 行，完整",
            "审计链不完整：请保留现场，不要继续写入，报审计管理员和上级核查。",
        ],
    )


def test_many_problems_are_cut_short_with_their_number(hall, write, sql, capsys):
    write(25)
    sql("UPDATE audit_record SET label = 'x' WHERE 1 = 1")
    verify.main([])
    lines = capsys.readouterr().out.splitlines()
    assert (lines[0], lines[21], len(lines)) == ("青山镇便民服务中心：25 条，发现 25 处问题", "  ……其余 5 处从略", 24)


def test_touched_anchor_file_ends_with_1(hall, write, by, own_folder, capsys):
    write(1)
    anchor(by=by, at=AT)
    (own_folder / "anchors" / "audit.log").unlink()
    assert (verify.main([]), capsys.readouterr().out.splitlines()[2:4]) == (
        1,
        ["留锚文件：0 行，发现 1 处问题", "  留锚文件缺少行：审计记录写明应有 1 行，现有 0 行"],
    )


def test_empty_installation_is_whole(db, capsys):
    assert (verify.main([]), capsys.readouterr().out.splitlines()) == (0, ["留锚文件：0 行，完整", "审计链完整。"])
