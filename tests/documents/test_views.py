"""The pages of issued papers."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shouwen.documents import actions
from shouwen.documents.models import Printing
from tests.documents.reading import pdf_text, word_pieces


def words(response) -> str:
    """The page as a reader sees it, without tags and spaces."""
    return re.sub(r"<[^>]+>|\s+", "", response.content.decode())


def numbers(response) -> list[str]:
    return re.findall(r"青山便服\w+〔\d+〕\d+号", response.content.decode())


def test_list_shows_own_centre_newest_first(issue, sun, zhao, client_for):
    issue(sun)
    issue(sun, "roster")

    assert numbers(client_for(sun).get("/documents/")) == ["青山便服值〔2026〕1号", "青山便服公示〔2026〕1号"]
    assert numbers(client_for(zhao).get("/documents/")) == []


def test_list_narrows_to_a_kind_and_ignores_nonsense(issue, sun, client_for):
    issue(sun)
    issue(sun, "roster")

    assert numbers(client_for(sun).get("/documents/?kind=roster")) == ["青山便服值〔2026〕1号"]
    assert len(numbers(client_for(sun).get("/documents/?kind=' OR 1"))) == 2


def test_list_costs_the_same_with_more_rows(issue, sun, client_for):
    browser = client_for(sun)
    counts = []
    for _ in range(2):
        issue(sun, "roster")
        with CaptureQueriesContext(connection) as seen:
            browser.get("/documents/")
        counts.append(len(seen))

    assert counts[0] == counts[1]
    assert counts[0] <= 12


def test_detail_shows_number_font_warning_and_copies(issue, sun, client_for):
    document = issue(sun)
    document.stand_ins = [{"required": "方正小标宋", "used_for": "标题", "stand_in": "Noto Serif CJK SC"}]
    document.save(update_fields=["stand_ins"])
    client_for(sun).get(f"/documents/{document.code}/word/")

    page = words(client_for(sun).get(f"/documents/{document.code}/"))

    assert "缺少公文字体：方正小标宋（标题）以NotoSerifCJKSC代替。" in page
    assert "孙会取Word" in page


def test_pdf_opens_in_the_browser_and_is_what_was_issued(issue, sun, client_for):
    document = issue(sun)

    response = client_for(sun).get(f"/documents/{document.code}/pdf/")

    assert response.content == bytes(document.pdf)
    headers = {name: response.headers[name] for name in ("Content-Type", "X-Content-Type-Options", "Cache-Control")}
    assert headers == {"Content-Type": "application/pdf", "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}
    assert response.headers["Content-Disposition"].startswith("inline; filename*=utf-8''")


def test_a3_poster_and_word_are_logged_copies(issue, zhang, sun, client_for):
    document = issue(sun)

    poster = client_for(zhang).get(f"/documents/{document.code}/pdf/?size=a3").content
    word = client_for(zhang).get(f"/documents/{document.code}/word/")

    assert "青山镇便民服务中心" in pdf_text(poster)
    assert word.headers["Content-Disposition"].startswith("attachment;")
    assert "青山镇党政办公室" in word_pieces(word.content)
    log = Printing.objects.of(document.center).order_by("id").values_list("form", "by")
    assert list(log) == [("a3", "张敏"), ("word", "张敏")]


def test_preview_is_a_picture_and_no_copy(issue, sun, client_for):
    document = issue(sun)

    response = client_for(sun).get(f"/documents/{document.code}/preview.png")

    assert (response.headers["Content-Type"], response.content[:4]) == ("image/png", b"\x89PNG")
    assert Printing.objects.of(document.center).count() == 0


@pytest.mark.parametrize("door", ["", "pdf/", "word/", "preview.png", "void/"])
def test_another_centre_gets_404_at_every_door(issue, sun, zhao, client_for, door):
    document = issue(sun)

    assert client_for(zhao).get(f"/documents/{document.code}/{door}").status_code == 404


def test_void_asks_for_a_reason_and_says_so_everywhere(issue, sun, client_for, client):
    document = issue(sun)
    browser = client_for(sun)

    browser.post(f"/documents/{document.code}/void/", {"reason": "日期写错"})

    document.refresh_from_db()
    assert document.void_reason == "日期写错"
    assert "已作废：日期写错（孙会" in words(browser.get(f"/documents/{document.code}/"))
    assert "作废，不再有效。" in words(client.get(f"/documents/check/{document.code}/"))


def test_check_page_is_public_and_tells_no_content(issue, sun, client):
    document = issue(sun)

    page = words(client.get(f"/documents/check/{document.code}/"))

    assert "这份文书由本系统出具，现行有效。" in page
    assert [name for name in ("周丽", "赵刚", "孙会") if name in page] == []


def test_check_page_of_an_unknown_code_is_404(client, db):
    response = client.get("/documents/check/WS-2222-22222/")

    assert response.status_code == 404
    assert "没有查到编号为WS-2222-22222的文书。" in words(response)


def test_void_by_a_clerk_is_refused(issue, sun, zhang, client_for):
    document = issue(sun)

    response = client_for(zhang).post(f"/documents/{document.code}/void/", {"reason": "试试"})

    document.refresh_from_db()
    assert (response.status_code, document.is_void) == (409, False)


def test_void_page_of_a_void_paper_keeps_the_first_reason(issue, sun, actor, at, client_for):
    document = issue(sun)
    actions.void(document=document, reason="第一个原因", by=actor(sun), at=at)

    response = client_for(sun).post(f"/documents/{document.code}/void/", {"reason": "第二个原因"})

    document.refresh_from_db()
    assert (response.status_code, document.void_reason) == (409, "第一个原因")


def test_list_offers_the_kinds_one_may_open(issue, li, sun, client_for):
    def offered(member):
        return len(re.findall(r"<option value=\"\w+\"", client_for(member).get("/documents/").content.decode()))

    assert (offered(li), offered(sun)) == (18, 10)


def test_word_copy_of_a_counter_paper_is_handed_out(issue, li, client_for):
    document = issue(li, "acceptance")

    word = client_for(li).get(f"/documents/{document.code}/word/")

    assert word_pieces(word.content)[:3] == ["青山镇便民服务中心", "青山便服受〔2026〕1号", "受理通知书"]
