"""Plausible papers of the counter in 青山镇: ordinary ones, and the longest that still keep to one sheet."""

from __future__ import annotations

from typing import Any

from tests.documents.case_base import CASE, INSIDE, LICENCE, NAMES, frame, materials


def receipt(count: int = 5, **more: Any) -> dict[str, Any]:
    return (
        CASE
        | {
            "frame": frame("便服收"),
            "received_at": "2026年11月12日 9:41",
            "materials": materials(count, remark="核对后退还"),
            "tell_by": "2026年11月19日",
        }
        | more
    )


def acceptance(count: int = 5, **more: Any) -> dict[str, Any]:
    return (
        CASE
        | {
            "frame": frame("便服受"),
            "received_date": "2026年11月12日",
            "accepted_date": "2026年11月12日",
            "materials": materials(count),
            "limit": "20个工作日",
            "due_date": "2026年12月10日",
            "statutory_limit": "30个工作日",
            "pickup": "凭本通知书和身份证到3号窗口领取，或者邮寄",
            "fees": "不收费",
        }
        | more
    )


def acceptance_of_everything() -> dict[str, Any]:
    """Every field there is."""
    return acceptance(
        12,
        completed_date="2026年11月16日",
        accepted_date="2026年11月16日",
        due_date="2027年1月13日",
        is_provisional=True,
        special="本件可能需要专家评审，所需时间不计入时限，届时书面告知",
        fees="工本费10元/证（湘发改价费〔2020〕100号）",
        tolerated=[{"name": "收入证明", "due_date": "2026年11月30日"}],
        expedited="急办：承诺时限由40个工作日缩短为20个工作日",
    )


def one_time_notice(**more: Any) -> dict[str, Any]:
    return (
        CASE
        | {
            "frame": frame("便服补"),
            "received_date": "2026年11月12日",
            "lines": [
                {
                    "name": "突发困难情况说明",
                    "problem": "没有写明困难发生的时间和原因",
                    "remedy": "写明时间、原因，本人签名并按指印",
                    "where": "申请人自备，窗口有样表",
                },
                {
                    "name": "医疗费用票据",
                    "problem": "只交了复印件",
                    "remedy": "交原件，核对后退还",
                    "where": "县人民医院收费处",
                },
                {
                    "name": "家庭经济状况核对授权书",
                    "problem": "缺少",
                    "remedy": "共同生活的成年家庭成员都要签名",
                    "where": "窗口提供",
                },
            ],
            "due_date": "2026年11月26日",
            "consequence": "逾期未补正的，由经办人联系确认后可按撤回申请处理",
            "conditions": "遭遇火灾、交通事故、突发重大疾病等意外事件，基本生活陷入困境的家庭或者个人",
            "fees": "不收费",
            "limit": "20个工作日",
            "next_step": "补齐后到3号窗口，不必重新取号",
        }
        | more
    )


def second_notice() -> dict[str, Any]:
    return one_time_notice(
        earlier="青山便服补〔2026〕12号",
        reason="核对发现户口簿登记的成员与申请书不一致",
        approver="周丽",
        due_date="",
        consequence="",
    )


def told_when_asked() -> dict[str, Any]:
    """Somebody only asked: no case yet."""
    return one_time_notice(
        received_date="",
        asked_date="2026年11月12日",
        case_code="",
        lines=[{"name": name, "problem": "原件1份", "where": "自备"} for name in NAMES],
    )


def declined(**more: Any) -> dict[str, Any]:
    return (
        CASE
        | LICENCE
        | {
            "frame": frame("便服不受", 2),
            "received_date": "2026年11月12日",
            "ground": "不属于本机关职权范围",
            "ground_basis": "《中华人民共和国行政许可法》第三十二条第一款第（二）项",
            "reason": "所申请的生产场所在邻县长丰镇，应由生产场所所在地受理",
            "apply_to": "长丰镇便民服务中心（电话0731-87000001）",
            "review_body": "青山县人民政府",
            "court": "青山县人民法院",
        }
        | more
    )


def returned(**more: Any) -> dict[str, Any]:
    return (
        CASE
        | {
            "frame": frame("便服退", 3),
            "received_date": "2026年11月12日",
            "ground": "不具备办理条件",
            "ground_basis": "《社会救助暂行办法》第四十七条",
            "reason": "所述情形已由医疗救助解决，本年度已享受同类救助",
            "materials": materials(4),
            "apply_to": "",
            "section_contact": "电话0731-88000022，二楼203室",
            "review_body": "青山县人民政府",
            "court": "青山县人民法院",
        }
        | more
    )


def correction_receipt(**more: Any) -> dict[str, Any]:
    return (
        CASE
        | {
            "frame": frame("便服补收", 7),
            "notice_number": "青山便服补〔2026〕15号",
            "received_at": "2026年11月16日 10:20",
            "materials": materials(3),
            "date": "2026年11月16日",
        }
        | more
    )


def special_procedure(**more: Any) -> dict[str, Any]:
    return (
        CASE
        | LICENCE
        | {
            "frame": frame("便服特", 4),
            "accepted_date": "2026年11月12日",
            "ground": "检验",
            "basis": "《中华人民共和国行政许可法》第四十五条",
            "reason": "产品须送县检验检测中心检验",
            "needed": "15个工作日",
            "started_date": "2026年11月18日",
            "expected_date": "2026年12月9日",
            "due_date": "2026年12月10日",
            "date": "2026年11月18日",
        }
        | more
    )


