"""What the papers of a case say, word for word: the reason, the day, the law and the clause."""

from __future__ import annotations

import pytest

from shouwen.documents import queries
from tests.documents import case_samples as cases
from tests.documents.reading import pages, pdf_text

BY_ANALOGY = "依据《优化营商环境条例》第三十六条，参照《中华人民共和国行政许可法》第三十二条"
REMEDIES = (
    "对本决定不服的，可以自收到本通知书之日起60日内依据《中华人民共和国行政复议法》第二十条向青山县人民政府申请行政复议，"
    "也可以自收到本通知书之日起6个月内依据《中华人民共和国行政诉讼法》第四十六条向青山县人民法院提起行政诉讼。"
)


def said(name, data):
    """Opening and closing sentences."""
    paper = queries.complete(name, data)
    return paper["opening"], paper["closing"]


def facts(name, data):
    return {pair["label"]: pair["text"] for row in queries.complete(name, data)["facts"] for pair in row}


def test_clause_4_3_2_receipt_is_no_acceptance_and_says_by_when_the_applicant_hears():
    """ "4.3.2": the material was taken; five working days later the case counts as accepted."""
    assert said("receipt", cases.receipt()) == (
        ["您于2026年11月12日 9:41提交的“临时救助对象认定”申请材料已收到，清单如下。"],
        [
            "本凭证只证明收到材料，不表示已经受理。本机关应于2026年11月19日前（含当日）决定是否受理，或者一次告知需要补正的全部内容；"
            f"逾期不告知的，自收到申请材料之日起即为受理。{BY_ANALOGY}和《便民服务中心工作制度》〔四(三)2〕。"
        ],
    )


def test_clauses_4_3_2_3_3_acceptance_names_the_day_by_which_it_is_done():
    """ "4.3.2" the acceptance notice, "3.3" the prescribed time with its last day."""
    opening, closing = said("acceptance", cases.acceptance())

    assert opening == [
        f"您于2026年11月12日提交的“临时救助对象认定”申请材料收悉。经审查，申请材料齐全、符合法定形式，{BY_ANALOGY}第一款第（五）项，"
        "决定自2026年11月12日起予以受理。",
        "本件承诺时限为20个工作日（法定时限30个工作日），受理当日不计入，自次一工作日起计算，应于2026年12月10日前（含当日）办结。",
    ]
    assert closing == [
        "本通知书依据《便民服务中心工作制度》〔四(三)2〕出具，依照〔三(三)〕在规定时限内办结；"
        "听证、招标、拍卖、检验、检测、检疫、鉴定和专家评审所需时间不计入时限，需要时另行书面告知。"
    ]


@pytest.mark.parametrize(
    ("limit", "due", "sentence"),
    [
        ("当日办结", "2026年11月12日", "本件承诺当日办结，应于2026年11月12日前（含当日）办结。"),
        ("2个工作小时", "2026年11月12日 11:41", "本件承诺时限为2个工作小时，应于2026年11月12日 11:41前办结。"),
        (
            "30日（自然日）",
            "2026年12月14日",
            "本件承诺时限为30日（自然日），受理当日不计入，自次日起计算，应于2026年12月14日前（含当日）办结。",
        ),
    ],
)
def test_acceptance_counts_in_the_unit_of_the_limit(limit, due, sentence):
    data = cases.acceptance(limit=limit, due_date=due, statutory_limit="")

    assert said("acceptance", data)[0][1] == sentence


def test_acceptance_because_nobody_told_in_time_owns_up_to_it():
    """行政许可法 32: not told within five days, accepted from the day of receipt on."""
    opening, _ = said("acceptance", cases.acceptance(is_deemed=True, is_licence=True))

    assert opening[0] == (
        "您于2026年11月12日提交的“临时救助对象认定”申请材料收悉。本机关未在规定期限内一次告知需要补正的内容，"
        "依据《中华人民共和国行政许可法》第三十二条第一款第（四）项，自2026年11月12日起即为受理。"
    )


def test_clause_3_4_acceptance_of_everything_tells_of_tolerance_expedite_and_doubt():
    """ "3.4": the shortened promise stands beside the original one; a day beyond the published calendar is provisional."""
    opening, _ = said("acceptance", cases.acceptance_of_everything())

    assert opening[0].split("。")[1].startswith("经审查，主要材料齐全，其余材料已承诺限期补交，依据")
    assert opening[1].endswith("应于2027年1月13日前（含当日）办结；此后的放假安排尚未公布，该日期为暂定。")
    assert opening[2:] == [
        "急办：承诺时限由40个工作日缩短为20个工作日。",
        "本件可能需要专家评审，所需时间不计入时限，届时书面告知。",
    ]


