"""Setting papers apart: the same paper, and a press that left comes back."""

from __future__ import annotations

import io
import zipfile

import pytest

from shouwen.documents.queries import fonts, pdf
from shouwen.documents.queries.press import Apart, press
from tests.documents import samples

FOLDERS = [str(fonts.FLOOR), str(fonts.own_folder())]


@pytest.fixture
def apart():
    """Papers of this test are set in a process of their own."""
    found = Apart(FOLDERS)
    yield found
    found._leave()


@pytest.fixture
def notice(apart, monkeypatch):
    monkeypatch.setattr(fonts, "typesetter", lambda: apart)
    return lambda: pdf.render_pdf("notice", samples.notice(5))


def test_paper_set_apart_is_the_same_to_the_byte(notice, apart):
    here = press(*FOLDERS).compile(
        str(pdf.TEMPLATES / "notice.typ"),
        root=str(pdf.TEMPLATES),
        sys_inputs=pdf._inputs("notice", samples.notice(5)),
        timestamp=0,
    )

    assert notice() == here
    assert apart.families() == press(*FOLDERS).families()


def test_press_that_has_left_is_started_again(notice, apart):
    first, process = notice(), apart.process
    process.kill()
    process.wait()

    assert notice() == first
    assert apart.process.pid != process.pid


def test_press_is_there_before_a_number_is_taken(apart, monkeypatch):
    monkeypatch.setattr(fonts, "typesetter", lambda: apart)

    fonts.warm()

    assert apart.process.poll() is None


def test_broken_template_is_told_and_the_press_goes_on(notice, apart, tmp_path):
    broken = tmp_path / "broken.typ"
    broken.write_text("#let", "utf-8")

    with pytest.raises(RuntimeError, match="TypstError"):
        apart.compile(str(broken), root=str(tmp_path))
    assert notice()[:4] == b"%PDF"


def test_word_copy_made_apart_says_the_same(apart):
    here, there = (setter.word("notice", samples.notice(5)) for setter in (press(*FOLDERS), apart))
    with zipfile.ZipFile(io.BytesIO(here)) as one, zipfile.ZipFile(io.BytesIO(there)) as other:
        assert one.read("word/document.xml") == other.read("word/document.xml")
