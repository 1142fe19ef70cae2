"""The door to the Word copies: what makes them is loaded when somebody takes one."""

from __future__ import annotations

from importlib import import_module
from typing import Any


def render_word(template: str, data: dict[str, Any]) -> bytes:
    """The paper as .docx, editable, with the same text as the PDF; data and errors as `render_pdf`; a slip has no Word copy (ValueError)."""
    # Here and not above: the library is 10 MB in every page's process, and a hall takes a Word copy now and then.
    made: bytes = import_module("shouwen.documents.queries.word_papers").render_word(template, data)
    return made
