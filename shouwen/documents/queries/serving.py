"""A file as an answer: never guessed at, never a page of ours."""

from __future__ import annotations

from pathlib import PurePath

from django.http import HttpResponse
from django.utils.http import content_disposition_header

KINDS = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".png": "image/png",
}
SHOWN = frozenset({".pdf", ".png"})


def file_response(content: bytes, name: str, *, download: bool = False) -> HttpResponse:
    """PDF and PNG open in the browser, Word and Excel (and everything with `download`) are saved under `name`.

    The ending of `name` says what it is (KeyError for another than pdf, docx, xlsx, png).
    """
    ending = PurePath(name).suffix
    response = HttpResponse(content, content_type=KINDS[ending])
    saved = " ".join(name.replace("/", "-").replace("\\", "-").split())
    response.headers["Content-Disposition"] = content_disposition_header(download or ending not in SHOWN, saved) or "inline"
    response.headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
