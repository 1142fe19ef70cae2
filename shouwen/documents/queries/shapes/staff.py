"""The papers about the staff: assessment, leave, duty, lists."""

from __future__ import annotations

from typing import NotRequired, TypedDict

from shouwen.documents.queries.shapes.frame import Frame


class Deduction(TypedDict):
    """迟到 6 次,扣 8 分〔一(三)1〕,第 5、6 次双倍."""

    name: str
    count: str
    points: str
    clause: str
    note: NotRequired[str]


class NoticeRow(TypedDict):
    rank: str
    name: str
    department: str
    post: str
    deductions: list[Deduction]
    score: str
    year_total: str
    remark: NotRequired[str]
    negative: NotRequired[bool]


class DepartmentMean(TypedDict):
    name: str
    members: str
    mean: str
    negative: NotRequired[bool]


class Notice(TypedDict):
    """The monthly 公示 ("1.2"), A4 or A3. `rulebook` names the version in force; `unconfirmed` the readings nobody confirmed.

    `posted_to` "" means no last day is set (R18). `corrections` are lines about results changed after an objection.
    """

    frame: NotRequired[Frame]
    month: str
    rulebook: str
    workdays: str
    rows: list[NoticeRow]
    departments: NotRequired[list[DepartmentMean]]
    unconfirmed: NotRequired[list[str]]
    corrections: NotRequired[list[str]]
    issuer: str
    drawn_by: str
    drawn_date: str
    reviewed_by: str
    reviewed_date: str
    posted_from: str
    posted_to: NotRequired[str]
    objection_contact: str
    objection_phone: str
    meeting: NotRequired[str]


class MemberScore(TypedDict):
    name: str
    score: str


class Criticism(TypedDict):
    """通报批评 of a person ("1.5") or, with `members`, of a department ("1.8"). `posting` is the number of the notice it rests on."""

    frame: NotRequired[Frame]
    issuer: str
    addressees: str
    subject: str
    department: NotRequired[str]
    post: NotRequired[str]
    month: str
    workdays: str
    score: str
    deductions: NotRequired[list[Deduction]]
    members: NotRequired[list[MemberScore]]
    rulebook: str
    posting: NotRequired[str]
    meeting: NotRequired[str]
    requirements: NotRequired[list[str]]
    unconfirmed: NotRequired[list[str]]
    date: str
    copies: NotRequired[str]


class AgendaItem(TypedDict):
    """`kind` 人员 or 部门; `facts` one line; `number` of the 通报 if it has one; `remark` e.g. 异议成立,撤下."""

    kind: str
    subject: str
    department: str
    month: str
    score: str
    facts: str
    clause: str
    number: NotRequired[str]
    remark: NotRequired[str]


class Agenda(TypedDict):
    """What the next meeting of all cadres hears ("1.5", "1.8")."""

    frame: NotRequired[Frame]
    issuer: str
    meeting: str
    meeting_date: NotRequired[str]
    items: list[AgendaItem]
    drawn_by: str
    drawn_date: str


class StandbyRow(TypedDict):
    """`staff_kind` 本镇 or 条管; `months` assessed; `per_month` what "last" is ranked by (R7)."""

    name: str
    department: str
    staff_kind: str
    total: str
    months: str
    per_month: str
    remark: NotRequired[str]


class Standby(TypedDict):
    """Everybody who ties for last below the line ("1.7"): a list for the meeting, which decides and says why."""

    frame: NotRequired[Frame]
    issuer: str
    year: str
    line: str
    rows: list[StandbyRow]
    decision: NotRequired[str]
    reason: NotRequired[str]
    decided_by: NotRequired[str]
    decided_date: NotRequired[str]
    unconfirmed: NotRequired[list[str]]
    drawn_by: str
    drawn_date: str


class MonthScore(TypedDict):
    month: str
    score: str


class TransferLetter(TypedDict):
    """To the superior department of a 条管 unit, proposing to transfer the person away ("1.7").

    `issuer` stands on top, `signers` sign (党委、政府). `ties` is how many share the last place, "" for one.
    """

    frame: NotRequired[Frame]
    issuer: str
    signers: list[str]
    addressee: str
    subject: str
    department: str
    post: str
    year: str
    total: str
    line: str
    months: list[MonthScore]
    ties: NotRequired[str]
    reason: str
    decided_by: str
    decided_date: str
    date: str
    contact: str
    contact_phone: str
    copies: NotRequired[str]


class YearRow(TypedDict):
    """`months`: twelve cells, "—" where not assessed; `verdict` e.g. 取消当年评先评优资格."""

    rank: str
    name: str
    department: str
    months: list[str]
    total: str
    line: str
    verdict: NotRequired[str]
    below: NotRequired[bool]


class YearTable(TypedDict):
    """The year month by month ("1.6"), A4 across."""

    frame: NotRequired[Frame]
    issuer: str
    year: str
    rulebook: str
    rows: list[YearRow]
    notes: NotRequired[list[str]]
    unconfirmed: NotRequired[list[str]]
    drawn_by: str
    drawn_date: str
    reviewed_by: NotRequired[str]
    reviewed_date: NotRequired[str]


class Approval(TypedDict):
    role: str
    name: str
    opinion: str
    at: str


class LeaveForm(TypedDict):
    """请假条 ("1.4.1"). The reason of a sick leave is not printed, whatever `reason` says."""

    frame: NotRequired[Frame]
    code: str
    applicant: str
    department: str
    post: str
    kind: str
    starts: str
    ends: str
    length: str
    reason: NotRequired[str]
    applied_at: str
    cover: NotRequired[str]
    cover_confirmed_at: NotRequired[str]
    approvals: list[Approval]
    returned_at: NotRequired[str]


class HandoverForm(TypedDict):
    """值日交接单 ("1.3.5"): what the duty person hands to the next; `rounds` are the times of the cleaning checks ("1.3.6")."""

    frame: NotRequired[Frame]
    center: NotRequired[str]
    code: str
    date: str
    shift: str
    giver: str
    receiver: str
    opened_at: str
    closed_at: str
    rounds: list[str]
    open_matters: list[str]
    seals: str
    keys: str
    equipment: str
    abnormal: str
    given_at: str
    confirmed_at: str


class RosterRow(TypedDict):
    """`label` 工作日, 调休上班, 休…; `hall` and `holiday` the duty person, `leader` 带班领导."""

    date: str
    weekday: str
    label: str
    hall: str
    holiday: str
    leader: str


class Roster(TypedDict):
    """值守表 of a month."""

    frame: NotRequired[Frame]
    center: NotRequired[str]
    month: str
    rows: list[RosterRow]
    notes: NotRequired[list[str]]


class Column(TypedDict):
    """`width` in shares of the page ("2"), default "1"; `align` left, center or right."""

    title: str
    width: NotRequired[str]
    align: NotRequired[str]


class Table(TypedDict):
    """Any list of an area as a paper."""

    frame: NotRequired[Frame]
    title: str
    subtitle: NotRequired[str]
    columns: list[Column]
    rows: list[list[str]]
    notes: NotRequired[list[str]]
    issuer: NotRequired[str]
    drawn_date: NotRequired[str]
    landscape: NotRequired[bool]
