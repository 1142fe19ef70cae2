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
