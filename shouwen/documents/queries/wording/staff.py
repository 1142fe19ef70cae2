"""The papers about the staff."""

from __future__ import annotations

from typing import Any

from shouwen.rules.clauses import cite

Data = dict[str, Any]
RULES = "《便民服务中心工作制度》第一篇"
PURPOSES = {"1.0": "为杜绝到岗不到位、慵懒散漫现象，提高办事效率，营造群众办事的良好环境"}
MEETING = "全镇干部大会"
ILLNESS = "病假"


def deduction(row: Data) -> str:
    """迟到 6 次,扣 8 分〔一(三)1〕(第 5、6 次双倍)."""
    return f"{row['name']}{row['count']}次，扣{row['points']}分{cite(row['clause'])}" + (
        f"（{row['note']}）" if row["note"] else ""
    )


def notice(data: Data) -> Data:
    rows = [row | {"deducted": "；".join(map(deduction, row["deductions"])) or "—"} for row in data["rows"]]
    return data | {
        "title": f"{data['month']}工作人员量化考核结果公示",
        "rows": rows,
        "intro": (
            f"{PURPOSES['1.0']}，根据{RULES}的规定，现将{data['month']}（{data['workdays']}个工作日）"
            f"工作人员量化考核结果公示如下。考核依据：{data['rulebook']}。"
        ),
        "means": means(data["departments"]),
        "criticism": criticised(data),
        "doubts": doubts(data["unconfirmed"]),
        "period": period(data["posted_from"], data["posted_to"]),
        "objection": (
            f"对公示结果有异议的，请在{'公示期内' if data['posted_to'] else '公示期间'}向{data['objection_contact']}提出，"
            f"受理电话：{data['objection_phone']}。" + report_line(data)
        ),
        "made": f"制表：{data['drawn_by']} {data['drawn_date']}  审核：{data['reviewed_by']} {data['reviewed_date']}",
    }


def means(departments: list[Data]) -> str:
    if not departments:
        return ""
    return (
        "部门得分（本部门人员平均）："
        + "；".join(f"{one['name']}{one['mean']}分（{one['members']}人）" for one in departments)
        + "。"
    )


def criticised(data: Data) -> str:
    """Who is to be criticised before all cadres: people under "1.5", departments under "1.8"; "" when nobody is."""
    meeting = data["meeting"] or MEETING
    people = "、".join(row["name"] for row in data["rows"] if row["negative"])
    departments = "、".join(row["name"] for row in data["departments"] if row["negative"])
    text = f"{people}当月考核为负分，依据{cite('1.5')}，在{meeting}上公开通报批评。" if people else ""
    return text + (f"{departments}当月部门考核为负分，依据{cite('1.8')}，在{meeting}上通报批评。" if departments else "")


def doubts(readings: list[str]) -> str:
    """Papers say so until the leadership meeting confirms the readings they rest on."""
    return "以下制度口径未经班子会确认，按默认口径计算：" + "；".join(readings) + "。" if readings else ""


def report_line(data: Data) -> str:
    """The report telephone is published on every paper ("3.6")."""
    phone = data["frame"]["report_phone"]
    return f"监督举报电话：{phone}。" if phone else ""


def period(start: str, end: str) -> str:
    return f"公示时间：{start}至{end}" if end else f"公示时间：{start}起"


def criticism(data: Data) -> Data:
    is_department = bool(data["members"])
    subject = data["subject"] if is_department else f"{data['subject']}同志"
    clause = cite("1.8" if is_department else "1.5")
    meeting = data["meeting"] or MEETING
    basis = f"上述结果已以{data['posting']}张榜公示。" if data["posting"] else ""
    verdict = "通报批评" if is_department else "公开通报批评"
    return data | {
        "title": [data["issuer"], f"关于对{subject}给予", f"{verdict}的通报"],
        "reason": f"{PURPOSES['1.0']}，根据{RULES}{clause}的规定，现将{data['frame']['center']}{subject}{data['month']}量化考核情况通报如下。",
        "facts": (department_facts(data) if is_department else person_facts(data)) + basis,
        "decision": f"{subject}{data['month']}考核为负分。依据{clause}，决定给予{verdict}，并在当月{meeting}上宣布。",
        "requirements": data["requirements"] or demands(subject),
        "doubts": doubts(data["unconfirmed"]),
        "phone": report_line(data),
    }


def person_facts(data: Data) -> str:
    items = "；".join(map(deduction, data["deductions"]))
    return (
        f"{data['subject']}，{data['department']}{data['post']}。{data['month']}（{data['workdays']}个工作日）量化考核中，{items}；"
        f"当月得分{data['score']}分。本次考核适用{data['rulebook']}。"
    )


def department_facts(data: Data) -> str:
    members = "、".join(f"{one['name']}{one['score']}分" for one in data["members"])
    return (
        f"{data['subject']}{data['month']}（{data['workdays']}个工作日）参加量化考核{len(data['members'])}人：{members}；"
        f"部门得分为本部门人员得分的平均，计{data['score']}分。本次考核适用{data['rulebook']}。"
    )


def demands(subject: str) -> list[str]:
    return [
        f"{subject}要认真反思，查找原因，限期整改，并将整改情况书面报送本办公室。",
        "各窗口单位和全体工作人员要引以为戒，严格遵守工作制度，坚守岗位，转变作风，提高服务质量和办事效率。",
    ]


