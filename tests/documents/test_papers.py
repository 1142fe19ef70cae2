"""Every paper says what it was told, in PDF and in Word."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from docx import Document as open_word

from shouwen.documents import queries
from shouwen.documents.queries.fonts import choose, stand_ins
from shouwen.rules.clauses import cite
from tests.documents import samples
from tests.documents.reading import bare, pages, pdf_text, placed, word_pieces

VARIANTS = [(name, number, data) for name, all_of_it in samples.every().items() for number, data in enumerate(all_of_it)]
each_paper = pytest.mark.parametrize(
    ("name", "data"), [(name, data) for name, _, data in VARIANTS], ids=[f"{n}-{i}" for n, i, _ in VARIANTS]
)
# Told, but written otherwise or not at all.
NOT_PRINTED = {"address", "width", "align", "subtitle"}
ILLNESS = "甲状腺手术"
HOSTILE = "{{7*7}} {% for x in y %} {{ one }} #highlight[x] $x^2$ *粗* `码` <b>&amp;</b> \\u{1F600} @引 〔#〕"
MM = 72 / 25.4


def leaves(value: Any, key: str = "") -> Iterator[str]:
    """Every text somewhere in the data, as it is printed."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from leaves(inner, name)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from leaves(inner, key)
    elif isinstance(value, str) and value not in ("", ILLNESS) and key not in NOT_PRINTED:
        yield bare(cite(value) if key == "clause" else value)


@each_paper
def test_pdf_says_everything_it_was_told(name, data):
    text = pdf_text(queries.render_pdf(name, data))

    assert [leaf for leaf in leaves(data) if leaf not in text] == []


@each_paper
def test_word_says_the_same_as_the_pdf(name, data):
    text = pdf_text(queries.render_pdf(name, data))

    pieces = word_pieces(queries.render_word(name, data))

    assert [piece for piece in pieces if piece not in text] == []
    assert [leaf for leaf in leaves(data) if leaf not in "".join(pieces)] == []


@each_paper
def test_pdf_is_the_same_every_time_and_carries_its_fonts(name, data):
    pdf = queries.render_pdf(name, data)

    assert pdf == queries.render_pdf(name, data)
    fonts = [font.get_object() for page in pages(pdf) for font in page["/Resources"]["/Font"].values()]
    descriptors = [font["/DescendantFonts"][0].get_object()["/FontDescriptor"] for font in fonts]
    assert [one["/FontName"] for one in descriptors if not {"/FontFile2", "/FontFile3"} & one.keys()] == []


@each_paper
def test_pdf_is_a4(name, data):
    across = name in ("agenda", "year_table")

    sizes = {
        (round(page.mediabox.width / MM), round(page.mediabox.height / MM)) for page in pages(queries.render_pdf(name, data))
    }

    assert sizes == {(297, 210) if across else (210, 297)}


@pytest.mark.parametrize("count", [5, 18, 30])
def test_poster_is_one_a3_sheet(count):
    sheets = pages(queries.render_pdf("notice", samples.notice(count), size="a3"))

    assert [(round(one.mediabox.width / MM), round(one.mediabox.height / MM)) for one in sheets] == [(297, 420)]


def test_notice_of_eighteen_is_one_a4_sheet_and_of_sixty_repeats_its_head():
    assert len(pages(queries.render_pdf("notice", samples.notice(18)))) == 1

    rows = [samples.person(index % 30) | {"rank": str(index)} for index in range(60)]
    sheets = pages(queries.render_pdf("notice", samples.notice(rows=rows)))
    assert ["扣分项（次数、分值、依据）" in bare(sheet.extract_text()) for sheet in sheets] == [True, True, False]


@each_paper
def test_hostile_text_prints_as_text(name, data):
    subject = {"notice": "issuer", "roster": "month", "table": "title", "leave_form": "applicant", "handover_form": "giver"}
    key = subject.get(name, "issuer")

    hostile = data | {key: HOSTILE}

    assert bare(HOSTILE) in pdf_text(queries.render_pdf(name, hostile))
    assert bare(HOSTILE) in "".join(word_pieces(queries.render_word(name, hostile)))


def test_unprintable_and_direction_turning_characters_are_dropped():
    data = samples.notice(1, issuer="青山\x00\x07\u202e镇\ud800党政办")

    assert "青山镇党政办" in pdf_text(queries.render_pdf("notice", data))
    assert "青山镇党政办" in word_pieces(queries.render_word("notice", data))


