"""Plausible papers of 青山镇, the same that a person looks at and that the tests compare."""

from __future__ import annotations

from typing import Any

FRAME = {
    "center": "青山镇便民服务中心",
    "report_phone": "0731-88000012",
    "number": "青山便服公示〔2026〕10号",
    "code": "WS-4T8W-2HXCH",
    "address": "https://qingshan.example/documents/check/WS-4T8W-2HXCH/",
}
RULEBOOK = "制度第1版（2026年1月1日起施行）"
NAMES = [
    "周丽",
    "张敏",
    "李明",
    "王强",
    "赵刚",
    "陈静",
    "刘洋",
    "黄秀英",
    "吴建国",
    "徐婷",
    "孙磊",
    "马晓燕",
    "朱红",
    "胡志远",
    "郭芳",
    "何伟",
    "高翔",
    "林小兰",
    "罗文斌",
    "郑爱华",
    "梁宇",
    "谢春梅",
    "宋佳",
    "唐亮",
    "许志强",
    "邓丽萍",
    "冯涛",
    "韩雪",
    "曹建军",
    "阿依古丽·买买提",
]
DEPARTMENTS = ("便民服务办公室", "社保所", "民政所", "村镇建设办公室", "自然资源所", "市场监管所", "卫生健康办公室")


def deduction(name: str, count: str, points: str, clause: str, note: str = "") -> dict[str, str]:
    return {"name": name, "count": count, "points": points, "clause": clause, "note": note}


FACTS: dict[int, list[dict[str, str]]] = {
    2: [deduction("迟到", "1", "1", "1.3.1")],
    3: [deduction("早退", "2", "2", "1.3.2"), deduction("找不到人", "1", "2", "1.4.2")],
    4: [deduction("迟到", "6", "8", "1.3.1", "第5、6次双倍"), deduction("旷工", "2", "4", "1.4.1")],
    9: [deduction("保洁不及时", "1", "1", "1.3.6")],
}
SCORES = {2: "9", 3: "6", 4: "−2", 9: "9"}


def person(index: int) -> dict[str, Any]:
    score = SCORES.get(index, "10")
    return {
        "rank": str(index + 1),
        "name": NAMES[index],
        "department": DEPARTMENTS[index % len(DEPARTMENTS)],
        "post": "窗口工作人员" if index else "负责人",
        "deductions": FACTS.get(index, []),
        "score": score,
        "year_total": str(88 + index % 7),
        "remark": "异议成立，已更正" if index == 9 else "",
        "negative": score.startswith("−"),
    }


def notice(count: int = 18, **more: Any) -> dict[str, Any]:
    return {
        "frame": FRAME,
        "month": "2026年10月",
        "rulebook": RULEBOOK,
        "workdays": "18",
        "rows": [person(index) for index in range(count)],
        "departments": [
            {"name": "便民服务办公室", "members": "5", "mean": "9.6"},
            {"name": "社保所", "members": "3", "mean": "9.67"},
            {"name": "村镇建设办公室", "members": "3", "mean": "−0.33", "negative": True},
        ],
        "unconfirmed": ["累计周期按月（R1）", "五次以上含第五次（R3）"],
        "issuer": "青山镇党政办公室",
        "drawn_by": "孙会",
        "drawn_date": "2026年11月2日",
        "reviewed_by": "王主任",
        "reviewed_date": "2026年11月2日",
        "posted_from": "2026年11月3日",
        "posted_to": "2026年11月9日",
        "objection_contact": "党政办公室孙会",
        "objection_phone": "0731-88000011",
    } | more


def criticism_of_person(**more: Any) -> dict[str, Any]:
    return {
        "frame": FRAME | {"number": "青山便服通报〔2026〕3号"},
        "issuer": "青山镇党政办公室",
        "addressees": "各村（社区），镇属各办、站、所，便民服务中心各窗口单位",
        "subject": "赵刚",
        "department": "村镇建设办公室",
        "post": "窗口工作人员",
        "month": "2026年10月",
        "workdays": "18",
        "score": "−2",
        "deductions": FACTS[4],
        "rulebook": RULEBOOK,
        "posting": "青山便服公示〔2026〕10号",
        "date": "2026年11月10日",
        "copies": "县政务服务管理局",
        "unconfirmed": ["五次以上含第五次（R3）"],
    } | more


def criticism_of_department(**more: Any) -> dict[str, Any]:
    return (
        criticism_of_person(
            subject="村镇建设办公室",
            department="",
            post="",
            score="−0.33",
            deductions=[],
            members=[{"name": "赵刚", "score": "−2"}, {"name": "高翔", "score": "2"}, {"name": "胡志远", "score": "−1"}],
        )
        | {"frame": FRAME | {"number": "青山便服通报〔2026〕4号"}}
        | more
    )


