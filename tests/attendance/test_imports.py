"""Files of punches: good lines in, bad lines told, nothing twice, nothing half-done."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from shouwen.attendance import actions, queries
from shouwen.attendance.models import ImportBatch, Punch, QuarantineLine, SlotResult, UnmatchedPin
from shouwen.core.actors import system
from shouwen.core.errors import Refused
from tests.attendance.days import full_day, lines, local

DAY, ON, AT = "2026-10-12", date(2026, 10, 12), local("2026-10-13", "02:00")


def brought(terminal, data, by, at=AT):
    return actions.import_punches(device=terminal, data=data, file_name="attlog.dat", by=by, at=at)


def test_good_lines_are_kept_and_bad_ones_told_with_number_and_advice(hall, terminal):
    data = lines(*full_day("3", DAY)) + b"lixo\r\n3\t2026-02-31 08:00:00\t0\t1\r\n3\t2000-01-01 00:00:05\t0\t1\r\n"
    batch = brought(terminal, data, system(hall.center))
    told = [(row.line, row.reason[:4], bool(row.advice)) for row in queries.bad_lines(batch)]
    assert (batch.good, batch.bad, told) == (4, 3, [(5, "不是打卡", True), (6, "打卡时间", True), (7, "设备时钟", True)])


def test_the_same_file_again_changes_nothing(hall, terminal):
    data = lines(*full_day("3", DAY))
    brought(terminal, data, system(hall.center))
    again = brought(terminal, data, system(hall.center))
    assert (again.added, again.duplicate, Punch.objects.of(hall.center).count()) == (0, 4, 4)


def test_the_same_second_with_face_and_finger_is_two_punches_and_one_arrival(hall, terminal, bring):
    bring(f"3 {DAY} 08:20:00", at=AT)
    brought(terminal, f"3\t{DAY} 08:20:00\t255\t1\r\n".encode(), system(hall.center))
    assert Punch.objects.of(hall.center).count() == 2


def test_a_file_over_20_mb_is_refused_naming_the_limit(hall, terminal):
    with pytest.raises(Refused, match="超过 20 MB 的上限"):
        brought(terminal, b"x" * (20 * 1024 * 1024 + 1), system(hall.center))
    assert ImportBatch.objects.of(hall.center).count() == 0


def test_an_empty_file_is_refused_and_leaves_nothing(hall, terminal):
    with pytest.raises(Refused, match="空的"):
        brought(terminal, b"\r\n", system(hall.center))
    assert ImportBatch.objects.of(hall.center).count() == 0


def test_identity_numbers_are_masked_in_what_is_kept(hall, terminal):
    """Security 40: a 人证 terminal sends identity numbers."""
    data = f"3\t{DAY} 08:20:00\t0\t1\t0\t0\t0\t110101199003077758\t0\r\n".encode()
    brought(terminal, data, system(hall.center))
    assert "110101199003077758" not in Punch.objects.of(hall.center).get().raw


def test_a_clerk_may_not_import(hall, terminal, actor):
    with pytest.raises(Refused, match="考核员"):
        brought(terminal, lines(*full_day("3", DAY)), actor(hall.li, AT))


def test_an_unknown_pin_waits_and_counts_once_mapped(hall, terminal, bring, actor):
    """Its punches are replayed when somebody says whose it is, from that day on."""
    bring(*full_day("99", DAY), at=AT)
    waiting = UnmatchedPin.objects.of(hall.center).get()
    actions.map_pin(pin="99", member=hall.li, active_from=ON, by=actor(hall.sun, AT), at=AT)
    waiting.refresh_from_db()
    states = set(SlotResult.objects.of(hall.center).filter(member=hall.li, date=ON).values_list("state", flat=True))
    assert (waiting.punches, waiting.outcome, states) == (4, "对应到李明", {"normal"})


def test_a_remapped_pin_keeps_its_past(hall, bring, actor):
    bring(*full_day("99", DAY), *full_day("99", "2026-10-13"), at=local("2026-10-14", "02:00"))
    by, at = actor(hall.sun, AT), local("2026-10-14", "02:00")
    actions.map_pin(pin="99", member=hall.li, active_from=ON, by=by, at=at)
    actions.map_pin(pin="99", member=hall.zhang, active_from=date(2026, 10, 13), by=by, at=at)
    actions.recompute(start=ON, end=date(2026, 10, 13), by=by, at=at)
    normal = SlotResult.objects.of(hall.center).filter(state="normal").values_list("member__name", "date").distinct()
    assert set(normal) == {("李明", ON), ("张敏", date(2026, 10, 13))}


def test_padded_and_plain_numbers_are_different_people(hall, terminal):
    """The PIN is text: 03 is not 3."""
    brought(terminal, lines(*full_day("03", DAY)), system(hall.center))
    assert [row.pin for row in queries.open_pins(hall.center)] == ["03"]


def test_an_ignored_pin_stays_ignored(hall, terminal, actor):
    brought(terminal, lines(*full_day("99", DAY)), system(hall.center))
    actions.ignore_pin(row=queries.open_pins(hall.center)[0], by=actor(hall.sun, AT), at=AT)
    brought(terminal, lines(*full_day("99", "2026-10-13")), system(hall.center))
    assert list(queries.open_pins(hall.center)) == []


def test_a_staged_file_is_confirmed_once(hall, terminal, actor):
    by = actor(hall.sun, AT)
    upload = SimpleUploadedFile("attlog.dat", lines(*full_day("3", DAY)))
    batch = actions.stage_file(device=terminal, upload=upload, by=by, at=AT)
    done = actions.confirm_import(batch=batch, by=by, at=AT)
    with pytest.raises(Refused, match="已被他人处理"):
        actions.confirm_import(batch=batch, by=by, at=AT)
    assert (done.added, Punch.objects.of(hall.center).count()) == (4, 4)


def test_a_given_up_file_leaves_no_punch_and_no_file(hall, terminal, actor, django_capture_on_commit_callbacks):
    by = actor(hall.sun, AT)
    batch = actions.stage_file(device=terminal, upload=SimpleUploadedFile("a.dat", lines(*full_day("3", DAY))), by=by, at=AT)
    path = queries.staged_path(batch)
    with django_capture_on_commit_callbacks(execute=True):
        actions.cancel_import(batch=batch, by=by, at=AT)
    assert (path.exists(), Punch.objects.of(hall.center).count()) == (False, 0)


def test_an_old_file_does_not_take_the_watermark_back(hall, terminal, bring):
    bring(*full_day("3", DAY), at=AT)
    brought(terminal, lines(*full_day("3", "2026-10-09")), system(hall.center))
    terminal.refresh_from_db()
    assert terminal.synced_until == AT


KILLED = """
import os, signal, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "shouwen.settings"
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from datetime import UTC, datetime
from shouwen.attendance import actions
from shouwen.attendance.actions import imports
from shouwen.attendance.models import Punch, ImportBatch, QuarantineLine
from shouwen.core.actors import system
from shouwen.org.models import Center
at = datetime(2026, 10, 13, tzinfo=UTC)
if sys.argv[1] == "count":
    print(Punch.objects.count(), ImportBatch.objects.count(), QuarantineLine.objects.count())
    sys.exit()
