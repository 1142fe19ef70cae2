"""`shouwen serve`: everything one hall needs in one command: the pages, the screens' streams, and the tick once a minute."""

from __future__ import annotations

import argparse
import gc
import multiprocessing
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from importlib import import_module
from typing import Any

from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels
from granian.server import Server

from shouwen import __version__
from shouwen.cli.parser import Parser, port
from shouwen.cli.process import small_and_bound
from shouwen.core.errors import Refused

TICK_SECONDS = 60
# Each worker is a process of about 70 MB; more than eight are for a machine of a county, by --workers.
MOST_WORKERS = 8
FULL_WORKER_MB = 125
AGAIN_SECONDS = 2
GARBAGE = 5_000
SHOUWEN = (sys.executable, "-m", "shouwen")


def main(argv: list[str]) -> int:
    """Serve until SIGTERM or SIGINT, then let running requests end (10 s) and stop."""
    arguments = parse(argv)
    if os.environ.get("SHOUWEN_DEMO_DATE"):
        os.environ["SHOUWEN_DEMO_EPOCH"] = str(time.time())
    os.environ.setdefault("SHOUWEN_PAPERS_APART", "1")
    require_free(arguments.host, arguments.port)
    # The workers tell a screen where its stream is, the streams where the pages are.
    os.environ["PORT"] = str(arguments.port)
    os.environ.setdefault("SHOUWEN_SCREENS_PORT", str(arguments.port + 1))
    if status := subprocess.call([*SHOUWEN, "tick", "--check"]):
        return status
    server = Server(
        "shouwen.wsgi:application",
        address=arguments.host,
        port=arguments.port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        websockets=False,
        workers=arguments.workers,
        # More threads in a process starve on SQLite's one writer; more processes do not.
        blocking_threads=1,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
        # Papers are set apart; whatever else makes a worker grow this far, it is replaced within a minute.
        workers_max_rss=FULL_WORKER_MB,
        rss_sample_interval=30,
        log_level=LogLevels.error,
    )
    for beside in (Companion(arguments.host, arguments.port), Screens(arguments.host)):
        server.on_startup(beside.start)
        server.on_shutdown(beside.stop)
    server.serve(target_loader=load)
    return 0


def load(target: str) -> Any:
    """In each worker: the application, in a process that is small and does not outlive its parent, keeping the port with old code."""
    small_and_bound()
    # Until the server's own handlers are in place, being told to stop means to stop, not what it meant in the parent.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    parent = multiprocessing.parent_process()
    if parent is not None and parent.pid != os.getppid():
        raise SystemExit(1)  # killed before this process could ask to be told
    module, _, name = target.partition(":")
    application = getattr(import_module(module), name)
    import_module("shouwen.urls")
    # What was loaded stays: looking through it for garbage again and again costs each page a twentieth of its time.
    gc.collect()
    gc.freeze()
    gc.set_threshold(GARBAGE, 10, 10)
    return application


def parse(argv: list[str]) -> argparse.Namespace:
    parser = Parser("serve", "启动服务,按 Ctrl+C 停止。")
    parser.add_argument("--host", default="127.0.0.1", metavar="地址", help="在哪个地址上听;0.0.0.0 让局域网里的电脑也能打开")
    parser.add_argument(
        "--port", type=port, default=os.environ.get("PORT") or "8000", metavar="端口", help="默认取环境变量 PORT,否则 8000"
    )
    parser.add_argument("--workers", type=int, default=cores(), metavar="个数", help="进程数,默认每个处理器核一个")
    return parser.parse_args(argv)


def cores() -> int:
    return max(1, min(len(os.sched_getaffinity(0)), MOST_WORKERS))


def require_free(host: str, port: int) -> None:
    """The workers share the port among them, so a second server would quietly take half of the first one's visitors."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Refused(
                f"不能使用 {host} 的 {port} 端口({error.strerror}):可能已有一个在运行,请换一个,如 PORT=8080 shouwen serve"
            ) from error


class Companion(threading.Thread):
    """Beside the workers: says when the first page can be opened, then runs `shouwen tick` once a minute, one at a time."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(daemon=True)
        self.host, self.port = host, port
        self.stopping = threading.Event()
        self.child: subprocess.Popen[bytes] | None = None

    def run(self) -> None:
        if not self.answered():
            return
        shown = "127.0.0.1" if self.host in {"0.0.0.0", "::"} else self.host
        print(f"首问 {__version__} 已启动:http://{shown}:{self.port}/ (Ctrl+C 停止)", flush=True)
        while not self.stopping.is_set():
            self.child = subprocess.Popen([*SHOUWEN, "tick"])
            self.child.wait()
            self.stopping.wait(TICK_SECONDS)

    def answered(self) -> bool:
        """True as soon as a worker takes a connection."""
        while not self.stopping.wait(0.1):
            try:
                socket.create_connection((self.host, self.port), timeout=1).close()
            except OSError:
                continue
            return True
        return False

    def stop(self) -> None:
        self.stopping.set()
        if self.child and self.child.poll() is None:
            self.child.terminate()
        self.join(timeout=10)


class Screens(threading.Thread):
    """Keeps `shouwen screens` running beside the workers. Without it the screens of the hall ask every five seconds instead."""

    def __init__(self, host: str) -> None:
        super().__init__(daemon=True)
        self.command = [*SHOUWEN, "screens", "--host", host, "--port", os.environ["SHOUWEN_SCREENS_PORT"]]
        self.stopping = threading.Event()
        self.child: subprocess.Popen[bytes] | None = None

    def run(self) -> None:
        while not self.stopping.is_set():
            self.child = subprocess.Popen(self.command)
            self.child.wait()
            self.stopping.wait(AGAIN_SECONDS)

    def stop(self) -> None:
        self.stopping.set()
        if self.child and self.child.poll() is None:
            self.child.terminate()
        self.join(timeout=10)
