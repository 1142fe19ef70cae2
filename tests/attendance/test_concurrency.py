"""Two people at once, in two real processes: one wins, nothing is doubled."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from django.db import connection

from shouwen.attendance import actions
from shouwen.attendance.models import Leave, LeaveApproval
from shouwen.audit import queries as trail
from shouwen.rules.leaves import Span
from tests import factories
from tests.attendance.days import local

ROOT = Path(__file__).resolve().parent.parent.parent
AT = local("2026-11-23", "08:00")
ANSWERER = """
import sys
from datetime import datetime
import django
from django.conf import settings

settings.DATABASES["default"]["NAME"] = sys.argv[1]
django.setup()
from shouwen.attendance import actions
from shouwen.attendance.models import Leave
from shouwen.core.errors import Refused
from shouwen.org.models import Member
from shouwen.org.queries import actor_of

at = datetime.fromisoformat(sys.argv[3])
leave = Leave.objects.select_related("center", "member", "cover").get(code=sys.argv[2])
by = actor_of(Member.objects.select_related("center", "user").get(center=leave.center, code=sys.argv[4]), at)
print("ready", flush=True)
sys.stdin.readline()
try:
    actions.decide_leave(leave=leave, approved=sys.argv[5] == "yes", by=by, at=at)
    print("won")
except Refused as refused:
    print(refused.message)
"""


@pytest.mark.django_db(transaction=True)
def test_two_approvers_at_once_one_wins(request):
    """ "1.4.1": one says yes, one says no, at the same moment."""
    hall = request.getfixturevalue("hall")
    factories.grant(hall.zhang, "leader")
    half = (date(2026, 11, 24), "am")
    li = factories.actor(hall.li, AT)
    leave = actions.ask_leave(member=hall.li, kind="sick", span=Span(half, half), reason="复诊", by=li, at=AT)
    command = [sys.executable, "-c", ANSWERER, str(connection.settings_dict["NAME"]), leave.code, AT.isoformat()]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "cwd": ROOT}
    started = [
        subprocess.Popen([*command, member.code, answer], **pipes)
        for member, answer in ((hall.zhou, "yes"), (hall.zhang, "no"))
    ]
    assert [one.stdout.readline() for one in started] == ["ready\n", "ready\n"]
    for one in started:
        one.stdin.write("go\n")
        one.stdin.flush()
    said = sorted(one.communicate(timeout=60)[0].strip() for one in started)
    leave = Leave.objects.of(hall.center).get()
    decided = LeaveApproval.objects.of(hall.center).exclude(state="waiting").count()
    answers = [row for row in trail.records(hall.center) if row.verb == "attendance.leave.decide"]
    assert said == ["won", "已被他人处理,请刷新后再看"]
    assert (decided, len(answers), leave.state in ("approved", "rejected")) == (1, 1, True)
