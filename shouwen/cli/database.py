"""What the commands need to know about the database as a whole: is it there, how it is copied."""

from __future__ import annotations

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
