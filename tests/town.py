"""The demo township for tests: played once a run through the real actions, kept as rows, laid into whoever's database.

青山镇 with eighteen people and two months of life, 白河镇 with 赵强, and a few things the demo does not have (`more`), so that
every kind of row and file exists. The pages' clock stands at the demo morning while it is laid.
"""

from __future__ import annotations

import fcntl
import hashlib
import io
import os
import pickle
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from PIL import Image

from shouwen.assessment import actions as assessment
from shouwen.assessment.models import Month
from shouwen.attendance import actions as attendance
from shouwen.cli.demo import people, story
from shouwen.cli.demo.people import moment
from shouwen.duty import actions as duty
from shouwen.duty.models import Shift
from shouwen.org import actions as org
from shouwen.org.models import Center, Member, SetupCode
from shouwen.rulebook import actions as rulebook
from shouwen.rules.leaves import Span
from shouwen.workcalendar import actions as calendar
from shouwen.workcalendar.queries import ClosureDraft
from tests import factories, townhall

DAY = date(2026, 11, 5)
NOW = moment(DAY, "9:12")
SETUP_SECRET = "setup-address-of-a-village-station-1"


def picture(colour: str = "green") -> SimpleUploadedFile:
    """A real photo, as a phone would hand it in."""
    out = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(out, "JPEG")
    return SimpleUploadedFile("photo.jpg", out.getvalue(), "image/jpeg")


def terminal_file(*lines: str, name: str = "attlog.dat") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, "\r\n".join(lines).encode())


@dataclass
class Town:
    """Both centres and their people by name, as they stand in the database now."""

    center: Center
    other: Center
    people: dict[str, Member] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Member:
        return self.people[name]

    def client(self, name: str) -> Client:
        """A browser in which that person has just logged in."""
        return factories.client(self.people[name], NOW)

    def names(self) -> list[str]:
        """Everybody of the first centre."""
        return [name for name, person in self.people.items() if person.center_id == self.center.pk]


def find() -> Town:
    """The town in the database of this test."""
    centers = {center.short_name: center for center in Center.objects.all()}
    found = Town(centers["青山镇"], centers["白河镇"])
    for person in Member.objects.select_related("center", "user"):
        found.people[person.name] = person
    return found


# --- the few things the demo does not have -----------------------------------------------------------------------------


def more(cast: people.Cast) -> None:
    """A photo, evidence, a staged file, an unknown number, a register line, a closure, a draft, an adjustment, a feed."""
    at = NOW
    act = cast.actor
    shift = Shift.objects.of(cast.center).select_related("member", "center").get(date=DAY, kind="hall", ended_at__isnull=True)
    points = story.GOOD
    duty.check_cleaning(shift=shift, points=points, note_text="窗台", photo=picture(), by=act("李明", at), at=at)
    duty.renew_feed(member=cast["李明"], by=act("李明", at), at=at)
    span = Span((date(2026, 11, 17), "am"), (date(2026, 11, 17), "am"))
    leave = attendance.ask_leave(
        member=cast["马超"], kind="sick", span=span, reason="牙科手术", upload=picture("red"), by=act("马超", at), at=at
    )
    attendance.decide_leave(leave=leave, approved=True, note="同意", by=act("周丽", at), at=at)
    attendance.record_check(
        member=cast["黄磊"], seen="games", place="5 号窗口", upload=picture("blue"), by=act("陈监督", at), at=at
    )
    _machines(cast, at)
    calendar.declare_closure(draft=ClosureDraft(date(2026, 12, 7), date(2026, 12, 7), "全镇停电"), by=act("周丽", at), at=at)
    rulebook.start_draft(note="拟改扣分", by=act("孙会", at), at=at)
    september = Month.objects.of(cast.center).get(month=date(2026, 9, 1))
    assessment.adjust(member=cast["郑红"], about=september, points=Decimal(1), reason="漏记加分", by=act("孙会", at), at=at)
    org.invite_center(kind="village", by=act("吴芳", at), at=at)
    digest = hashlib.sha256(SETUP_SECRET.encode()).hexdigest()
    more_hours = {"made_at": at, "expires_at": at + timedelta(hours=24)}
    SetupCode.objects.create(digest=digest, parent=cast.center, kind="village", made_by="吴芳", **more_hours)


