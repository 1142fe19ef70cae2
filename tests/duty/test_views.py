"""Pages of the duty: they work for the centre's people and are closed to others."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shouwen.duty import actions, models


@pytest.fixture
def many(shift, hall):
    """Two more shifts and breaches, so that lists can grow."""

    def more(number, first=1):
        for index in range(first, first + number):
            day = models.Shift.objects.create(center=hall.center, date=date(2026, 11, index), kind="hall", member=hall.li)
            models.Breach.objects.create(
                center=hall.center, key=f"k{index}", clause="1.3.4", shift=day, member=hall.li, date=day.date,
                happened_at=hall.zhou.center.created_at, text="没有开门记录",
            )  # fmt: skip

    return more


def test_opening_the_doors_from_the_phone(client_for, li, shift):
    browser = client_for(li)
    answer = browser.post(reverse("duty:opening", args=[shift.code]), {"note_text": ""}, follow=True)
    shift.refresh_from_db()
    assert (answer.status_code, shift.opened_at is not None) == (200, True)


def test_filling_a_month_without_a_rota_leads_to_the_rota(client_for, zhou, hall):
    answer = client_for(zhou).post(reverse("duty:fill", args=["2026-12"]))
    assert answer["Location"] == reverse("duty:pattern")


def test_closing_page_warns_before_closing_time(client_for, li, shift):
    page = client_for(li).get(reverse("duty:closing", args=[shift.code])).content.decode()
    assert "还没有到关门时间 17:30" in page


def test_somebody_elses_shift_is_refused_with_its_clause(client_for, zhang, shift):
    page = client_for(zhang).get(reverse("duty:opening", args=[shift.code]))
    assert (page.status_code, "这天的值班人是李明" in page.content.decode(), "〔一(三)4〕" in page.content.decode()) == (
        409,
        True,
        True,
    )


@pytest.mark.parametrize("name", ["opening", "closing", "ask"])
def test_another_centre_gets_404(client_for, zhao, shift, name):
    assert client_for(zhao).get(reverse(f"duty:{name}", args=[shift.code])).status_code == 404


def test_another_centre_sees_nothing_of_it_in_lists(client_for, zhao, shift, many):
    many(2)
    browser = client_for(zhao)
    pages = [browser.get(reverse(f"duty:{name}")).content.decode() for name in ("today", "month", "breaches", "swaps")]
    assert ["李明" in page for page in pages] == [False] * 4


@pytest.mark.parametrize("name", ["today", "month", "breaches", "swaps", "pattern"])
def test_lists_ask_the_same_number_of_queries_for_one_and_for_many(client_for, zhou, many, name):
    browser = client_for(zhou)
    browser.get(reverse(f"duty:{name}"))
    counts = []
    for first, number in ((1, 1), (2, 3)):
        many(number, first)
        with CaptureQueriesContext(connection) as queries:
            browser.get(reverse(f"duty:{name}"))
        counts.append(len(queries))
    assert (counts[0], counts[0] <= 12) == (counts[1], True)


def test_the_feed_opens_by_its_secret_alone(client_for, client, li, shift, actor, hm):
    actions.renew_feed(member=li, by=actor(li), at=hm("9:00"))
    li.refresh_from_db()
    assert client.get(reverse("duty:feed", args=[li.center.code, li.feed_secret, "mine"])).content.count(b"BEGIN:VEVENT") == 1
    assert client.get(reverse("duty:feed", args=[li.center.code, "x" * 43, "mine"])).status_code == 404


@pytest.mark.parametrize("text", ["2003-12", "2100-01", "2026-13", "x"])
def test_of_month_outside_the_calendar_is_not_there(shift, li, client_for, text):
    assert client_for(li).get(f"/duty/roster/{text}/").status_code == 404
