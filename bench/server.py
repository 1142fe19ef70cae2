"""The whole server as a hall runs it (`shouwen demo`): seeding, 今日 under eight clients, and memory when every page and paper was opened."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from http.client import HTTPConnection
from pathlib import Path
from statistics import quantiles
from urllib.parse import urlencode

from bench import Row

ROUNDS = 3
WORKERS = 2
CLIENTS, REQUESTS = 8, 400
# A process that sets papers leaves after two idle seconds.
SETTLED = 5
SHOUWEN = (sys.executable, "-m", "shouwen")


def run() -> list[Row]:
    start = time.perf_counter()
    environment = os.environ | {"PYTHONUNBUFFERED": "1"}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    subprocess.run([*SHOUWEN, "demo", "--no-serve"], env=environment, stdout=subprocess.DEVNULL, check=True)
    seeded = time.perf_counter() - start
    port = free_port()
    environment["PORT"] = str(port)
    command = [*SHOUWEN, "demo", "--workers", str(WORKERS)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as server:
        try:
            password = re.search(r"密码\s+(\S+)", until_served(server)).group(1)  # type: ignore[union-attr]
            cookies = log_in(port, password)
            visit(port, cookies, links(port, cookies))
            rows = under_load(port, cookies)
            opened, pss = (total(server.pid, kind) for kind in ("Rss", "Pss"))
            visit(port, cookies, papers(port, cookies))
            at_work = total(server.pid, "Rss")
            time.sleep(SETTLED)
            settled, once = (total(server.pid, kind) for kind in ("Rss", "Pss"))
        finally:
            server.terminate()
    bar = "≤ 250 MB"
    return [
        Row("建演示乡镇(两个多月的生活,迁移在内)", seeded, "秒", "", "SQLite"),
        *rows,
        Row(f"整个服务的常驻内存,各进程相加({WORKERS} 个页面进程,各页都打开过)", opened, "MB", bar, "SQLite"),
        Row("几个进程共用的只算一次(PSS)", pss, "MB", bar, "SQLite"),
        Row("再看过文书的 PDF、预览和 Word,相加", settled, "MB", bar, "SQLite"),
        Row("再看过文书的 PDF、预览和 Word,PSS", once, "MB", bar, "SQLite"),
        Row("正在排版的几秒里,连同排版进程,相加", at_work, "MB", "", "SQLite"),
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


def log_in(port: int, password: str, username: str = "sunhui") -> dict[str, str]:
    """The assessor's session."""
    cookies: dict[str, str] = {}
    body = fetch(port, "/login/", cookies)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', body).group(1)  # type: ignore[union-attr]
    form = urlencode({"username": username, "password": password, "csrfmiddlewaretoken": token})
    fetch(port, "/login/", cookies, form)
    return cookies


def links(port: int, cookies: dict[str, str]) -> list[str]:
    """Every link of the first page and of the pages behind it, without what acts or downloads."""
    first = found(port, cookies, "/")
    return sorted({link for page in first for link in (page, *found(port, cookies, page)) if not link.endswith(".xlsx")})[:120]


def papers(port: int, cookies: dict[str, str]) -> list[str]:
    """Each issued paper in all its forms."""
    codes = sorted(set(re.findall(r"/documents/(WS-[A-Z0-9-]+)/", fetch(port, "/documents/", cookies))))
    return [f"/documents/{code}/{form}" for code in codes[:6] for form in ("", "pdf/", "preview.png", "word/")]


def found(port: int, cookies: dict[str, str], page: str) -> list[str]:
    hrefs = re.findall(r'href="(/[^"#]*)"', fetch(port, page, cookies))
    return [link.replace("&amp;", "&") for link in hrefs if not link.startswith(("/logout", "/static", "/people/export"))]


def visit(port: int, cookies: dict[str, str], pages: list[str]) -> None:
    """More than once, so that every process has served nearly each."""
    for page in pages * ROUNDS:
        fetch(port, page, cookies)


def under_load(port: int, cookies: dict[str, str]) -> list[Row]:
    """Eight clients open 今日 at once; they run on the same cores as the server."""

    def one(_: int) -> float:
        start = time.perf_counter()
        fetch(port, "/", dict(cookies))
        return (time.perf_counter() - start) * 1000

    start = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as pool:
        times = list(pool.map(one, range(REQUESTS)))
    seconds = time.perf_counter() - start
    what = f"今日,{CLIENTS} 个客户端同时开"
    return [
        Row(f"{what}({REQUESTS} 次)", REQUESTS / seconds, "页/秒", "", "SQLite"),
        Row(f"{what},95% 的页面快于", quantiles(times, n=20)[-1], "毫秒", "", "SQLite"),
    ]


def total(pid: int, kind: str) -> float:
    """Megabytes of the server with all its processes, "Rss" or "Pss"."""
    return sum(memory(one, kind) for one in family(pid))


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
    """A process and all it started; each thread has children of its own."""
    lists = Path(f"/proc/{pid}/task").glob("*/children")
    with suppress(OSError):
        children = [int(child) for one in lists for child in one.read_text().split()]
        return [pid, *(found for child in children for found in family(child))]
    return []


def memory(pid: int, kind: str) -> float:
    """Megabytes, "Rss" or "Pss"; nothing of a process that has just left."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith(f"{kind}:"):
                return int(line.split()[1]) / 1024
    return 0
