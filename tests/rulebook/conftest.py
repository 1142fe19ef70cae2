"""What the tests of the editor share."""

from __future__ import annotations

import pytest
from django.urls import reverse

from shouwen.rules import scoring


@pytest.fixture
def edit(draft, wang, client_for):
    """`edit("items", {...})` posts one part of the draft with some fields changed; returns the draft's document and the page."""

    def post(part, fields):
        client, url = client_for(wang), reverse("rulebook:edit", args=[draft.code, part])
        form = client.get(url).context["form"]
        typed = {name: "" if form[name].value() is None else form[name].value() for name in form.fields}
        answer = client.post(url, typed | fields)
        draft.refresh_from_db()
        return scoring.load_toml(draft.text), answer

    return post
