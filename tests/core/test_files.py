"""Files people hand in: cleaned, kept under names nobody guesses, given back as what they are and nothing else."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404
from PIL import Image

from shouwen.core import files
from shouwen.core.errors import Refused

PLACE = {0x0112: 6, 0x010F: "青山镇某人的手机", 0x8825: {1: "N", 2: (28.0, 12.0, 0.0)}}
NOT_PICTURES = {
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "html": b"<html><script>alert(1)</script></html>",
    "program": b"MZ\x90\x00\x03",
    "cut": b"\xff\xd8\xff\xe0\x00\x10JFIF",
    "empty": b"",
    "gif": b"GIF89a\x01\x00\x01\x00\x00\x00\x00;",
}


@pytest.fixture(autouse=True)
def room(settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "files"
    return settings.MEDIA_ROOT


def photo(size=(400, 300), form="JPEG") -> bytes:
    out, exif = io.BytesIO(), Image.Exif()
    exif.update(PLACE)
    Image.new("RGB", size, "green").save(out, form, exif=exif)
    return out.getvalue()


def upload(content: bytes, name: str = "现场.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_a_photo_loses_where_and_by_whom_it_was_taken_and_stands_upright(room):
    stored = files.save(upload(photo()))
    kept = Image.open(room / stored.name[:2] / stored.name)
    assert (kept.format, kept.size, dict(kept.getexif())) == ("JPEG", (300, 400), {})


@pytest.mark.parametrize("content", NOT_PICTURES.values(), ids=NOT_PICTURES)
def test_what_is_no_picture_is_refused_whatever_its_name(room, content: bytes):
    with pytest.raises(Refused, match=r"^文件不是JPG、PNG、WebP 图片或 PDF,请换一个文件$"):
        files.save(upload(content))
    assert not room.exists()


def test_a_picture_of_absurd_size_is_refused_before_it_is_unpacked(monkeypatch):
    monkeypatch.setattr(files, "MAX_PIXELS", 1000)
    with pytest.raises(Refused, match=r"^图片尺寸过大,请缩小后再传$"):
        files.save(upload(photo()))


def test_more_than_twenty_megabytes_are_refused_by_name_of_the_limit():
    with pytest.raises(Refused, match=r"^文件超过 20 MB,请压缩后再传$"):
        files.save(upload(b"%PDF-" + b"x" * (20 * 1024 * 1024)))


def test_a_file_lies_under_a_random_name_for_its_owner_alone(room):
    first, second = (files.save(upload(photo(), "../../etc/passwd\r\n.php")) for _ in range(2))
    paths = [room / stored.name[:2] / stored.name for stored in (first, second)]
    assert [path.stat().st_mode & 0o777 for path in paths] == [0o600, 0o600]
    assert (first.name != second.name, len(first.name), list(room.rglob("*.part"))) == (True, 36, [])


def test_a_picture_is_shown_a_pdf_is_saved_and_neither_may_run_anything():
    shown = files.send(files.save(upload(photo())).name, "现场")
    saved = files.send(files.save(upload(b"%PDF-1.7 <script>")).name, "病历")
    assert (shown["Content-Type"], saved["Content-Type"]) == ("image/jpeg", "application/pdf")
    assert [one["Content-Disposition"].split(";")[0] for one in (shown, saved)] == ["inline", "attachment"]
    assert {one["Content-Security-Policy"] for one in (shown, saved)} == {"default-src 'none'; sandbox"}


@pytest.mark.parametrize("name", ["../secrets/django.key", "..", "/etc/passwd", "ab", "no.jpg"])
def test_only_what_was_handed_in_is_given_out(room, name: str):
    (room.parent / "secrets").mkdir()
    (room.parent / "secrets" / "django.key").write_text("key")
    with pytest.raises(Http404):
        files.send(name, "x")
