"""Build the demo database in one transaction a centre; a second start finds it and changes nothing."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import transaction

from shouwen.cli import demo
from shouwen.cli.demo import people, story
from shouwen.core import clock
from shouwen.org.queries import centers

MARK = "demo.json"


def ensure() -> str | None:
    """The password of the demo accounts, seeding first when the data folder is new; None when it holds a real centre."""
    mark = Path(settings.DATA_DIR) / MARK
    call_command("migrate", interactive=False, verbosity=0)
    if mark.exists():
        return str(json.loads(mark.read_text("utf-8"))["password"])
    if centers():
        print(f"{settings.DATA_DIR} 里已有真实的中心,演示数据不会写进去。请换一个 SHOUWEN_DATA_DIR。", file=sys.stderr)
        return None
    began = time.monotonic()
    print("正在建演示乡镇:18 人、两个多月的打卡、值守和考核,六周的接待和九百件办件……(约一分钟)", flush=True)
    password = demo.new_password()
    seed(password)
    demo.keep(mark, {"password": password, "date": demo.DEMO_DATE})
    print(f"建好了,用了 {time.monotonic() - began:.0f} 秒。", flush=True)
    return password


@transaction.atomic
def seed(password: str) -> None:
    """Both centres and the story up to this morning; one transaction, so a broken seed leaves nothing."""
    people.neighbour(password)
    cast = people.township(password)
    story.play(cast, clock.now(), Path(settings.DATA_DIR) / "terminal")
