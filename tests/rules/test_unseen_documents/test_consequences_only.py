"""No points at all: counts and days that cancel awards, and a ladder of approvers with holes."""

import pytest

from tests.rules.test_unseen_documents.worked import f, worked

RULEBOOK = """
[sheets.month]
subjects = "member"

[sheets.year]
subjects = "member"
period = "year"

[items.late]
title = "迟到早退"
sheet = "month"
facts = ["late", "left_early"]
record = true

[items.absent]
title = "旷工"
sheet = "month"
record = true

[items.leave]
title = "病事假"
sheet = "month"
facts = ["sick", "personal"]
record = true

[outcomes.no_award]
title = "取消年度评先资格"
sheet = "month"
when_any = [{ items = "late", at_least = 5 }, { items = "absent", of = "days", at_least = 1 }]

[outcomes.unit_loses]
title = "扣所在单位形象分"
sheet = "year"
when_any = [{ items = "leave", of = "days", over = 30 }, { facts = "warned", at_least = 1 }]

[outcomes.dismissed]
title = "按人事规定处理"
sheet = "month"
when = { items = "absent", window = "consecutive_days", at_least = 5 }

[[leave_ladder]]
at_most = 0.25
approver = "窗口负责人"
form = "oral"

[[leave_ladder]]
is = 0.5
approver = "中心"

[[leave_ladder]]
at_least = 1
at_most = 3
approver = "分管领导"

[[leave_ladder]]
at_least = 3
approver = "主要领导"
cover = true

[[leave_ladder]]
is = 0.5
where = { "attr.alone" = "yes" }
approver = "中心、单位"
"""
HOLES = ["请假天数0.25(不含)到 0.5(不含)之间没有规定", "请假天数0.5(不含)到 1(不含)之间没有规定", "请假天数恰好 3 时两档都适用"]
FIVE_DAYS = [f("absent", date=day, days=1) for day in ("2026-10-28", "2026-10-29", "2026-10-30", "2026-11-02", "2026-11-03")]


def leave(days=None, **more):
    length = {} if days is None else {"days": days}
    return {"member": "a", "kind": "sick", "from": "2026-10-15", "to": "2026-10-19", **length, **more}


ROWS = [
    ({"facts": [f("late", count=4), f("left_early")]}, {"outcomes:a month": ["no_award"], ":problems": HOLES}),
    ({"facts": [f("late", count=4), f("absent", days=0.5)]}, {"outcomes:a month": []}),
    ({"period": "2026", "facts": [f("sick", days=20), f("personal", days=10)]}, {"outcomes:a year": []}),
    ({"period": "2026", "facts": [f("sick", days=20), f("personal", days=10.5)]}, {"outcomes:a year": ["unit_loses"]}),
    ({"period": "2026", "facts": [f("warned")]}, {"outcomes:a year": ["unit_loses"]}),
    ({"period": "2026-11", "facts": FIVE_DAYS}, {"outcomes:a month": ["no_award", "dismissed"]}),
    ({"leaves": [leave(0.5)]}, {":leaves": [("0.5", "中心", None)]}),
    ({"leaves": [leave(0.3)]}, {":leaves": [("0.3", None, "请假0.3天,制度没有规定由谁审批")]}),
    ({"leaves": [leave()]}, {":leaves": [("3", None, "请假3天,制度同时规定了几个审批人")]}),
    ({"leaves": [leave(4)]}, {":leaves": [("4", "主要领导", None)]}),
    ({"leaves": [leave(0.5, attrs={"alone": "yes"})]}, {":leaves": [("0.5", None, "请假0.5天,制度同时规定了几个审批人")]}),
]


@pytest.mark.parametrize(("row", "expected"), ROWS)
def test_consequences_only(row, expected):
    assert worked(RULEBOOK, {"period": "2026-10", "members": ["a"], **row}, expected) == expected
