"""The database backend of a hall (`ENGINE` in settings).

SQLite lets writers who find it busy sleep and try again, so that an unlucky one starves among many, in the end with "database
is locked". Here a transaction first waits for its turn on a file beside the database; the kernel gives turns in order and
takes them back from a process that dies. Reads outside of transactions wait for nobody.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from fcntl import LOCK_EX, LOCK_UN, flock
from typing import Any

from django.db.backends.sqlite3 import base


class DatabaseWrapper(base.DatabaseWrapper):
    """As Django's; `BEGIN IMMEDIATE` waits for its turn, and the end of the transaction gives it on."""

    turn = -1
    has_turn = False

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
