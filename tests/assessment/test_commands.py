"""`shouwen close-month` and `shouwen notice`, over the same actions as the pages."""

from __future__ import annotations

import pytest

from shouwen.assessment.models import Month
from shouwen.cli import close_month, notice
from shouwen.core.errors import Refused


@pytest.fixture
def close(founding, center):
    """`close("2026-10", "--state", "posted")` in the name of 孙会."""
    return lambda *words: close_month.main([*words, "--center", center.code, "--by", "sunhui"])


def test_close_month_freezes_and_says_so(close, center, capsys):
    assert close("2026-10") == 0
    assert capsys.readouterr().out == "2026年10月考核已冻结\n"
    assert Month.objects.of(center).get().state == "frozen"


def test_close_month_that_is_closed_already_says_somebody_was_quicker(close):
    close("2026-10")
    with pytest.raises(Refused, match="2026年10月已冻结,已被他人处理"):
        close("2026-10")


def test_close_month_stops_where_another_must_confirm_and_keeps_the_whole_steps(close, center):
    with pytest.raises(Refused, match="须由他人确认"):
        close("2026-10", "--state", "final")
    assert Month.objects.of(center).get().state == "frozen"


def test_close_month_by_an_account_of_another_centre_is_refused(founding, center, zhao):
    with pytest.raises(Refused, match="不属于这个中心"):
        close_month.main(["2026-10", "--center", center.code, "--by", "zhaoqiang"])


def test_close_month_by_who_is_no_assessor_is_refused(founding, center):
    with pytest.raises(Refused, match="须由考核员办理"):
        close_month.main(["2026-10", "--center", center.code, "--by", "zhouli"])


def test_close_month_names_a_month_it_cannot_read(close):
    with pytest.raises(Refused, match="月份应写作 2026-10 的样子"):
        close("十月")


@pytest.mark.parametrize("size", ["A4", "A3"])
def test_notice_writes_the_poster(october, center, tmp_path, size):
    october("posted")
    out = tmp_path / "notice.pdf"
    assert notice.main(["2026-10", "--center", center.code, "--size", size, "--out", str(out)]) == 0
    assert out.read_bytes()[:5] == b"%PDF-"


def test_notice_of_a_month_not_posted_is_refused(october, center, tmp_path):
    october("frozen")
    with pytest.raises(Refused, match="尚未公示"):
        notice.main(["2026-10", "--center", center.code, "--out", str(tmp_path / "n.pdf")])