def extension(**more: Any) -> dict[str, Any]:
    return (
        CASE
        | LICENCE
        | {
            "frame": frame("便服延", 1),
            "accepted_date": "2026年11月12日",
            "limit": "20个工作日",
            "old_due_date": "2026年12月10日",
            "extended": "10个工作日",
            "new_due_date": "2026年12月24日",
            "reason": "生产场所正在整改排水设施，须整改后再次核查",
            "approver": "刘镇长",
            "approver_role": "本行政机关负责人",
            "approved_date": "2026年12月8日",
            "date": "2026年12月8日",
        }
        | more
    )


def completion(**more: Any) -> dict[str, Any]:
    return (
        CASE
        | {
            "frame": frame("便服办", 21),
            "received_date": "2026年11月12日",
            "accepted_date": "2026年11月12日",
            "decided_date": "2026年11月20日",
            "result": "准予",
            "result_name": "临时救助审批确认书",
            "result_number": "青民救〔2026〕88号",
            "used": "6个工作日",
            "limit": "20个工作日",
            "pickup": "3号窗口领取，也可邮寄",
            "pickup_until": "2026年12月4日",
            "credentials": "本通知书和身份证；代领的另带委托书",
            "date": "2026年11月20日",
        }
        | more
    )


def completion_refused() -> dict[str, Any]:
    return completion(
        result="不予",
        result_name="",
        result_number="",
        opinion="经核对，家庭人均财产超过当地规定的限额",
        late_reason="核对平台停机检修三日",
        review_body="青山县人民政府",
        court="青山县人民法院",
    )


def delivery_proof(**more: Any) -> dict[str, Any]:
    return (
        INSIDE
        | {
            "frame": frame("便服送", 18),
            "papers": [
                {"name": "临时救助审批确认书", "number": "青民救〔2026〕88号", "copies": "1"},
                {"name": "办结（取件）通知书", "number": "青山便服办〔2026〕21号", "copies": "1"},
            ],
            "recipient": "陈桂芳",
            "place": "青山镇便民服务中心3号窗口",
            "way": "窗口领取",
            "delivered_at": "2026年11月20日10时15分",
            "receiver": "陈志伟",
            "relation": "儿子，同住",
            "deliverer": "李明",
        }
        | more
    )


def delivery_refused() -> dict[str, Any]:
    return delivery_proof(
        place="青山镇柳溪村8组",
        way="上门送达",
        delivered_at="",
        receiver="",
        relation="",
        refusal="本人不认可救助金额，拒绝签收",
        witness="柳溪村村委会 王建国",
        deliverer="李明、张敏",
        remark="已拍照留置",
    )


def joint_flow(**more: Any) -> dict[str, Any]:
    row = {"sent_at": "2026年11月12日 11:05", "due": "2026年11月26日", "attachments": "申请表、平面图复印件"}
    return (
        INSIDE
        | {
            "frame": frame("便服联", 6),
            "item": "农村村民住宅建设审批",
            "kind": "承诺件",
            "handling": "联办",
            "accepted_date": "2026年11月12日",
            "limit": "20个工作日",
            "due_date": "2026年12月10日",
            "section": "业务科",
            "lead": "村镇建设办公室",
            "tasks": [
                row
                | {
                    "role": "牵头",
                    "department": "村镇建设办公室",
                    "task": "审核建房选址和图纸",
                    "attachments": "全部申请材料（主件）",
                    "signed": "赵刚 11月12日 14:10",
                },
                row
                | {
                    "role": "协办",
                    "department": "自然资源所",
                    "task": "审核用地是否符合规划、是否占用耕地",
                    "signed": "冯涛 11月12日 15:00",
                    "opinion": "同意，符合《土地管理法》第六十二条",
                    "given": "冯涛 11月18日",
                },
                row | {"role": "协办", "department": "农业农村办公室", "task": "审核宅基地资格和一户一宅"},
                row | {"role": "协办", "department": "交通运输所", "task": "审核公路建筑控制区退让距离"},
            ],
            "silence": "逾期未答复的报分管领导督办",
        }
        | more
    )


def joint_flow_concluded() -> dict[str, Any]:
    return joint_flow(
        conclusion="四部门均同意，准予建设，请按批准的图纸施工。", returned="交通运输所曾以资料不全退回，补件后已签收。"
    )


def every() -> dict[str, list[dict[str, Any]]]:
    """All variants of the papers of a case."""
    return {
        "receipt": [receipt(), receipt(12)],
        "acceptance": [acceptance(), acceptance(12), acceptance_of_everything()],
        "one_time_notice": [one_time_notice(), second_notice(), told_when_asked()],
        "declined": [declined()],
        "returned": [returned()],
        "correction_receipt": [correction_receipt(), correction_receipt(missing=["收入证明"])],
        "special_procedure": [special_procedure()],
        "extension": [extension()],
        "joint_flow": [joint_flow(), joint_flow_concluded()],
        "completion": [completion(), completion_refused()],
        "delivery_proof": [delivery_proof(), delivery_refused()],
    }
