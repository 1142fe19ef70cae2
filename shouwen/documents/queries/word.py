"""The same paper as editable Word: a template of placeholders is built from one description, `docxtpl` fills it.

Nothing that was typed by anybody stands in the template, only names of fields, so hostile text prints as text; the environment is
sandboxed and escapes as well.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import segno
from docx import Document as new_document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

BODY, TITLE, BLACK, SONG = "仿宋_GB2312", "方正小标宋简体", "黑体", "宋体"
RED = RGBColor(0xC8, 0x16, 0x1D)
PITCH = 225 / 22 / 25.4 * 72
# The order Word insists on inside a paragraph's properties.
AFTER_BORDERS = (
    "w:shd",
    "w:tabs",
    "w:suppressAutoHyphens",
    "w:snapToGrid",
    "w:spacing",
    "w:ind",
    "w:contextualSpacing",
    "w:jc",
    "w:rPr",
)
ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}


class Sheet:
    """A Word template being written, top to bottom. `margins` in mm: top, right, bottom, left."""

    def __init__(
        self, *, margins: tuple[float, float, float, float], size: float = 12, pitch: float = 0, landscape: bool = False
    ) -> None:
        self.document = new_document()
        self.size = size
        self.pitch = pitch
        normal = self.document.styles["Normal"]
        normal.font.size = Pt(size)
        _typeface(normal.element.get_or_add_rPr(), BODY)
        section = self.document.sections[0]
        section.page_width, section.page_height = (Mm(297), Mm(210)) if landscape else (Mm(210), Mm(297))
        section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
        section.top_margin, section.right_margin, section.bottom_margin, section.left_margin = (Mm(one) for one in margins)
        section.footer_distance = Mm(max(10.0, margins[2] - 12))
        self.width = section.page_width - section.left_margin - section.right_margin
        properties = self.document.core_properties
        properties.author, properties.title, properties.comments = "首问", "", ""

    def grid(self) -> None:
        """28 characters a line and 22 lines a page, as the standard's core has them."""
        section = self.document.sections[0]
        grid = section._sectPr.find(qn("w:docGrid"))
        if grid is None:
            grid = OxmlElement("w:docGrid")
            section._sectPr.append(grid)
        grid.set(qn("w:type"), "linesAndChars")
        grid.set(qn("w:linePitch"), str(round(PITCH * 20)))
        grid.set(qn("w:charSpace"), str(round((156 / 28 / 25.4 * 72 - self.size) * 4096)))

    def line(
        self, words: str, *, align: str = "justify", indent: float = 0, right: float = 0, exact: bool = True, **look: Any
    ) -> Paragraph:
        """A paragraph; `words` are placeholders and fixed words, `indent` and `right` in characters; `look` as `_run`.

        `exact=False` lets a line be as high as its type (marks and titles).
        """
        paragraph = self.document.add_paragraph()
        self._shape(paragraph, align, indent, right, self.pitch if exact else 0)
        _run(paragraph, words, **look)
        return paragraph

    def _shape(self, paragraph: Paragraph, align: str, indent: float, right: float, pitch: float) -> None:
        shape = paragraph.paragraph_format
        shape.alignment = ALIGN[align]
        shape.space_before = shape.space_after = Pt(0)
        if indent:
            shape.first_line_indent = Pt(self.size * indent)
        if right:
            shape.right_indent = Pt(self.size * right)
        if pitch:
            shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(pitch)
        else:
            shape.line_spacing = 1.35

    def blank(self, lines: int = 1) -> None:
        for _ in range(lines):
            self.line("")

    def each(self, name: str, words: str, **look: Any) -> None:
        """One paragraph for every item of a list; the item is `one` in `words`."""
        self.line("{%p for one in " + name + " %}")
        self.line(words, **look)
        self.line("{%p endfor %}")

    def signature(self, signers: list[str]) -> None:
        """署名 over the date, four characters in from the right, kept together on one page."""
        for words in (*signers, "{{ date }}"):
            self.line(words, align="right", right=4).paragraph_format.keep_with_next = words != "{{ date }}"

    def rule(
        self, paragraph: Paragraph, *, kind: str = "single", eighths: int = 12, side: str = "bottom", red: bool = True
    ) -> None:
        """A line under (or over) a paragraph; `eighths` of a point thick."""
        shape = paragraph._p.get_or_add_pPr()
        borders = shape.find(qn("w:pBdr"))
        if borders is None:
            borders = OxmlElement("w:pBdr")
            shape.insert_element_before(borders, *AFTER_BORDERS)
        border = OxmlElement(f"w:{side}")
        for name, value in (("val", kind), ("sz", str(eighths)), ("space", "1"), ("color", str(RED) if red else "000000")):
            border.set(qn(f"w:{name}"), value)
        borders.append(border)

    def table(
        self, heads: list[str], name: str, cells: list[str], widths: list[float], *, aligns: str = "", size: float = 10.5
    ) -> None:
        """A head repeated on every page and one row for every item of the list `name` (`one` in `cells`); `aligns` a letter a column."""
        table = self.document.add_table(rows=4, cols=len(heads), style="Table Grid")
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        letters = {"l": "left", "r": "right", "c": "center"}
        for index, head in enumerate(heads):
            self._cell(table.cell(0, index), head, "center", size, bold=True)
            self._cell(table.cell(2, index), cells[index], letters[aligns[index] if aligns else "c"], size)
            for row in table.rows:
                row.cells[index].width = round(self.width * widths[index] / sum(widths))
        table.cell(1, 0).paragraphs[0].add_run("{%tr for one in " + name + " %}")
        table.cell(3, 0).paragraphs[0].add_run("{%tr endfor %}")
        _mark(table.rows[0], "w:tblHeader")
        for row in table.rows:
            _mark(row, "w:cantSplit")

    def form(self, rows: list[tuple[tuple[str, str], ...]], *, label: float = 1, wide: float = 2.3) -> None:
        """Label and content, two pairs a row; a single pair takes the whole row."""
        self.pairs(rows, 2, label=label, wide=wide, size=11)

    def pairs(
        self, rows: Sequence[Sequence[tuple[str, ...]]], across: int, *, label: float = 1, wide: float = 2.4, size: float = 10.5
    ) -> None:
        """Label and content, up to `across` pairs a row; the last one takes what is left of the row."""
        table = self.document.add_table(rows=len(rows), cols=2 * across, style="Table Grid")
        table.autofit = False
        for line, pairs in zip(table.rows, rows, strict=True):
            cells = line.cells
            for index, width in enumerate([label, wide] * across):
                cells[index].width = round(self.width * width / ((label + wide) * across))
            last = 2 * len(pairs) - 1
            if last < 2 * across - 1:
                cells[last].merge(cells[-1])
            for place, (name, words) in enumerate(pairs):
                self._cell(cells[place * 2], name, "center", size, bold=True)
                self._cell(cells[place * 2 + 1], words, "left", size)

    def _cell(self, cell: Any, words: str, align: str, size: float, *, bold: bool = False) -> None:
        paragraph = cell.paragraphs[0]
        shape = paragraph.paragraph_format
        shape.alignment, shape.space_before, shape.space_after = ALIGN[align], Pt(2), Pt(2)
        _run(paragraph, words, size=size, bold=bold)

    def square_code(self, text: str) -> None:
        """The square code, 15 mm."""
        picture = io.BytesIO()
        segno.make(text, error="m", micro=False).save(picture, kind="png", scale=8, border=1)
        paragraph = self.document.add_paragraph()
        self._shape(paragraph, "left", 0, 0, 0)
        paragraph.add_run().add_picture(picture, width=Mm(15))

    def page_numbers(self, *, dashes: bool, first: bool = True) -> None:
        """— 1 — outside on odd and even pages in 4号宋体; without `first` none on the first page. Otherwise 第1页 in the middle."""
        section = self.document.sections[0]
        section.different_first_page_header_footer = not first
        if not dashes:
            _number(section.footer.paragraphs[0], "第 ", " 页", "center", 9)
            return
        self.document.settings.odd_and_even_pages_header_footer = True
        _number(section.footer.paragraphs[0], "— ", " —", "right", 14)
        _number(section.even_page_footer.paragraphs[0], "— ", " —", "left", 14)

    def content(self) -> bytes:
        out = io.BytesIO()
        self.document.save(out)
        return out.getvalue()


def _run(
    paragraph: Paragraph,
    words: str,
    *,
    face: str = BODY,
    size: float = 0,
    bold: bool = False,
    red: bool = False,
    spaced: float = 0,
) -> None:
    run = paragraph.add_run(words)
    _typeface(run._r.get_or_add_rPr(), face)
    run.bold = bold or None
    if size:
        run.font.size = Pt(size)
    if red:
        run.font.color.rgb = RED
    if spaced:
        spacing = OxmlElement("w:spacing")
        spacing.set(qn("w:val"), str(round(spaced * 20)))
        run._r.get_or_add_rPr().insert_element_before(spacing, "w:w", "w:kern", "w:position", "w:sz", "w:szCs")


def _typeface(properties: Any, face: str) -> None:
    fonts = properties.get_or_add_rFonts()
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), face)


def _mark(row: Any, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _number(paragraph: Paragraph, before: str, after: str, align: str, size: float) -> None:
    paragraph.alignment = ALIGN[align]
    if align != "center":
        paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(size)
    _run(paragraph, before, face=SONG, size=size)
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)
    _run(paragraph, after, face=SONG, size=size)
