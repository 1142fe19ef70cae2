"""Whose papers the samples are: an applicant with an agent, and a small food workshop."""

from __future__ import annotations

CASE = {
    "agency": "青山镇人民政府",
    "case_code": "QS-4T8W-2HXCH",
    "item": "临时救助对象认定",
    "item_code": "11430124006123456Y4000511004000",
    "kind": "承诺件",
    "handling": "一般办理",
    "legal_basis": "《社会救助暂行办法》（国务院令第649号）第四十七条、第四十八条",
    "applicant": "陈桂芳",
    "applicant_id": "居民身份证 430124********1226",
    "applicant_phone": "138****0012",
    "agent": "陈志伟（儿子）",
    "agent_id": "居民身份证 430124********3517",
    "first_asked": "李明",
    "handler": "李明",
    "counter": "3号窗口（民政）",
    "contact_phone": "0731-88000033",
    "date": "2026年11月12日",
}
INSIDE = {key: CASE[key] for key in ("agency", "case_code", "item", "applicant", "first_asked", "handler", "counter")} | {
    "contact_phone": "0731-88000033",
    "date": "2026年11月20日",
}
"""What stands on papers that are not about who the applicant is."""
LICENCE = {
    "item": "食品小作坊生产许可",
    "item_code": "11430124006123456Y4000123001000",
    "is_licence": True,
    "is_unit": True,
    "legal_basis": "《湖南省食品生产加工小作坊小餐饮和食品摊贩管理条例》第十条",
    "applicant": "青山镇老陈豆腐坊",
    "applicant_id": "统一社会信用代码 92430124********7K",
    "agent": "",
    "agent_id": "",
    "counter": "6号窗口（市场监管）",
}
NAMES = (
    "临时救助申请书（本人签名）",
    "居民身份证",
    "居民户口簿",
    "家庭经济状况核对授权书",
    "突发困难情况说明及证明材料（住院病历、事故认定书等）",
    "医疗费用票据或者结算单",
    "收入证明",
    "银行账户（社会保障卡）",
    "租住房屋合同",
    "残疾人证",
    "村（居）委会入户调查表",
    "家庭成员关系承诺书",
)


def frame(word: str, number: int = 15) -> dict[str, str]:
    return {
        "center": "青山镇便民服务中心",
        "report_phone": "0731-88000012",
        "number": f"青山{word}〔2026〕{number}号",
        "code": "WS-4T8W-2HXCH",
        "address": "https://qingshan.example/p/QS-4T8W-2HXCH/",
    }


def materials(count: int, *, remark: str = "") -> list[dict[str, str]]:
    return [
        {"name": name, "originals": str(index % 2), "copies": "1", "remark": remark if index == 2 else ""}
        for index, name in enumerate(NAMES[:count])
    ]
