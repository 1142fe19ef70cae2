"""The rules of the house, as tests: each list of findings must be empty."""

from __future__ import annotations

import ast
import inspect
import re
import sys
from importlib import import_module

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from shouwen.cli import COMMANDS
from shouwen.cli.eval import SUBJECTS
from tests import house

SEVEN = {"models", "queries", "actions", "access", "forms", "views", "urls"}
BESIDE = {
    "documents": {"every app"},
    "apps": {"every app"},
    "__init__": {"every app"},
    "collectors": {"assessment"},
    "transports": {"notifications"},
    "formats": {"attendance"},
    "middleware": {"core", "audit", "org"},
    "tenancy": {"core"},
    "web": {"core"},
    "clock": {"core"},
    "errors": {"core"},
    "actors": {"core"},
    "obligations": {"core"},
    "files": {"core"},
    "privacy": {"core"},
    "prepared": {"core"},
    "sqlite3": {"core"},
    "sessions": {"core"},
    "transactions": {"core"},
}
CLOCKS = re.compile(r"(^|\.)(datetime\.(now|utcnow|today)|date\.today|timezone\.now|time\.time)$")
# The one clock, and the moment a demo began, which is what that clock counts from.
READS_THE_CLOCK = {"shouwen/core/clock.py": {"datetime.now"}, "shouwen/cli/serve.py": {"time.time"}}
INPUT_OUTPUT = {
    "os",
    "pathlib",
    "io",
    "socket",
    "subprocess",
    "time",
    "random",
    "sqlite3",
    "urllib",
    "http",
    "shutil",
    "tempfile",
    "logging",
}
# Modules of commands that are not commands themselves.
COMMAND_PARTS = {
    "__init__",
    "archive",
    "centers",
    "database",
    "orphans",
    "parser",
    "process",
    *(f"eval_{subject}" for subject in SUBJECTS),
}
INLINE = re.compile(
    r"<style|\sstyle\s*=|<script(?![^>]*\bsrc=)[^>]*>|\son[a-z]+\s*=|hx-on|[\"']js:|(?:src|href)=[\"'](?:https?:)?//", re.I
)

TAGS = re.compile(r"\{%.*?%\}|\{#.*?#\}|\{\{.*?\}\}", re.S)


def actions(app: str):
    """Public actions of an app: what `shouwen.<app>.actions` offers and defines."""
    if not house.modules(app, "actions"):
        return
    package = f"shouwen.{app}.actions"
    module = import_module(package)
    for name in sorted(set(getattr(module, "__all__", None) or vars(module))):
        thing = getattr(module, name)
        if inspect.isfunction(thing) and not name.startswith("_") and inspect.unwrap(thing).__module__.startswith(package):
            yield name, inspect.signature(thing)


@pytest.mark.parametrize("app", house.APPS)
def test_an_action_takes_keywords_only_with_by_and_at(app: str):
    found = [
        f"{name}{signature}"
        for name, signature in actions(app)
        if not {"by", "at"} <= signature.parameters.keys()
        or any(
            one.kind is not inspect.Parameter.KEYWORD_ONLY and one.kind is not inspect.Parameter.VAR_KEYWORD
            for one in signature.parameters.values()
        )
    ]
    assert found == []


def test_pages_api_and_commands_neither_read_nor_write_tables():
    files = [path for app in house.APPS for word in ("views", "forms") for path in house.modules(app, word)]
    files += [path for folder in ("api", "cli") for path in house.sources(f"shouwen/{folder}") if "demo" not in path.parts]
    found = [
        f"{house.name(path)}:{line} .{word}"
        for path in files
        for word, line in house.attributes(path)
        if word in {"objects", "save", "delete"}
    ]
    assert found == []


def test_only_the_clock_reads_the_clock():
    found = [
        f"{house.name(path)}:{line} {call}"
        for path in house.sources("shouwen", "tests", "bench")
        for call, line in house.calls(path)
        if CLOCKS.search(call) and call not in READS_THE_CLOCK.get(house.name(path), ())
    ]
    assert found == []


