"""Finding a case by what somebody knows of it; nobody finds another centre's."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench import town as towns
from bench.town.cases import cases_of
from shouwen.cases import queries
from shouwen.cases.models import Case
from shouwen.cases.queries import Filter
from shouwen.org.queries import actor_of

DAY = towns.AT.date()


@pytest.fixture
def town(db):
    found = towns.build("小镇", 8, 2)
    cases_of(found, 150)
    return found


@pytest.fixture
def zhou(town):
    return actor_of(town.cast["周丽"], towns.AT)


def codes(found):
    return [case.code for case in found]


def newest(rows):
    return list(rows.order_by("-received_at", "-code").values_list("code", flat=True)[:20])


def test_find_whole_number_however_typed(town, zhou):
    case = Case.objects.of(town.center).order_by("code").first()
    assert codes(queries.find(zhou, case.code.lower().replace("-", " "), DAY)) == [case.code]


def test_find_first_four_characters_of_a_number(town, zhou):
    start = Case.objects.of(town.center).order_by("code").first().code[:7]
    same = Case.objects.of(town.center).filter(code__startswith=start)
    assert codes(queries.find(zhou, start, DAY)) == newest(same)


@pytest.mark.parametrize("few", [0, 1000])  # with 0 every name is a common one
@pytest.mark.parametrize("size", [1, 2])
def test_find_part_of_a_name(town, zhou, size, few, monkeypatch):
    monkeypatch.setattr("shouwen.cases.queries.search.MOST_FEW", few)
    part = Case.objects.of(town.center).order_by("code").first().person_name[-size:]
    same = Case.objects.of(town.center).filter(person_name__contains=part)
    assert codes(queries.find(zhou, part, DAY)) == newest(same)


def test_find_whole_telephone_and_its_tail(town, zhou):
    people = Case.objects.of(town.center).filter(person__phone_masked="138****0042")
    assert codes(queries.find(zhou, "13800000042", DAY)) == newest(people)
    assert codes(queries.find(zhou, "0042", DAY)) == newest(people)


def test_find_by_item(town, zhou):
    assert codes(queries.find(zhou, "第7项服务", DAY)) == newest(Case.objects.of(town.center).filter(item_name="第7项服务"))


def test_find_nothing_of_another_centre(town, zhao):
    there = actor_of(zhao, towns.AT)
    case = Case.objects.of(town.center).order_by("code").first()
    for typed in (case.code, case.person_name, "13800000042", "第7项服务"):
        assert queries.find(there, typed, DAY) == []


def test_pages_go_on_where_the_last_ended(town, zhou):
    page, seen = queries.rows(zhou, Filter(view="all"), towns.AT), []
    while True:
        seen += [row.code for row in page.rows]
        if not page.after:
            break
        page = queries.rows(zhou, Filter(view="all"), towns.AT, page.after)
    assert seen == list(Case.objects.of(town.center).order_by("-received_at", "-code").values_list("code", flat=True))


def test_broken_cursor_begins_at_the_beginning(town, zhou):
    first = queries.rows(zhou, Filter(), towns.AT)
    assert queries.rows(zhou, Filter(), towns.AT, "不是游标").rows == first.rows


def test_late_and_soon_part_the_open_cases(town, zhou):
    late = {row.code for row in queries.rows(zhou, Filter(view="late"), towns.AT).rows}
    open_cases = Case.objects.of(town.center).filter(ended_at__isnull=True)
    assert late == {case.code for case in open_cases if case.current_due_at < towns.AT}
    assert {row.light for row in queries.rows(zhou, Filter(view="late"), towns.AT).rows} == {"late"}
    assert {row.light for row in queries.rows(zhou, Filter(view="soon"), towns.AT).rows} == {"warn"}


def test_name_narrows_a_list(town, zhou):
    name = Case.objects.of(town.center).order_by("code").first().person_name
    found = {row.code for row in queries.rows(zhou, Filter(view="all", name=name), towns.AT).rows}
    assert found == set(Case.objects.of(town.center).filter(person_name__contains=name).values_list("code", flat=True))


@pytest.mark.parametrize(("count", "most"), [(3, 2), (60, 2)])
def test_list_asks_the_same_whatever_its_length(db, count, most):
    town = towns.build("中镇", 8, 2)
    cases_of(town, count)
    actor = actor_of(town.cast["周丽"], towns.AT)
    with CaptureQueriesContext(connection) as asked:
        queries.rows(actor, Filter(view="all"), towns.AT)
    assert len(asked) == most
