"""`python -m bench [name …]`: each bench in a process of its own, so that one's memory and caches do not help another."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
from dataclasses import asdict
from importlib import import_module
from pathlib import Path

from bench import Row

HERE = Path(__file__).resolve().parent
HEAD = "| 量什么 | 结果 | 要求 | 数据库 |\n|---|---|---|---|"


def names() -> list[str]:
    return sorted(path.stem for path in HERE.glob("*.py") if not path.stem.startswith("_"))


def machine() -> str:
    """CPU model, cores, memory and Python, as they stand beside every figure."""
    lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines() if Path("/proc/cpuinfo").exists() else []
    model = next(
        (line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.processor() or "未知"
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{model}，{os.cpu_count()} 核，{memory:.0f} GiB 内存，Python {platform.python_version()}，{platform.system()} {platform.release()}"


def measure(name: str) -> list[Row]:
    """Run one bench in a fresh process with a fresh data folder."""
    with tempfile.TemporaryDirectory(prefix="shouwen-bench-") as folder:
        environment = os.environ | {"SHOUWEN_DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "shouwen.settings"}
        command = [sys.executable, "-m", "bench", "--rows", name]
        done = subprocess.run(command, env=environment, cwd=HERE.parent, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{name} 没有跑完")
    return [Row(**row) for row in json.loads(done.stdout.splitlines()[-1])]


def show(row: Row) -> str:
    value = f"{row.value:,.0f}" if row.value >= 100 else f"{row.value:.3g}"
    return f"| {row.what} | {value} {row.unit} | {row.bar} | {row.database} |"


def main(argv: list[str]) -> int:
    if argv[:1] == ["--rows"]:
        print(json.dumps([asdict(row) for row in import_module(f"bench.{argv[1]}").run()], ensure_ascii=False))
        return 0
    unknown = sorted(set(argv) - set(names()))
    if unknown:
        print(f"没有这项：{'、'.join(unknown)}；有 {'、'.join(names())}", file=sys.stderr)
        return 2
    print(f"{machine()}\n\n{HEAD}", flush=True)
    for name in argv or names():
        for row in measure(name):
            print(show(row), flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
