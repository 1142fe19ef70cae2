"""The papers of the counter, from their parts (`wording.parts`), as `case.typ` sets them."""

from __future__ import annotations

from typing import Any

from shouwen.documents.queries.word import TITLE, Sheet

UPRIGHT, ACROSS = (18, 20, 17, 22), (14, 20, 15, 20)
Data = dict[str, Any]


def case_paper(paper: Data) -> Sheet:
    across = 3 if paper["is_wide"] else 2
    sheet = Sheet(margins=ACROSS if paper["is_wide"] else UPRIGHT, landscape=paper["is_wide"])
    _head(sheet, paper)
    if paper["to"]:
        sheet.line("{{ to }}", align="left")
    sheet.each("opening", "{{ one }}", indent=2)
    _pairs(sheet, paper, "facts", across)
    for index, one in enumerate(paper["lists"]):
        _listed(sheet, one, f"lists[{index}]")
    _pairs(sheet, paper, "results", across)
    sheet.each("closing", "{{ one }}", indent=2)
    _pairs(sheet, paper, "signing", 1)
    for name in ("agency", "seal_line", "date"):
        if paper[name]:
            sheet.line("{{ " + name + " }}", align="right", right=3)
    if paper["slip"]:
        sheet.rule(sheet.line("回　执", align="center", bold=True), kind="dashed", eighths=4, side="top", red=False)
        _pairs(sheet, paper, "slip", across)
    _foot(sheet, paper)
    return sheet


def _head(sheet: Sheet, paper: Data) -> None:
    """The centre in red over a red line, the number at the right, the title."""
    if paper["frame"]["center"]:
        sheet.rule(sheet.line("{{ frame.center }}", align="center", face=TITLE, size=14, red=True, spaced=1.5))
    if paper["frame"]["number"]:
        sheet.line("{{ frame.number }}", align="right", size=10.5)
    sheet.line("{{ title }}", align="center", face=TITLE, size=18)


def _pairs(sheet: Sheet, paper: Data, name: str, across: int) -> None:
    rows = [
        [tuple(f"{{{{ {name}[{line}][{index}].{part} }}}}" for part in ("label", "text")) for index in range(len(row))]
        for line, row in enumerate(paper[name])
    ]
    if rows:
        sheet.pairs(rows, across)
        sheet.line("", exact=False)


def _listed(sheet: Sheet, one: Data, name: str) -> None:
    if one["caption"]:
        sheet.line("{{ " + name + ".caption }}", align="left", size=10.5, bold=True)
    count = range(len(one["heads"]))
    sheet.table(
        [f"{{{{ {name}.heads[{n}] }}}}" for n in count],
        f"{name}.rows",
        [f"{{{{ one[{n}] }}}}" for n in count],
        one["widths"],
        aligns=one["aligns"],
        size=10,
    )


def _foot(sheet: Sheet, paper: Data) -> None:
    """The square code, how to follow the case, the code of the paper, the report telephone ("3.6"), the copies."""
    frame = paper["frame"]
    if frame["address"]:
        sheet.square_code(frame["address"])
    for words, said in (
        ("{{ progress }}", paper["progress"]),
        ("文书查验码：{{ frame.code }}", frame["code"]),
        ("监督举报电话：{{ frame.report_phone }}", frame["report_phone"]),
        ("{{ note }}", paper["note"]),
    ):
        if said:
            sheet.line(words, align="left", size=9)
    sheet.page_numbers(dashes=False)
