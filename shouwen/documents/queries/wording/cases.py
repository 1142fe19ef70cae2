"""The papers of a case ("3.3", "4.3.2"): what the applicant is told, why, by when and what he may do about it."""

from __future__ import annotations

from shouwen.documents.queries.wording.parts import (
    Data,
    Row,
    bare,
    case_paper,
    contact,
    facts,
    form,
    kind,
    law,
    listing,
    materials,
    remedies,
    rule,
    sentence,
    subject,
    until,
    you,
)
from shouwen.rules.clauses import cite

RECEIVING = "第三十二条"
COUNTING = {"工作日": "受理当日不计入，自次一工作日起计算，", "自然日": "受理当日不计入，自次日起计算，"}


def receipt(data: Data) -> Data:
    return case_paper(
        data,
        "收件凭证",
        opening=[f"{you(data)}于{data['received_at']}提交的“{data['item']}”申请材料已收到，清单如下。"],
        facts=facts(*subject(data), ("收件时间", data["received_at"]), *contact(data)),
        lists=materials("收到的材料", data["materials"]),
        closing=[
            f"本凭证只证明收到材料，不表示已经受理。本机关应于{until(data['tell_by'])}决定是否受理，或者一次告知需要补正的全部内容；"
            f"逾期不告知的，自收到申请材料之日起即为受理。{law(data, RECEIVING)}和{rule('4.3.2')}。",
        ],
    )


def acceptance(data: Data) -> Data:
    return case_paper(
        data,
        "受理通知书",
        opening=[_accepted(data), _promise(data), sentence(data["expedited"]), sentence(data["special"])],
        facts=facts(
            *subject(data),
            ("受理日期", data["accepted_date"]),
            ("承诺时限", data["limit"]),
            ("法定时限", data["statutory_limit"]),
            ("应办结日", data["due_date"] + ("（暂定）" if data["is_provisional"] else "")),
            ("收费", data["fees"]),
            ("领取方式", data["pickup"]),
            ("设定依据", data["legal_basis"]),
            *contact(data),
        ),
        lists=materials("收到的材料", data["materials"])
        + listing(
            "容缺受理，限期补交的材料",
            [("材料名称", 115, "l"), ("补交期限", 40, "c")],
            ([row["name"], row["due_date"]] for row in data["tolerated"]),
        ),
        closing=[
            f"本通知书依据{rule('4.3.2')}出具，依照{cite('3.3')}在规定时限内办结；"
            "听证、招标、拍卖、检验、检测、检疫、鉴定和专家评审所需时间不计入时限，需要时另行书面告知。"
        ],
    )


def _accepted(data: Data) -> str:
    """Why it is accepted, in one sentence."""
    asked = f"{you(data)}于{data['received_date']}提交的“{data['item']}”申请材料收悉"
    asked += f"，{data['completed_date']}补齐。" if data["completed_date"] else "。"
    if data["is_deemed"]:
        return (
            f"{asked}本机关未在规定期限内一次告知需要补正的内容，{law(data, RECEIVING)}第一款第（四）项，"
            f"自{data['accepted_date']}起即为受理。"
        )
    complete = "主要材料齐全，其余材料已承诺限期补交" if data["tolerated"] else "申请材料齐全、符合法定形式"
    return f"{asked}经审查，{complete}，{law(data, RECEIVING)}第一款第（五）项，决定自{data['accepted_date']}起予以受理。"


def _promise(data: Data) -> str:
    """The decision date is named: 应于…前办结."""
    due = f"应于{until(data['due_date'])}办结"
    if not data["limit"][:1].isdigit():
        return f"本件承诺{data['limit']}，{due}。"
    statutory = f"（法定时限{data['statutory_limit']}）" if data["statutory_limit"] else ""
    counted = next((words for unit, words in COUNTING.items() if unit in data["limit"]), "")
    doubt = "；此后的放假安排尚未公布，该日期为暂定" if data["is_provisional"] else ""
    return f"本件承诺时限为{data['limit']}{statutory}，{counted}{due}{doubt}。"


