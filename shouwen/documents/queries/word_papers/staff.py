"""The papers about the staff."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from shouwen.documents.queries.word import BLACK, PITCH, TITLE, Sheet

OFFICIAL = (37, 26, 35, 28)
PLAIN = (22, 20, 20, 22)
Data = dict[str, Any]


def official() -> Sheet:
    sheet = Sheet(margins=OFFICIAL, size=16, pitch=PITCH)
    sheet.grid()
    return sheet


def plain(paper: Data, *, landscape: bool = False, subtitle: str = "{{ subtitle }}") -> Sheet:
    """The head every other paper has: the centre in red over a red line, then the title."""
    sheet = Sheet(margins=PLAIN, landscape=landscape)
    if paper["frame"]["center"]:
        sheet.rule(sheet.line("{{ frame.center }}", align="center", face=TITLE, size=16, red=True, spaced=1.5))
    sheet.line("{{ title }}", align="center", face=TITLE, size=18)
    if paper.get("subtitle"):
        sheet.line(subtitle, align="center", size=11)
    return sheet


def cells(fields: Iterable[str]) -> list[str]:
    return ["{{ one." + field + " }}" for field in fields]


def paragraphs(sheet: Sheet, paper: Data, *names: str, **look: Any) -> None:
    """Those of the named sentences that are there."""
    for name in names:
        if paper[name]:
            sheet.line("{{ " + name + " }}", indent=2, **look)


def made(sheet: Sheet, *lines: str) -> None:
    for words in lines:
        sheet.line(words, align="right")


def check_lines(sheet: Sheet, paper: Data) -> None:
    """Number, code, report telephone and the square code."""
    frame = paper["frame"]
    if frame["address"]:
        sheet.square_code(frame["address"])
    for name, words in (("number", "文书编号"), ("code", "查验码"), ("report_phone", "监督举报电话")):
        if frame[name]:
            sheet.line(words + "：{{ frame." + name + " }}", align="left", size=9)


def checks(sheet: Sheet, paper: Data) -> Sheet:
    """The end of a plain sheet."""
    check_lines(sheet, paper)
    sheet.page_numbers(dashes=False)
    return sheet


def notice(paper: Data) -> Sheet:
    sheet = plain(paper)
    paragraphs(sheet, paper, "intro")
    fields = ("rank", "name", "department", "post", "deducted", "score", "year_total", "remark")
    sheet.table(
        ["名次", "姓名", "部门", "岗位", "扣分项（次数、分值、依据）", "本月得分", "年度累计", "备注"],
        "rows",
        cells(fields),
        [10, 17, 28, 24, 50, 11, 11, 16],
        aligns="cccclccc",
        size=10,
    )
    paragraphs(sheet, paper, "means")
    paragraphs(sheet, paper, "criticism", bold=True, red=True)
    sheet.each("corrections", "{{ one }}", indent=2)
    paragraphs(sheet, paper, "doubts", "objection")
    made(sheet, "{{ issuer }}", "{{ period }}", "{{ made }}")
    return checks(sheet, paper)


def criticism(paper: Data) -> Sheet:
    sheet = official()
    sheet.blank(2)
    sheet.line("{{ issuer }}文件", align="center", face=TITLE, size=40, red=True, exact=False)
    sheet.blank(2)
    sheet.rule(sheet.line("{{ frame.number or '（未编号）' }}", align="center"))
    sheet.blank(2)
    sheet.line("{{ title|join }}", align="center", face=TITLE, size=22, exact=False)
    sheet.blank()
    sheet.line("{{ addressees }}：")
    paragraphs(sheet, paper, "reason")
    sheet.line("一、主要事实", indent=2, face=BLACK)
    paragraphs(sheet, paper, "facts", "doubts")
    sheet.line("二、处理决定", indent=2, face=BLACK)
    paragraphs(sheet, paper, "decision")
    sheet.line("三、有关要求", indent=2, face=BLACK)
    sheet.each("requirements", "{{ one }}", indent=2)
    paragraphs(sheet, paper, "phone")
    sheet.blank(2)
    sheet.signature(["{{ issuer }}"])
    sheet.blank()
    if paper["copies"]:
        sheet.rule(sheet.line("抄送：{{ copies }}。", size=14), side="top", eighths=8, red=False)
    last = sheet.line("{{ issuer }}    {{ date }}印发", size=14)
    sheet.rule(last, side="top", eighths=6, red=False)
    sheet.rule(last, eighths=8, red=False)
    check_lines(sheet, paper)
    sheet.page_numbers(dashes=True)
    return sheet


def transfer_letter(paper: Data) -> Sheet:
    sheet = official()
    mark = sheet.line("{{ issuer }}", align="center", face=TITLE, size=40, red=True, exact=False)
    sheet.rule(mark, kind="thickThinSmallGap", eighths=24)
    sheet.line("{{ frame.number or '（未编号）' }}", align="right")
    sheet.blank(2)
    sheet.line("{{ title|join }}", align="center", face=TITLE, size=22, exact=False)
    sheet.blank()
    sheet.line("{{ addressee }}：")
    sheet.each("paragraphs", "{{ one }}", indent=2)
    paragraphs(sheet, paper, "request")
    sheet.blank(2)
    sheet.signature(["{{ signers[" + str(index) + "] }}" for index in range(len(paper["signers"]))])
    paragraphs(sheet, paper, "contact_line")
    if paper["copies"]:
        sheet.line("抄送：{{ copies }}。", size=14)
    check_lines(sheet, paper)
    sheet.page_numbers(dashes=True, first=False)
    return sheet


def agenda(paper: Data) -> Sheet:
    sheet = plain(paper, landscape=True)
    paragraphs(sheet, paper, "intro")
    fields = ("serial", "kind", "subject", "department", "month", "score", "facts", "clause")
    sheet.table(
        ["序号", "类别", "对象", "部门", "考核月份", "得分", "主要事实", "依据", "通报文号或处理"],
        "items",
        [*cells(fields), "{{ one.number }} {{ one.remark }}"],
        [13, 15, 34, 34, 27, 16, 50, 20, 52],
        aligns="ccccccl" + "cc",
    )
    made(sheet, "{{ issuer }}", "制表：{{ drawn_by }}　{{ drawn_date }}")
    return checks(sheet, paper)


def standby(paper: Data) -> Sheet:
    sheet = plain(paper)
    paragraphs(sheet, paper, "intro")
    fields = ("serial", "name", "department", "staff_kind", "total", "months", "per_month", "remark")
    heads = ["序号", "姓名", "部门", "类别", "全年得分", "考核月数", "月均得分", "备注"]
    sheet.table(heads, "rows", cells(fields), [12, 20, 32, 14, 20, 20, 20, 30])
    paragraphs(sheet, paper, "doubts")
    sheet.blank()
    sheet.form(
        [
            (("班子会决定", "{{ decision }}"),),
            (("决定理由（视具体情况）", "{{ reason }}"),),
            (("决定日期、机构", "{{ decided }}"),),
        ],
        label=1.4,
    )
    made(sheet, "{{ issuer }}", "制表：{{ drawn_by }}　{{ drawn_date }}")
    return checks(sheet, paper)


def year_table(paper: Data) -> Sheet:
    sheet = plain(paper, landscape=True)
    paragraphs(sheet, paper, "intro")
    months = [f"{number}月" for number in range(1, 13)]
    sheet.table(
        ["名次", "姓名", "部门", *months, "全年", "应达", "结论"],
        "rows",
        [
            *cells(("rank", "name", "department")),
            *("{{ one.months[" + str(n) + "] }}" for n in range(12)),
            *cells(("total", "line", "verdict")),
        ],
        [11, 20, 29, *[10.5] * 12, 15, 13, 40],
        size=10,
    )
    sheet.each("notes", "{{ one }}", indent=2)
    paragraphs(sheet, paper, "doubts")
    made(sheet, "{{ issuer }}", "{{ made }}")
    return checks(sheet, paper)


def leave_form(paper: Data) -> Sheet:
    sheet = plain(paper | {"subtitle": paper["code"]}, subtitle="{{ code }}")
    post = "，".join("{{ " + name + " }}" for name in ("department", "post") if paper[name])
    sheet.form(
        [
            (("姓名", "{{ applicant }}"), ("部门与岗位", post)),
            (("假别", "{{ kind }}"), ("时长", "{{ length }}")),
            (("起", "{{ starts }}"), ("止", "{{ ends }}")),
            (("事由", "{{ reason }}"),),
            (("申请时间", "{{ applied_at }}"),),
            (("代班人员", "{{ cover_line }}"),),
        ]
    )
    sheet.blank()
    heads = ["审批环节", "审批人", "意见", "时间"]
    sheet.table(heads, "approvals", cells(("role", "name", "opinion", "at")), [30, 24, 62, 52], aligns="cclc", size=11)
    sheet.blank()
    sheet.form([(("销假", "{{ returned }}"),), (("申请人签字", ""), ("代班人签字", ""))])
    paragraphs(sheet, paper, "rule")
    return checks(sheet, paper)


def handover_form(paper: Data) -> Sheet:
    sheet = plain(paper | {"subtitle": paper["code"]}, subtitle="{{ code }}")
    sheet.form(
        [
            (("日期", "{{ date }}"), ("班次", "{{ shift }}")),
            (("交班人", "{{ giver }}"), ("接班人", "{{ receiver }}")),
            (("开门", "{{ opened_at }}"), ("关门", "{{ closed_at }}")),
            (("卫生检查", "{{ rounds_line }} 要求：{{ points }}"),),
            (("印章", "{{ seals }}"),),
            (("钥匙", "{{ keys }}"),),
            (("设备", "{{ equipment }}"),),
            (("异常情况", "{{ abnormal }}"),),
        ]
    )
    sheet.blank()
    sheet.table(["序号", "未结事项"], "matters", cells(("serial", "text")), [16, 152], aligns="cl", size=11)
    sheet.blank()
    sheet.form(
        [
            (("交班确认", "{{ given_at }}"), ("接班确认", "{{ confirmed }}")),
            (("交班人签字", ""), ("接班人签字", "")),
        ]
    )
    paragraphs(sheet, paper, "rule")
    return checks(sheet, paper)


def roster(paper: Data) -> Sheet:
    sheet = plain(paper)
    heads, fields = ["日期", "星期", "类别", "大厅值日"], ["date", "weekday", "label", "hall"]
    if any(row["holiday"] or row["leader"] for row in paper["rows"]):
        heads, fields = [*heads, "假日值班", "带班领导"], [*fields, "holiday", "leader"]
    sheet.table(heads, "rows", cells(fields), [1.0] * 3 + [1.4] * (len(heads) - 3))
    sheet.each("notes", "{{ one }}", indent=2)
    return checks(sheet, paper)


def table(paper: Data) -> Sheet:
    sheet = plain(paper, landscape=paper["landscape"])
    count = range(len(paper["columns"]))
    sheet.table(
        ["{{ columns[" + str(n) + "].title }}" for n in count],
        "rows",
        ["{{ one[" + str(n) + "] }}" for n in count],
        [float(column["width"]) for column in paper["columns"]],
        aligns="".join(column["align"][0] for column in paper["columns"]),
    )
    sheet.each("notes", "{{ one }}", indent=2)
    made(sheet, *("{{ " + name + " }}" for name in ("issuer", "drawn_date") if paper[name]))
    return checks(sheet, paper)
