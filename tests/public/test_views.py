"""What outsiders see: hours, telephones, and what hangs on the wall; nothing before it hangs there."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from shouwen.assessment.models import MonthResult
from shouwen.core.actors import system
from shouwen.rulebook import actions as rulebook
from tests import factories
from tests import town as towns
from tests.assessment import scenes

OCTOBER = date(2026, 10, 1)


@pytest.fixture
def october(cast, at):
    """`october("posted")`: two offences of 李明 in October, the month brought to that state."""
    rulebook.adopt_founding(center=cast.center, active_from=date(2026, 1, 1), by=system(cast.center), at=at)
    scenes.open_doors(cast.center, date(2026, 11, 1))
    scenes.offend(cast.li, "games", 2)
    return lambda state: scenes.bring(OCTOBER, state, by=factories.actor(cast.sun), at=at)


def month(client, center, text: str = "2026-10"):
    return client.get(reverse("public:month", args=[center.code, text]))


@pytest.mark.parametrize("state", ["provisional", "frozen"])
def test_a_month_is_nowhere_outside_before_it_is_posted_1_2(october, client, center, state: str):
    """ "1.2": only what is posted is public."""
    october(state)
    pages = [client.get(f"/p/{center.code}/"), client.get(f"/board/{center.code}/posting/")]
    assert (month(client, center).status_code, ["李明" in page.content.decode() for page in pages]) == (404, [False, False])


@pytest.mark.parametrize("state", ["posted", "final"])
def test_a_posted_month_stands_as_it_hangs_on_the_wall_1_2(october, client, center, state: str):
    """ "1.2": place, name, unit, what for and how much; without an account."""
    october(state)
    rows = {row.result.name: (row.place, row.result.total) for row in month(client, center).context["posted"].people}
    assert rows["李明"] == (max(place for place, _ in rows.values()), 8)
    assert client.get(f"/p/{center.code}/").content.decode().count("2026年10月 考核结果") == 1


def test_a_mean_hangs_rounded_to_two_places(october, client, center):
    october("posted")
    MonthResult.objects.of(center).filter(subject_kind="department").update(total=Decimal("8.6666666667"))
    page = month(client, center).content.decode()
    assert set(re.findall(r'<span class="chip ">\S+ ([\d.]+)</span>', page)) == {"8.67"}


def test_each_center_has_its_own_wall(october, client, center, other_center):
    october("posted")
    assert (month(client, center).status_code, month(client, other_center).status_code) == (200, 404)


@pytest.mark.parametrize("text", ["2026-13", "x", "2026-10-01", "0000-00", "2026-9", "９９９９-９９"])
def test_whatever_is_no_month_is_not_there(client, center, text: str):
    assert month(client, center, text).status_code == 404


def test_the_report_telephone_is_on_every_page_3_6(october, client, center):
    """ "3.6": the telephone is published, around the clock."""
    october("posted")
    pages = [f"/p/{center.code}/", f"/p/{center.code}/2026-10/", f"/board/{center.code}/posting/"]
    assert ["0731-8800001" in client.get(page).content.decode() for page in pages] == [True, True, True]


def test_the_front_says_whether_the_hall_is_open_now(client, center):
    scenes.open_doors(center)
    assert "开放 08:30—12:00 14:00—17:30，现在开门" in client.get(f"/p/{center.code}/").content.decode()


def test_nothing_private_hangs_on_the_wall(db, settings, client):
    """No telephone of a person, no reason of an illness, no account, in two months of the living town."""
    settings.DEMO_DATE = towns.DAY.isoformat()
    town = towns.lay()
    pages = ["", "2026-09/", "2026-10/"]
    text = "".join(client.get(f"/p/{town.center.code}/{page}").content.decode() for page in pages)
    text += "".join(client.get(f"/board/{town.center.code}/posting/?page={page}").content.decode() for page in (1, 2))
    private = ["1380000", "腰椎", "牙科", "病假", "住院", "liming", "陪同", town["李明"].code]
    assert ([word for word in private if word in text], text.count("李明") == 3) == ([], True)


@pytest.mark.parametrize("address", ["/p/junk/", "/q/junk/", "/g/junk/", "/p/junk/no/such/page/"])
def test_what_is_missing_is_said_to_a_citizen_in_the_citizens_words(client, db, address: str):
    answer = client.get(address)
    page = answer.content.decode()
    assert (answer.status_code, page.count("<h1>没有找到这一页</h1>"), page.count("您所在的中心")) == (404, 1, 0)
    assert re.findall(r'<a class="btn[^>]*href="([^"]+)"', page) == ["/p/"]


def test_what_is_missing_elsewhere_is_said_to_staff(client, db):
    assert re.findall(r'<a class="btn" href="([^"]+)">回到今日', client.get("/nowhere/").content.decode()) == ["/"]