def test_clause_3_5_acceptance_says_what_it_costs():
    """ "3.5": the charge with its basis, or that there is none."""
    assert facts("acceptance", cases.acceptance())["收费"] == "不收费"


def test_clause_4_3_2_one_time_notice_lists_everything_at_once():
    """ "4.3.2": all relevant matters at once, not only the missing material."""
    opening, closing = said("one_time_notice", cases.one_time_notice())
    told = facts("one_time_notice", cases.one_time_notice())

    assert opening == [
        "您于2026年11月12日提交的“临时救助对象认定”申请材料收悉。经审查，申请材料不齐全或者不符合法定形式，"
        "现将需要补正的全部内容一次告知如下。"
    ]
    assert closing == [
        "上列为需要准备或者补正的全部内容。请于2026年11月26日前（含当日）一次交齐。材料补齐之日为受理之日，办理时限自次一工作日起计算。"
        "逾期未补正的，由经办人联系确认后可按撤回申请处理。",
        f"{BY_ANALOGY}第一款第（四）项和《便民服务中心工作制度》〔四(三)2〕一次性告知。",
    ]
    assert [told[label] for label in ("收费", "办理时限", "下一步")] == [
        "不收费",
        "20个工作日",
        "补齐后到3号窗口，不必重新取号",
    ]


def test_clause_4_3_2_what_is_wrong_and_how_it_should_be_stand_in_one_column():
    """ "4.3.2": the counter writes both as one sentence, so no row of the notice has an empty 应当怎样."""
    typed = {"name": "户口簿", "problem": "只交了首页，请交全本复印件", "where": "派出所"}
    lists = queries.complete("one_time_notice", cases.one_time_notice(lines=[typed]))["lists"]
    assert lists[0]["heads"] == ["序号", "材料", "缺什么、错什么，应当怎样", "去哪里开具"]
    assert lists[0]["rows"] == [["1", "户口簿", "只交了首页，请交全本复印件", "派出所"]]
    both = queries.complete("one_time_notice", cases.one_time_notice())["lists"][0]["rows"][1]
    assert both == ["2", "医疗费用票据", "只交了复印件；交原件，核对后退还", "县人民医院收费处"]


def test_second_notice_says_why_and_who_allowed_it():
    opening, _ = said("one_time_notice", cases.second_notice())

    assert opening[1] == (
        "本次为青山便服补〔2026〕12号之后的再次告知，原因：核对发现户口簿登记的成员与申请书不一致。批准人：周丽。"
    )


def test_notice_to_somebody_who_only_asked_tells_of_no_application():
    paper = queries.complete("one_time_notice", cases.told_when_asked())

    assert paper["opening"] == ["您于2026年11月12日咨询办理“临时救助对象认定”，现将办理条件、所需材料和有关事项一次告知如下。"]
    assert paper["progress"] == ""


def test_clause_4_3_1_declined_gives_reason_where_to_go_and_remedies():
    """ "4.3.1": nobody is fobbed off; the paper says where the matter belongs and what may be done against it."""
    assert said("declined", cases.declined()) == (
        [
            "你单位于2026年11月12日提交的“食品小作坊生产许可”申请材料收悉。经审查，不属于本机关职权范围：所申请的生产场所在邻县长丰镇，"
            "应由生产场所所在地受理。依据《中华人民共和国行政许可法》第三十二条第一款第（二）项，决定不予受理。",
            "请向长丰镇便民服务中心（电话0731-87000001）提出申请，需要时首问责任人予以协助联系。",
        ],
        [
            REMEDIES,
            "依据《中华人民共和国行政许可法》第三十二条和《便民服务中心工作制度》〔四(三)1〕书面告知，并说明理由和去处。",
        ],
    )


def test_remedies_name_the_authority_by_law_where_nobody_gave_one():
    _, closing = said("declined", cases.declined(review_body="", court=""))

    assert closing[0] == REMEDIES.replace("青山县人民政府", "作出本决定的机关所属的县级人民政府").replace(
        "青山县人民法院", "有管辖权的人民法院"
    )