def test_clauses_1_0_1_2_notice_gives_purpose_basis_and_period():
    """ "1.0" the reason text on every notice; "1.2" posted publicly, with objections until the end."""
    paper = queries.complete("notice", samples.notice(2))

    assert paper["intro"] == (
        "为杜绝到岗不到位、慵懒散漫现象，提高办事效率，营造群众办事的良好环境，根据《便民服务中心工作制度》第一篇的规定，"
        "现将2026年10月（18个工作日）工作人员量化考核结果公示如下。考核依据：制度第1版（2026年1月1日起施行）。"
    )
    assert paper["period"] == "公示时间：2026年11月3日至2026年11月9日"
    assert (
        paper["objection"]
        == "对公示结果有异议的，请在公示期内向党政办公室孙会提出，受理电话：0731-88000011。监督举报电话：0731-88000012。"
    )


def test_notice_without_a_last_day_is_open():
    paper = queries.complete("notice", samples.notice(2, posted_to=""))

    assert paper["period"] == "公示时间：2026年11月3日起"
    assert (
        paper["objection"]
        == "对公示结果有异议的，请在公示期间向党政办公室孙会提出，受理电话：0731-88000011。监督举报电话：0731-88000012。"
    )


def test_clauses_1_3_and_1_4_deductions_cite_their_clause():
    """ "1.3" and "1.4": each item with count, points, clause and the doubling."""
    row = queries.complete("notice", samples.notice(5))["rows"][4]

    assert row["deducted"] == "迟到6次，扣8分〔一(三)1〕（第5、6次双倍）；旷工2次，扣4分〔一(四)1〕"


def test_clauses_1_5_1_8_notice_names_who_is_criticised():
    """ "1.5" people and "1.8" departments with a negative month are named; nobody else."""
    assert queries.complete("notice", samples.notice(5))["criticism"] == (
        "赵刚当月考核为负分，依据〔一(五)〕，在全镇干部大会上公开通报批评。"
        "村镇建设办公室当月部门考核为负分，依据〔一(八)〕，在全镇干部大会上通报批评。"
    )
    assert queries.complete("notice", samples.notice(2, departments=[]))["criticism"] == ""


@each_paper
def test_clause_3_6_every_paper_carries_the_report_telephone(name, data):
    """ "3.6": the report telephone is published on every paper, in both forms."""
    line = "监督举报电话：0731-88000012"

    assert line in pdf_text(queries.render_pdf(name, data))
    assert line in "".join(word_pieces(queries.render_word(name, data)))


def test_unconfirmed_readings_are_owned_up_to():
    told = queries.complete("notice", samples.notice(2))["doubts"]

    assert told == "以下制度口径未经班子会确认，按默认口径计算：累计周期按月（R1）；五次以上含第五次（R3）。"
    assert queries.complete("notice", samples.notice(2, unconfirmed=[]))["doubts"] == ""


def test_clause_1_4_1_illness_is_not_printed():
    """ "1.4.1": a sick leave form says who examines the proof, never the illness."""
    data = samples.leave_form(kind="病假", reason=ILLNESS)

    assert ILLNESS not in pdf_text(queries.render_pdf("leave_form", data))
    assert ILLNESS not in "".join(word_pieces(queries.render_word("leave_form", data)))
    assert queries.complete("leave_form", data)["reason"] == "病情及证明由审批人查验，不在纸面列示"


def test_clause_1_6_year_table_cites_the_year_rule():
    """ "1.6": the year is the sum month by month; below the line no awards."""
    assert queries.complete("year_table", samples.year_table(1))["intro"] == (
        "依据《便民服务中心工作制度》第一篇〔一(六)〕，全年得分为各月得分之和；不足应达分数的，取消当年评先评优资格。"
        "考核依据：制度第1版（2026年1月1日起施行）。"
    )


def test_clause_1_7_all_ties_are_listed_and_the_meeting_decides():
    """ "1.7": two share the last place, both stand there; the letter of the 条管 one goes to the superior department."""
    intro = queries.complete("standby", samples.standby())["intro"]
    letter = queries.complete("transfer_letter", samples.transfer_letter())

    assert intro.endswith("共2人（末位并列，全部列出）。本名单只列事实，由班子会视具体情况逐人作出决定并记录理由。")
    assert "".join(letter["title"]) == "关于建议调离冯涛同志的函"
    assert letter["paragraphs"][2].endswith("据此，建议贵单位将该同志调离现工作岗位，并另行选派人员。")


