"""Plausible papers of the first inquiry, of money, and the ticket."""

from __future__ import annotations

from typing import Any

from tests.documents.case_base import frame


def first_inquiry(**more: Any) -> dict[str, Any]:
    return {
        "frame": frame("便服首问", 301),
        "code": "XW-7K3M-9PQRS",
        "visitor": "陈桂芳",
        "address": "青山镇柳溪村8组",
        "phone": "138****0012",
        "channel": "来访",
        "asked_at": "2026年11月12日 9:32",
        "question": "住院花费大，问能不能申请临时救助，要带什么材料",
        "materials": [{"name": "居民户口簿", "count": "1本"}, {"name": "住院结算单", "count": "2张"}],
        "first_asked": "张敏",
        "unit": "2号窗口（社保）",
        "holder": "李明",
        "holder_phone": "0731-88000033",
        "direction": "引导移交",
        "hand_overs": [
            {
                "giver": "张敏（2号窗口）",
                "receiver": "李明（3号窗口）",
                "handed_at": "11月12日 9:35",
                "accepted_at": "11月12日 9:37",
                "note": "当面带到窗口",
            },
        ],
        "limit": "2026年11月13日",
        "contact_phone": "0731-88000010",
    } | more


def first_inquiry_settled() -> dict[str, Any]:
    return first_inquiry(
        materials=[],
        hand_overs=[],
        holder="张敏",
        direction="当场答复",
        limit="",
        outcome="已当场答复并给了一次性告知书",
        replied_at="2026年11月12日 9:50",
    )


def fee_receipt(**more: Any) -> dict[str, Any]:
    return {
        "frame": frame("便服费", 42),
        "agency": "青山镇便民服务中心",
        "payer": "陈桂芳",
        "case_code": "QS-4T8W-2HXCH",
        "item": "不动产登记资料查询",
        "rows": [
            {
                "name": "不动产登记费",
                "basis": "发改价格规〔2016〕2559号",
                "working": "80元/件×1，减免50%",
                "amount": "40.00",
            },
            {"name": "证书工本费", "basis": "发改价格规〔2016〕2559号", "working": "10元/本×2", "amount": "20.00"},
        ],
        "total": "60.00",
        "way": "扫码支付",
        "paid_at": "2026年11月12日 10:02",
        "bill_number": "",
        "cashier": "李明",
        "date": "2026年11月12日",
    } | more


def refund(**more: Any) -> dict[str, Any]:
    return (
        fee_receipt(
            rows=[
                {"name": "证书工本费", "basis": "发改价格规〔2016〕2559号", "working": "退1本", "amount": "10.00"},
            ],
            total="10.00",
            refund_of="青山便服费〔2026〕42号",
            reason="多开一本，当日退还",
            approver="周丽",
            bill_number="0043128765",
        )
        | {"frame": frame("便服费", 43)}
        | more
    )


def money_row(index: int) -> dict[str, str]:
    is_refund = index == 3
    return {
        "time": f"{9 + index // 12}:{index % 12 * 5:02}",
        "kind": "退费" if is_refund else "收费",
        "number": f"青山便服费〔2026〕{40 + index}号",
        "payer": ("陈**", "王**", "青山***店")[index % 3],
        "way": ("现金", "扫码支付")[index % 2],
        "bill_number": "" if is_refund else f"00431287{index:02}",
        "amount": "−10.00" if is_refund else "20.00",
    }


def day_end(count: int = 12, **more: Any) -> dict[str, Any]:
    """`count` lines, the fourth a refund; cash on the even ones."""
    cash, other = (count + 1) // 2, count // 2
    return {
        "frame": frame("便服日结", 9),
        "agency": "青山镇便民服务中心",
        "day": "2026年11月12日",
        "cashier": "李明",
        "rows": [money_row(index) for index in range(count)],
        "ways": [
            {"way": "现金", "count": str(cash), "received": f"{cash * 20}.00", "refunded": "0.00", "net": f"{cash * 20}.00"},
            {
                "way": "扫码支付",
                "count": str(other),
                "received": f"{other * 20 - 20}.00",
                "refunded": "10.00",
                "net": f"{other * 20 - 30}.00",
            },
        ],
        "receipts": str(count - 1),
        "refunds": "1",
        "net": f"{count * 20 - 30}.00",
        "expected": f"{cash * 20}.00",
        "counted": f"{cash * 20}.00",
        "difference": "0.00",
        "deposited": "2026年11月12日缴入镇财政所专户",
        "checked_by": "周丽",
        "date": "2026年11月12日",
    } | more


def queue_slip(**more: Any) -> dict[str, Any]:
    return {
        "frame": frame("") | {"number": "", "code": "", "address": "https://qingshan.example/p/place/PD-4T8W-2HXCH/"},
        "number": "A007",
        "queue": "民政 · 临时救助",
        "counters": "3、4号窗口",
        "ahead": "5",
        "wait": "约12分钟",
        "priority": "优先：65岁以上长者",
        "issued_at": "2026年11月12日 9:30",
    } | more


def every() -> dict[str, list[dict[str, Any]]]:
    """All variants of the other papers of the counter."""
    return {
        "first_inquiry": [first_inquiry(), first_inquiry_settled()],
        "fee_receipt": [fee_receipt(), refund()],
        "day_end": [day_end()],
    }
