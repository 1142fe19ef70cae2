"""Ten thousand letters in every field: SQLite takes any length, PostgreSQL none too many."""

from __future__ import annotations

from tests.security import filling, hostile


def test_ten_thousand_letters_are_refused_or_kept_whole_but_break_nothing(town):
    clients, found = {name: town.client(name) for name in filling.PEOPLE}, {}
    for known in filling.every_form(town):
        typed = known.form.filled(hostile.text)
        data = {name: "汉" * 10_000 if isinstance(value, str) else value for name, value in typed.items()}
        found[known.form.url] = clients[known.name].post(known.form.url, data).status_code
    assert {url: status for url, status in found.items() if status >= 500} == {}
