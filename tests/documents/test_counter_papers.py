"""Every paper of the counter says what it was told, in PDF and in Word, on one sheet."""

from __future__ import annotations

from functools import cache

import pytest

from shouwen.documents import queries
from tests.documents import case_samples, counter_samples
from tests.documents.reading import bare, pages, pdf_text, word_pieces
from tests.documents.test_papers import HOSTILE, MM, leaves

SAMPLES = {**case_samples.every(), **counter_samples.every()}
VARIANTS = [(name, number) for name, all_of_it in SAMPLES.items() for number in range(len(all_of_it))]
each_variant = pytest.mark.parametrize(("name", "number"), VARIANTS, ids=[f"{name}-{number}" for name, number in VARIANTS])
each_kind = pytest.mark.parametrize("name", SAMPLES)
# The law an item rests on is told with every paper of a case, and printed on those that tell of the item.
LEGAL_BASIS_IS_ON = {"acceptance", "one_time_notice"}


@cache
def pdf(name: str, number: int) -> bytes:
    return queries.render_pdf(name, SAMPLES[name][number])


@cache
def pieces(name: str, number: int) -> list[str]:
    return word_pieces(queries.render_word(name, SAMPLES[name][number]))


def told(name: str, number: int) -> list[str]:
    data = dict(SAMPLES[name][number])
    if name not in LEGAL_BASIS_IS_ON:
        data.pop("legal_basis", None)
    return list(leaves(data))


@each_variant
def test_pdf_says_everything_it_was_told(name, number):
    text = pdf_text(pdf(name, number))

    assert [leaf for leaf in told(name, number) if leaf not in text] == []


@each_variant
def test_word_says_the_same_as_the_pdf(name, number):
    text = pdf_text(pdf(name, number))

    assert [piece for piece in pieces(name, number) if piece not in text] == []
    assert [leaf for leaf in told(name, number) if leaf not in "".join(pieces(name, number))] == []


@each_variant
def test_paper_is_one_a4_sheet(name, number):
    [sheet] = pages(pdf(name, number))

    size = (round(sheet.mediabox.width / MM), round(sheet.mediabox.height / MM))
    assert size == ((297, 210) if name == "joint_flow" else (210, 297))


@each_variant
def test_paper_ends_with_the_code_beside_the_telephone(name, number):
    """Nothing is pushed off the sheet: the last lines stand above the lower margin."""
    text = bare(pages(pdf(name, number))[0].extract_text())

    assert text.count("文书查验码：WS-4T8W-2HXCH监督举报电话：0731-88000012") == 1


@each_variant
def test_pdf_is_the_same_every_time(name, number):
    assert queries.render_pdf(name, SAMPLES[name][number]) == pdf(name, number)


@each_kind
def test_clause_3_6_paper_carries_the_report_telephone(name):
    """ "3.6": the report telephone is published on every paper, in both forms."""
    line = "监督举报电话：0731-88000012"

    assert (line in pdf_text(pdf(name, 0)), line in "".join(pieces(name, 0))) == (True, True)


@each_kind
def test_hostile_text_prints_as_text(name):
    key = {"first_inquiry": "visitor", "fee_receipt": "payer", "day_end": "cashier", "delivery_proof": "recipient"}.get(
        name, "applicant"
    )
    hostile = SAMPLES[name][0] | {key: HOSTILE}

    assert bare(HOSTILE) in pdf_text(queries.render_pdf(name, hostile))
    assert bare(HOSTILE) in "".join(word_pieces(queries.render_word(name, hostile)))


@each_kind
def test_missing_field_is_named(name):
    data = dict(SAMPLES[name][0])
    del data["cashier" if name in ("fee_receipt", "day_end") else "first_asked"]

    with pytest.raises(ValueError, match=r"data: missing (cashier|first_asked)$"):
        queries.render_pdf(name, data)


@each_kind
def test_place_of_the_seal_is_named_and_no_picture_of_one_printed(name):
    """Seals are entered by hand and booked; the software has no picture of one."""
    text = pdf_text(pdf(name, 0))

    seal = {"fee_receipt": "（盖章处：收费专用章）", "first_inquiry": "", "day_end": ""}.get(name, "（盖章处：受理专用章）")
    assert (seal in text, text.count("盖章处")) == (True, 1 if seal else 0)
    assert b"/Subtype/Image" not in pdf(name, 0)


def test_long_list_goes_on_overleaf_under_its_head():
    names = [{"name": f"第{index}份证明材料", "originals": "1", "copies": "1"} for index in range(1, 41)]
    sheets = pages(queries.render_pdf("acceptance", case_samples.acceptance(materials=names)))

    assert ["序号材料名称原件复印件" in bare(sheet.extract_text()) for sheet in sheets] == [True, True]
    assert ["第40份证明材料" in bare(sheet.extract_text()) for sheet in sheets] == [False, True]


def test_long_legal_basis_with_line_breaks_still_keeps_to_one_sheet():
    lines = "\n".join(f"{number}.《国务院关于建立统一的城乡居民基本养老保险制度的意见》第{number}条" for number in range(1, 6))
    data = case_samples.one_time_notice(legal_basis=lines, conditions=lines)

    assert len(pages(queries.render_pdf("one_time_notice", data))) == 1


def test_day_end_of_many_receipts_repeats_its_head():
    sheets = pages(queries.render_pdf("day_end", counter_samples.day_end(50)))

    heads = [bare(sheet.extract_text()).count("时间类别收据号交款人方式财政票据号金额（元）") for sheet in sheets]
    assert heads == [1] * len(sheets)
    assert len(sheets) == 2


def test_numbers_of_the_kinds_differ(cast):
    words = [queries.number(cast.li.center, kind, 2026, 15) for kind in SAMPLES]

    assert len(set(words)) == len(SAMPLES) == 14
    assert words[1] == "青山便服受〔2026〕15号"


def test_slip_is_72_mm_wide_and_says_where_one_stands():
    data = counter_samples.queue_slip()
    [sheet] = pages(queries.render_pdf("queue_slip", data))

    assert round(sheet.mediabox.width / MM) == 72
    assert bare(sheet.extract_text()) == (
        "青山镇便民服务中心A007民政·临时救助优先：65岁以上长者前面等候5人，预计约12分钟办理窗口：3、4号窗口扫码查看排队进度"
        "2026年11月12日9:30过号请告知工作人员，不必重新取号监督举报电话：0731-88000012"
    )


def test_slip_without_an_estimate_or_public_address_promises_neither():
    paper = queries.complete(
        "queue_slip", counter_samples.queue_slip(wait="", counters="", frame={"center": "", "report_phone": ""})
    )

    assert (paper["ahead_line"], paper["scan"], paper["phone"], paper["where"]) == ("前面等候 5 人", "", "", "请留意叫号和屏幕")


def test_slip_is_no_paper_to_number_or_to_edit(li, actor, at):
    from shouwen.documents import actions

    data = counter_samples.queue_slip()
    with pytest.raises(ValueError, match="no such paper: queue_slip"):
        actions.issue(kind="queue_slip", data=data, subject="A007", by=actor(li), at=at)
    with pytest.raises(ValueError, match="no Word copy: queue_slip"):
        queries.render_word("queue_slip", data)
