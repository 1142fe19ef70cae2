"""Documentation as tests: what the code has, a page says; what a page says, the code has."""

from __future__ import annotations

import ast
import re

import pytest
from django.apps import apps

from shouwen import __version__
from shouwen.cli import COMMANDS
from shouwen.rules.clauses import PART_ONE
from tests import house, reference

DOCS = house.ROOT / "docs"
READERS = {"env_bool", "env_int", "env_secret", "os.environ.get", "os.environ", "environ.get"}
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
# Django's own, not ours to explain.
NOT_OURS = {"DJANGO_SETTINGS_MODULE"}


def page(name: str) -> str:
    return (DOCS / name).read_text("utf-8")


def read_from_environment() -> set[str]:
    """Names of variables the product reads: the first argument of a reader, or the key of `os.environ[…]`."""
    found = set()
    for path in house.sources():
        for node in ast.walk(house.tree(path)):
            if (
                isinstance(node, ast.Call)
                and ast.unparse(node.func) in READERS
                and node.args
                and isinstance(node.args[0], ast.Constant)
            ):
                found.add(node.args[0].value)
            elif (
                isinstance(node, ast.Subscript) and ast.unparse(node.value) in READERS and isinstance(node.slice, ast.Constant)
            ):
                found.add(node.slice.value)
    return found - NOT_OURS


def test_every_setting_is_explained_and_every_explained_setting_is_read():
    explained = set(re.findall(r"^\| `([A-Z_]+)` \|", page("reference/settings.md"), re.M))
    assert explained == read_from_environment()


def test_every_command_is_explained():
    assert set(re.findall(r"^## `shouwen ([a-z-]+)`$", page("reference/commands.md"), re.M)) == set(COMMANDS)


@pytest.mark.parametrize("name", sorted(reference.PAGES))
def test_a_generated_page_is_as_the_code_is(name: str):
    assert page(f"reference/{name}") == reference.PAGES[name](), "run: python -m tests.reference"


def test_every_clause_of_part_one_has_code_and_a_test():
    code, tests = reference.clauses_in("shouwen"), reference.clauses_in("tests")
    assert [clause for clause in PART_ONE if clause not in code or clause not in tests] == []


def test_every_table_is_in_the_glossary():
    words = set(re.findall(r"\b[A-Z]\w+", page("reference/glossary.md")))
    ours = {model.__name__ for model in apps.get_models() if model.__module__.startswith("shouwen.")}
    assert ours - words == set()


def test_every_action_says_what_it_does():
    found = [
        f"{app}.{name}" for app in house.APPS for name, node in reference.public_actions(app) if not ast.get_docstring(node)
    ]
    assert found == []


def test_links_between_pages_lead_somewhere():
    pages = [*DOCS.rglob("*.md"), *house.ROOT.glob("*.md")]
    found = [
        f"{house.name(path)}: {link}"
        for path in pages
        for link in LINK.findall(path.read_text("utf-8"))
        if not (path.parent / link).exists()
    ]
    assert found == []


def test_the_changelog_is_at_this_version():
    heading = re.search(r"^## (\S+)$", (house.ROOT / "CHANGELOG.md").read_text("utf-8"), re.M)
    assert heading is not None
    assert heading.group(1) == __version__
