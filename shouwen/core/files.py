"""Files people hand in (photos, scans): checked by content, cleaned, kept under random names outside the web root."""

from __future__ import annotations

import hashlib
import io
import os
import secrets
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404

from shouwen.core.errors import Refused

LIMIT_MB = 20
MAX_PIXELS = 50_000_000
LONGEST_SIDE = 2000
IMAGE_FORMATS = {"JPEG", "PNG", "WEBP"}


@dataclass(frozen=True, slots=True)
class Stored:
    """`name` is the random file name below MEDIA_ROOT; `sha256` of the stored bytes."""

    name: str
    sha256: str
    size: int


def save(upload: UploadedFile, *, pdf: bool = True) -> Stored:
    """Keep a photo (re-encoded, so hidden data such as the place it was taken is gone) or a PDF as it is.

    Refused when larger than 20 MB, of another kind than its content says, or of absurd dimensions. The file is written
    aside, synced and renamed, so a crash leaves no half file.
    """
    if (upload.size or 0) > LIMIT_MB * 1024 * 1024:
        raise Refused(f"文件超过 {LIMIT_MB} MB,请压缩后再传")
    content = upload.read()
    if pdf and content.startswith(b"%PDF-"):
        return _write(content, ".pdf")
    return _write(_clean_image(content, pdf), ".jpg")


def _clean_image(content: bytes, pdf: bool) -> bytes:
    # Here and not above: every page's process would carry it, and a photo comes now and then.
    from PIL import Image, ImageOps

    kinds = "JPG、PNG、WebP 图片" + ("或 PDF" if pdf else "")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=sorted(IMAGE_FORMATS)) as image:
                if image.width * image.height > MAX_PIXELS:
                    raise Refused("图片尺寸过大,请缩小后再传")
                upright = ImageOps.exif_transpose(image).convert("RGB")
    except Refused:
        raise
    except Exception as error:  # whatever a hostile file makes the decoder raise, it is not a photo
        raise Refused(f"文件不是{kinds},请换一个文件") from error
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    out = io.BytesIO()
    upright.save(out, "JPEG", quality=85, optimize=True)
    return out.getvalue()


def _write(content: bytes, ending: str) -> Stored:
    name = secrets.token_hex(16) + ending
    target = Path(settings.MEDIA_ROOT) / name[:2] / name
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    aside = target.with_suffix(".part")
    with open(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    aside.rename(target)
    return Stored(name, hashlib.sha256(content).hexdigest(), len(content))


def send(name: str, shown_as: str) -> FileResponse:
    """The stored file, never rendered as a page of ours; 404 when it is gone."""
    path = Path(settings.MEDIA_ROOT) / name[:2] / Path(name).name
    if not path.is_file():
        raise Http404
    kind = "application/pdf" if path.suffix == ".pdf" else "image/jpeg"
    response = FileResponse(
        path.open("rb"), content_type=kind, as_attachment=kind == "application/pdf", filename=shown_as + path.suffix
    )
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def open_workbook(content: bytes) -> Any:
    """An Excel file for reading, row by row, formulas as they are written; raises what `openpyxl` raises for a broken one."""
    # Here and not above: the library is 16 MB in every page's process, and a hall reads a sheet now and then.
    from openpyxl import load_workbook

    return load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