def one_time_notice(data: Data) -> Data:
    return case_paper(
        data,
        "一次性告知书（补正通知书）",
        opening=[_told(data), _again(data)],
        facts=facts(
            *subject(data),
            ("受理条件", data["conditions"]),
            ("设定依据", data["legal_basis"]),
            ("收费", data["fees"]),
            ("办理时限", data["limit"]),
            ("补正期限", data["due_date"]),
            ("下一步", data["next_step"]),
            *contact(data),
        ),
        lists=_defects(data),
        closing=[
            "上列为需要准备或者补正的全部内容。"
            + (f"请于{until(data['due_date'])}一次交齐。" if data["due_date"] else "")
            + "材料补齐之日为受理之日，办理时限自次一工作日起计算。"
            + sentence(data["consequence"]),
            f"{law(data, RECEIVING)}第一款第（四）项和{rule('4.3.2')}一次性告知。",
        ],
    )


def _told(data: Data) -> str:
    if data["received_date"]:
        return (
            f"{you(data)}于{data['received_date']}提交的“{data['item']}”申请材料收悉。经审查，申请材料不齐全或者不符合法定形式，"
            "现将需要补正的全部内容一次告知如下。"
        )
    asked = f"于{data['asked_date']}" if data["asked_date"] else ""
    return f"{you(data)}{asked}咨询办理“{data['item']}”，现将办理条件、所需材料和有关事项一次告知如下。"


def _again(data: Data) -> str:
    """A second notice says why there is one and who allowed it."""
    if not data["earlier"]:
        return ""
    return f"本次为{data['earlier']}之后的再次告知，原因：{bare(data['reason'])}。批准人：{data['approver']}。"


def _defects(data: Data) -> list[Data]:
    """What is wrong and how it should be stand in one column: at the counter they are written as one sentence."""
    columns = [("材料", 38, "l"), ("缺什么、错什么，应当怎样", 88, "l"), ("去哪里开具", 33, "l")]
    rows = ([row["name"], _wrong(row), row["where"] or "—"] for row in data["lines"])
    return listing("需要补正的材料", columns, rows)


def _wrong(row: Data) -> str:
    return "；".join(bare(row[field]) for field in ("problem", "remedy") if row[field]) or "—"


def declined(data: Data) -> Data:
    return case_paper(
        data,
        "不予受理通知书",
        opening=[_refused(data, "决定不予受理"), *_elsewhere(data)],
        facts=facts(
            *subject(data),
            ("收到日期", data["received_date"]),
            ("情形", data["ground"]),
            ("依据", data["ground_basis"]),
            *contact(data),
        ),
        closing=[remedies(data), f"{law(data, RECEIVING)}和{rule('4.3.1')}书面告知，并说明理由和去处。"],
    )


def _refused(data: Data, decision: str) -> str:
    return (
        f"{you(data)}于{data['received_date']}提交的“{data['item']}”申请材料收悉。经审查，{bare(data['ground'])}："
        f"{bare(data['reason'])}。依据{bare(data['ground_basis'])}，{decision}。"
    )


def _elsewhere(data: Data) -> list[str]:
    return [f"请向{data['apply_to']}提出申请，需要时首问责任人予以协助联系。"] if data["apply_to"] else []


def returned(data: Data) -> Data:
    return case_paper(
        data,
        "退回件通知书",
        opening=[_refused(data, "决定退回，所交材料随本通知书退还"), *_elsewhere(data)],
        facts=facts(
            *subject(data),
            ("收到日期", data["received_date"]),
            ("退回情形", data["ground"]),
            ("政策依据", data["ground_basis"]),
            ("复核受理", f"业务科，{data['section_contact']}"),
            *contact(data),
        ),
        lists=materials("退还的材料", data["materials"]),
        closing=[
            f"有异议可到业务科申请复核：持本通知书到本中心业务科（{data['section_contact']}）提出，由业务科会同有关部门复核裁定。",
            remedies(data),
            f"{law(data, RECEIVING)}和{rule('4.3.1')}书面告知并说明理由。",
        ],
    )


