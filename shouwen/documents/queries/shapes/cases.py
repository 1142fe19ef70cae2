"""The papers of a case, from the receipt to the proof of delivery ("3.3", "4.3.2").

Everything is text as it shall stand: days "2026年11月9日" (no zero before month and day), moments "2026年11月9日 9:41", limits
"20个工作日", counts "2". Personal data come masked from the caller: an identity number "430124********1234", a telephone
"138****0000"; names stand in full, for the paper is the applicant's own. A paper that must be signed leaves room for it.
"""

from __future__ import annotations

from typing import NotRequired, TypedDict

from shouwen.documents.queries.shapes.frame import Frame


class CasePaper(TypedDict):
    """What every paper of a case has; the square code leads to its progress (`url` of `actions.issue`).

    `agency` signs and seals; `seal` names the seal, 受理专用章 unless it says otherwise (only the place is printed, never a seal).
    `case_code` is what progress is asked under. `first_asked` is 首问责任人 ("4.2"), `handler` 经办人. `is_licence`: an
    administrative licence, so 行政许可法 is cited, else 优化营商环境条例. `legal_basis` of the item. `is_unit`: the applicant
    is one (你单位). `agent_id`, `applicant_id` with their kind: "居民身份证 430124********1234". `date` stands under the agency.
    """

    frame: NotRequired[Frame]
    agency: str
    seal: NotRequired[str]
    case_code: str
    item: str
    item_code: NotRequired[str]
    kind: NotRequired[str]
    handling: NotRequired[str]
    is_licence: NotRequired[bool]
    legal_basis: NotRequired[str]
    applicant: str
    is_unit: NotRequired[bool]
    applicant_id: NotRequired[str]
    applicant_phone: NotRequired[str]
    agent: NotRequired[str]
    agent_id: NotRequired[str]
    first_asked: str
    handler: str
    counter: str
    contact_phone: str
    date: str


class MaterialRow(TypedDict):
    """`originals` and `copies` are counts ("1", "0"); `remark` e.g. 容缺待补, 核对后退还."""

    name: str
    originals: str
    copies: str
    remark: NotRequired[str]


class Receipt(CasePaper):
    """收件凭证: the material was taken, nothing is decided yet. `tell_by` is the last of the five working days in which
    everything missing must be told, else the case counts as accepted from `received_at` on (行政许可法 32)."""

    received_at: str
    materials: list[MaterialRow]
    tell_by: str


class ToleratedRow(TypedDict):
    name: str
    due_date: str


class Acceptance(CasePaper):
    """受理通知书 ("4.3.2"). `received_date` the application, `completed_date` the material all there, `accepted_date` accepted.

    `limit` is the promise and `due_date` its last day (included); `statutory_limit` the law's. `is_provisional`: the calendar
    is not yet published that far. `is_deemed`: accepted because nobody told in time. `special` announces time that will not
    be counted. `pickup` how and with what the result is fetched. `fees` e.g. "不收费" or "工本费10元（依据…）" ("3.5").
    `tolerated` lists what may follow (容缺受理). `expedited` e.g. "急办：承诺时限由20个工作日缩短为5个工作日" ("3.4").
    """

    received_date: str
    completed_date: NotRequired[str]
    accepted_date: str
    materials: list[MaterialRow]
    limit: str
    due_date: str
    statutory_limit: NotRequired[str]
    is_provisional: NotRequired[bool]
    is_deemed: NotRequired[bool]
    special: NotRequired[str]
    pickup: str
    fees: str
    tolerated: NotRequired[list[ToleratedRow]]
    expedited: NotRequired[str]


class DefectRow(TypedDict):
    """`problem` what is missing or wrong, `remedy` what it should be like, `where` who makes it out."""

    name: str
    problem: str
    remedy: NotRequired[str]
    where: NotRequired[str]


class OneTimeNotice(CasePaper):
    """一次性告知书(补正通知书): every open line at once, and all relevant matters ("4.3.2").

    `received_date` "" when somebody only asked; then `asked_date` says when (and `case_code` may be ""). `due_date` and
    `consequence` only where the item sets a term. `conditions`, `fees`, `limit`, `next_step` are the other matters to be told.
    A second notice gives `earlier` (number of the first), `reason` and `approver`.
    """

    received_date: str
    asked_date: NotRequired[str]
    lines: list[DefectRow]
    due_date: NotRequired[str]
    consequence: NotRequired[str]
    conditions: NotRequired[str]
    fees: NotRequired[str]
    limit: NotRequired[str]
    next_step: NotRequired[str]
    earlier: NotRequired[str]
    reason: NotRequired[str]
    approver: NotRequired[str]


