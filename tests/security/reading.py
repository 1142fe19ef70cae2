"""What an answer says, whatever its kind: the words of a page, a sheet, a PDF, a Word file, a calendar."""

from __future__ import annotations

import html
import io
import zipfile
from typing import Any

from tests.documents.reading import pdf_text


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def words(response: Any) -> str:
    """The text a reader could find in the answer; of an Office file every part with words."""
    content = body(response)
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = [name for name in archive.namelist() if name.endswith((".xml", ".rels"))]
            return html.unescape("".join(archive.read(name).decode() for name in parts))
    if content.startswith(b"%PDF"):
        return pdf_text(content)
    return html.unescape(content.decode("utf-8", "replace"))