def correction_receipt(data: Data) -> Data:
    notice = f"依据{data['notice_number']}" if data["notice_number"] else ""
    if data["missing"]:
        state = f"仍缺：{'；'.join(data['missing'])}。材料补齐之日为受理之日，在此之前办理时限不起算。"
    else:
        state = f"告知补正的材料已于{data['received_at']}全部交齐，补齐之日为受理之日，办理时限自次一工作日起计算。"
    return case_paper(
        data,
        "补正材料接收凭证",
        opening=[f"{you(data)}{notice}补交的“{data['item']}”材料，已于{data['received_at']}收到，清单如下。"],
        facts=facts(*subject(data), ("补正通知", data["notice_number"]), ("接收时间", data["received_at"]), *contact(data)),
        lists=materials("收到的补正材料", data["materials"]),
        closing=[state, f"{law(data, RECEIVING)}第一款第（四）项、第（五）项和{rule('4.3.2')}。"],
    )


def special_procedure(data: Data) -> Data:
    ground, why = data["ground"], f"（{bare(data['reason'])}）" if data["reason"] else ""
    expected = f"，预计{data['expected_date']}恢复计算" if data["expected_date"] else ""
    return case_paper(
        data,
        "特别程序告知书",
        opening=[
            f"{you(data)}申请办理的“{data['item']}”已于{data['accepted_date']}受理。本件依法需要进行{ground}{why}，"
            f"所需时间为{data['needed']}，自{data['started_date']}起。",
            f"依据{data['basis']}，{ground}所需时间不计算在办理时限内，现将所需时间书面告知。办理时限自{data['started_date']}起暂停，"
            f"{ground}结束后继续计算剩余时限{expected}；暂停前应办结的日期为{data['due_date']}。",
        ],
        facts=facts(
            *subject(data),
            ("特别程序", ground),
            ("所需时间", data["needed"]),
            ("暂停日期", data["started_date"]),
            ("预计恢复", data["expected_date"]),
            ("原应办结日", data["due_date"]),
            *contact(data),
        ),
        closing=[
            f"本中心在规定时限内办结，暂停只限依法不计算的时间（依据{rule('3.3')}）。恢复计算时，新的应办结日可凭办件编号查询。"
        ],
    )


def extension(data: Data) -> Data:
    reason = bare(data["reason"]).removeprefix("因")
    approved = f"经{data['approver_role']}{data['approver']}于{data['approved_date']}批准"
    return case_paper(
        data,
        "延期通知书",
        opening=[
            f"{you(data)}申请办理的“{data['item']}”已于{data['accepted_date']}受理，办理时限{data['limit']}，"
            f"应于{until(data['old_due_date'])}办结。因{reason}，不能在该期限内办结。",
            f"{law(data, '第四十二条')}，{approved}，延长{data['extended']}，应于{until(data['new_due_date'])}办结。"
            f"现将延长期限的理由告知，并向{you(data)}致歉。",
        ],
        facts=facts(
            *subject(data),
            ("原办理时限", data["limit"]),
            ("原应办结日", data["old_due_date"]),
            ("延长", data["extended"]),
            ("新应办结日", data["new_due_date"]),
            ("批准人", f"{data['approver_role']} {data['approver']}"),
            ("批准日期", data["approved_date"]),
            ("告知日期", data["date"]),
            ("延期理由", data["reason"]),
            *contact(data),
        ),
        closing=[f"每件只延长一次，到期仍未办结又无正当理由的，按违纪处理（依据{rule('3.3')}）。"],
    )


def completion(data: Data) -> Data:
    is_refused = "不予" in data["result"]
    if is_refused and not data["opinion"]:
        raise ValueError("data.opinion: a refusal says why")
    return case_paper(
        data,
        "办结（取件）通知书",
        opening=[
            f"{you(data)}于{data['received_date']}申请办理的“{data['item']}”（{data['accepted_date']}受理）已于{data['decided_date']}"
            f"办结，办理结果：{data['result']}。",
            (("理由：" if is_refused else "说明：") + bare(data["opinion"]) + "。") if data["opinion"] else "",
            f"本件未在承诺时限内办结，{SORRY}：{bare(data['late_reason'])}。" if data["late_reason"] else "",
        ],
        facts=facts(
            *subject(data),
            ("办理结果", data["result"]),
            ("结果名称", data["result_name"]),
            ("结果文号", data["result_number"]),
            ("有效期至", data["result_expires"]),
            ("办结日期", data["decided_date"]),
            ("办理时限", data["limit"]),
            ("实际用时", data["used"]),
            ("领取方式", data["pickup"]),
            ("领取期限", data["pickup_until"]),
            ("所需凭证", data["credentials"]),
            *contact(data),
        ),
        closing=[
            remedies(data) if is_refused else "",
            f"{law(data, '第四十四条')}，结果自作出决定之日起10个工作日内送达；依据{rule('3.3')}限时办结。",
        ],
    )