center = Center.objects.create(name="甲", short_name="甲", report_phone="1", created_at=at)
device = actions.add_device(name="机", kind="terminal", by=system(center), at=at)
whole, seen = imports.Insert.__call__, []
def half(self, lines, tally):
    whole(self, lines, tally)
    seen.append(1)
    if len(seen) == 3:
        os.kill(os.getpid(), signal.SIGKILL)
imports.Insert.__call__ = half
data = "".join(f"{n % 50}\\t2026-10-{n % 28 + 1:02d} 08:{n % 60:02d}:{n // 60 % 60:02d}\\t255\\t1\\r\\n" for n in range(10_000)).encode()
actions.import_punches(device=device, data=b"bad\\r\\n" + data, file_name="a", by=system(center), at=at)
"""


def test_a_killed_import_leaves_nothing_half_done(tmp_path):
    """A real process, killed with SIGKILL after 6,000 of 10,000 lines; then the database is opened again."""
    script = tmp_path / "killed.py"
    script.write_text(KILLED)

    environment = os.environ | {"SHOUWEN_DATA_DIR": str(tmp_path / "data"), "PYTHONPATH": os.getcwd(), "DATABASE_URL": ""}
    killed = subprocess.run([sys.executable, script, "import"], env=environment, capture_output=True, check=False)
    counted = subprocess.run([sys.executable, script, "count"], env=environment, capture_output=True, text=True, check=True)
    assert (killed.returncode, counted.stdout.split()) == (-9, ["0", "0", "0"])


def test_another_centres_pins_are_another_centres(hall, bring):
    """Both centres have a staff number 1; the file of one moves nothing in the other."""
    bring(*full_day("1", DAY), at=AT)
    assert (Punch.objects.of(hall.other_center).count(), QuarantineLine.objects.of(hall.other_center).count()) == (0, 0)


def test_a_sheet_for_one_day_does_not_hold_up_the_terminal(hall, terminal):
    """Only a terminal, or the centre's one source, is waited for before the lack of a punch counts."""
    sheet = actions.add_device(name="停电日登记表", kind="sheet", by=system(hall.center), at=AT)
    alone = actions.add_device(name="钉钉", kind="dingtalk", by=system(hall.other_center), at=AT)
    assert (terminal.is_source, sheet.is_source, alone.is_source) == (True, False, True)
