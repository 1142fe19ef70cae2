"""What the code must not do, read from the code: each exception stands here by name."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest
from django.conf import settings

from tests import house

# SQL written by hand: parameters only, no text of a person in it (house.md T17).
BY_HAND = {
    "shouwen/attendance/actions/imports.py",
    "shouwen/audit/actions.py",
    "shouwen/cases/actions/moving.py",
    "shouwen/cases/actions/search.py",
    "shouwen/cases/queries/moving.py",
    "shouwen/cases/queries/search.py",
    "shouwen/cli/database.py",
    "shouwen/core/prepared.py",
    "shouwen/core/sqlite3/base.py",
    "shouwen/core/tenancy.py",
    "shouwen/reception/actions/queue_issue.py",
}
# Whoever opens a socket: the server itself, and the screens' process, which asks the pages on this machine. Nobody fetches an address.
SOCKETS = {"shouwen/asgi.py", "shouwen/cli/serve.py"}
NETWORK = {"socket", "urllib.request", "http.client", "requests", "httpx", "aiohttp", "smtplib", "ftplib", "telnetlib"}
# Markup made in Python, by `format_html` from escaped parts.
MARKUP = {"shouwen/attendance/queries/month.py"}
DANGEROUS = re.compile(r"(^|\.)(raw|extra|RawSQL|eval|exec|os\.system|popen|yaml\.load|pickle\.loads?|marshal\.loads?)$")


def used(words: set[str]) -> set[str]:
    return {house.name(path) for path in house.sources() for word, _ in house.attributes(path) if word in words}


def test_no_query_is_put_together_from_text_and_nothing_typed_is_run():
    found = [
        f"{house.name(path)}:{line} {call}"
        for path in house.sources()
        for call, line in house.calls(path)
        if DANGEROUS.search(call) and not call.startswith("re.")
    ]
    assert found == []


def test_sql_by_hand_stands_in_the_named_places():
    assert used({"cursor"}) == BY_HAND


def test_nothing_fetches_an_address_somebody_gave():
    found = {house.name(path) for path in house.sources() for module, _ in house.imports(path) if module in NETWORK}
    assert found == SOCKETS


def test_templates_escape_everything():
    found = [
        house.name(path)
        for path in house.PACKAGE.rglob("templates/**/*.html")
        if re.search(r"\|\s*safe\b|autoescape\s+off|\|\s*safeseq\b", path.read_text("utf-8"))
    ]
    marked = {house.name(path) for path in house.sources() for call, _ in house.calls(path) if call.endswith("mark_safe")}
    assert (found, marked) == ([], MARKUP)


def test_no_debug_no_admin_site_and_no_default_account_is_there(db):
    assert (settings.DEBUG, "django.contrib.admin" in settings.INSTALLED_APPS) == (False, False)
    assert [path for path in ("admin/", "docs/", "__debug__/") if path in str(house.PACKAGE / "urls.py")] == []


KEY, OTHER, THIRD = (f"{word}-0123456789-0123456789-0123456789" for word in ("one", "two", "three"))
WEAK = {
    "equal": (KEY, KEY, THIRD),
    "equal to the privacy key": (KEY, OTHER, OTHER),
    "equal in the ring": (KEY, OTHER, f"{THIRD},{THIRD}"),
    "short": (KEY[:20], OTHER, THIRD),
    "one letter": ("k" * 40, OTHER, THIRD),
    "no privacy key": (KEY, OTHER, ","),
}
NAMES = ("SHOUWEN_SECRET_KEY", "SHOUWEN_AUDIT_KEY", "SHOUWEN_PRIVACY_KEY")


@pytest.mark.parametrize("keys", WEAK.values(), ids=WEAK)
def test_weak_or_equal_keys_stop_the_start(tmp_path, keys: tuple[str, str, str]):
    environment = os.environ | {"SHOUWEN_DATA_DIR": str(tmp_path)} | dict(zip(NAMES, keys, strict=True))
    command = [sys.executable, "-c", "import shouwen.settings"]
    done = subprocess.run(command, env=environment, cwd=house.ROOT, capture_output=True, text=True, check=False)
    said = f"密钥过短或彼此相同:{NAMES[0]}、{NAMES[1]} 与 {NAMES[2]} 须各不相同且不少于 32 个字符\n"
    assert (done.returncode, done.stderr) == (1, said)


def test_keys_are_made_at_first_start_for_the_own_account_alone(tmp_path):
    environment = os.environ | {"SHOUWEN_DATA_DIR": str(tmp_path)}
    program = "import shouwen.settings as s; print(*map(len, s.KEYS), len(set(s.KEYS)))"
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, cwd=house.ROOT, capture_output=True, text=True, check=True
    )
    modes = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "secrets").iterdir()}
    assert (done.stdout, modes) == ("64 64 64 3\n", {"django.key": 0o600, "audit.key": 0o600, "privacy.key": 0o600})


def test_no_key_or_password_lies_in_a_tracked_file():
    listed = subprocess.run(["git", "ls-files"], cwd=house.ROOT, capture_output=True, text=True, check=False).stdout.split()
    secret = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY|AKIA[0-9A-Z]{16}|SECRET_KEY\s*=\s*[\"'][^\"']{16}")
    texts = [name for name in listed if name.endswith((".py", ".md", ".toml", ".txt", ".json", ".html", ".js", ".css"))]
    assert [name for name in texts if secret.search((house.ROOT / name).read_text("utf-8", "replace"))] == []
