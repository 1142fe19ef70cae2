"""Each paper as a description for Word: the same fields in the same order as its `.typ`."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from docxtpl import DocxTemplate
from jinja2.sandbox import SandboxedEnvironment

from shouwen.documents.queries.papers import complete
from shouwen.documents.queries.word import PITCH, TITLE, Sheet

OFFICIAL = (37, 26, 35, 28)
PLAIN = (22, 20, 20, 22)
Data = dict[str, Any]


def render_word(template: str, data: Data) -> bytes:
    """The paper as .docx, editable, with the same text as the PDF; data and errors as `render_pdf`."""
    paper = complete(template, data)
    sheet = PAPERS[template](paper)
    filled = DocxTemplate(io.BytesIO(sheet.content()))
    filled.render(paper, SandboxedEnvironment(autoescape=True), autoescape=True)
    out = io.BytesIO()
    filled.save(out)
    return out.getvalue()


def official() -> Sheet:
    sheet = Sheet(margins=OFFICIAL, size=16, pitch=PITCH)
    sheet.grid()
    return sheet


def plain(paper: Data, *, landscape: bool = False) -> Sheet:
    """The head every other paper has: the centre in red over a red line, then the title."""
    sheet = Sheet(margins=PLAIN, landscape=landscape)
    if paper["frame"]["center"]:
        sheet.rule(sheet.line("{{ frame.center }}", align="center", face=TITLE, size=16, red=True, spaced=1.5))
    sheet.line("{{ title }}", align="center", face=TITLE, size=18)
    if paper.get("subtitle"):
        sheet.line("{{ subtitle }}", align="center", size=11)
    return sheet


def paragraphs(sheet: Sheet, paper: Data, *names: str, **look: Any) -> None:
    """Those of the named sentences that are there."""
    for name in names:
        if paper[name]:
            sheet.line("{{ " + name + " }}", indent=2, **look)


def checks(sheet: Sheet, paper: Data) -> Sheet:
    """Number, code, report telephone and the square code."""
    frame = paper["frame"]
    if frame["address"]:
        sheet.square_code(frame["address"])
    for name, words in (("number", "文书编号"), ("code", "查验码"), ("report_phone", "监督举报电话")):
        if frame[name]:
            sheet.line(words + "：{{ frame." + name + " }}", align="left", size=9)
    sheet.page_numbers(dashes=False)
    return sheet


def notice(paper: Data) -> Sheet:
    sheet = plain(paper)
    paragraphs(sheet, paper, "intro")
    fields = ("rank", "name", "department", "post", "items", "score", "year_total", "remark")
    sheet.table(
        ["名次", "姓名", "部门", "岗位", "扣分项（次数、分值、依据）", "本月得分", "年度累计", "备注"],
        "rows",
        ["{{ one." + field + " }}" for field in fields],
        [10, 17, 28, 24, 50, 11, 11, 16],
        aligns="cccclccc",
        size=10,
    )
    paragraphs(sheet, paper, "means")
    paragraphs(sheet, paper, "criticism", bold=True, red=True)
    sheet.each("corrections", "{{ one }}", indent=2)
    paragraphs(sheet, paper, "doubts", "objection")
    for words in ("{{ issuer }}", "{{ period }}", "{{ made }}"):
        sheet.line(words, align="right")
    return checks(sheet, paper)


PAPERS: dict[str, Callable[[Data], Sheet]] = {"notice": notice}
