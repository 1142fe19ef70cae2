"""What the keys and the fixed words of a rulebook are called: the one list for the editor, the comparison and the trail."""

from __future__ import annotations

from collections.abc import Mapping

from shouwen.rules import scoring

LABELS: Mapping[str, str] = {
    "title": "名称", "clause": "条款", "note": "说明", "text": "文字", "deduct": "扣分", "add": "加分", "each": "单价", "between": "裁量区间",
    "per": "按什么计", "unit": "几个算一单位", "free": "免计", "short_of": "应达", "partial": "不足一单位", "once": "只计一次", "pool": "合并计算",
    "tiers": "分档", "by": "按什么分档", "at_least": "以上(含)", "over": "以上(不含)", "at_most": "以下(含)", "under": "以下(不含)", "is": "等于",
    "is_not": "不等于", "else": "其他情形", "then": "按什么处理", "drop": "不计", "stop": "停下等人定", "base": "基础分", "points": "满分",
    "floor": "最低分", "cap": "最高分", "max_deduct": "扣分上限", "max_add": "加分上限", "weight": "权重", "round": "小数位", "section": "所在节",
    "sheet": "考核表", "subjects": "考核谁", "period": "考核期间", "unassessed": "整期不在怎样计", "terms": "汇总", "take": "汇总方法", "of": "取什么",
    "window": "累计期间", "scope": "累计范围", "retroactive": "追溯前次", "steps": "级次", "times": "倍数", "every": "每满几次", "replaces": "换算取代",
    "count": "次数", "days": "天数", "level": "等次", "enabled": "启用", "facts": "取哪些事实", "when": "条件", "when_any": "条件(任一)", "rank": "名次",
    "order": "从高或从低", "quota": "名额", "most": "至多几名", "ties": "并列时比什么", "choices": "可选的决定", "decides": "谁决定", "amount": "金额",
    "to": "记给谁", "factor": "几倍", "needs": "须带", "approver": "审批人", "form": "方式", "cover": "须代班", "proof": "须交什么",
    "suppresses": "免计哪些", "same_event": "一事多犯", "also": "同时记", "classify": "归类", "items": "哪些项目", "sections": "哪些节",
    "value": "取哪个定值", "min": "至少", "max": "至多", "parent": "上级", "only": "只考核", "exclude": "不考核", "reason": "须写理由", "where": "限于",
    "percent": "百分之几", "record": "只登记不计分", "required": "必须有结果", "exempt_leave": "哪些假不计", "outcome": "哪项后果", "within": "在什么范围内",
    "consecutive": "连续几期", "counts": "按什么累计", "as": "记成哪种事实", "sets": "记为几分", "caps": "最高记几分", "when_empty": "没有成绩时",
    "relative_to": "与什么相比", "switch": "读法", "kinds": "哪些假", "posts": "哪些岗位", "from": "自", "on": "决定日期", "options": "选项",
    "default": "默认", "confirmed": "已确认", "format": "格式", "name": "代号", "version": "版本", "source": "出处", "readings": "读法",
    "questions": "问题", "sheets": "考核表", "counters": "累计", "outcomes": "后果", "money": "金额", "values": "定值", "leaves": "假别",
    "leave_ladder": "请假审批", "ignore": "不计的事实", "clauses": "条文", "parameters": "参数", "whom": "汇总谁",
}  # fmt: skip
# Where the table or the key above gives a key another meaning.
LABELS_IN: Mapping[tuple[str | int, str], str] = {
    ("money", "floor"): "最低金额", ("money", "cap"): "最高金额", ("rank", "by"): "按什么排", ("rank", "pool"): "在谁中排",
    ("questions", "free"): "可以自填", ("values", "by"): "谁定的", ("values", "to"): "至",
}  # fmt: skip
TABLES: Mapping[str, str] = {
    "items": "项目", "sections": "节", "sheets": "考核表", "counters": "累计", "outcomes": "后果", "money": "金额", "questions": "问题", "readings": "读法",
    "parameters": "参数", "leaves": "假别", "leave_ladder": "请假审批", "classify": "归类", "also": "同时记", "values": "定值", "clauses": "条文", "title": "名称",
    "same_event": "一事多犯", "note": "说明", "version": "版本", "from": "起", "source": "出处", "ignore": "不计的事实",
}  # fmt: skip
# What the entries of a list are counted in: 第 1 档.
ORDINALS: Mapping[str, str] = {
    "tiers": "档", "steps": "级", "leave_ladder": "级", "when": "条", "when_any": "条", "terms": "项", "also": "项", "classify": "项",
}  # fmt: skip
WINDOWS = {
    "day": "每天", "week": "每周", "month": "每月", "quarter": "每季", "half_year": "每半年", "year": "每年", "lifetime": "一直",
}  # fmt: skip
MEASURES = {
    "count": "次数", "facts": "件数", "minutes": "分钟", "hours": "小时", "days": "天数", "value": "数值", "level": "等次", "flat": "固定一笔", "score": "得分",
    "deducted": "扣分", "added": "加分", "counter": "第几次", "assessed": "参评期数",
}  # fmt: skip
FIGURES = {
    "score": "得分", "mean": "月均分", "assessed": "参评期数", "deducted": "扣分", "added": "加分", "count": "次数", "facts": "件数", "days": "天数",
    "minutes": "分钟", "hours": "小时", "value": "数值", "section": "某一节的分", "outcome": "已属某项后果",
}  # fmt: skip
TAKES = {"mean": "平均", "sum": "合计", "min": "最低", "max": "最高", "trimmed_mean": "去掉最高最低后平均", "last": "最后一次"}
UNITS = {"centre": "全中心", "department": "本部门", "window": "本窗口", "station": "本村站"}
CHOICES: Mapping[str, Mapping[str, str]] = {
    "window": WINDOWS,
    "scope": {"all": "合计", "section": "各节分别", "item": "每项各计"},
    "period": {"week": "周", "month": "月", "quarter": "季", "half_year": "半年", "year": "年", "day": "日", "any": "不限"},
    "unassessed": {"skip": "不考核", "full": "计满分", "zero": "计零分"},
    "take": TAKES,
    "relative_to": TAKES,
    "once": {"none": "不限", **{key: f"{word}一次" for key, word in WINDOWS.items() if key != "lifetime"}, "period": "每期一次"},
    "pool": {"none": "不合并", "period": "每期合并", **{key: f"{word}合并" for key, word in WINDOWS.items()}},
    "partial": {"full": "满一单位才计", "started": "不足也计一单位", "pro_rata": "按比例", "half_up": "四舍五入", "ask": "由人定"},
    "same_event": {"heaviest": "从重计一项", "add": "逐项都计", "ask": "由人定"},
    "form": {"oral": "口头", "written": "书面"},
    "decides": {"rule": "按规则", "person": "由人决定"},
    "order": {"top": "从高", "bottom": "从低"},
    "replaces": {"this": "取代这一次", "all": "取代全部", "none": "不取代", "ask": "由人定"},
    "counts": MEASURES,
    "per": MEASURES,
    "by": MEASURES,
    "when_empty": {"stop": "停下等人定", "zero": "计零分", "skip": "不计"},
    "within": UNITS,
    "whom": {"members": "所属人员", "periods": "各期", "self": "本人", "unit": "所在单位"},
    "to": {"self": "本人", **UNITS, "members": "所属人员"},
    "subjects": {
        "member": "人员", "department": "部门", "window": "窗口", "station": "村站", "centre": "中心", "assessor": "考核执行人",
    },
}  # fmt: skip
# Where the place decides what a key may say.
RANK: Mapping[str, Mapping[str, str]] = {
    "by": {"score": "得分", "mean": "月均分"},
    "pool": {"eligible": "只在符合条件的人中排", "all": "在全部人中排"},
}
ALSO_OF = {"amount": "该项实际所扣的分", "price": "该项单次的分值"}
SWITCHES = {"yes": "是", "no": "否"}
# Words that stand where a number may stand, as people read and type them.
PRICES = frozenset({"deduct", "add", "each", "times", "between"})
LIMITS = frozenset({"floor", "cap", "max_deduct", "max_add", "round"})
PRICE_WORDS = {"unpriced": "未定分值", "all": "全部扣完"}
LIMIT_WORDS = {"none": "不设", "ask": "由人定", "points": "以满分为限"}
MEANT = {"未定": "unpriced", "全部": "all"}
# Texts: typed and kept as they are, even when they look like numbers.
WORDS = frozenset({"title", "clause", "note", "text", "stop", "approver", "proof"})
APPROVERS = {"中心领导": "中心负责人", "中心负责人": "中心负责人", "分管领导": "分管领导", "主任": "主任"}
LEAVES = {
    "official": "公假", "personal": "事假", "sick": "病假", "outing": "临时外出", "annual": "休假", "business": "公出", "training": "培训", "vacation": "年休假",
}  # fmt: skip
VALUES = {"point": "每分的金额"}
# What facts and people carry; a rulebook may ask for others by names of its own.
ATTRIBUTES = {
    "vertical": "条管单位", "post": "岗位", "window": "窗口", "department": "部门", "concealed_by": "隐瞒此事的考核执行人", "signer": "签字人",
    "checker": "查岗人", "leave": "假别",
}  # fmt: skip
# Names samples give to the raw facts that a `classify` sorts, besides those the areas report.
KINDS: Mapping[str, str] = {
    **scoring.FACT_KINDS, "arrival": "到岗", "departure": "离岗", "missed": "缺打卡", "left_post": "擅自离岗", "home_visit": "上门服务",
    "overtime": "加班", "special": "特事特办",
}  # fmt: skip


def attribute(name: str) -> str:
    """An attribute by its name, with or without the place it stands: member.vertical is 条管单位."""
    bare = name.partition(".")[2] if name.startswith(("member.", "attr.", "post.")) else name
    return ATTRIBUTES.get(bare, bare)
