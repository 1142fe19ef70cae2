"""Where papers are set: here, or apart, in a process that goes when nothing was set for a while.

Typefaces and what Typst remembers are 100 MB which a process that serves pages would never give back; a hall sets a paper
now and then. So `shouwen serve` has them set apart (`PAPERS_APART`): the first costs a fifth of a second, those that follow
within seconds as little as here.
"""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Lock
from typing import Any

from django.conf import settings

from shouwen.documents.queries.typesetter import Typesetter

PROGRAM = Path(__file__).with_name("typesetter.py")
IDLE_SECONDS = 2
LONGEST_SECONDS = 60


class Apart:
    """The same as a `Typesetter`, in a process of its own: started when asked, asked again when it had just left."""

    def __init__(self, folders: list[str]) -> None:
        self.folders, self.lock = folders, Lock()
        self.process: subprocess.Popen[bytes] | None = None
        self.line: Connection | None = None

    def families(self) -> list[str]:
        found: list[str] = self._ask("families")
        return found

    def compile(self, path: str, **options: Any) -> Any:
        """Raises RuntimeError with the typesetter's words for a broken template."""
        return self._ask("compile", path, **options)

    def word(self, template: str, data: dict[str, Any]) -> bytes:
        made: bytes = self._ask("word", template, data)
        return made

    def _ask(self, name: str, *args: Any, **options: Any) -> Any:
        with self.lock:
            try:
                done, answer = self._answer((name, args, options))
            except (EOFError, OSError):
                self._leave()
                done, answer = self._answer((name, args, options))
        if not done:
            raise RuntimeError(answer)
        return answer

    def _answer(self, request: tuple[str, tuple[Any, ...], dict[str, Any]]) -> tuple[bool, Any]:
        if self.line is None:
            self.line = self._start()
        self.line.send(request)
        if not self.line.poll(LONGEST_SECONDS):
            self._leave()
            raise RuntimeError(f"no paper after {LONGEST_SECONDS} seconds")
        done, answer = self.line.recv()
        return bool(done), answer

    def _start(self) -> Connection:
        ours, theirs = Pipe()
        command = [sys.executable, "-I", str(PROGRAM), str(theirs.fileno()), str(IDLE_SECONDS), *self.folders]
        self.process = subprocess.Popen(command, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL)
        theirs.close()
        return ours  # type: ignore[return-value]

    def _leave(self) -> None:
        if self.line is not None:
            self.line.close()
        if self.process is not None:
            self.process.kill()
            self.process.wait()
        self.line = self.process = None


@cache
def press(*folders: str) -> Typesetter | Apart:
    """One for the process."""
    return Apart(list(folders)) if settings.PAPERS_APART else Typesetter(list(folders))
