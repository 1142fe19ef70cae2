"""`python -m bench.large [sqlite|postgres] [count]`: lay the cases, then open the list, its views and the search box, page and all."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from importlib import import_module

from bench.__main__ import HEAD, HERE, machine
from tests.postgres import Cluster

SIZES = {"sqlite": 200_000, "postgres": 1_000_000}


def main(argv: list[str]) -> int:
    if argv[:1] == ["--here"]:
        for row in import_module("bench.large.cases").run(int(argv[1])):
            print(row, flush=True)
        return 0
    print(f"{machine()}\n\n{HEAD}", flush=True)
    for database in argv[:1] or SIZES:
        measure(database, int(argv[1]) if argv[1:] else SIZES[database])
    return 0


def measure(database: str, count: int) -> None:
    """In a process of its own, on a database of its own that goes with it."""
    with tempfile.TemporaryDirectory(prefix="shouwen-large-") as folder:
        environment = os.environ | {
            "SHOUWEN_DATA_DIR": folder,
            "DJANGO_SETTINGS_MODULE": "shouwen.settings",
            "SHOUWEN_DEMO_DATE": "2026-11-23",
        }
        cluster = Cluster() if database == "postgres" else None
        if cluster is not None:
            environment["DATABASE_URL"] = cluster.url
        try:
            command = [sys.executable, "-m", "bench.large", "--here", str(count)]
            subprocess.run(command, env=environment, cwd=HERE.parent, check=True)
        finally:
            if cluster is not None:
                cluster.stop()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
