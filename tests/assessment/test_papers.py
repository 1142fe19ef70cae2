"""Papers of the year issued from its page, each as PDF and as Word: table (1.6), list of the last and letter (1.7)."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from shouwen.assessment import actions, queries
from shouwen.documents.models import Document
from shouwen.org.models import Department
from tests.assessment import scenes

AFTER = scenes.local(date(2027, 1, 5))


@pytest.fixture
def year(founding, cast, assessor):
    """A centre that began in December 2026; 李明, of a 条管 unit, is below the line and last."""
    Department.objects.of(cast.center).filter(pk=cast.civil.pk).update(is_vertical=True, superior_name="县民政局")
    scenes.offend(cast.li, "not_found", 3, month="2026-12")
    return scenes.close_year(2026, by=assessor, months=[12])


def opened(client, document: Document) -> tuple[bytes, bytes, str]:
    """The first bytes of the PDF and of the Word copy, and what the page calls the paper."""
    pdf = client.get(reverse("documents:pdf", args=[document.code]))
    word = client.get(reverse("documents:word", args=[document.code]))
    page = client.get(reverse("documents:detail", args=[document.code]))
    title = page.content.decode().split("<h1", 1)[1].split(">", 1)[1].split("<", 1)[0].strip()
    return b"".join(pdf)[:4], b"".join(word)[:4], title


@pytest.mark.parametrize(("kind", "title"), [("table", "年度考核表"), ("standby", "待岗名单")])
def test_1_6_1_7_year_paper_comes_from_the_page_as_pdf_and_word(year, sun, client_for, kind, title):
    client = client_for(sun)
    client.post(reverse("assessment:year_paper", args=[2026, kind]))
    assert opened(client, Document.objects.of(sun.center).get()) == (b"%PDF", b"PK\x03\x04", title)


def test_1_7_letter_comes_from_the_page_only_after_people_decided(year, wang, actor, client_for):
    client = client_for(wang)
    result = next(row for row in queries.year_results(year) if row.name == "李明")
    address = reverse("assessment:letter", args=[2026, result.member.code])
    client.post(address)
    before = Document.objects.of(wang.center).count()
    actions.decide_year(
        result=result, choice="transfer", reason="多次提醒无改进", decided_date=date(2027, 1, 4), decided_by="班子会", by=actor(wang), at=AFTER
    )  # fmt: skip
    client.post(address)
    assert (before, opened(client, Document.objects.of(wang.center).get())) == (0, (b"%PDF", b"PK\x03\x04", "建议调离函"))
