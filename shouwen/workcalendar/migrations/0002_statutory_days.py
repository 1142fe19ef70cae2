"""Seed the statutory days 2004–2026 that come with Shouwen (days.json)."""

import json
from datetime import date
from pathlib import Path

from django.db import migrations
from django.utils import timezone

SEED = Path(__file__).resolve().parent.parent / "days.json"


def seed(apps, schema_editor):
    Notice, Day = apps.get_model("workcalendar", "Notice"), apps.get_model("workcalendar", "StatutoryDay")
    document = json.loads(SEED.read_text("utf-8"))
    until, now = date.fromisoformat(document["known_until"]), timezone.now()
    notices = {
        key: Notice(
            title=title,
            known_until=date(int(key[:4]), 12, 31) if key[:4].isdigit() else until,
            imported_by="随系统提供",
            imported_at=now,
        )
        for key, title in document["sources"].items()
    }
    Notice.objects.bulk_create(notices.values())
    Day.objects.bulk_create(
        Day(date=date.fromisoformat(day), is_working=kind == "work", reason=reason, notice=notices[source])
        for day, (kind, reason, source) in document["days"].items()
    )


class Migration(migrations.Migration):
    dependencies = [("workcalendar", "0001_initial")]
    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
