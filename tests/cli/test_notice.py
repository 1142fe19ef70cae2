"""`shouwen notice` and `shouwen close-month` called wrongly: words instead of tracebacks ("1.2")."""

from __future__ import annotations

from datetime import date

import pytest

from shouwen.cli import main
from shouwen.core.actors import system
from shouwen.rulebook import actions as rulebook
from tests import factories
from tests.assessment import scenes

OCTOBER = date(2026, 10, 1)


@pytest.fixture
def posted(cast):
    rulebook.adopt_founding(center=cast.center, active_from=OCTOBER, by=system(cast.center), at=factories.AT)
    return scenes.bring(OCTOBER, "posted", by=factories.actor(cast.sun), at=factories.AT)


def run(capsys, *words):
    status = main([*map(str, words)])
    told = capsys.readouterr()
    return status, (told.out + told.err).strip()


@pytest.mark.parametrize(
    ("month", "center", "out", "told"),
    [
        ("2026-11", "青山镇", "x.pdf", "2026-11 的考核尚未公示"),
        ("2026-13", "青山镇", "x.pdf", "月份应写作 2026-10 的样子:2026-13"),
        ("2026-10", "青山镇", "没有/x.pdf", "写不了 {out}:No such file or directory"),
    ],
)
def test_1_2_notice_says_why_not(posted, tmp_path, capsys, month, center, out, told):
    file = tmp_path / out
    assert run(capsys, "notice", month, "--center", center, "--out", file) == (1, told.format(out=file))


def test_1_2_month_is_closed_in_the_name_of_an_account_of_that_centre(posted, capsys):
    refused = run(capsys, "close-month", "2026-10", "--center", "青山镇", "--by", "nobody")
    assert refused == (1, "账号“nobody”不属于这个中心,或已停用")
