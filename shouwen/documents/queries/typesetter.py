"""Typst with its typefaces: in this process, or run as a program that sets papers for another one and leaves when it has nothing to do.

As a program (`press.Apart`) it knows neither Django nor Shouwen until a Word copy is asked for: `python -I typesetter.py FILE_DESCRIPTOR IDLE_SECONDS FOLDER…`.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from importlib import import_module
from multiprocessing.connection import Connection
from typing import Any


class Typesetter:
    """One set of typefaces for its lifetime (looking for them takes 0.1 s); compiling is thread-safe."""

    def __init__(self, folders: list[str]) -> None:
        # Not at the top: a page's process that has its papers set elsewhere is 20 MB smaller without it.
        self.typst = import_module("typst")
        self.fonts = self.typst.Fonts(include_embedded_fonts=False, font_paths=folders)

    def families(self) -> list[str]:
        return list(self.fonts.families())

    def compile(self, path: str, **options: Any) -> Any:
        """Bytes, or a list of bytes when the format has a file a page. Raises `typst.TypstError` for a broken template."""
        return self.typst.compile(path, font_paths=self.fonts, ignore_system_fonts=True, **options)

    def word(self, template: str, data: dict[str, Any]) -> bytes:
        """The paper as .docx."""
        # Not at the top: the library is 10 MB in every page's process, and a hall takes a Word copy now and then.
        made: bytes = import_module("shouwen.documents.queries.word_papers").render_word(template, data)
        return made


def serve(line: Connection, idle: float, folders: list[str]) -> None:
    """Answer requests one after another until none comes for `idle` seconds or the other side is gone."""
    typesetter = Typesetter(folders)
    while line.poll(idle):
        name, args, options = line.recv()
        try:
            if name == "word":
                import_module("django").setup()
            answer = True, getattr(typesetter, name)(*args, **options)
        except Exception as error:
            answer = False, f"{type(error).__name__}: {error}"
        line.send(answer)


if __name__ == "__main__":
    with suppress(EOFError, OSError):  # whoever asked is gone
        serve(Connection(int(sys.argv[1])), float(sys.argv[2]), sys.argv[3:])
