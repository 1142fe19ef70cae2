"""The database backend of a hall (`ENGINE` in settings).

SQLite lets writers who find it busy sleep and try again, so that an unlucky one starves among many, in the end with "database
is locked". Here a transaction first waits for its turn on a file beside the database; the kernel gives turns in order and
takes them back from a process that dies. Reads outside of transactions wait for nobody. A statement is put into SQLite's
spelling once, not each time.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from fcntl import LOCK_EX, LOCK_UN, flock
from functools import lru_cache
from typing import Any

from django.db.backends.sqlite3 import base

LONG = 4000
"""Longer statements carry a list of values and hardly come twice."""


class Cursor(base.SQLiteCursorWrapper):
    """As Django's, remembering how a statement is spelled here."""

    def convert_query(self, query: str, *, param_names: Any = None) -> str:
        if param_names is not None or len(query) > LONG:
            spelled: str = super().convert_query(query, param_names=param_names)
            return spelled
        return _spelled(query)


@lru_cache(maxsize=512)
def _spelled(query: str) -> str:
    return base.FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%")


class DatabaseWrapper(base.DatabaseWrapper):
    """As Django's; `BEGIN IMMEDIATE` waits for its turn, and the end of the transaction gives it on."""

    turn = -1
    has_turn = False

    def create_cursor(self, name: str | None = None) -> Any:
        return self.connection.cursor(factory=Cursor)

    def _start_transaction_under_autocommit(self) -> None:
        self.take_turn()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self.give_turn()
            raise

    def _commit(self) -> Any:
        return self.ending(super()._commit)  # type: ignore[misc]

    def _rollback(self) -> Any:
        return self.ending(super()._rollback)  # type: ignore[misc]

    def _close(self) -> Any:
        try:
            return super()._close()  # type: ignore[misc]
        finally:
            self.give_turn()
            if self.turn >= 0:
                os.close(self.turn)
                self.turn = -1

    def ending(self, end: Callable[[], Any]) -> Any:
        try:
            return end()
        finally:
            if self.connection is None or not self.connection.in_transaction:
                self.give_turn()

    def take_turn(self) -> None:
        name = str(self.settings_dict["NAME"])
        if self.has_turn or self.is_in_memory_db():
            return
        if self.turn < 0:
            self.turn = os.open(f"{name}-turn", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        flock(self.turn, LOCK_EX)
        self.has_turn = True

    def give_turn(self) -> None:
        if self.has_turn:
            flock(self.turn, LOCK_UN)
            self.has_turn = False
