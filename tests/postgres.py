"""A PostgreSQL server of the tests' own: made in a temporary folder, reached by its socket, gone with the run."""

from __future__ import annotations

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

QUICK = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "listen_addresses=",
    "max_connections=60",
    "shared_buffers=128MB",
)
PR_SET_PDEATHSIG = 1


def programs() -> Path:
    """The folder of `postgres` and `initdb`: Debian keeps them off the PATH, by version."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    found = [path for path in folders if (path / "postgres").exists()]
    if found:
        return found[-1]
    on_path = shutil.which("postgres")
    if on_path is None:
        raise SystemExit("没有找到 PostgreSQL 服务端程序:请安装 Debian 软件包 postgresql")
    return Path(on_path).resolve().parent


class Cluster:
    """`url` is the DATABASE_URL of a running server; `stop()` ends it by its process id. `settings` are postgresql.conf lines."""

    def __init__(self, settings: Sequence[str] = QUICK) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="shouwen-pg-"))
        self.owner = unprivileged()
        if self.owner:
            os.chown(self.folder, self.owner.pw_uid, self.owner.pw_gid)
        data = self.folder / "data"
        self.run("initdb", "-D", str(data), "-U", "shouwen", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync")
        command = [str(programs() / "postgres"), "-D", str(data), "-k", str(self.folder)]
        for setting in settings:
            command += ["-c", setting]
        self.log = (self.folder / "log").open("wb")
        self.process = subprocess.Popen(
            command, stdout=self.log, stderr=self.log, preexec_fn=end_with_parent, **self.identity()
        )
        self.url = f"postgres://shouwen@/postgres?host={self.folder}"
        self.wait()

    def identity(self) -> dict[str, object]:
        """PostgreSQL refuses to run as root."""
        if not self.owner:
            return {"cwd": self.folder}
        return {"cwd": self.folder, "user": self.owner.pw_uid, "group": self.owner.pw_gid, "extra_groups": []}

    def run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [str(programs() / program), *arguments], capture_output=True, text=True, check=False, **self.identity()
        )
        if done.returncode:
            raise SystemExit(f"{program} 失败:{done.stderr}")

    def wait(self) -> None:
        for _ in range(150):
            if self.process.poll() is not None:
                raise SystemExit(f"PostgreSQL 没有启动:{(self.folder / 'log').read_text()}")
            ready = [str(programs() / "pg_isready"), "-q", "-h", str(self.folder)]
            if subprocess.run(ready, check=False).returncode == 0:
                return
            time.sleep(0.1)
        raise SystemExit("PostgreSQL 15 秒内没有启动")

    def stop(self) -> None:
        self.process.send_signal(signal.SIGINT)
        self.process.wait(timeout=30)
        self.log.close()
        shutil.rmtree(self.folder, ignore_errors=True)


def unprivileged() -> pwd.struct_passwd | None:
    """Whom the server runs as when the tests run as root; None when they do not."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    return names.get("postgres") or names["nobody"]


def end_with_parent() -> None:
    """Even a killed test run leaves no server behind."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGINT)
