"""Which promises, extensions and grounds the law lets a catalogue make ("3.3")."""

from __future__ import annotations

import pytest

from shouwen.rules import limits
from shouwen.rules.clock import Limit


@pytest.mark.parametrize(
    ("promised", "statutory", "allowed"),
    [
        (Limit(20), Limit(20), True),
        (Limit(21), Limit(20), False),
        (Limit(5), None, True),
        (Limit(0, "same_day"), Limit(20), True),
        (Limit(30, "minute"), Limit(1), True),
        (Limit(9, "hour"), Limit(1), False),
        (Limit(8, "hour"), Limit(1), True),
        (Limit(3), Limit(60, "minute"), False),
        (Limit(7, "day"), Limit(7), True),
        (Limit(8, "day"), Limit(7), False),
        (Limit(5), Limit(7, "day"), False),
        (Limit(7, "day"), Limit(7, "day"), True),
        (Limit(2, "day"), Limit(4, "hour"), False),
        (Limit(2, "hour"), Limit(7, "day"), True),
    ],
)
def test_a_promise_is_never_longer_than_the_law_3_3(promised: Limit, statutory: Limit | None, allowed: bool):
    """ "3.3": and where holidays could make it longer, it is not allowed either (L10)."""
    assert (limits.promise_problem(promised, statutory) == "") is allowed


@pytest.mark.parametrize(
    ("n", "approver", "joint", "problem"),
    [
        (0, "", False, ""),
        (10, "head", False, ""),
        (11, "head", False, "可延长的时限最多 10 个工作日"),
        (15, "government", True, ""),
        (16, "government", True, "可延长的时限最多 15 个工作日"),
        (5, "head", True, "联办事项的延期须由本级人民政府负责人批准"),
        (5, "government", False, "延期须由本行政机关负责人批准"),
        (5, "", False, "延期须由本行政机关负责人批准"),
        (0, "head", False, "写了延期批准人，却没有写可延长几个工作日"),
    ],
)
def test_an_extension_is_bounded_and_has_its_approver_3_3(n: int, approver: str, joint: bool, problem: str):
    """ "3.3": 10 working days by the head, 15 by the government for joint handling."""
    assert limits.extension_problem(n, approver, joint=joint) == problem


@pytest.mark.parametrize(
    ("limit", "words"),
    [(None, "无法定时限"), (Limit(0, "same_day"), "当日办结"), (Limit(30, "minute"), "30 分钟"), (Limit(20), "20 个工作日")],
)
def test_a_limit_in_words(limit: Limit | None, words: str):
    assert limits.words(limit) == words
