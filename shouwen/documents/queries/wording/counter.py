"""The first inquiry, money and the ticket ("3.5", "3.6", "4.1", "4.2")."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from shouwen.documents.queries.wording.money import amount, capitals
from shouwen.documents.queries.wording.parts import Data, Row, facts, form, listing, paper, rule, to_sign

PRICED = "只按公布的收费目录收费，目录以外一律不收；对收费有疑问，可以当场要求说明，或者拨打监督举报电话"


def first_inquiry(data: Data) -> Data:
    return paper(
        data,
        "首问责任登记表",
        facts=facts(
            ("登记编号", data["code"]),
            ("来访方式", data["channel"]),
            ("办事人", data["visitor"]),
            ("联系电话", data["phone"]),
            ("住址", data["address"]),
            ("来访时间", data["asked_at"]),
            ("首问责任人", data["first_asked"]),
            ("窗口或部门", data["unit"]),
            ("所问事项", data["question"]),
            ("现承办人", data["holder"]),
            ("承办人电话", data["holder_phone"]),
            ("处理去向", data["direction"]),
            ("答复时限", data["limit"]),
        ),
        lists=_received(data["materials"]) + _hand_overs(data["hand_overs"]),
        results=form((("办结结果", data["outcome"]),), (("回复时间", data["replied_at"]), ("承办人签字", ""))),
        closing=[
            f"首问责任人对所受理的咨询、事项和投诉负责办理、协调和督促，跟踪到办结；接收人签收之前仍由移交人负责；"
            f"不论是否本职范围，热情接待，不推诿（依据{rule('4.1', '4.2', '4.3.1')}）。"
        ],
        seal_line="",
        note="本表由中心存档，回执交办事人。",
        slip=_receipt(data),
    )


def _received(rows: list[Data]) -> list[Data]:
    columns = [("材料名称", 128, "l"), ("数量", 30, "c")]
    return listing("所收材料", columns, ([row["name"], row["count"]] for row in rows))


def _hand_overs(rows: list[Data]) -> list[Data]:
    columns = [("移交人", 34, "l"), ("接收人", 34, "l"), ("移交时间", 28, "c"), ("接收时间", 28, "c"), ("说明", 35, "l")]
    fields = ("giver", "receiver", "handed_at", "accepted_at", "note")
    told = (row | {"accepted_at": row["accepted_at"] or "待对方接收"} for row in rows)
    return listing("转交经过", columns, ([row[field] for field in fields] for row in told))


def _receipt(data: Data) -> list[Row]:
    """What the visitor takes along: who answers, by when, whom to ring."""
    answered = f"已于{data['replied_at']}答复" if data["replied_at"] else ""
    return facts(
        ("登记编号", data["code"]),
        ("首受时间", data["asked_at"]),
        ("首问责任人", f"{data['first_asked']}（{data['unit']}）" if data["unit"] else data["first_asked"]),
        ("答复时限", data["limit"] or answered),
        ("咨询电话", data["contact_phone"]),
        ("投诉电话", data["frame"]["report_phone"]),
    )


def total_of(rows: list[Data]) -> Decimal:
    return sum((amount(row["amount"], f"data.rows[{index}].amount") for index, row in enumerate(rows)), Decimal())


def fee_receipt(data: Data) -> Data:
    total = amount(data["total"], "data.total")
    if total != total_of(data["rows"]):
        raise ValueError(f"data.total: the rows make {total_of(data['rows'])}, not {data['total']}")
    columns = [("收费项目", 38, "l"), ("收费依据", 56, "l"), ("计算", 42, "l"), ("金额（元）", 23, "r")]
    fields = ("name", "basis", "working", "amount")
    is_refund = bool(data["refund_of"])
    name, payer, verb = ("退费凭证", "收款人", "退") if is_refund else ("缴费凭证", "交款人", "收")
    return paper(
        data,
        name if is_refund else "收费收据（缴费凭证）",
        facts=facts(
            (payer, data["payer"]),
            (f"{verb}款方式", data["way"]),
            ("办件编号", data["case_code"]),
            ("事项名称", data["item"]),
            ("原收据号", data["refund_of"]),
            (f"{verb}费时间", data["paid_at"]),
            ("审批人", data["approver"]),
            ("原因", data["reason"]),
        ),
        lists=listing("", columns, ([row[field] for field in fields] for row in data["rows"])),
        results=form(
            (("合计大写", capitals(total)), ("合计小写", f"￥{data['total']}")),
            (("财政票据号", data["bill_number"]), ("经办人", data["cashier"])),
        ),
        closing=[f"本{name}不是税务发票；已开具财政票据的，票据号见上。", f"{PRICED}（依据{rule('3.5')}）。"],
        signing=to_sign(f"{payer}签字"),
        seal_line=f"（盖章处：{data['seal'] or '收费专用章'}）",
        note=f"本{name}一式两份，{payer}和收费单位各执一份。",
    )


def day_end(data: Data) -> Data:
    rows, net = data["rows"], amount(data["net"], "data.net")
    ways = sum((amount(row["net"], f"data.ways[{index}].net") for index, row in enumerate(data["ways"])), Decimal())
    if not net == total_of(rows) == ways:
        raise ValueError(f"data.net: the rows make {total_of(rows)} and the ways {ways}, not {data['net']}")
    columns = [
        ("时间", 13, "c"),
        ("类别", 12, "c"),
        ("收据号", 45, "l"),
        ("交款人", 21, "c"),
        ("方式", 18, "c"),
        ("财政票据号", 27, "c"),
        ("金额（元）", 23, "r"),
    ]
    fields = ("time", "kind", "number", "payer", "way", "bill_number", "amount")
    return paper(
        data,
        "收费日结对账单",
        opening=[
            f"{data['day']}，收费人{data['cashier']}共开收据{data['receipts']}份、退费{data['refunds']}笔，净收人民币{data['net']}元。"
        ],
        lists=_ways(data["ways"]) + listing("收费、退费明细", columns, ([row[field] for field in fields] for row in rows)),
        results=facts(
            ("应有现金", f"{data['expected']}元"),
            ("实点现金", f"{data['counted']}元"),
            ("差异", f"{data['difference']}元"),
            ("缴存", data["deposited"]),
            ("差异说明", data["explanation"]),
        ),
        closing=[f"日结日对，账款相符；差异须写明原因，收费只按公布的目录（依据{rule('3.5')}）。"],
        signing=form((("收费人签字", ""),), (("复核人", data["checked_by"]),)),
        seal_line="",
        note="本单一式两份，收费人和财务各执一份。",
    )


def _ways(rows: list[Data]) -> list[Data]:
    columns = [
        ("收款方式", 45, "c"),
        ("笔数", 24, "c"),
        ("收费（元）", 30, "r"),
        ("退费（元）", 30, "r"),
        ("净收（元）", 30, "r"),
    ]
    fields = ("way", "count", "received", "refunded", "net")
    return listing("分方式合计", columns, ([row[field] for field in fields] for row in rows))


def queue_slip(data: Data) -> Data:
    """The ticket: the report telephone is on it as on every paper ("3.6")."""
    phone = data["frame"]["report_phone"]
    lines: dict[str, Any] = {
        "title": "排队号",
        "ahead_line": f"前面等候 {data['ahead']} 人" + (f"，预计{data['wait']}" if data["wait"] else ""),
        "where": f"办理窗口：{data['counters']}" if data["counters"] else "请留意叫号和屏幕",
        "rule": "过号请告知工作人员，不必重新取号",
        "phone": f"监督举报电话：{phone}" if phone else "",
        "scan": "扫码查看排队进度" if "://" in data["frame"]["address"] else "",
    }
    return data | lines