def test_clause_4_3_1_returned_may_be_examined_by_the_business_section():
    """ "4.3.1": with an objection one goes to the business section."""
    opening, closing = said("returned", cases.returned())

    assert opening == [
        "您于2026年11月12日提交的“临时救助对象认定”申请材料收悉。经审查，不具备办理条件：所述情形已由医疗救助解决，"
        "本年度已享受同类救助。依据《社会救助暂行办法》第四十七条，决定退回，所交材料随本通知书退还。"
    ]
    assert closing == [
        "有异议可到业务科申请复核：持本通知书到本中心业务科（电话0731-88000022，二楼203室）提出，由业务科会同有关部门复核裁定。",
        REMEDIES,
        f"{BY_ANALOGY}和《便民服务中心工作制度》〔四(三)1〕书面告知并说明理由。",
    ]


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        ([], "告知补正的材料已于2026年11月16日 10:20全部交齐，补齐之日为受理之日，办理时限自次一工作日起计算。"),
        (["收入证明", "户口簿"], "仍缺：收入证明；户口簿。材料补齐之日为受理之日，在此之前办理时限不起算。"),
    ],
)
def test_clause_4_3_2_correction_receipt_says_whether_the_clock_starts(missing, sentence):
    """ "4.3.2": the day the material is complete is the day of acceptance."""
    opening, closing = said("correction_receipt", cases.correction_receipt(missing=missing))

    assert opening == ["您依据青山便服补〔2026〕15号补交的“临时救助对象认定”材料，已于2026年11月16日 10:20收到，清单如下。"]
    assert closing == [sentence, f"{BY_ANALOGY}第一款第（四）项、第（五）项和《便民服务中心工作制度》〔四(三)2〕。"]


def test_clause_3_3_special_procedure_gives_the_needed_time_in_writing():
    """ "3.3" and 行政许可法 45: what does not count, how long it takes, from when, and that the rest goes on."""
    assert said("special_procedure", cases.special_procedure()) == (
        [
            "你单位申请办理的“食品小作坊生产许可”已于2026年11月12日受理。本件依法需要进行检验（产品须送县检验检测中心检验），"
            "所需时间为15个工作日，自2026年11月18日起。",
            "依据《中华人民共和国行政许可法》第四十五条，检验所需时间不计算在办理时限内，现将所需时间书面告知。"
            "办理时限自2026年11月18日起暂停，检验结束后继续计算剩余时限，预计2026年12月9日恢复计算；"
            "暂停前应办结的日期为2026年12月10日。",
        ],
        [
            "本中心在规定时限内办结，暂停只限依法不计算的时间（依据《便民服务中心工作制度》〔三(三)〕）。"
            "恢复计算时，新的应办结日可凭办件编号查询。"
        ],
    )


def test_clause_3_3_extension_gives_reason_approver_and_the_new_day():
    """ "3.3" and 行政许可法 42."""
    assert said("extension", cases.extension()) == (
        [
            "你单位申请办理的“食品小作坊生产许可”已于2026年11月12日受理，办理时限20个工作日，应于2026年12月10日前（含当日）办结。"
            "因生产场所正在整改排水设施，须整改后再次核查，不能在该期限内办结。",
            "依据《中华人民共和国行政许可法》第四十二条，经本行政机关负责人刘镇长于2026年12月8日批准，延长10个工作日，"
            "应于2026年12月24日前（含当日）办结。现将延长期限的理由告知，并向你单位致歉。",
        ],
        ["每件只延长一次，到期仍未办结又无正当理由的，按违纪处理（依据《便民服务中心工作制度》〔三(三)〕）。"],
    )


def test_clause_4_3_3_joint_flow_has_one_term_and_one_voice():
    """ "4.3.3": the business section coordinates; every department signs, answers in time and leaves the applicant to it."""
    opening, closing = said("joint_flow", cases.joint_flow())

    assert opening == [
        "依据《便民服务中心工作制度》〔四(三)3〕，本件由业务科统一协调，村镇建设办公室牵头，主件送牵头部门，复印件送各协办部门。"
        "2026年11月12日受理，办理时限20个工作日，应于2026年12月10日前（含当日）统一答复申请人，各部门答复时限不超过总时限。"
    ]
    assert closing == [
        "每一道转送都要签收。认为牵头或者协办认定有误的，在签收后2个工作日内书面提出，由业务科另定；需要补正材料的，"
        "由业务科统一告知申请人，各部门不得自行通知。意见写明同意，不同意及依据，或者需补正。"
    ]


def test_clause_3_3_completion_tells_the_result_and_a_late_one_says_why():
    """ "3.3": a promise not kept is explained openly; a refusal has its reason and remedies."""
    opening, closing = said("completion", cases.completion_refused())

    assert opening == [
        "您于2026年11月12日申请办理的“临时救助对象认定”（2026年11月12日受理）已于2026年11月20日办结，办理结果：不予。",
        "理由：经核对，家庭人均财产超过当地规定的限额。",
        "本件未在承诺时限内办结，依据《优化营商环境条例》第三十六条说明理由并致歉：核对平台停机检修三日。",
    ]
    assert closing[0] == REMEDIES
    assert said("completion", cases.completion())[1] == [
        "依据《优化营商环境条例》第三十六条，参照《中华人民共和国行政许可法》第四十四条，结果自作出决定之日起10个工作日内送达；"
        "依据《便民服务中心工作制度》〔三(三)〕限时办结。"
    ]


