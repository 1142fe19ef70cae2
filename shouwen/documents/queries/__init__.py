"""Reads of the documents app: rendering, typefaces, lists, files to hand out."""

from shouwen.documents.queries.fonts import StandIn, missing_fonts, stand_in_rows, warm
from shouwen.documents.queries.lists import by_code, document_of, documents, open_kinds, printings, visible
from shouwen.documents.queries.papers import PAPERS, address, complete, frame, kept, number
from shouwen.documents.queries.pdf import render_pdf, render_png, template_version
from shouwen.documents.queries.serving import file_response
from shouwen.documents.queries.word_door import render_word
from shouwen.documents.queries.workbook import Table, workbook

__all__ = [
    "PAPERS",
    "StandIn",
    "Table",
    "address",
    "by_code",
    "complete",
    "document_of",
    "documents",
    "file_response",
    "frame",
    "kept",
    "missing_fonts",
    "number",
    "open_kinds",
    "printings",
    "render_pdf",
    "render_png",
    "render_word",
    "stand_in_rows",
    "template_version",
    "visible",
    "warm",
    "workbook",
]
