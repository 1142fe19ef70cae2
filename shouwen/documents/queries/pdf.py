"""Typst → PDF. Data reaches the template only as JSON, so whatever is typed prints as text."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any, Literal

from shouwen.documents.queries import fonts
from shouwen.documents.queries.papers import PAPERS, complete, qr_svg

TEMPLATES = Path(__file__).parent.parent / "typst"
Size = Literal["a4", "a3"]


def render_pdf(template: str, data: dict[str, Any], *, size: Size = "a4") -> bytes:
    """A paper as PDF: the same data give the same bytes on the same machine (no clock inside).

    `data` has the template's shape (`shapes.SHAPES`), else ValueError; `size` "a3" only for posters. 6–20 ms after the first,
    which reads the typefaces.
    """
    if size == "a3" and not (template in PAPERS and PAPERS[template].a3):
        raise ValueError(f"no A3 sheet: {template}")
    found: bytes = _compile(template, sys_inputs=_inputs(template, data, size), timestamp=0)
    return found


def render_png(template: str, data: dict[str, Any], *, ppi: float = 96) -> bytes:
    """The first page as a picture, for looking at on screen."""
    pages = _compile(template, format="png", ppi=ppi, sys_inputs=_inputs(template, data))
    found: bytes = pages[0] if isinstance(pages, list) else pages
    return found


def _compile(template: str, **options: Any) -> Any:
    return fonts.typesetter().compile(str(TEMPLATES / f"{template}.typ"), root=str(TEMPLATES), **options)


def _inputs(template: str, data: dict[str, Any], size: Size = "a4") -> dict[str, str]:
    paper = complete(template, data)
    address = paper["frame"]["address"]
    return {
        "data": json.dumps(paper | {"qr": qr_svg(address) if address else ""}, ensure_ascii=False),
        "faces": json.dumps(fonts.chosen(), ensure_ascii=False),
        "heavier": str(fonts.is_stand_in("title")),
        "size": size,
    }


@cache
def template_version(template: str) -> str:
    """Fingerprint of the template and the shared style: which look a stored paper was made with."""
    parts = [(TEMPLATES / name).read_bytes() for name in ("base.typ", f"{template}.typ")]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:12]
