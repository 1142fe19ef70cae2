"""Every recipe of the rulebook's page is a rulebook, once the names it takes for granted are there."""

import re
from pathlib import Path

import pytest

from shouwen.rules.scoring import load_toml, validate

PAGE = (Path(__file__).parents[3] / "docs/reference/rulebook.md").read_text("utf-8")
RECIPES = re.findall(r"```toml\n(.*?)```", PAGE[PAGE.index("### Recipes") :], re.S)
GRANTED = {
    "sheets": {"person": {"subjects": "member"}},
    "sections": {"attendance": {"sheet": "person", "points": 10, "floor": 0}},
    "items": {name: {"sheet": "person", "record": True} for name in ("late", "absent", "rude")},
}


@pytest.mark.parametrize("text", RECIPES)
def test_recipe_is_a_rulebook(text):
    document = load_toml(text)
    home = next(iter(document.get("sheets", {"person": None})))
    for table, names in GRANTED.items():
        document[table] = {**names, **document.get(table, {})}
    for table in ("sections", "items", "outcomes"):
        for entry in document.get(table, {}).values():
            if not {"sheet", "section", "parent"} & set(entry):
                entry["sheet"] = home

    assert [str(problem) for problem in validate(document)] == []


def test_the_page_has_a_dozen_recipes():
    assert len(RECIPES) >= 12
