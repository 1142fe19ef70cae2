"""Reading papers back."""

from __future__ import annotations

import io
import re
from typing import Any

from docx import Document as open_word
from pypdf import PdfReader


def pages(pdf: bytes) -> list[Any]:
    return list(PdfReader(io.BytesIO(pdf)).pages)


def bare(text: str) -> str:
    """Without any space: where a line breaks is not what a paper says."""
    return "".join(text.split())


def pdf_text(pdf: bytes) -> str:
    """What the pages say one after the other; the page numbers between them are left out."""
    return re.sub("—[0-9]+—", "", bare("".join(page.extract_text() for page in pages(pdf))))


def word_pieces(content: bytes) -> list[str]:
    """Paragraphs and cells of a Word file, without spaces and empty ones."""
    document = open_word(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [bare(text) for text in [*(one.text for one in document.paragraphs), *cells] if bare(text)]


def placed(page: Any) -> list[tuple[float, float, float, str]]:
    """Every piece of text of a page with x, y (points from the lower left) and size, empty ones left out."""
    found: list[tuple[float, float, float, str]] = []

    def visit(text: str, cm: list[float], tm: list[float], font: Any, size: float) -> None:
        if text.strip():
            found.append((tm[4] * cm[0] + cm[4], tm[5] * cm[3] + cm[5], abs(size * tm[0] * cm[0]), text.strip()))

    page.extract_text(visitor_text=visit)
    return found
