"""A copy of the database tells no number; the key is turned while others write (security.md 42, 43)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from shouwen.cli import rekey
from shouwen.core import clock, privacy
from shouwen.core.actors import system
from shouwen.reception import actions
from shouwen.reception.models import Person
from tests import factories

ROOT = Path(__file__).resolve().parents[2]
CARD, PHONE = "11010519491231002X", "13812340000"
WRITER = """
import sys
import django
from django.conf import settings

settings.DATABASES["default"]["NAME"] = sys.argv[1]
django.setup()
from shouwen.core import clock
from shouwen.core.actors import system
from shouwen.org.models import Center
from shouwen.reception import actions

center = Center.objects.get(code=sys.argv[2])
print("ready", flush=True)
for number in range(int(sys.argv[3])):
    actions.register_person(name=f"群众{number}", phone=f"1390000{number:04}", by=system(center), at=clock.now())
"""


@pytest.fixture
def ring():
    """The key file of the run, put back afterwards."""
    before = settings.PRIVACY_KEY_FILE.read_text("utf-8")
    yield settings.PRIVACY_KEY_FILE
    settings.PRIVACY_KEY_FILE.write_text(before)


@pytest.fixture
def town(transactional_db):
    center = factories.center()
    for number in range(5):
        actions.register_person(
            name=f"村民{number}",
            id_number=CARD[:17] + str(number),
            phone=PHONE,
            confirmed=True,
            by=system(center),
            at=clock.now(),
        )
    return center


def opened(center):
    """Every number of the centre, unsealed."""
    rows = Person.objects.of(center)
    return [
        privacy.unseal(row.phone_sealed, row=privacy.place(row, "phone_sealed")) for row in rows.order_by("created_at", "id")
    ]


def test_the_database_file_holds_no_number_in_the_clear(town):
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        text = Path(connection.settings_dict["NAME"]).read_bytes()
    else:
        text = repr(list(Person.objects.of(town).values_list())).encode()
    assert (text.count(PHONE.encode()), text.count(CARD[:17].encode()), text.count("村民0".encode()) > 0) == (0, 0, True)


def test_rekey_seals_everything_again_while_another_process_writes(town, ring):
    command = [sys.executable, "-c", WRITER, str(connection.settings_dict["NAME"]), town.code, "40"]
    writer = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert writer.stdout.readline() == "ready\n"
    assert rekey.main([]) == 0
    assert writer.communicate(timeout=60)[1] == ""
    assert rekey.main(["--retire"]) == 0
    assert opened(town) == [PHONE] * 5 + [f"1390000{number:04}" for number in range(40)]
    assert [privacy.is_current(row.phone_sealed) for row in Person.objects.of(town)] == [True] * 45


def test_after_retiring_the_ring_holds_one_key_that_seals_and_people_are_still_found(town, ring):
    from shouwen.reception.queries import find_people

    old = ring.read_text("utf-8").split()[0]
    rekey.main([])
    rekey.main(["--retire"])
    kept = privacy.read(ring.read_text("utf-8"))
    assert (old in kept, [key.startswith(privacy.INDEX) for key in kept]) == (False, [False, True])
    assert (len(find_people(town, PHONE)), ring.stat().st_mode & 0o777) == (5, 0o600)


def test_an_old_key_something_still_needs_is_not_dropped(town, ring):
    old = ring.read_text("utf-8").strip()
    rekey.write(["a-new-key-of-forty-characters-0123456789-ab", old])
    assert actions.rekeying.left(town) == 10
    rekey.main(["--retire"])
    assert actions.rekeying.left(town) == 0
