"""Receipt and acceptance in one step from the counter, and what keeps them apart."""

from __future__ import annotations

import re

from django.urls import reverse

from shouwen.cases.models import Case
from shouwen.documents.models import Document
from tests import factories
from tests.cases.hall import when


def sent(hall, browser, ticks, **more):
    url = reverse("cases:receive", args=[hall.matter(when("11-23 09:00")).code])
    data = {"token": "t", "item": hall.item.item.code, "delivery": "counter", **more}
    return browser.post(url, data | {f"got_{n}": "on" for n in ticks})


def test_4_3_2_all_there_is_accepted_at_once_and_leads_to_the_notice(hall, cast):
    answer = sent(hall, factories.client(cast.li), (1, 2, 3, 4), accept="1")
    case = Case.objects.of(hall.center).get()
    notice = Document.objects.of(hall.center).get(kind="acceptance")
    assert (case.status, answer.url) == ("accepted", reverse("documents:detail", args=[notice.code]))


def test_4_3_2_something_missing_writes_nothing_and_keeps_the_form(hall, cast):
    answer = sent(hall, factories.client(cast.li), (1,), accept="1")
    assert (answer.status_code, Case.objects.of(hall.center).count()) == (409, 0)
    assert answer.context["form"]["got_1"].value() is True


def test_all_there_ticks_every_line_without_writing(hall, cast):
    answer = sent(hall, factories.client(cast.li), (), refresh="all")
    assert [got.value() for _, got, _ in answer.context["form"].rows] == [True] * 4
    assert Case.objects.of(hall.center).count() == 0


def test_the_tick_a_doubtful_number_asks_for_is_on_the_page_in_the_same_words(hall, cast):
    hall.person = None
    wrong = {"name": "王五", "id_kind": "id_card", "id_number": "43012219560712333X"}
    form = sent(hall, factories.client(cast.li), (1,), **wrong).context["form"]
    asked = re.search("勾选“(.+?)”", " ".join(form.non_field_errors()))
    assert asked is not None
    assert asked[1] in form["confirmed"].label
