"""A trial is left out openly: where past months are on record, nobody can say that there are none."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from shouwen.core.actors import system
from shouwen.rulebook import actions
from tests.assessment import scenes


@pytest.fixture
def draft(center, wang, actor, at):
    actions.adopt_founding(center=center, active_from=date(2026, 1, 1), by=system(center), at=at)
    return actions.start_draft(note="试改", by=actor(wang), at=at)


@pytest.fixture
def october(draft, sun, actor, at):
    return scenes.bring(date(2026, 10, 1), "provisional", by=actor(sun), at=at)


def say(client, draft, reason):
    answer = client.post(reverse("assessment:note_trial", args=[draft.code]), {"reason": reason})
    draft.refresh_from_db()
    return answer.status_code


def page(client, draft) -> str:
    return client.get(reverse("assessment:trial", args=[draft.code])).content.decode()


def test_no_past_month_is_offered_and_accepted_while_there_is_none(draft, wang, client_for):
    client = client_for(wang)
    assert "记录:没有以往月份可试" in page(client, draft)
    say(client, draft, "")
    assert (draft.is_tried, draft.is_untried, draft.tried_note) == (True, False, "没有以往月份可试")
    assert "有以往月份而未试算" not in page(client, draft)


def test_no_past_month_is_refused_while_there_is_one(draft, october, wang, client_for):
    client = client_for(wang)
    assert "没有以往月份可试" not in page(client, draft)
    assert say(client, draft, "") == 409
    assert draft.is_tried is False
    say(client, draft, "没有以往月份可试")
    assert (draft.is_untried, draft.tried_note) == (True, "有以往月份而未试算:没有以往月份可试")


def test_the_approver_reads_that_past_months_were_left_untried(draft, october, wang, zhou, client_for):
    say(client_for(wang), draft, "只改一处说明")
    assert "有以往月份而未试算:只改一处说明" in page(client_for(zhou), draft)