def test_clauses_1_3_5_1_3_6_handover_form_names_the_duties():
    """ "1.3.5" handed over on time and confirmed, "1.3.6" the four points of cleaning."""
    paper = queries.complete("handover_form", samples.handover_form(confirmed_at="", open_matters=[]))

    assert paper["points"] == "洁净、整齐、无痰迹、无杂物堆放〔一(三)6〕"
    assert paper["confirmed"] == "尚未确认"
    assert paper["matters"] == [{"serial": "—", "text": "无"}]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"month": 10}, "data.month: str is wanted, not int"),
        ({"wages": "1"}, "data: unknown wages"),
        ({"rows": [{"rank": "1"}]}, r"data.rows\[0\]: missing deductions"),
        ({"rows": "张敏"}, "data.rows: a list is wanted, not str"),
    ],
)
def test_wrong_shape_is_named(change, message):
    with pytest.raises(ValueError, match=message):
        queries.render_pdf("notice", samples.notice(1) | change)


def test_table_with_ragged_rows_is_refused():
    with pytest.raises(ValueError, match=r"data.rows\[0\]: 6 cells are wanted, not 1"):
        queries.render_pdf("table", samples.table(rows=[["张敏"]]))


def test_official_page_has_the_core_of_the_standard():
    """GB/T 9704: 28 characters a line, 22 lines a page (28.99 pt), left 28 mm, 3号 and 2号."""
    data = samples.criticism_of_person(requirements=["字" * 84])

    second = placed(pages(queries.render_pdf("criticism", data))[1])
    lines = [(x, y, size, text) for x, y, size, text in second if set(text) == {"字"}]

    assert [len(text) for *_, text in lines] == [26, 28, 28, 2]
    assert {size for _, _, size, _ in lines} == {16.0}
    assert round(lines[1][0] / MM, 1) == 28.0
    assert [round(above[1] - below[1], 2) for above, below in pairwise(lines)] == [28.99] * 3


def test_official_mark_title_and_page_numbers_stand_where_the_standard_says():
    first, second = (placed(page) for page in pages(queries.render_pdf("criticism", samples.criticism_of_person())))
    at = {text: (x, y, size) for x, y, size, text in first}
    page_two = {text: (x, y, size) for x, y, size, text in second}

    assert at["青山镇党政办公室文件"][2] == 42.0
    assert at["关于对赵刚同志给予"][2] == 22.0
    assert (round(at["— 1 —"][0] / MM), at["— 1 —"][2]) == (166, 14.0)
    assert round(page_two["— 2 —"][0] / MM, 1) == round(28 + 14 / MM, 1)
    dash = at["— 1 —"][1] + 0.38 * 14
    assert round((35 * MM - dash) / MM, 1) == 7.0


def test_letter_shows_no_page_number_on_its_first_page():
    first, second = pages(queries.render_pdf("transfer_letter", samples.transfer_letter()))

    assert "—1—" not in bare(first.extract_text())
    assert bare(second.extract_text()).endswith("—2—")


def test_typefaces_of_the_standard_are_used_when_there():
    choice = choose(["fangsong", "FZXiaoBiaoSong-B05S", "SimHei", "SimSun", "Noto Serif CJK SC"])

    assert choice == {"title": "FZXiaoBiaoSong-B05S", "body": "fangsong", "song": "SimSun", "black": "SimHei"}
    assert stand_ins(choice) == []


def test_missing_typefaces_are_named_with_what_stands_in():
    found = stand_ins(choose(["Noto Sans CJK SC"]))

    assert [str(one) for one in found] == [
        "本机没有方正小标宋（标题、发文机关标志），以 Noto Sans CJK SC 代替",
        "本机没有仿宋_GB2312（正文），以 Noto Sans CJK SC 代替",
        "本机没有宋体（页码），以 Noto Sans CJK SC 代替",
    ]


def test_word_names_the_typefaces_and_margins_of_the_standard():
    section = open_word(io.BytesIO(queries.render_word("criticism", samples.criticism_of_person()))).sections[0]

    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(one.mm) for one in margins] == [37, 35, 28, 26]
    grid = section._sectPr.find("{*}docGrid")
    assert {name.split("}")[1]: value for name, value in grid.attrib.items()} == {
        "type": "linesAndChars",
        "linePitch": "580",
        "charSpace": "-848",
    }
