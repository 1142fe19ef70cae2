"""What test_house.py and test_docs.py look at: the tracked shape of the code, read as text and syntax."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "shouwen"
APPS = sorted(path.parent.name for path in PACKAGE.glob("*/apps.py"))


@cache
def sources(*folders: str) -> tuple[Path, ...]:
    """Python files below the folders (default: the product), migrations aside."""
    found = [path for folder in folders or ("shouwen",) for path in (ROOT / folder).rglob("*.py")]
    return tuple(sorted(path for path in found if "migrations" not in path.parts))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length(node: ast.stmt) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def modules(app: str, word: str) -> list[Path]:
    """The files of one of the seven names of an app: `actions.py`, or all of the folder `actions/`."""
    folder = PACKAGE / app / word
    return sorted(folder.rglob("*.py")) if folder.is_dir() else [path for path in [folder.with_suffix(".py")] if path.exists()]


def attributes(path: Path) -> Iterator[tuple[str, int]]:
    """Every `….name` in a file with its line."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Attribute):
            yield node.attr, node.lineno


def imports(path: Path) -> Iterator[tuple[str, int]]:
    """Every imported module with its line."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or ""), node.lineno


def calls(path: Path) -> Iterator[tuple[str, int]]:
    """Every called name as written, `datetime.now`, with its line."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name):
            yield ast.unparse(node.func), node.lineno
