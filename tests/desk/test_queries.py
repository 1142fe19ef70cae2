"""How many queries 今日 and every list take: the same for a new hall and for one with years of rows behind it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client

from bench import pages, town
from bench.town.cases import cases_of
from shouwen.attendance.models import Correction
from shouwen.org.models import Substitution
from tests import factories

MOST_QUERIES = 12


@pytest.fixture
def new(db) -> town.Town:
    """One row in each table."""
    return laid(town.build("新镇", people=8, rows=1), 1)


@pytest.fixture
def old(db) -> town.Town:
    """A hundred rows in each table, and more people than fit a page."""
    return laid(town.build("老镇", people=60, rows=100), 100)


def laid(hall: town.Town, cases: int) -> town.Town:
    cases_of(hall, cases)
    return hall


def counted(hall: town.Town, who: str, url: str) -> int:
    """Queries of a page when the process is warm, the request's own (session, actor) included."""
    browser, address, statements = pages.opened_by(hall, who), pages.place(hall, url), []
    opened(browser, address)
    with connection.execute_wrapper(lambda execute, sql, *rest: (statements.append(sql), execute(sql, *rest))[1]):
        opened(browser, address)
    return len(statements)


def opened(browser: Client, address: str) -> None:
    assert browser.get(address).status_code == 200, address


def test_today_takes_these_queries_for_each_role_however_much_is_owed(new, old):
    expected = {"张敏": 11, "周丽": 12, "王主任": 12, "孙会": 12, "陈监督": 11, "审计员": 11}

    assert {who: counted(new, who, "/") for who in town.CAST} == expected
    assert {who: counted(old, who, "/") for who in town.CAST} == expected


def test_1_4_1_today_of_who_stands_in_for_a_director_takes_no_more(new):
    cast, span = new.cast, {"starts_at": town.AT - timedelta(days=1), "ends_at": town.AT + timedelta(days=1)}
    Substitution.objects.create(center=new.center, member=cast["王主任"], cover=cast["周丽"], source="t", **span)
    assert counted(new, "周丽", "/") == 12


def test_every_list_takes_the_same_queries_with_one_row_and_with_a_hundred(new, old):
    listed = [*pages.LISTS, *pages.PEOPLE]
    few = {title: counted(new, who, url) for title, who, url in listed}
    many = {title: counted(old, who, url) for title, who, url in listed}

    assert many == few
    assert {title: number for title, number in many.items() if number > MOST_QUERIES} == {}


def test_today_shows_fifty_at_a_time_and_counts_all(old):
    Correction.objects.of(old.center).update(state=Correction.State.PENDING)

    first, second = (factories.client(old.cast["周丽"]).get(f"/?page={number}").context for number in (1, 2))

    owed = first["today"].owed
    assert len(owed) > 100
    assert (first["rows"].items, second["rows"].items) == (owed[:50], owed[50:100])
