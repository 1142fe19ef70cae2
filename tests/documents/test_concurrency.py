"""Many processes number papers at once."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from shouwen.documents.models import Document, Series

PROCESSES, EACH = 3, 4
ROOT = Path(__file__).resolve().parents[2]
WORKER = """
import json, sys
import django
from django.conf import settings
told = json.loads(sys.stdin.read())
settings.DATABASES["default"].update(told["database"])
django.setup()
from shouwen.core.clock import now
from shouwen.core.actors import system
from shouwen.documents.actions import issue
from shouwen.org.models import Center
center = Center.objects.get(pk=told["center"])
for _ in range(told["times"]):
    issue(kind="table", data=told["data"], subject="表", by=system(center), at=now())
"""


@pytest.mark.django_db(transaction=True)
def test_processes_issuing_at_once_get_every_number_once(transactional_db):
    from tests import factories

    center = factories.center()
    keys = ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")
    told = {
        "database": {key: connection.settings_dict[key] for key in keys},
        "center": str(center.pk),
        "times": EACH,
        "data": {"title": "表", "columns": [{"title": "甲"}], "rows": [["1"]]},
    }
    started = [
        subprocess.Popen([sys.executable, "-c", WORKER], stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT)
        for _ in range(PROCESSES)
    ]
    for process in started:
        process.stdin.write(json.dumps(told, default=str))
        process.stdin.close()
        process.stdin = None
    assert [(process.communicate(timeout=120)[1], process.returncode) for process in started] == [("", 0)] * PROCESSES

    serials = sorted(Document.objects.of(center).values_list("serial", flat=True))
    assert serials == list(range(1, PROCESSES * EACH + 1))
    assert Series.objects.of(center).get().last == PROCESSES * EACH