def agenda(**more: Any) -> dict[str, Any]:
    item = {"department": "村镇建设办公室", "month": "2026年10月"}
    return {
        "frame": FRAME | {"number": "青山便服议程〔2026〕2号"},
        "issuer": "青山镇党政办公室",
        "meeting": "11月全镇干部大会",
        "meeting_date": "2026年11月27日",
        "items": [
            item
            | {
                "kind": "人员",
                "subject": "赵刚",
                "score": "−2",
                "facts": "迟到6次、旷工2次",
                "clause": "1.5",
                "number": "青山便服通报〔2026〕3号",
            },
            item
            | {
                "kind": "部门",
                "subject": "村镇建设办公室",
                "score": "−0.33",
                "facts": "3人平均",
                "clause": "1.8",
                "number": "青山便服通报〔2026〕4号",
            },
            item
            | {
                "kind": "人员",
                "subject": "胡志远",
                "score": "1",
                "facts": "迟到4次、找不到人1次",
                "clause": "1.5",
                "remark": "异议成立，撤下",
            },
        ],
        "drawn_by": "孙会",
        "drawn_date": "2026年11月20日",
    } | more


def standby(**more: Any) -> dict[str, Any]:
    row = {"department": "村镇建设办公室", "total": "86.5", "months": "12", "per_month": "7.2083"}
    return {
        "frame": FRAME | {"number": "青山便服待岗〔2027〕1号"},
        "issuer": "青山镇党政办公室",
        "year": "2026",
        "line": "90",
        "rows": [
            row | {"name": "赵刚", "staff_kind": "本镇", "remark": "当年受通报批评2次"},
            row | {"name": "冯涛", "department": "自然资源所", "staff_kind": "条管"},
        ],
        "unconfirmed": ["部分年度人员按月均得分排名（R7）"],
        "drawn_by": "孙会",
        "drawn_date": "2027年1月6日",
    } | more


def standby_decided() -> dict[str, Any]:
    return standby(
        decision="赵刚列入2027年度待岗名单；冯涛由镇党委、政府致函县自然资源局建议调离。",
        reason="赵刚经两次通报批评仍未改正；冯涛全年旷工3次，窗口业务积压，群众反映较大。",
        decided_by="青山镇班子会（到会9人）",
        decided_date="2027年1月8日",
    )


def transfer_letter(**more: Any) -> dict[str, Any]:
    scores = ("8", "7", "9", "6.5", "8", "7", "8", "6", "7", "5", "8", "7")
    return {
        "frame": FRAME | {"number": "青山便服函〔2027〕1号"},
        "issuer": "青山镇人民政府",
        "signers": ["中共青山镇委员会", "青山镇人民政府"],
        "addressee": "县自然资源局",
        "subject": "冯涛",
        "department": "自然资源所",
        "post": "窗口工作人员",
        "year": "2026",
        "total": "86.5",
        "line": "90",
        "months": [{"month": f"{number}月", "score": score} for number, score in enumerate(scores, 1)],
        "ties": "2",
        "reason": "冯涛同志全年旷工3次，窗口业务积压，经提醒仍未改正，已不适合在本中心窗口工作",
        "decided_by": "青山镇班子会",
        "decided_date": "2027年1月8日",
        "date": "2027年1月11日",
        "contact": "孙会",
        "contact_phone": "0731-88000011",
    } | more


def year_row(index: int) -> dict[str, Any]:
    below = index in (4, 26)
    months = ["10", "9", "10", "8", "10", "10", "9.5", "10", "10", "−2" if below else "10", "10", "10"]
    return {
        "rank": str(index + 1),
        "name": NAMES[index],
        "department": DEPARTMENTS[index % len(DEPARTMENTS)],
        "months": months if index != 7 else ["—"] * 4 + months[4:],
        "total": "86.5" if below else "116.5",
        "line": "60" if index == 7 else "90",
        "verdict": "取消当年评先评优资格" if below else "",
        "below": below,
    }


def year_table(count: int = 18, **more: Any) -> dict[str, Any]:
    return {
        "frame": FRAME | {"number": "青山便服年考〔2027〕1号"},
        "issuer": "青山镇党政办公室",
        "year": "2026",
        "rulebook": RULEBOOK,
        "rows": [year_row(index) for index in range(count)],
        "notes": ["黄秀英5月到岗，应达分数按7.5分乘以考核月数计算。"],
        "unconfirmed": ["全年得分为各月之和（R6）"],
        "drawn_by": "孙会",
        "drawn_date": "2027年1月6日",
        "reviewed_by": "王主任",
        "reviewed_date": "2027年1月7日",
    } | more


