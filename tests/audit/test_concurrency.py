"""Several real processes write one chain: no gap, no fork, whatever each of them rolls back."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from django.db import connection

from shouwen.audit import queries
from shouwen.core.tenancy import uuid7

ROOT = Path(__file__).resolve().parent.parent.parent
PROCESSES, ROUNDS, EVERY = 4, 30, 5
WRITER = """
import sys, types, uuid
import django
from django.conf import settings

settings.DATABASES["default"]["NAME"] = sys.argv[1]
django.setup()
from django.db import transaction
from shouwen.audit.actions import record
from shouwen.core import actors, clock

by = actors.system(types.SimpleNamespace(pk=uuid.UUID(sys.argv[2])), label=sys.argv[3])
for number in range(1, int(sys.argv[4]) + 1):
    with transaction.atomic():
        record(by=by, at=clock.now(), verb="demo.thing.do", detail={"number": number})
        if number % int(sys.argv[5]) == 0:
            transaction.set_rollback(True)
"""


def test_chain_is_gapless_when_processes_write_and_roll_back_at_once(transactional_db):
    center = uuid7()
    database = str(connection.settings_dict["NAME"])
    command = [sys.executable, "-c", WRITER, database, str(center)]
    started = [
        subprocess.Popen([*command, str(index), str(ROUNDS), str(EVERY)], cwd=ROOT, stderr=subprocess.PIPE, text=True)
        for index in range(PROCESSES)
    ]
    ended = [(process.communicate(timeout=60)[1], process.returncode) for process in started]
    kept = PROCESSES * (ROUNDS - ROUNDS // EVERY)
    assert ended == [("", 0)] * PROCESSES
    assert list(queries.records(center).values_list("seq", flat=True)) == list(range(kept, 0, -1))
    assert queries.verify(center) == queries.Report(center, rows=kept, found=0, problems=[])
