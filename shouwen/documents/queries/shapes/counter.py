"""Other papers of the counter: the first inquiry, money, the ticket. Written as in `cases`, personal data masked by the caller."""

from __future__ import annotations

from typing import NotRequired, TypedDict

from shouwen.documents.queries.shapes.frame import Frame


class CountedRow(TypedDict):
    name: str
    count: str


class HandOverRow(TypedDict):
    """`giver` → `receiver` (with window or unit); `accepted_at` "" while it is pending."""

    giver: str
    receiver: str
    handed_at: str
    accepted_at: NotRequired[str]
    note: NotRequired[str]


class FirstInquiry(TypedDict):
    """首问责任登记表 ("4.1", "4.2") with a slip to tear off (回执).

    `channel` 来访, 来电, 来信 or 网上; `direction` 处理去向 (当场答复, 引导移交…), "" while open; `phone` masked. `holder` answers for it
    now. `limit` the day or limit by which the visitor hears; `outcome` and `replied_at` once settled.
    """

    frame: NotRequired[Frame]
    code: str
    visitor: str
    address: NotRequired[str]
    phone: NotRequired[str]
    channel: str
    asked_at: str
    question: str
    materials: NotRequired[list[CountedRow]]
    first_asked: str
    unit: str
    holder: str
    holder_phone: NotRequired[str]
    direction: str
    hand_overs: NotRequired[list[HandOverRow]]
    limit: NotRequired[str]
    outcome: NotRequired[str]
    replied_at: NotRequired[str]
    contact_phone: str


class FeeRow(TypedDict):
    """A line of the schedule in force ("3.5"): `working` how the amount came about ("10元/证×2，减免50%"), `amount` in yuan "10.00"."""

    name: str
    basis: str
    working: str
    amount: str


class FeeReceipt(TypedDict):
    """收费收据(缴费凭证): no tax invoice; `bill_number` is the 财政票据号, "" leaves room for it.

    `total` in yuan must be the sum of the rows (else ValueError). A refund gives `refund_of`, the number of the receipt, and
    `reason`; its amounts are above zero. `payer` 交款人. `way` 现金, 刷卡…, 免收 (then `reason`).
    """

    frame: NotRequired[Frame]
    agency: str
    seal: NotRequired[str]
    payer: str
    case_code: NotRequired[str]
    item: NotRequired[str]
    rows: list[FeeRow]
    total: str
    way: str
    paid_at: str
    bill_number: str
    refund_of: NotRequired[str]
    reason: NotRequired[str]
    approver: NotRequired[str]
    cashier: str
    date: str


class MoneyRow(TypedDict):
    """One receipt, or a refund (`kind` 收费 or 退费; a refund's amount is "−10.00"). `payer` masked (王**)."""

    time: str
    kind: str
    number: str
    payer: str
    way: str
    bill_number: NotRequired[str]
    amount: str


class WayRow(TypedDict):
    """Of one way of paying: how many, received, given back, net, in yuan."""

    way: str
    count: str
    received: str
    refunded: str
    net: str


class DayEnd(TypedDict):
    """收费日结对账单 ("3.5"): what was counted against what the system knows. `difference` "0.00", else with `explanation`.

    `receipts` and `refunds` are counts; the net of `ways` must be the sum of the rows (else ValueError).
    """

    frame: NotRequired[Frame]
    agency: str
    day: str
    cashier: str
    rows: list[MoneyRow]
    ways: list[WayRow]
    receipts: str
    refunds: str
    net: str
    expected: str
    counted: str
    difference: str
    explanation: NotRequired[str]
    deposited: NotRequired[str]
    checked_by: NotRequired[str]
    date: str


class QueueSlip(TypedDict):
    """The 80 mm ticket; not numbered. The square code (`frame.address`) leads to the place in line.

    `number` "A007", `queue` the item or queue, `counters` "3、4号窗口", `ahead` "5", `wait` "约12分钟", `priority` e.g. 优先(长者).
    """

    frame: NotRequired[Frame]
    number: str
    queue: str
    counters: NotRequired[str]
    ahead: str
    wait: NotRequired[str]
    priority: NotRequired[str]
    issued_at: str
