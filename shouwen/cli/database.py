"""What the commands need to know about the database as a whole: is it there, how it is copied."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from shouwen.core.errors import Refused


def require_migrated() -> None:
    """Refused, saying what to do, when the database is missing, out of reach or of another version."""
    try:
        executor = MigrationExecutor(connection)
    except OperationalError as error:
        raise Refused(f"连不上数据库:{error}") from error
    if not executor.loader.applied_migrations:
        raise Refused("数据库还没有建立。真实使用请先运行 shouwen init;想先看看请运行 shouwen demo。")
    known = set(executor.loader.disk_migrations)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise Refused("数据库比程序旧。请先备份(shouwen backup),再运行 shouwen init 升级数据库。")
    if newer := sorted(app for app, name in executor.loader.applied_migrations if (app, name) not in known):
        raise Refused(f"数据库比程序新({newer[0]})。请安装与数据库相同或更新的版本。")


def copy_to(target: Path) -> None:
    """One consistent copy of the whole database as of this moment, while others go on writing."""
    if connection.vendor == "postgresql":
        postgres("pg_dump", "--format=custom", "--no-owner", "--no-privileges", "--file", str(target))
        return
    connection.ensure_connection()
    with closing(sqlite3.connect(target)) as copy:
        connection.connection.backup(copy)
        # A copy that is not itself in WAL mode is one file, complete without a neighbour.
        copy.execute("PRAGMA journal_mode=DELETE")
    # Looked at from our own connection, which has the functions that our tables' conditions use.
    with connection.cursor() as cursor:
        cursor.execute("ATTACH DATABASE %s AS copy", [str(target)])
        found = cursor.execute("PRAGMA copy.integrity_check").fetchone()
        cursor.execute("DETACH DATABASE copy")
    if found != ("ok",):
        raise Refused("数据库文件有损坏,没有写出备份;请保留现场并从上一份备份恢复")


def is_empty() -> bool:
    """True when nothing is there that a restore would overwrite."""
    if connection.vendor == "postgresql":
        return not connection.introspection.table_names()
    return not Path(connection.settings_dict["NAME"]).exists()


def load_from(source: Path) -> None:
    """Put a copy made by `copy_to` in place of the empty database; all or nothing."""
    if connection.vendor == "postgresql":
        database = str(connection.settings_dict["NAME"])
        postgres("pg_restore", "--single-transaction", "--exit-on-error", "--no-owner", "--dbname", database, str(source))
        return
    source.replace(connection.settings_dict["NAME"])


def postgres(program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's own programs on our database; the password travels in the environment, not on the command line."""
    settings = connection.settings_dict
    given = {
        "PGHOST": settings["HOST"],
        "PGPORT": settings["PORT"],
        "PGUSER": settings["USER"],
        "PGPASSWORD": settings["PASSWORD"],
        "PGDATABASE": settings["NAME"],
    }
    environment = os.environ | {name: str(value) for name, value in given.items() if value}
    try:
        done = subprocess.run([found(program), *arguments], env=environment, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        raise Refused(f"缺少程序 {program}:请安装 Debian 软件包 postgresql-client,版本不低于数据库") from None
    if done.returncode:
        raise Refused(f"{program} 没有成功:{done.stderr.strip()}")


def found(program: str) -> str:
    """Debian keeps each version's programs in a folder of its own; the newest can read every older server."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    return next((str(folder / program) for folder in folders if (folder / program).exists()), program)
