"""Numbers, what is kept, voiding, copies."""

from __future__ import annotations

import hashlib

import pytest

from shouwen.audit.models import Record
from shouwen.core.errors import Refused
from shouwen.documents import actions, queries
from shouwen.documents.models import Document, Printing
from tests.documents import samples


@pytest.fixture
def issued(sun, actor, at):
    """The October notice, issued by the assessor."""
    return actions.issue(
        kind="notice", data=plain(), subject="2026年10月", by=actor(sun), at=at, source="assessment.posting:GS-1"
    )


def plain() -> dict:
    data = samples.notice(5)
    del data["frame"]
    return data


def test_issue_numbers_by_kind_and_year_without_padding(sun, actor, at):
    numbers = [actions.issue(kind="notice", data=plain(), subject="公示", by=actor(sun), at=at).number for _ in range(2)]
    next_year = actions.issue(kind="notice", data=plain(), subject="公示", by=actor(sun), at=at.replace(year=2027))

    assert numbers == ["青山便服公示〔2026〕1号", "青山便服公示〔2026〕2号"]
    assert next_year.number == "青山便服公示〔2027〕1号"


def test_issue_keeps_the_paper_as_issued(issued):
    stored = Document.objects.of(issued.center).get(pk=issued.pk)

    assert hashlib.sha256(bytes(stored.pdf)).hexdigest() == stored.sha256
    assert bytes(stored.pdf) == queries.render_pdf("notice", stored.data)
    assert stored.template_version == queries.template_version("notice")
    assert stored.stand_ins == queries.stand_in_rows()


def test_issue_fills_the_frame_from_the_centre(issued, center):
    assert issued.data["frame"] == {
        "center": "青山镇便民服务中心",
        "report_phone": center.report_phone,
        "number": "青山便服公示〔2026〕1号",
        "code": issued.code,
        "address": issued.code,
    }


def test_issue_leads_the_square_code_to_the_public_page(sun, actor, at, settings):
    settings.PUBLIC_URL = "https://qingshan.example/"

    document = actions.issue(kind="notice", data=plain(), subject="公示", by=actor(sun), at=at)
    posting = actions.issue(kind="notice", data=plain(), subject="公示", by=actor(sun), at=at, url="/p/results/2026-10/")

    assert document.data["frame"]["address"] == f"https://qingshan.example/documents/check/{document.code}/"
    assert posting.data["frame"]["address"] == "https://qingshan.example/p/results/2026-10/"


def test_issue_leaves_an_audit_row(issued):
    row = Record.objects.filter(center_id=issued.center_id).order_by("-seq").first()

    assert (row.verb, row.object_code, row.actor_label) == ("documents.issue", issued.code, "孙会")


def test_issue_twice_from_one_source_is_refused(issued, sun, actor, at):
    with pytest.raises(Refused, match="已经出具"):
        actions.issue(kind="notice", data=plain(), subject="2026年10月", by=actor(sun), at=at, source=issued.source)

    assert Document.objects.of(issued.center).count() == 1


def test_issue_again_after_voiding_takes_the_next_number(issued, sun, actor, at):
    actions.void(document=issued, reason="日期有误", by=actor(sun), at=at)

    again = actions.issue(kind="notice", data=plain(), subject="2026年10月", by=actor(sun), at=at, source=issued.source)

    assert again.number == "青山便服公示〔2026〕2号"
    assert queries.document_of(issued.center, "notice", issued.source) == again


def test_issue_with_a_wrong_shape_uses_up_no_number(sun, actor, at):
    with pytest.raises(ValueError, match="missing month"):
        actions.issue(
            kind="notice", data={k: v for k, v in plain().items() if k != "month"}, subject="公示", by=actor(sun), at=at
        )

    assert actions.issue(kind="notice", data=plain(), subject="公示", by=actor(sun), at=at).serial == 1


def test_void_keeps_number_and_reason(issued, wang, actor, at):
    actions.void(document=issued, reason=" 数据有误 ", by=actor(wang), at=at)

    stored = Document.objects.of(issued.center).get(pk=issued.pk)
    assert (stored.number, stored.void_reason, stored.voided_by, stored.voided_at) == (issued.number, "数据有误", "王主任", at)


def test_void_twice_is_refused(issued, wang, actor, at):
    actions.void(document=issued, reason="数据有误", by=actor(wang), at=at)

    with pytest.raises(Refused, match="已被他人处理"):
        actions.void(document=issued, reason="再来一次", by=actor(wang), at=at)


def test_void_without_a_reason_is_refused(issued, wang, actor, at):
    with pytest.raises(Refused, match="请写明作废原因"):
        actions.void(document=issued, reason="  ", by=actor(wang), at=at)


def test_hand_out_logs_every_copy(issued, zhang, actor, at):
    pdf = actions.hand_out(document=issued, form="pdf", by=actor(zhang), at=at)
    word = actions.hand_out(document=issued, form="word", by=actor(zhang), at=at)

    assert pdf == bytes(issued.pdf)
    assert word[:2] == b"PK"
    log = Printing.objects.of(issued.center).order_by("at", "id").values_list("form", "by", "at")
    assert list(log) == [("pdf", "张敏", at), ("word", "张敏", at)]


def test_clause_1_4_1_illness_is_not_kept_with_the_paper(sun, actor, at):
    """ "1.4.1": the form of a sick leave is kept without the reason."""
    data = {key: value for key, value in samples.leave_form(kind="病假", reason="甲状腺手术").items() if key != "frame"}

    document = actions.issue(kind="leave_form", data=data, subject="李明病假", by=actor(sun), at=at)

    assert document.data["reason"] == ""
