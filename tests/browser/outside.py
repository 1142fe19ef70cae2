"""Everything an outsider may meet, in one hall: cases, a queue with a machine, the catalogue, a posted month."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Any

from shouwen.cases.models import Case
from shouwen.catalogue import actions as catalogue
from shouwen.core.actors import system
from shouwen.org.models import Center
from shouwen.reception.models import HallDevice, Ticket
from shouwen.rulebook import actions as rulebook
from tests import factories
from tests.assessment import scenes
from tests.cases.hall import Hall, when
from tests.reception.queue_scene import open_scene

KIOSK = "cookie of the machine at the east door"
OCTOBER = date(2026, 10, 1)


@dataclass
class Outside:
    hall: Hall
    center: Center
    case: Case
    ticket: Ticket
    kiosk: HallDevice

    def path(self, name: str) -> str:
        """Where a page is, by a short name."""
        code = self.center.code
        found = {
            "front": f"/p/{code}/", "guides": f"/g/{code}/?q=db", "guide": f"/g/{code}/items/{self.case.item.code}/",
            "fees": f"/g/{code}/fees/", "progress": f"/p/{code}/progress/", "scanned": f"/p/{code}/progress/{self.case.code}/",
            "shown": f"/p/{code}/case/", "line": f"/q/{code}/{self.ticket.code}/", "take": f"/q/{code}/",
            "kiosk": f"/p/{code}/kiosk/", "hall": f"/board/{code}/hall/", "month": f"/p/{code}/2026-10/",
            "posting": f"/board/{code}/posting/", "ask": f"/p/{code}/ask/", "centers": "/p/",
        }  # fmt: skip
        return found[name]


def lay(cast: Any) -> Outside:
    """青山镇 on the morning of 2026-11-23: a case paused for experts, another told what is missing, five numbers waiting."""
    by, at = factories.actor(cast.wang), when("11-23 08:50")
    rulebook.adopt_founding(center=cast.center, active_from=date(2026, 1, 1), by=system(cast.center), at=at)
    catalogue.load_sample(by=by, at=at)
    hall, scene = Hall(cast), open_scene(cast, at)
    case = hall.accepted("11-09 10:00")
    hall.do("pause_case", case, "11-17 08:40", ground="expert_review", needed_days=8)
    tickets = [scene.take(when(f"11-23 09:0{minute}"), queue) for minute, queue in enumerate((scene.a, scene.b, scene.a))]
    kiosk = HallDevice.objects.create(
        center=cast.center, kind="kiosk", name="东门取号机", token_digest=hashlib.sha256(KIOSK.encode()).hexdigest(),
        made_by="周丽", made_at=at, paired_at=at,
    )  # fmt: skip
    scenes.offend(cast.li, "games", 2)
    scenes.bring(OCTOBER, "posted", by=factories.actor(cast.sun), at=at)
    return Outside(hall, cast.center, case, tickets[-1], kiosk)