def test_rules_know_only_the_standard_library_and_do_no_input_or_output():
    found = [
        f"{house.name(path)}:{line} {module}"
        for path in house.sources("shouwen/rules")
        for module, line in house.imports(path)
        if not module.startswith("shouwen.rules")
        and (module.split(".")[0] not in sys.stdlib_module_names or module.split(".")[0] in INPUT_OUTPUT)
    ]
    assert found == []


def test_a_row_is_locked_so_that_others_may_still_refer_to_it():
    """PostgreSQL: without `no_key` every insert that refers to the row waits for it, and two such waits are a deadlock."""
    found = [
        f"{house.name(path)}:{number}"
        for path in house.sources("shouwen")
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if "select_for_update(" in line and "no_key=True" not in line
    ]
    assert found == []


def test_files_and_functions_stay_small():
    found = []
    for path in house.sources("shouwen", "tests", "bench"):
        lines = len(path.read_text("utf-8").splitlines())
        limit = 25 if path.name == "views.py" or path.parent.name == "views" else 40
        found += [f"{house.name(path)}: {lines} lines"] if lines > 400 else []
        found += [
            f"{house.name(path)}:{node.lineno} {node.name} {house.length(node)}"
            for node in house.functions(path)
            if house.length(node) > limit
        ]
    assert found == []


def test_an_app_has_the_seven_names_and_the_few_beside_them():
    found = []
    for app in house.APPS:
        folder = house.PACKAGE / app
        names = {path.stem for path in folder.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
        known = (
            SEVEN
            | {word for word, apps in BESIDE.items() if apps == {"every app"} or app in apps}
            | {"migrations", "templatetags"}
        )
        found += [f"shouwen/{app}/{name}" for name in sorted(names - known)]
    assert found == []


def test_nothing_of_ours_is_imported_inside_a_function():
    found = [
        f"{house.name(path)}:{node.lineno} {node.module}"
        for path in house.sources()
        for function in house.functions(path)
        for node in ast.walk(function)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("shouwen")
    ]
    assert found == []


def test_no_signals_class_views_or_model_forms():
    found = [
        f"{house.name(path)}:{line} {module}"
        for path in house.sources()
        for module, line in house.imports(path)
        if module.startswith(("django.dispatch", "django.db.models.signals", "django.views.generic", "django.core.signals"))
    ]
    found += [
        f"{house.name(path)}:{line} {word}"
        for path in house.sources()
        for word, line in house.attributes(path)
        if word in {"ModelForm", "as_view"}
    ]
    assert found == []


def views(resolver: URLResolver, prefix: str = ""):
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield f"{prefix}{entry.pattern}", entry.callback
        else:
            yield from views(entry, f"{prefix}{entry.pattern}")


def test_every_address_says_who_may_open_it():
    found = [address for address, view in views(get_resolver()) if not getattr(view, "allowed", None)]
    assert found == []


def test_templates_need_no_inline_code_and_no_other_host():
    found = [
        f"{house.name(path)}: {match.group(0).strip()}"
        for path in sorted(house.PACKAGE.rglob("templates/**/*.html"))
        for match in INLINE.finditer(TAGS.sub("", path.read_text("utf-8")))
    ]
    assert found == []


def test_no_test_is_skipped_or_expected_to_fail():
    words = re.compile(r"mark\.(skip|xfail)|pytest\.(skip|xfail)\(|import[o]rskip\(")
    assert [house.name(path) for path in house.sources("tests") if words.search(path.read_text("utf-8"))] == []


def test_nothing_is_left_for_later():
    words = re.compile(r"#.*\b(TOD[O]|FIXM[E]|XX[X]|HAC[K])\b")
    sources = house.sources("shouwen", "tests", "bench")
    assert [house.name(path) for path in sources if words.search(path.read_text("utf-8"))] == []


def test_every_command_has_a_file_and_every_file_a_command():
    files = {path.stem for path in (house.PACKAGE / "cli").glob("*.py")} | {
        path.parent.name for path in (house.PACKAGE / "cli").glob("*/__init__.py")
    }
    assert {name.replace("-", "_") for name in COMMANDS} == files - COMMAND_PARTS
