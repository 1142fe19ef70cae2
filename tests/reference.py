"""The generated pages of docs/reference: `python -m tests.reference` writes them, test_docs.py compares them."""

from __future__ import annotations

import ast
import re

from shouwen.rules.clauses import PART_ONE, cite
from tests import house

REFERENCE = house.ROOT / "docs" / "reference"
GENERATED = "<!-- Written by `python -m tests.reference` from the code: change it there. -->\n"
CLAUSE = re.compile(r"\d\.\d{1,2}(\.\d){0,3}")


def public_actions(app: str) -> list[tuple[str, ast.FunctionDef]]:
    """What an app's actions offer: the names of `__all__` if there is one, else every public function of the file."""
    files = house.modules(app, "actions")
    offered = {
        ast.literal_eval(item)
        for path in files
        if path.stem in {"__init__", "actions"}
        for node in house.tree(path).body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"
        for item in node.value.elts  # type: ignore[attr-defined]
    }
    found = [
        node
        for path in files
        for node in house.tree(path).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    ]
    return sorted((node.name, node) for node in found if not offered or node.name in offered)


def actions_page() -> str:
    """Every action with its arguments and its own words."""
    lines = [
        "# Actions",
        "",
        GENERATED,
        "What can happen, by app. Each takes keywords only, always `by` (who) and `at` (when, aware UTC).",
    ]
    for app in house.APPS:
        for index, (name, node) in enumerate(public_actions(app)):
            arguments = ", ".join(one.arg for one in node.args.kwonlyargs)
            words = [line.strip() for line in (ast.get_docstring(node) or "").splitlines()]
            lines += ["", f"## {app}"] if index == 0 else []
            lines += [
                "",
                f"### `{app}.{name}`",
                "",
                f"`{arguments}` → `{ast.unparse(node.returns) if node.returns else 'None'}`",
                "",
                *words,
            ]
    return "\n".join(lines) + "\n"


def clauses_in(folder: str) -> dict[str, set[str]]:
    """Clause → files below the folder that quote it."""
    found: dict[str, set[str]] = {}
    for path in house.sources(folder):
        if path.name in {"clauses.py", "reference.py"}:
            continue
        for node in ast.walk(house.tree(path)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                for clause in quoted(node.value):
                    found.setdefault(clause, set()).add(house.name(path))
    return found


def quoted(text: str) -> set[str]:
    """Clause ids that are the whole of a string, or stand in quotation marks inside one (a docstring)."""
    inside = re.findall(r'"(\d\.\d{1,2}(?:\.\d){0,3})"', text)
    return set(inside) | ({text} if CLAUSE.fullmatch(text) else set())


def clauses_page() -> str:
    """Where each clause of part 1 lives, in code and in tests."""
    code, tests = clauses_in("shouwen"), clauses_in("tests")
    head = ["# Clauses", "", GENERATED, "Each clause of part 1, the code that serves it and the tests that show it.", ""]
    rows = ["| clause | 内容 | code | tests |", "|---|---|---|---|"]
    for clause, words in PART_ONE.items():
        rows.append(
            f"| {clause} {cite(clause)} | {words} | {listed(code.get(clause, set()))} | {listed(tests.get(clause, set()))} |"
        )
    return "\n".join([*head, *rows]) + "\n"


def listed(files: set[str]) -> str:
    return "<br>".join(f"`{name.removeprefix('shouwen/').removeprefix('tests/')}`" for name in sorted(files))


PAGES = {"actions.md": actions_page, "clauses.md": clauses_page}

if __name__ == "__main__":
    for page, write in PAGES.items():
        (REFERENCE / page).write_text(write(), "utf-8")
