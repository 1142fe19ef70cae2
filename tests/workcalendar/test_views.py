"""The year page and the two-step change."""

from datetime import date

import pytest
from django.urls import reverse

from shouwen.core.errors import Refused
from shouwen.workcalendar import access, models, queries
from tests import factories


@pytest.fixture
def browser(client_for, wang):
    return client_for(wang)


def test_year_page_shows_every_working_day_count(browser):
    page = browser.get(reverse("workcalendar:of_year", args=[2026])).content.decode()
    assert page.count('class="cal-month"') == 12
    assert "10月 <small>18 个工作日</small>" in page


def test_a_closure_shows_what_it_moves_before_it_is_made(browser, center):
    url = reverse("desk:calendar_change", args=["closure"])
    data = {"start_date": "2026-11-24", "end_date": "2026-11-24", "reason": "暴雪封路"}
    preview = browser.post(url, data)
    assert queries.closures(center) == []
    assert [(day, old) for day, old, _ in preview.context["effects"].days] == [(date(2026, 11, 24), "工作日")]
    browser.post(url, data | {"confirmed": "1"})
    assert [(row.start_date, row.reason) for row in queries.closures(center)] == [(date(2026, 11, 24), "暴雪封路")]


def test_changing_the_calendar_needs_the_role(client_for, li, center):
    answer = client_for(li).post(
        reverse("desk:calendar_change", args=["closure"]),
        {"start_date": "2026-11-24", "end_date": "2026-11-24", "reason": "停电", "confirmed": "1"},
    )
    assert (answer.status_code, models.Closure.objects.of(center).count()) == (409, 0)


def test_another_centres_closure_cannot_be_ended(browser, client_for, zhao, center, other_center):
    browser.post(
        reverse("desk:calendar_change", args=["closure"]),
        {"start_date": "2026-11-24", "end_date": "2026-11-24", "reason": "停电", "confirmed": "1"},
    )
    code = queries.closures(center)[0].code
    answer = client_for(zhao).post(reverse("workcalendar:end_closure", args=[code]))
    assert (answer.status_code, len(queries.closures(center)), queries.closures(other_center)) == (404, 1, [])


def test_a_station_does_not_change_the_days_of_everybody(wang, zhao, actor):
    """Statutory days are shared by all centres; a village station leaves them to the centre above."""
    factories.grant(zhao, "system_admin")
    station = actor(zhao)
    access.require(station, to="notice")
    type(wang.center).objects.filter(pk=station.center.pk).update(parent=wang.center)
    station.center.refresh_from_db()
    with pytest.raises(Refused, match="上级中心"):
        access.require(station, to="notice")
