"""Resident memory of the whole server: the demo township served as in a hall, the pages of the rail opened in every process."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

from bench import Row

ROUNDS = 20
WORKERS = 2
SHOUWEN = (sys.executable, "-m", "shouwen")


def run() -> list[Row]:
    port = free_port()
    environment = os.environ | {"PORT": str(port), "PYTHONUNBUFFERED": "1"}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    command = [*SHOUWEN, "demo", "--workers", str(WORKERS)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as server:
        try:
            said = until_served(server)
            visit(port, re.search(r"密码\s+(\S+)", said).group(1))  # type: ignore[union-attr]
            time.sleep(2)
            resident, shared_once = (sum(memory(pid, kind) for pid in family(server.pid)) for kind in ("Rss", "Pss"))
        finally:
            server.terminate()
    return [
        Row(f"整个服务的常驻内存({WORKERS} 个页面进程,各页都打开过)", resident, "MB", "≤ 250 MB", "SQLite"),
        Row("其中几个进程共用的只算一次", shared_once, "MB", "", "SQLite"),
    ]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def until_served(server: subprocess.Popen[str]) -> str:
    said = ""
    for line in server.stdout:  # type: ignore[union-attr]
        said += line
        if "已启动" in line:
            return said
    raise SystemExit(f"演示没有启动:{said}")


def visit(port: int, password: str) -> None:
    """Log in as the assessor, open every link of the first page again and again, so that every process has served each."""
    cookies: dict[str, str] = {}
    body = fetch(port, "/login/", cookies)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', body).group(1)  # type: ignore[union-attr]
    form = urlencode({"username": "sunhui", "password": password, "csrfmiddlewaretoken": token})
    fetch(port, "/login/", cookies, form)
    links = sorted(set(re.findall(r'href="(/[^"#]*)"', fetch(port, "/", cookies))) - {"/logout/"})
    for _ in range(ROUNDS):
        for link in links:
            fetch(port, link, cookies)


def fetch(port: int, path: str, cookies: dict[str, str], form: str = "") -> str:
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
    if form:
        headers |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"http://127.0.0.1:{port}"}
    connection.request("POST" if form else "GET", path, form or None, headers)
    answer = connection.getresponse()
    for cookie in answer.headers.get_all("Set-Cookie") or []:
        name, _, value = cookie.split(";")[0].partition("=")
        cookies[name] = value
    body = answer.read().decode("utf-8", "replace")
    connection.close()
    if answer.status >= 500:
        raise SystemExit(f"{path}: {answer.status}")
    return body


def family(pid: int) -> list[int]:
    children = [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return [pid, *(found for child in children for found in family(child))]


def memory(pid: int, kind: str) -> float:
    """Megabytes, "Rss" or "Pss"."""
    line = next(line for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines() if line.startswith(f"{kind}:"))
    return int(line.split()[1]) / 1024
