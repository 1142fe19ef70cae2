"""Two people put one draft in force at the same moment, in two real processes: one wins, versions never overlap."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from django.db import connection

from shouwen.catalogue import actions, queries
from shouwen.catalogue.models import ItemVersion, Material
from tests import factories
from tests.catalogue.conftest import base

ROOT = Path(__file__).resolve().parent.parent.parent
LATER = date(2026, 12, 1)
ENACTOR = """
import sys
from datetime import date, datetime
import django
from django.conf import settings

settings.DATABASES["default"]["NAME"] = sys.argv[1]
django.setup()
from shouwen.catalogue import actions
from shouwen.catalogue.models import ItemVersion
from shouwen.core.errors import Refused
from shouwen.org.models import Member
from shouwen.org.queries import actor_of

at = datetime.fromisoformat(sys.argv[3])
draft = ItemVersion.objects.select_related("center", "item").get(code=sys.argv[2])
by = actor_of(Member.objects.select_related("center", "user").get(center=draft.center, code=sys.argv[4]), at)
print("ready", flush=True)
sys.stdin.readline()
try:
    actions.put_in_force(draft=draft, active_from=date(2026, 12, 1), by=by, at=at)
    print("won")
except Refused as refused:
    print(refused.message)
"""


@pytest.mark.django_db(transaction=True)
def test_two_decide_about_one_draft_at_once_and_one_wins_3_3(request):
    """ "3.3": there is one version on every day."""
    cast = request.getfixturevalue("cast")
    by, at = factories.actor(cast.wang), factories.AT
    first = actions.create_item(document=base(), by=by, at=at)
    actions.put_in_force(draft=first, active_from=date(2026, 11, 23), by=by, at=at)
    draft = actions.start_draft(item=first.item, by=by, at=at)
    command = [sys.executable, "-c", ENACTOR, str(connection.settings_dict["NAME"]), draft.code, at.isoformat()]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "cwd": ROOT}
    started = [subprocess.Popen([*command, member.code], **pipes) for member in (cast.zhou, cast.wang)]
    assert [one.stdout.readline() for one in started] == ["ready\n", "ready\n"]
    for one in started:
        one.stdin.write("go\n")
        one.stdin.flush()
    said = sorted(one.communicate(timeout=60)[0].strip() for one in started)
    rows = ItemVersion.objects.of(cast.center).order_by("number").values_list("state", "active_from", "active_to")
    assert said == ["won", "已被他人处理,请刷新后再看"]
    assert list(rows) == [("ended", date(2026, 11, 23), LATER), ("in_force", LATER, None)]
    assert Material.objects.of(cast.center).filter(version=draft).count() == 4
    assert queries.version_in_force(cast.center, first.item.code, LATER).pk == draft.pk
