"""Who opens which paper."""

from __future__ import annotations

import pytest
from django.http import Http404

from shouwen.core.errors import Refused
from shouwen.documents import access, queries
from tests.documents import case_samples, counter_samples, samples


def test_open_kinds_follow_the_role(zhang, sun, actor):
    everybody = ["notice", "criticism", "handover_form", "roster"]
    counter = [*case_samples.every(), *counter_samples.every()]

    assert sorted(queries.open_kinds(actor(zhang))) == sorted(everybody + counter)
    assert queries.open_kinds(actor(sun)) == list(samples.every())


def test_papers_with_personal_data_are_for_the_hall_not_for_the_assessing_office(issue, li, sun, zhang, wang, actor):
    document = issue(li, "acceptance")

    assert [access.document_for(actor(member), document.code) for member in (zhang, wang)] == [document, document]
    with pytest.raises(Http404):
        access.document_for(actor(sun), document.code)


def test_clerk_does_not_find_papers_of_the_office(issue, sun, zhang, actor):
    document = issue(sun, "standby")

    with pytest.raises(Http404):
        access.document_for(actor(zhang), document.code)
    assert list(queries.documents(actor(zhang))) == []


def test_who_issued_a_paper_may_open_it(issue, li, actor):
    document = issue(li, "leave_form")

    assert access.document_for(actor(li), document.code) == document


def test_another_centre_finds_nothing(issue, sun, zhao, actor):
    document = issue(sun)

    with pytest.raises(Http404):
        access.document_for(actor(zhao), document.code)
    assert list(queries.documents(actor(zhao))) == []


def test_only_the_office_or_the_issuer_voids(issue, sun, zhang, wang, actor):
    document = issue(sun)

    with pytest.raises(Refused, match="只能由出具人"):
        access.document_for(actor(zhang), document.code, to="void")
    assert access.document_for(actor(wang), document.code, to="void") == document
    assert access.document_for(actor(sun), document.code, to="void") == document


def test_check_finds_a_paper_of_any_centre_by_its_code_only(issue, sun):
    document = issue(sun)

    assert queries.by_code(document.code) == document
    assert queries.by_code("WS-2222-22222") is None
    assert queries.by_code("' OR 1=1") is None
