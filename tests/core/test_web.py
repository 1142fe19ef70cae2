"""What every page shares: numbers of pages, the way to the login, the rail, one shape for "done" and for "no"."""

from __future__ import annotations

import pytest
from django import forms
from django.test import RequestFactory

from shouwen.core import web
from shouwen.core.errors import Refused

PAGES = {"": 1, "1": 1, "7": 7, "0": 1, "-3": 1, "²": 1, "٣": 3, "abc": 1, "99999": 99999, "100000": 1, "9" * 5000: 1}


class Note(forms.Form):
    text = forms.CharField()


def asked(query: str = "", **headers: str):
    request = RequestFactory().get(f"/{query}", headers=headers)
    request.htmx = "HX-Request" in headers
    return request


@pytest.mark.parametrize(("text", "number"), PAGES.items(), ids=range(len(PAGES)))
def test_whatever_is_no_page_number_is_page_one(text: str, number: int):
    assert web.page_number(asked(f"?page={text}")) == number


def test_a_page_of_a_list_knows_its_neighbours_without_counting():
    first, second, third = (web.rows(asked(f"?page={number}"), list(range(120))) for number in (1, 2, 3))
    assert (first.previous, first.next, len(first.items)) == (None, 2, 50)
    assert (second.previous, second.next, second.items[0]) == (1, 3, 50)
    assert (third.previous, third.next, len(third.items)) == (2, None, 20)


def test_done_leads_on_and_a_piece_of_a_page_turns_the_whole_page():
    plain, piece = web.done(asked(), "/duty/"), web.done(asked(**{"HX-Request": "true"}), "/duty/")
    assert (plain.status_code, plain["Location"]) == (302, "/duty/")
    assert (piece.status_code, piece["HX-Redirect"]) == (204, "/duty/")


def test_a_refusal_becomes_an_error_of_the_form_with_its_clause_and_keeps_what_was_typed():
    def refuse(*, text: str) -> None:
        raise Refused("今天已登记过", "1.3.6")

    request, form = asked(), Note({"text": "窗台有灰"})
    assert (form.is_valid(), web.attempt(request, form, refuse, **form.cleaned_data)) == (True, False)
    assert (form.non_field_errors(), form["text"].value()) == (["今天已登记过（依据〔一(三)6〕）"], "窗台有灰")
    assert request.refused.clause == "1.3.6"


def test_a_bug_in_an_action_is_not_taken_for_a_refusal():
    form = Note({"text": "x"})
    with pytest.raises(ZeroDivisionError):
        web.attempt(asked(), form, lambda: 1 / 0)


def test_a_stranger_comes_back_to_the_very_page_he_asked_for(client, db):
    assert (
        client.get("/people/", {"q": "李", "left": 1})["Location"] == "/login/?next=/people/%3Fq%3D%25E6%259D%258E%26left%3D1"
    )


def test_a_missing_row_and_a_row_of_another_center_look_the_same(client_for, zhou, zhao):
    client = client_for(zhao)
    ours, nobodys = (client.get(f"/people/{code}/") for code in (zhou.code, "RY-0000-00000"))
    assert (ours.status_code, ours.content) == (404, nobodys.content)
