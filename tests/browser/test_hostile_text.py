"""A town in which somebody typed markup into every field: no page runs any of it and the policy has nothing to block."""

from __future__ import annotations

from tests.security import filling, hostile


def test_pages_full_of_hostile_words_open_no_box_and_break_no_policy(open_as, open_site, town):
    """A box, a script error or a blocked resource would be a complaint of the site, and fail the test at its end."""
    public = [f"/p/{town.center.code}/", f"/p/{town.center.code}/2026-10/", f"/board/{town.center.code}/posting/"]
    site, client = open_as(town["周丽"]), town.client("周丽")
    hostile.poison(town)
    seen = sum(site.open(url).content().count("{{7") for url in filling.pages(town) if b"{{7" in client.get(url).content)
    visitor = open_site()
    seen += sum(visitor.open(url).content().count("{{7") for url in public)
    assert seen > 100
