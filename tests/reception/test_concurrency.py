"""Two people at once, in real processes: one wins, the matter has one holder ("4.3.2.1")."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from shouwen.reception import actions, queries
from shouwen.reception.models import HandOver, Holding, Inquiry, Matter
from tests import factories

ROOT = Path(__file__).resolve().parents[2]
AT = factories.AT
TAKER = """
import sys
from datetime import datetime
import django
from django.conf import settings

settings.DATABASES["default"]["NAME"] = sys.argv[1]
django.setup()
from shouwen.core.errors import Refused
from shouwen.org.models import Center, Member
from shouwen.org.queries import actor_of
from shouwen.reception import actions
from shouwen.reception.models import HandOver

at, center = datetime.fromisoformat(sys.argv[2]), Center.objects.get(code=sys.argv[3])
by = actor_of(Member.objects.of(center).select_related("center", "user").get(code=sys.argv[4]), at)
row = HandOver.objects.of(center).filter(code=sys.argv[5]).select_related("matter").first()
print("ready", flush=True)
sys.stdin.readline()
try:
    if row is not None:
        actions.take_over(hand_over=row, by=by, at=at)
    else:
        actions.open_inquiry(channel="walk_in", subjects=[(None, "x")], first_asked=by.member, token=sys.argv[5], by=by, at=at)
    print("won")
except Refused as refused:
    print(refused.message)
"""


@pytest.fixture
def town(transactional_db):
    return factories.cast()


def together(town, what):
    """What 周丽's and 张敏's processes say when they act at the same moment."""
    command = [sys.executable, "-c", TAKER, str(connection.settings_dict["NAME"]), AT.isoformat(), town.center.code]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "cwd": ROOT}
    started = [subprocess.Popen([*command, member.code, what], **pipes) for member in (town.zhou, town.zhang)]
    assert [one.stdout.readline() for one in started] == ["ready\n"] * 2
    for one in started:
        one.stdin.write("go\n")
        one.stdin.flush()
    return sorted(one.communicate(timeout=60)[0].strip() for one in started)


def test_two_clerks_accepting_one_hand_over_one_wins(town):
    li = factories.actor(town.li)
    inquiry = actions.open_inquiry(channel="walk_in", subjects=[(None, "低保")], first_asked=town.li, by=li, at=AT)
    matter = inquiry.matters.get()
    row = actions.hand_over(matter=matter, kind="escorted", department=town.affairs, by=li, at=AT)
    assert together(town, row.code) == ["won", "已被他人处理,请刷新后再看"]
    taken = HandOver.objects.of(town.center).get()
    assert (taken.answered_by, Holding.objects.of(town.center).count()) == (queries.holder_of(matter, AT).member, 2)


def test_a_form_sent_twice_at_once_is_one_inquiry(town):
    assert together(town, "token-1") == ["won", "won"]
    assert (Inquiry.objects.of(town.center).count(), Matter.objects.of(town.center).count()) == (1, 1)
