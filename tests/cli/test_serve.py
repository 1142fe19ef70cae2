"""`shouwen serve` as a process: it answers, ticks, and goes when told."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


@contextmanager
def serving(environment: dict[str, str], port: int, *words: str):
    """A running `shouwen serve` that has said its address."""
    command = [sys.executable, "-m", "shouwen", "serve", *words]
    settings = environment | {"PORT": str(port)}
    with subprocess.Popen(
        command, env=settings, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout.readline().endswith(f"已启动:http://127.0.0.1:{port}/ (Ctrl+C 停止)\n")
            yield process
        finally:
            process.kill() if process.poll() is None else None


def get(port: int, path: str) -> tuple[int, str, bytes]:
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", path)
    answer = connection.getresponse()
    return answer.status, answer.headers.get("Location", ""), answer.read()


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def test_it_serves_pages_and_their_style_and_ends_cleanly_on_sigterm(hall, tmp_path: Path):
    port = free_port()
    with serving(hall, port, "--workers", "2") as process:
        assert get(port, "/")[:2] == (302, "/login/?next=/")
        assert get(port, "/static/core/shouwen.css") == (200, "", (ROOT / "shouwen/core/static/core/shouwen.css").read_bytes())
        left = children(process.pid)
        process.send_signal(signal.SIGTERM)
        assert (process.wait(timeout=20), process.stderr.read()) == (0, "")
    assert [pid for pid in left if Path(f"/proc/{pid}").exists()] == []


def test_a_second_server_on_the_same_port_is_refused(hall, run):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run("serve", "--port", str(port))
    assert (done.returncode, done.stderr.startswith(f"不能使用 127.0.0.1 的 {port} 端口")) == (1, True)


def test_without_a_database_it_does_not_start(run):
    done = run("serve", "--port", str(free_port()))
    assert (done.returncode, done.stderr[:12]) == (1, "数据库还没有建立。真实使用请先运行"[:12])


def test_it_ticks(hall, tmp_path: Path):
    """The first tick of a day after half past midnight does the nightly work, which anchors every chain."""
    anchors = tmp_path / "data" / "anchors" / "audit.log"
    with serving(hall | {"SHOUWEN_DEMO_DATE": "2026-11-23"}, free_port(), "--workers", "1"):
        assert until(anchors.exists, 30)


def workers(process: subprocess.Popen[str]) -> list[int]:
    """The page processes among the server's children (the others are ticks)."""
    return [pid for pid in children(process.pid) if b"tick" not in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")]


def until(true: Callable[[], bool], seconds: float = 20) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end and not true():
        time.sleep(0.1)
    return true()


def answers(port: int) -> bool:
    try:
        return get(port, "/")[0] == 302
    except OSError:
        return False


def test_a_killed_worker_is_replaced(hall):
    port = free_port()
    with serving(hall, port, "--workers", "1") as process:
        [worker] = workers(process)
        os.kill(worker, signal.SIGKILL)
        assert until(lambda: workers(process) not in ([], [worker]) and answers(port))


def test_killing_the_server_leaves_no_worker_behind(hall):
    with serving(hall, free_port(), "--workers", "2") as process:
        left = workers(process)
        process.kill()
        assert until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in left))
