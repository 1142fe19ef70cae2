"""A month end over HTTP: from the terminal's log to the notice on the wall, an objection on the way, then final."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from shouwen.assessment import actions, queries
from shouwen.assessment.models import AgendaItem, Month, MonthResult, Objection
from shouwen.core.actors import system
from shouwen.documents.models import Document
from shouwen.notifications.models import Message
from shouwen.rulebook import actions as rulebook
from tests import factories
from tests.assessment import scenes

OCTOBER = date(2026, 10, 1)


@pytest.fixture
def browsers(cast, at):
    """The hall with a month of the terminal's log: 李明 late six times and away two afternoons. Everybody's browser."""
    rulebook.adopt_founding(center=cast.center, active_from=date(2026, 1, 1), by=system(cast.center), at=at)
    terminal = scenes.open_hall(cast.center)
    scenes.punch(terminal, at, late={"3": 6}, absent={"3": 2})
    actions.collect(month=OCTOBER, by=system(cast.center), at=at)
    return {name: factories.client(getattr(cast, name)) for name in ("sun", "li", "zhou", "wang", "zhang")}


def press(client, name, *args, **fields):
    """Post to a page and follow; the page must answer 200."""
    answer = client.post(reverse(f"assessment:{name}", args=args), fields, follow=True)
    assert answer.status_code == 200
    return answer


def score(client, key, name):
    page = client.get(reverse("assessment:of_month", args=[key]))
    return {row.result.name: row.result.total for row in page.context["rows"].items}.get(name)


def test_1_2_month_from_the_log_to_the_wall_and_to_the_end(browsers, cast):
    key = "2026-10"
    assert score(browsers["li"], key, "李明") == -2
    press(browsers["sun"], "step", key, "freeze")
    press(browsers["wang"], "confirm", key, cast.sun.code)
    press(browsers["sun"], "step", key, "post")
    assert score(browsers["zhang"], key, "李明") == -2
    assert [item.clause for item in AgendaItem.objects.of(cast.center).order_by("clause")] == ["1.5", "1.8"]

    month = Month.objects.of(cast.center).get()
    absence = next(one for one in queries.live_entries(month) if one.clause == "1.4.1")
    press(browsers["li"], "object", absence.code, text="当天下午请假,有口头批准记录")
    objection = Objection.objects.of(cast.center).get()
    press(browsers["zhou"], "objection", objection.code, upheld="yes", reply="查实,已批准半天事假")
    assert score(browsers["zhang"], key, "李明") == 0
    assert {item.state for item in AgendaItem.objects.of(cast.center)} == {"withdrawn"}

    press(browsers["sun"], "notice", key)
    press(browsers["sun"], "step", key, "final")
    paper = Document.objects.of(cast.center).get(kind="notice")
    row = next(one for one in paper.data["rows"] if one["name"] == "李明")
    assert (row["score"], row["negative"]) == ("0", False)
    assert [one["points"] for one in row["deductions"]] == ["8", "2"]
    assert len(paper.data["corrections"]) == 1
    assert bytes(paper.pdf)[:5] == b"%PDF-"


def test_1_2_everybody_is_told_and_the_first_edition_stays(browsers, cast):
    press(browsers["sun"], "step", "2026-10", "freeze")
    press(browsers["wang"], "confirm", "2026-10", cast.sun.code)
    press(browsers["sun"], "step", "2026-10", "post")
    told = {message.to_id for message in Message.objects.of(cast.center) if message.title == "2026年10月考核结果已公示"}
    assert told == {member.pk for member in (cast.zhou, cast.zhang, cast.li, cast.wang, cast.chen, cast.sun)}
    rows = MonthResult.objects.of(cast.center).filter(edition=1, sheet="month", name="李明")
    assert [row.total for row in rows] == [-2]


def test_posted_month_is_on_the_public_page(browsers, cast, client):
    press(browsers["sun"], "step", "2026-10", "freeze")
    press(browsers["wang"], "confirm", "2026-10", cast.sun.code)
    assert queries.posted_month(cast.center, OCTOBER) is None
    press(browsers["sun"], "step", "2026-10", "post")
    wall = queries.posted_month(cast.center, OCTOBER)
    assert [(row.place, row.result.name, row.result.total) for row in wall.people][-1] == (6, "李明", -2)