def _machines(cast: people.Cast, at: datetime) -> None:
    """What the assessor's pages show: web punching, a staged file, a number nobody has, a line of the paper register."""
    by = cast.actor("孙会", at)
    attendance.add_device(name="网页打卡", kind="web", by=by, at=at)
    terminal = attendance.add_device(name="二楼考勤机", kind="terminal", by=by, at=at)
    line = "77\t2026-11-04 08:20:11\t255\t15\t0\t0"
    attendance.import_punches(device=terminal, data=line.encode(), file_name="二楼.dat", by=by, at=at)
    attendance.stage_file(upload=terminal_file("03\t2026-11-05 08:21:00\t255\t15\t0\t0"), device=terminal, by=by, at=at)
    signed = moment(DAY, "8:26") - timedelta(days=1)
    attendance.type_register(lines=[(cast["林涛"], signed)], note="当日停电", by=by, at=at)


# --- played once, kept as rows -----------------------------------------------------------------------------------------


@dataclass
class Kept:
    """Rows by table with their column names, and the files people handed in."""

    tables: dict[str, tuple[list[str], list[tuple[Any, ...]]]]
    files: dict[str, bytes]
    keys: bytes = b""


@cache
def kept() -> Kept:
    """From the run's folder; the first worker that asks plays the town, the others wait for it."""
    place = Path(os.environ["TEST_RUN_DIR"]) / "town.pickle"
    with place.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not place.exists():
            place.write_bytes(pickle.dumps(_play()))
    found: Kept = pickle.loads(place.read_bytes())  # our own file of a moment ago
    return found


def _play() -> Kept:
    """In a transaction that is rolled back: the test database stays empty."""
    with transaction.atomic():
        before = _files()
        people.neighbour(factories.PASSWORD)
        cast = people.township(factories.PASSWORD)
        story.play(cast, NOW, Path(settings.DATA_DIR) / "terminal", whole=False)
        more(cast)
        townhall.more(cast, DAY)
        found = Kept({model._meta.db_table: _rows(model._meta.db_table) for model in tables()}, {})
        found.files = {name: content for name, content in _files().items() if name not in before}
        found.keys = _keys().read_bytes()
        transaction.set_rollback(True)
    return found


def _keys() -> Path:
    """The ring that sealed the town's numbers: each worker has its own, the town is sealed with one."""
    return Path(settings.PRIVACY_KEY_FILE)


def tables() -> Iterable[Any]:
    return [model for model in apps.get_models() if model._meta.app_label not in ("contenttypes", "sessions")]


def _rows(table: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}"')
        names = [column[0] for column in cursor.description]
        plain = [tuple(bytes(one) if isinstance(one, memoryview) else one for one in row) for row in cursor.fetchall()]
    return names, plain


def _files() -> dict[str, bytes]:
    root = Path(settings.MEDIA_ROOT)
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def lay(*, without: str = "") -> Town:
    """Put the rows into this test's database; `without` leaves out every row of that centre ("青山镇") but the centre."""
    found = kept()
    if _keys().read_bytes() != found.keys:
        _keys().write_bytes(found.keys)
    missing = _center_id(found, without) if without else None
    with transaction.atomic(), connection.cursor() as cursor:
        for table, (names, rows) in found.tables.items():
            if laid := rows if missing is None else [row for row in rows if _stays(table, names, row, missing)]:
                columns, places = ", ".join(f'"{name}"' for name in names), ", ".join(["%s"] * len(names))
                cursor.executemany(f'INSERT INTO "{table}" ({columns}) VALUES ({places})', laid)
    for name, content in found.files.items():
        path = Path(settings.MEDIA_ROOT) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return find()


def _center_id(found: Kept, short_name: str) -> Any:
    names, rows = found.tables["org_center"]
    return next(row[names.index("id")] for row in rows if row[names.index("short_name")] == short_name)


def _stays(table: str, names: list[str], row: tuple[Any, ...], missing: Any) -> bool:
    """Whether a row is not the missing centre's; of accounts nobody has left, former passwords go too."""
    owners = [value for name, value in zip(names, row, strict=True) if name in ("center_id", "parent_id")]
    return table == "org_center" or (table != "org_passwordhistory" and missing not in owners)


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens inside leaves the town as it was."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def everything(leave_out: Iterable[str] = ()) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table of ours, to be compared with a later look."""
    skipped = set(leave_out)
    names = [model._meta.db_table for model in apps.get_models() if model._meta.db_table not in skipped]
    return {name: _rows(name)[1] for name in names}