SORRY = "依据《优化营商环境条例》第三十六条说明理由并致歉"


def delivery_proof(data: Data) -> Data:
    columns = [("送达文书名称", 75, "l"), ("文号", 65, "c"), ("份数", 17, "c")]
    fields = ("name", "number", "copies")
    return case_paper(
        data,
        "送达回证",
        to="",
        facts=facts(
            ("送达机关", data["agency"]),
            ("受送达人", data["recipient"]),
            ("办件编号", data["case_code"]),
            ("事项名称", data["item"]),
            ("送达地点", data["place"]),
            ("送达方式", data["way"]),
            *contact(data),
        ),
        lists=listing("送达的文书", columns, ([row[field] for field in fields] for row in data["papers"])),
        results=_left_to_write(data),
        signing=[],
        closing=[
            "收件人签收的日期为送达日期；同住成年家属可以代收，须写明与受送达人的关系；拒绝签收的，记明事由，由见证人签名或者拍照、"
            "录像后留置；经受送达人同意可以电子送达；邮寄的以回执上的日期为准。"
            f"参照《中华人民共和国民事诉讼法》第八十七条至第九十一条、第九十五条和{rule('3.3')}。",
        ],
        note="本回证由送达机关存档，复印件交受送达人一份。",
    )


def _left_to_write(data: Data) -> list[Row]:
    """Every field stands there; what is not known is written by hand."""
    when = data["delivered_at"] or "　　年　月　日　时　分"
    return form(
        (("收件人", data["receiver"]), ("与受送达人关系", data["relation"])),
        (("收件人签名或盖章", ""), ("送达时间", when)),
        (("拒收事由", data["refusal"]),),
        (("见证人", data["witness"]), ("送达人", data["deliverer"])),
        (("备注", data["remark"]),),
    )


TASK_COLUMNS = (
    ("分工", 12, "c"),
    ("部门", 27, "l"),
    ("承办事项", 36, "l"),
    ("附件", 26, "l"),
    ("送达时间", 32, "c"),
    ("签收", 27, "l"),
    ("答复时限", 32, "c"),
    ("意见及依据", 30, "l"),
    ("意见人、时间", 25, "l"),
)
TASK_FIELDS = ("role", "department", "task", "attachments", "sent_at", "signed", "due", "opinion", "given")


def joint_flow(data: Data) -> Data:
    return case_paper(
        data,
        "联办件流转单（抄告单）",
        is_wide=True,
        to="",
        opening=[
            f"依据{rule('4.3.3')}，本件由{data['section']}统一协调，{data['lead']}牵头，主件送牵头部门，复印件送各协办部门。"
            f"{data['accepted_date']}受理，办理时限{data['limit']}，应于{until(data['due_date'])}统一答复申请人，各部门答复时限不超过总时限。"
        ],
        facts=facts(
            ("办件编号", data["case_code"]),
            ("办件类型", kind(data)),
            ("申请人", data["applicant"]),
            ("事项名称", data["item"]),
            ("牵头部门", data["lead"]),
            ("协调科室", data["section"]),
            ("办理时限", data["limit"]),
            ("应办结日", data["due_date"]),
            *contact(data),
            across=3,
        ),
        lists=listing("各部门承办事项", TASK_COLUMNS, ([row[field] for field in TASK_FIELDS] for row in data["tasks"])),
        results=form(
            (("超时默认", data["silence"]), ("退回原因", data["returned"])),
            (("汇总结论", data["conclusion"]),),
        ),
        closing=[
            "每一道转送都要签收。认为牵头或者协办认定有误的，在签收后2个工作日内书面提出，由业务科另定；需要补正材料的，由业务科统一告知"
            "申请人，各部门不得自行通知。意见写明同意，不同意及依据，或者需补正。"
        ],
        signing=[],
        note="本单一式多份，业务科存原件，牵头和协办部门各执一份。",
    )
