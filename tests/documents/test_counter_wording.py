"""What the first inquiry, fees and the day-end sheet say."""

from __future__ import annotations

from decimal import Decimal

import pytest

from shouwen.documents import queries
from shouwen.documents.queries.wording.money import amount, capitals
from shouwen.documents.queries.wording.parts import facts, length
from tests.documents import counter_samples as counter


def pairs(rows):
    return {pair["label"]: pair["text"] for row in rows for pair in row}


def test_clauses_4_1_4_2_4_3_1_first_inquiry_names_who_answers_and_follows():
    """ "4.1" answered and settled, "4.2" followed to the end, "4.3.1" never fobbed off; a slip for the visitor."""
    paper = queries.complete("first_inquiry", counter.first_inquiry())

    assert paper["closing"] == [
        "首问责任人对所受理的咨询、事项和投诉负责办理、协调和督促，跟踪到办结；接收人签收之前仍由移交人负责；"
        "不论是否本职范围，热情接待，不推诿（依据《便民服务中心工作制度》〔四(一)〕〔四(二)〕〔四(三)1〕）。"
    ]
    assert pairs(paper["slip"]) == {
        "登记编号": "XW-7K3M-9PQRS",
        "首受时间": "2026年11月12日 9:32",
        "首问责任人": "张敏（2号窗口（社保））",
        "答复时限": "2026年11月13日",
        "咨询电话": "0731-88000010",
        "投诉电话": "0731-88000012",
    }


def test_hand_over_nobody_took_says_so():
    giving = [{"giver": "张敏", "receiver": "李明", "handed_at": "11月12日 9:35"}]
    lists = queries.complete("first_inquiry", counter.first_inquiry(hand_overs=giving))["lists"]

    assert lists[1]["rows"] == [["1", "张敏", "李明", "11月12日 9:35", "待对方接收", ""]]


def test_clause_3_5_receipt_is_no_tax_invoice_and_cites_the_schedule():
    """ "3.5": only what the published schedule says; total in capitals; the number of the state's bill."""
    paper = queries.complete("fee_receipt", counter.fee_receipt())

    assert paper["closing"] == [
        "本缴费凭证不是税务发票；已开具财政票据的，票据号见上。",
        "只按公布的收费目录收费，目录以外一律不收；对收费有疑问，可以当场要求说明，或者拨打监督举报电话"
        "（依据《便民服务中心工作制度》〔三(五)〕）。",
    ]
    assert pairs(paper["results"]) == {
        "合计大写": "人民币陆拾元整",
        "合计小写": "￥60.00",
        "财政票据号": "",
        "经办人": "李明",
    }


def test_refund_names_the_receipt_the_reason_and_the_approver():
    paper = queries.complete("fee_receipt", counter.refund())

    assert paper["title"] == "退费凭证"
    assert [pairs(paper["facts"])[label] for label in ("收款人", "退款方式", "原收据号", "原因", "审批人")] == [
        "陈桂芳",
        "扫码支付",
        "青山便服费〔2026〕42号",
        "多开一本，当日退还",
        "周丽",
    ]


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("fee_receipt", counter.fee_receipt(total="61.00"), "data.total: the rows make 60.00, not 61.00"),
        ("fee_receipt", counter.fee_receipt(total="六十"), "data.total: a sum in yuan is wanted, not '六十'"),
        ("fee_receipt", counter.fee_receipt(total="60.001"), "data.total: a sum in yuan is wanted, not '60.001'"),
        ("day_end", counter.day_end(net="200.00"), "data.net: the rows make 210.00 and the ways 210.00, not 200.00"),
        ("day_end", counter.day_end(ways=[]), "data.net: the rows make 210.00 and the ways 0, not 210.00"),
    ],
)
def test_clause_3_5_sum_that_is_not_the_sum_is_refused(name, data, message):
    """ "3.5": no paper states another total than its lines."""
    with pytest.raises(ValueError) as told:
        queries.complete(name, data)

    assert str(told.value) == message


def test_clause_3_5_day_end_compares_till_and_system():
    """ "3.5": daily reconciliation, a difference with its explanation."""
    data = counter.day_end(counted="110.00", difference="−10.00", explanation="找零差错，已向交款人核实")
    paper = queries.complete("day_end", data)

    assert paper["opening"] == ["2026年11月12日，收费人李明共开收据11份、退费1笔，净收人民币210.00元。"]
    assert paper["closing"] == [
        "日结日对，账款相符；差异须写明原因，收费只按公布的目录（依据《便民服务中心工作制度》〔三(五)〕）。"
    ]
    assert pairs(paper["results"])["差异"] == "−10.00元"
    assert pairs(paper["results"])["差异说明"] == "找零差错，已向交款人核实"


@pytest.mark.parametrize(
    ("yuan", "words"),
    [
        ("0", "人民币零元整"),
        ("0.05", "人民币伍分"),
        ("0.50", "人民币伍角整"),
        ("20.05", "人民币贰拾元零伍分"),
        ("110.10", "人民币壹佰壹拾元壹角整"),
        ("1004.50", "人民币壹仟零肆元伍角整"),
        ("10010", "人民币壹万零壹拾元整"),
        ("100000", "人民币壹拾万元整"),
        ("20300405.67", "人民币贰仟零叁拾万零肆佰零伍元陆角柒分"),
        ("100000001", "人民币壹亿零壹元整"),
        ("100010000", "人民币壹亿零壹万元整"),
        ("-10", "人民币负壹拾元整"),
    ],
)
def test_money_in_capitals(yuan, words):
    assert capitals(Decimal(yuan)) == words


def test_sums_are_read_with_either_minus_and_thousands():
    assert (amount("−1,200.50", "x"), amount("-3", "x")) == (Decimal("-1200.50"), Decimal(-3))
    with pytest.raises(ValueError, match="no sums of a trillion"):
        capitals(Decimal(10) ** 12)


def test_form_pairs_what_is_short_and_gives_a_row_to_what_is_long():
    rows = facts(("甲", "短"), ("乙", ""), ("丙", "长" * 16), ("丁", "短"), ("戊", "短"))

    assert [[pair["label"] for pair in row] for row in rows] == [["甲", "丁"], ["丙"], ["戊"]]
    assert length("号A1") == pytest.approx(2.06)