class Declined(CasePaper):
    """不予受理通知书 (行政许可法 32). `ground` e.g. 不属于本机关职权范围, `ground_basis` the article it rests on.

    `apply_to` is the authority to turn to, "" when there is none. `review_body` hears a reconsideration (60 days), `court` a suit
    (6 months); with "" the paper says who that is by law.
    """

    received_date: str
    ground: str
    ground_basis: str
    reason: str
    apply_to: str
    review_body: str
    court: str


class Returned(CasePaper):
    """退回件通知书: as `Declined`, the material goes back, and the business section examines it on request (`section_contact`)."""

    received_date: str
    ground: str
    ground_basis: str
    reason: str
    materials: list[MaterialRow]
    apply_to: str
    section_contact: str
    review_body: str
    court: str


class CorrectionReceipt(CasePaper):
    """补正材料接收凭证: `received_at` is the day the clock starts from when `missing` is empty. `notice_number` of the 一次性告知书."""

    notice_number: str
    received_at: str
    materials: list[MaterialRow]
    missing: NotRequired[list[str]]


class SpecialProcedure(CasePaper):
    """特别程序告知书 (行政许可法 45): the needed time in writing. `ground` 听证…专家评审, `basis` its article, `needed` "15个工作日".

    `due_date` is the last day had there been no pause. `expected_date` the day it is likely to go on, if that can be said.
    """

    accepted_date: str
    ground: str
    basis: str
    reason: NotRequired[str]
    needed: str
    started_date: str
    expected_date: NotRequired[str]
    due_date: str


class Extension(CasePaper):
    """延期通知书 (行政许可法 42): told before `old_due_date` is over. `approver_role` 本行政机关负责人 or 本级人民政府负责人."""

    accepted_date: str
    limit: str
    old_due_date: str
    extended: str
    new_due_date: str
    reason: str
    approver: str
    approver_role: str
    approved_date: str


class Completion(CasePaper):
    """办结(取件)通知书. `result` 准予, 不予 or 办结; `opinion` says why, and must when it is 不予 (then with the remedies as `Declined`).

    `pickup` how, `pickup_until` until when, `credentials` with what the result is fetched. `used` e.g. "6个工作日".
    `late_reason` is said openly when the promise was not kept ("3.3").
    """

    received_date: str
    accepted_date: str
    decided_date: str
    result: str
    result_name: NotRequired[str]
    result_number: NotRequired[str]
    result_expires: NotRequired[str]
    opinion: NotRequired[str]
    used: NotRequired[str]
    limit: NotRequired[str]
    late_reason: NotRequired[str]
    pickup: str
    pickup_until: str
    credentials: str
    review_body: NotRequired[str]
    court: NotRequired[str]


class DeliveredRow(TypedDict):
    name: str
    number: str
    copies: str


class DeliveryProof(CasePaper):
    """送达回证: what is "" is left to be written by hand. `delivered_at` to the minute: "2026年11月20日10时15分".

    `relation` of the receiver to the applicant (本人); `refusal` why it was not taken, then with `witness`. `deliverer` 送达人.
    """

    papers: list[DeliveredRow]
    recipient: str
    place: str
    way: str
    delivered_at: str
    receiver: str
    relation: str
    refusal: NotRequired[str]
    witness: NotRequired[str]
    deliverer: str
    remark: NotRequired[str]


class TaskRow(TypedDict):
    """One department: `role` 牵头 or 协办; `due` its own term; `signed` who took it and when; `opinion` 同意, 不同意及依据, 需补正."""

    role: str
    department: str
    task: str
    attachments: NotRequired[str]
    sent_at: str
    signed: NotRequired[str]
    due: str
    opinion: NotRequired[str]
    given: NotRequired[str]


class JointFlow(CasePaper):
    """联办件流转单/抄告单 ("4.3.3"), A4 across: who does what by when; blanks are signed by hand.

    `section` coordinates and alone speaks with the applicant. `due_date` is the citizen's one term. `silence` what holds when a
    department does not answer; `conclusion` and `returned` (why a department gave it back) as they become known.
    """

    accepted_date: str
    limit: str
    due_date: str
    section: str
    lead: str
    tasks: list[TaskRow]
    silence: NotRequired[str]
    conclusion: NotRequired[str]
    returned: NotRequired[str]
