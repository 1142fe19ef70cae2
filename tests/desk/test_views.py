"""Pages that cross areas: 今日, the hand-over, the trail."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from shouwen.audit import actions as audit
from shouwen.desk import queries
from shouwen.desk.queries.audit import WORDS
from shouwen.duty.models import Shift, ShiftHandover
from tests import factories, house
from tests.assessment import scenes

TODAY = date(2026, 11, 23)


@pytest.fixture
def hall(cast, at):
    """Opening hours, and 李明 on duty today with 张敏 tomorrow."""
    scenes.open_doors(cast.center)
    for day, member in ((TODAY, cast.li), (TODAY + timedelta(days=1), cast.zhang)):
        Shift.objects.create(center=cast.center, date=day, kind="hall", member=member)
    return cast


def test_what_is_due_first_stands_first_and_what_has_no_limit_last(hall, actor, at):
    owed = queries.today(actor(hall.li), at).owed
    dues = [one.due_at for one in owed]
    assert dues == sorted(dues, key=lambda due: (due is None, due or at))
    assert len(owed) > 1


def test_todays_figures_count_what_is_late(hall, client_for, at):
    page = client_for(hall.li).get("/").context["today"]
    assert (page.late, page.soon) == (
        sum(one.state == "late" for one in page.owed),
        sum(one.state == "warn" for one in page.owed),
    )
    assert page.late > 0


def test_others_owe_nothing_of_the_duty_of_the_day(hall, actor, at):
    assert [one for one in queries.today(actor(hall.zhang), at).owed if "开门" in one.title] == []
    assert queries.today(actor(hall.zhao), at).owed == []


def test_a_piece_of_today_is_the_piece_alone(hall, client_for):
    page = client_for(hall.li).get("/", headers={"HX-Request": "true", "X-Poll": "1"}).content.decode()
    assert (page.count("<html"), page.count('id="owed"')) == (0, 1)


def test_the_handover_lists_what_is_open_and_offers_the_next_on_the_roster_1_3_5(hall, client_for):
    """ "1.3.5": the successor is told every open matter, in words, without anybody typing it."""
    client = client_for(hall.li)
    page = client.get(reverse("desk:give_handover"))
    assert page.context["form"].fields["receiver"].choices[0] == (hall.zhang.code, "张敏(11月24日值日)")
    sent = {"receiver": hall.zhang.code, "seals": "1 枚", "keys": "2 把", "equipment": "正常"}
    client.post(reverse("desk:give_handover"), sent)
    row = ShiftHandover.objects.of(hall.center).get()
    assert (row.receiver_id, row.open_matters) == (hall.zhang.pk, page.context["matters"])


def test_only_the_one_on_duty_hands_over_1_3_5(hall, client_for):
    """ "1.3.5": nobody gives away another's day."""
    answer = client_for(hall.zhang).get(reverse("desk:give_handover"))
    assert (answer.status_code, ShiftHandover.objects.of(hall.center).count()) == (409, 0)


def test_the_trail_is_for_the_audit_administrator_of_the_very_center(cast, client_for, at):
    factories.grant(cast.chen, "audit_admin")
    for person in (cast.zhou, cast.zhao):
        audit.record(by=factories.actor(person), at=at, verb="org.logout", label=f"{person.name}退出")
    rows = client_for(cast.chen).get("/audit/?verb=org").context["rows"].items
    assert [row.label for row in rows] == ["周丽退出"]
    assert [client_for(person).get("/audit/").status_code for person in (cast.zhou, cast.sun, cast.zhao)] == [409, 409, 409]


def test_every_verb_that_is_recorded_has_words_on_the_page():
    text = "".join(path.read_text("utf-8") for path in house.sources() if "demo" not in path.parts)
    verbs = set(re.findall(r'verb="([a-z_]+(?:\.[a-z_]+)+)"', text))
    assert (verbs - WORDS.keys(), len(verbs) > 60) == (set(), True)