def leave_form(**more: Any) -> dict[str, Any]:
    return {
        "frame": FRAME | {"number": "青山便服假〔2026〕31号"},
        "code": "QJ-7K3M-9PQRS",
        "applicant": "李明",
        "department": "民政所",
        "post": "窗口工作人员",
        "kind": "事假",
        "starts": "2026年10月14日上午",
        "ends": "2026年10月15日下午",
        "length": "2天",
        "reason": "家中老人搬迁，需本人到场办理手续",
        "applied_at": "2026年10月12日 15:20",
        "cover": "张敏",
        "cover_confirmed_at": "2026年10月12日 16:02",
        "approvals": [
            {"role": "中心负责人", "name": "周丽", "opinion": "同意，窗口业务由张敏代办", "at": "2026年10月12日 16:30"},
            {"role": "分管领导", "name": "王主任", "opinion": "同意", "at": "2026年10月13日 08:41"},
        ],
        "returned_at": "2026年10月16日 08:22",
    } | more


def handover_form(**more: Any) -> dict[str, Any]:
    return {
        "frame": FRAME | {"number": "青山便服交〔2026〕212号"},
        "code": "JJ-5H8N-3WXYZ",
        "date": "2026年10月14日",
        "shift": "大厅值日",
        "giver": "周丽",
        "receiver": "张敏",
        "opened_at": "2026-10-14 08:21",
        "closed_at": "2026-10-14 17:36",
        "rounds": ["08:30", "11:30", "14:30", "17:00"],
        "open_matters": ["3号窗口李某低保申请材料待补（首问责任人李明）", "打印机卡纸，已报修，明日上午上门"],
        "seals": "受理专用章1枚，在保险柜",
        "keys": "大门2把、档案室1把",
        "equipment": "叫号机、高拍仪正常",
        "abnormal": "15:10停电约20分钟",
        "given_at": "2026-10-14 17:40",
        "confirmed_at": "2026-10-14 17:45",
    } | more


def roster(**more: Any) -> dict[str, Any]:
    weekdays = "四五六日一二三"
    rows = []
    for day in range(1, 32):
        label = "国庆节" if day <= 7 else "调休上班" if day == 10 else "周末" if weekdays[(day - 1) % 7] in "六日" else "工作日"
        rest = label in ("国庆节", "周末")
        rows.append(
            {
                "date": f"10月{day}日",
                "weekday": "星期" + weekdays[(day - 1) % 7],
                "label": label,
                "hall": "" if rest else NAMES[day % 12],
                "holiday": NAMES[day % 9] if rest else "",
                "leader": ("王主任", "周丽")[day % 2] if rest else "",
            }
        )
    return {
        "frame": FRAME | {"number": "青山便服值〔2026〕10号"},
        "month": "2026年10月",
        "rows": rows,
        "notes": ["换班、替班须双方确认并登记。"],
    } | more


def table(count: int = 60, **more: Any) -> dict[str, Any]:
    return {
        "frame": FRAME | {"number": "青山便服表〔2026〕8号"},
        "title": "2026年10月考勤汇总",
        "subtitle": "2026年10月1日至31日，18个工作日",
        "columns": [
            {"title": "姓名", "width": "1.2"},
            {"title": "部门", "width": "2", "align": "left"},
            {"title": "出勤（天）"},
            {"title": "迟到"},
            {"title": "早退"},
            {"title": "请假（天）"},
        ],
        "rows": [[NAMES[one % 30], DEPARTMENTS[one % 7], "18", str(one % 3), "0", "—"] for one in range(count)],
        "notes": ["打卡记录以终端导入的原始记录为准。"],
        "issuer": "青山镇党政办公室",
        "drawn_date": "2026年11月2日",
    } | more


def every() -> dict[str, list[dict[str, Any]]]:
    """All variants of all papers."""
    return {
        "notice": [notice(5), notice(18), notice(30)],
        "criticism": [criticism_of_person(), criticism_of_department()],
        "agenda": [agenda()],
        "standby": [standby(), standby_decided()],
        "transfer_letter": [transfer_letter()],
        "year_table": [year_table(), year_table(30)],
        "leave_form": [leave_form(), leave_form(kind="病假", reason="甲状腺手术")],
        "handover_form": [handover_form()],
        "roster": [roster()],
        "table": [table()],
    }