def agenda(data: Data) -> Data:
    when = f"（{data['meeting_date']}）" if data["meeting_date"] else ""
    items = [item | {"serial": str(number), "clause": cite(item["clause"])} for number, item in enumerate(data["items"], 1)]
    return data | {
        "title": f"{data['meeting']}通报批评议程清单",
        "items": items,
        "intro": (
            f"依据{RULES}{cite('1.5')}{cite('1.8')}，月度考核为负分的人员和部门，在当月{MEETING}上通报批评。"
            f"现将提请{data['meeting']}{when}通报的事项列明如下，共{len(items)}项。"
        ),
    }


def standby(data: Data) -> Data:
    decided = f"{data['decided_date']}，{data['decided_by']}" if data["decided_date"] else ""
    return data | {
        "title": f"{data['year']}年度量化考核末位人员名单",
        "rows": [row | {"serial": str(number)} for number, row in enumerate(data["rows"], 1)],
        "intro": (
            f"依据{RULES}{cite('1.7')}，全年得分不足{data['line']}分且在本中心排名末位的，可列为下年度待岗人员；"
            f"属条管单位的，由镇党委、政府向其上级主管部门建议调离。{data['year']}年度符合上述条件的共{len(data['rows'])}人"
            f"{'（末位并列，全部列出）' if len(data['rows']) > 1 else ''}。本名单只列事实，由班子会视具体情况逐人作出决定并记录理由。"
        ),
        "doubts": doubts(data["unconfirmed"]),
        "decided": decided,
    }


def transfer_letter(data: Data) -> Data:
    rank = f"为末位（并列{data['ties']}人）" if data["ties"] else "为末位"
    scores = "、".join(f"{one['month']}{one['score']}" for one in data["months"])
    center = data["frame"]["center"] or "本镇便民服务中心"
    return data | {
        "title": ["关于建议调离", f"{data['subject']}同志的函"],
        "paragraphs": [
            f"{data['subject']}同志系贵单位派驻{center}的工作人员，现任{data['department']}{data['post']}。",
            f"根据{RULES}的规定，本中心对在岗人员实行月度量化考核。{data['year']}年度，该同志全年得分{data['total']}分"
            f"（应达{data['line']}分），在本中心排名{rank}。各月得分为：{scores}。",
            f"依据{cite('1.7')}，{data['decided_date']}{data['decided_by']}研究认为：{data['reason']}。"
            "据此，建议贵单位将该同志调离现工作岗位，并另行选派人员。",
        ],
        "request": "请予研究并函复。",
        "contact_line": f"（联系人：{data['contact']}；联系电话：{data['contact_phone']}）",
    }


def year_table(data: Data) -> Data:
    return data | {
        "title": f"{data['year']}年度工作人员量化考核结果",
        "intro": (
            f"依据{RULES}{cite('1.6')}，全年得分为各月得分之和；不足应达分数的，取消当年评先评优资格。"
            f"考核依据：{data['rulebook']}。"
        ),
        "doubts": doubts(data["unconfirmed"]),
        "made": "  ".join(
            f"{word}：{data[who]} {data[day]}"
            for word, who, day in (("制表", "drawn_by", "drawn_date"), ("审核", "reviewed_by", "reviewed_date"))
            if data[who]
        ),
    }


def leave_form(data: Data) -> Data:
    is_ill = ILLNESS in data["kind"]
    cover = f"{data['cover']} 已于{data['cover_confirmed_at']}确认代班" if data["cover_confirmed_at"] else data["cover"] or "无"
    return data | {
        "title": "请假条",
        "reason": "病情及证明由审批人查验，不在纸面列示" if is_ill else data["reason"] or "—",
        "cover_line": cover,
        "rule": f"依据{cite('1.4.1')}：请假须事先办妥；半天以内经中心负责人同意，半天以上须书面请假并落实代班人员。",
        "returned": data["returned_at"] or "尚未销假",
    }


def handover_form(data: Data) -> Data:
    return data | {
        "title": "值日交接单",
        "rounds_line": "、".join(data["rounds"]) or "未登记",
        "points": "洁净、整齐、无痰迹、无杂物堆放" + cite("1.3.6"),
        "matters": [{"serial": str(number), "text": text} for number, text in enumerate(data["open_matters"], 1)]
        or [{"serial": "—", "text": "无"}],
        "confirmed": data["confirmed_at"] or "尚未确认",
        "rule": f"依据{cite('1.3.5')}：值日须按时交接，接班人确认后交接完成；未按时交接的每次扣1分。",
    }


def roster(data: Data) -> Data:
    return data | {"title": f"{data['month']}值守表"}


def table(data: Data) -> Data:
    width = len(data["columns"])
    for number, row in enumerate(data["rows"], 1):
        if len(row) != width:
            raise ValueError(f"data.rows[{number - 1}]: {width} cells are wanted, not {len(row)}")
    if not width:
        raise ValueError("data.columns: at least one is wanted")
    columns = [column | {"width": column["width"] or "1", "align": column["align"] or "center"} for column in data["columns"]]
    return data | {"columns": columns}
