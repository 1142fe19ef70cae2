"""Each paper as a description for Word: the same fields in the same order as its `.typ`."""

from __future__ import annotations

import gc
import io
from collections.abc import Callable
from typing import Any

from docxtpl import DocxTemplate
from jinja2.sandbox import SandboxedEnvironment

from shouwen.documents.queries.papers import complete
from shouwen.documents.queries.word import Sheet
from shouwen.documents.queries.word_papers import staff
from shouwen.documents.queries.word_papers.case import case_paper

Data = dict[str, Any]
PAPERS: dict[str, Callable[[Data], Sheet]] = {
    "notice": staff.notice,
    "criticism": staff.criticism,
    "agenda": staff.agenda,
    "standby": staff.standby,
    "transfer_letter": staff.transfer_letter,
    "year_table": staff.year_table,
    "leave_form": staff.leave_form,
    "handover_form": staff.handover_form,
    "roster": staff.roster,
    "table": staff.table,
}
"""Those with a description of their own; the others are put together from the parts of a paper of the counter."""


def render_word(template: str, data: Data) -> bytes:
    """See `word_door`."""
    paper = _render(template, data)
    # A document is a ring of objects which Python finds only in its rarest round: until then each would keep 5 MB.
    gc.collect()
    return paper


def _render(template: str, data: Data) -> bytes:
    paper = complete(template, data)
    sheet = PAPERS.get(template, case_paper)(paper)
    filled = DocxTemplate(io.BytesIO(sheet.content()))
    filled.render(paper, SandboxedEnvironment(autoescape=True), autoescape=True)
    out = io.BytesIO()
    filled.save(out)
    return out.getvalue()