def test_refusal_without_a_reason_is_no_paper():
    with pytest.raises(ValueError, match=r"data\.opinion: a refusal says why"):
        queries.complete("completion", cases.completion(result="不予"))


def test_clause_3_3_delivery_proof_has_a_field_for_everything_and_room_to_write():
    """ "3.3": how the result reached the applicant, or why it did not."""
    rows = queries.complete("delivery_proof", cases.delivery_refused())["results"]

    assert [(pair["label"], pair["text"].strip("　")) for row in rows for pair in row] == [
        ("收件人", ""),
        ("与受送达人关系", ""),
        ("收件人签名或盖章", ""),
        ("送达时间", "年　月　日　时　分"),
        ("拒收事由", "本人不认可救助金额，拒绝签收"),
        ("见证人", "柳溪村村委会 王建国"),
        ("送达人", "李明、张敏"),
        ("备注", "已拍照留置"),
    ]


def test_clause_4_2_every_paper_of_a_case_names_the_first_asked():
    """ "4.2": whoever was asked first stays responsible to the end, so every paper names him."""
    named = {
        name: facts(name, variants[0] | {"first_asked": "周小丽"})["首问责任人"] for name, variants in cases.every().items()
    }

    assert named == dict.fromkeys(cases.every(), "周小丽")


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("WS-4T8W-2HXCH", "凭办件编号和手机号后四位查询办理进度"),
        ("https://q.example/p/QS-4T8W-2HXCH/", "扫码或者凭办件编号和手机号后四位查询办理进度"),
        ("https://q.example/documents/check/WS-4T8W-2HXCH/", "扫码查验本文书；凭办件编号和手机号后四位查询办理进度"),
    ],
)
def test_square_code_is_said_to_lead_where_it_leads(address, words):
    data = cases.acceptance(frame=cases.frame("便服受") | {"address": address})

    assert queries.complete("acceptance", data)["progress"] == words


def test_acceptance_reads_from_top_to_bottom():
    """The whole paper as it leaves the printer."""
    data = cases.acceptance(2, statutory_limit="", agent="", agent_id="", item_code="")
    text = pdf_text(queries.render_pdf("acceptance", data))

    assert len(pages(queries.render_pdf("acceptance", data))) == 1
    assert text == "".join(
        [
            "青山镇便民服务中心青山便服受〔2026〕15号受理通知书陈桂芳：",
            "您于2026年11月12日提交的“临时救助对象认定”申请材料收悉。经审查，申请材料齐全、符合法定形式，",
            f"{BY_ANALOGY}第一款第（五）项，决定自2026年11月12日起予以受理。",
            "本件承诺时限为20个工作日，受理当日不计入，自次一工作日起计算，应于2026年12月10日前（含当日）办结。",
            "办件编号QS-4T8W-2HXCH办件类型承诺件，一般办理事项名称临时救助对象认定申请人陈桂芳",
            "证件号码居民身份证430124********1226联系电话138****0012受理日期2026年11月12日承诺时限20个工作日",
            "应办结日2026年12月10日收费不收费领取方式凭本通知书和身份证到3号窗口领取，或者邮寄",
            "设定依据《社会救助暂行办法》（国务院令第649号）第四十七条、第四十八条",
            "首问责任人李明经办人李明办理窗口3号窗口（民政）咨询电话0731-88000033",
            "收到的材料（原件、复印件以份计）序号材料名称原件复印件1临时救助申请书（本人签名）012居民身份证11",
            "本通知书依据《便民服务中心工作制度》〔四(三)2〕出具，依照〔三(三)〕在规定时限内办结；",
            "听证、招标、拍卖、检验、检测、检疫、鉴定和专家评审所需时间不计入时限，需要时另行书面告知。",
            "申请人（代理人）签收日期年月日青山镇人民政府（盖章处：受理专用章）2026年11月12日",
            "扫码或者凭办件编号和手机号后四位查询办理进度文书查验码：WS-4T8W-2HXCH监督举报电话：0731-88000012",
            "本文书一式两份，申请人和本机关各执一份。青山便服受〔2026〕15号第1页共1页",
        ]
    )
