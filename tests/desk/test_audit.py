"""The trail's page: words for every verb, and a narrower view of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from shouwen.audit.actions import record
from shouwen.desk.queries.audit import WORDS, verb_words
from tests import factories

SOURCE = Path(__file__).parents[2] / "shouwen"


def test_every_verb_written_to_the_trail_has_words():
    written = {verb for file in SOURCE.rglob("*.py") for verb in re.findall(r'verb="([a-z_.]+)"', file.read_text("utf-8"))}

    assert written - WORDS.keys() == set()


@pytest.mark.parametrize(("verb", "words"), [("attendance.leave.ask", "申请请假"), ("duty.rounds", "值守"), ("page", "其他")])
def test_a_refused_page_is_called_by_its_area(verb: str, words: str):
    assert verb_words(verb) == words


def test_trail_is_narrowed_by_area_and_result(center, li, client_for, at):
    admin = factories.member(center, "审计员", roles=("audit_admin",))
    for verb, result in (("duty.open", "ok"), ("attendance.leave.ask", "refused"), ("attendance.import", "ok")):
        record(by=factories.actor(li), at=at, verb=verb, result=result)

    page = client_for(admin).get("/audit/?verb=attendance&result=refused").content.decode()

    assert re.findall(r'<b title="[a-z.]+">([^<]+)</b>', page) == ["申请请假"]


def test_a_refused_page_says_what_was_asked_for(center, li, client_for, at):
    """The address without its query; what was done says no address."""
    detail = {"method": "GET", "path": "/cases/QS-2222-22222/", "status": 404}
    record(by=factories.actor(li), at=at, verb="access.denied", detail=detail, result="refused")
    record(by=factories.actor(li), at=at, verb="duty.open", detail={"path": "/duty/"})

    page = client_for(factories.member(center, "审计员", roles=("audit_admin",))).get("/audit/").content.decode()

    assert re.findall(r'<div class="muted asked">([^<]+)</div>', page) == ["打开 /cases/QS-2222-22222/"]
