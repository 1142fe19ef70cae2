"""The door to the Word copies: they are made where papers are set."""

from __future__ import annotations

from typing import Any

from shouwen.documents.queries.fonts import typesetter
from shouwen.documents.queries.papers import PAPERS


def render_word(template: str, data: dict[str, Any]) -> bytes:
    """The paper as .docx, editable, with the same text as the PDF; data and errors as `render_pdf`; a slip has no Word copy (ValueError)."""
    if template not in PAPERS:
        raise ValueError(f"no Word copy: {template}")
    return typesetter().word(template, data)
