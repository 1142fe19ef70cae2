"""What the papers of the counter are put together from; `case.typ` and `word_papers.case` set it.

A paper of this kind is data with `title`, `to` (who is addressed), `opening` and `closing` (paragraphs), `facts` (rows of one or
two pairs), `lists` (tables), `results` (rows again), `signing` (rows to sign in), `agency`, `seal_line`, `date`, `note` (number of
copies), `progress` (how to follow the case) and `slip` (rows to tear off); `is_wide` is a sheet across, with three pairs a row.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from shouwen.rules.clauses import cite

Data = dict[str, Any]
Pair = tuple[str, str]
Row = list[dict[str, str]]
RULES = "《便民服务中心工作制度》"
LICENCE_LAW = "《中华人民共和国行政许可法》"
SERVICE_RULES = "《优化营商环境条例》第三十六条"
NARROW = 15.2
"""How many characters a cell takes on one line when two share the width of the sheet (three across the long side)."""
SERIAL = 11
"""The width of running numbers, where a sheet is about 168 wide."""
LISTS = ("opening", "facts", "lists", "results", "closing", "signing", "slip")
NOTE = "本文书一式两份，申请人和本机关各执一份。"
DAY_TO_FILL = "　　　年　　月　　日"


def rule(*clauses: str) -> str:
    """《便民服务中心工作制度》〔四(一)〕〔四(二)〕."""
    return RULES + "".join(map(cite, clauses))


def law(data: Data, article: str) -> str:
    """依据《…行政许可法》第三十二条; for what is no licence its rule is followed by analogy (参照), beside the general one."""
    if data["is_licence"]:
        return f"依据{LICENCE_LAW}{article}"
    return f"依据{SERVICE_RULES}，参照{LICENCE_LAW}{article}"


def you(data: Data) -> str:
    return "你单位" if data["is_unit"] else "您"


def until(day: str) -> str:
    """A term includes its last day (民法典 1259); "2026年12月10日 17:30" needs no such words."""
    return f"{day}前（含当日）" if day.endswith("日") else f"{day}前"


def bare(text: str) -> str:
    """A phrase somebody typed as a sentence, to be used inside one."""
    return text.strip().rstrip("。；;.，,")


def sentence(*parts: str) -> str:
    """Phrases that are there, as one sentence; "" for none."""
    said = "，".join(bare(part) for part in parts if part.strip())
    return f"{said}。" if said else ""


def length(text: str) -> float:
    """In Chinese characters: others take little more than half."""
    return sum(1 if ord(one) > 0x2E7F else 0.53 for one in text)


def facts(*pairs: Pair, across: int = 2) -> list[Row]:
    """Rows of a form with up to `across` pairs: what has no text is left out, what is long takes a row of its own."""
    rows: list[Row] = []
    open_row: Row | None = None
    for label, text in pairs:
        if not text:
            continue
        cell = {"label": label, "text": text}
        if length(text) > NARROW:
            rows.append([cell])
        elif open_row is None:
            open_row = [cell]
            rows.append(open_row)
        else:
            open_row.append(cell)
        if open_row and len(open_row) == across:
            open_row = None
    return rows


def form(*rows: tuple[Pair, ...]) -> list[Row]:
    """Rows as they are given; what is empty is written by hand."""
    return [[{"label": label, "text": text} for label, text in row] for row in rows]


def to_sign(label: str) -> list[Row]:
    """Room for one signature and its day."""
    return form(((label, ""),), (("日期", DAY_TO_FILL),))


def listing(caption: str, columns: Iterable[tuple[str, float, str]], rows: Iterable[Iterable[str]]) -> list[Data]:
    """A table with running numbers; columns are head, share of the width and alignment (l, c, r); [] without rows."""
    numbered = [[str(number), *row] for number, row in enumerate(rows, 1)]
    heads = [("序号", SERIAL, "c"), *columns]
    if not numbered:
        return []
    return [
        {
            "caption": caption,
            "heads": [head for head, _, _ in heads],
            "widths": [width for _, width, _ in heads],
            "aligns": "".join(align for _, _, align in heads),
            "rows": numbered,
        }
    ]


def materials(caption: str, rows: list[Data]) -> list[Data]:
    """The list of material with originals and copies; remarks only if there are any."""
    has_remarks = any(row["remark"] for row in rows)
    columns = [("材料名称", 90 if has_remarks else 122, "l"), ("原件", 17, "c"), ("复印件", 18, "c")]
    fields = ["name", "originals", "copies"]
    if has_remarks:
        columns, fields = [*columns, ("备注", 32, "l")], [*fields, "remark"]
    return listing(f"{caption}（原件、复印件以份计）", columns, ([row[field] for field in fields] for row in rows))


def subject(data: Data) -> tuple[Pair, ...]:
    """Which case, and whose."""
    code = f"（事项编码 {data['item_code']}）" if data["item_code"] else ""
    return (
        ("办件编号", data["case_code"]),
        ("办件类型", kind(data)),
        ("事项名称", data["item"] + code),
        ("申请人", data["applicant"]),
        ("证件号码", data["applicant_id"]),
        ("代理人", data["agent"]),
        ("代理人证件", data["agent_id"]),
        ("联系电话", data["applicant_phone"]),
    )


def kind(data: Data) -> str:
    """承诺件，联办."""
    return "，".join(one for one in (data["kind"], data["handling"]) if one)


def contact(data: Data) -> tuple[Pair, ...]:
    """Who answers for it: the first-asked stays responsible to the end ("4.2")."""
    return (
        ("首问责任人", data["first_asked"]),
        ("经办人", data["handler"]),
        ("办理窗口", data["counter"]),
        ("咨询电话", data["contact_phone"]),
    )


def remedies(data: Data, paper: str = "本通知书") -> str:
    """Reconsideration within 60 days, a suit within 6 months, each with the authority's name."""
    body = data["review_body"] or "作出本决定的机关所属的县级人民政府"
    court = data["court"] or "有管辖权的人民法院"
    return (
        f"对本决定不服的，可以自收到{paper}之日起60日内依据《中华人民共和国行政复议法》第二十条向{body}申请行政复议，"
        f"也可以自收到{paper}之日起6个月内依据《中华人民共和国行政诉讼法》第四十六条向{court}提起行政诉讼。"
    )


def progress(data: Data) -> str:
    """Where the square code leads, which is nowhere without a public address, and how to follow the case."""
    address, code = data["frame"]["address"], data["frame"]["code"]
    leads = "://" in address
    is_check = leads and bool(code) and code in address
    follow = "凭办件编号和手机号后四位查询办理进度" if data.get("case_code") else ""
    if leads and not is_check and follow:
        return f"扫码或者{follow}"
    return "；".join(words for words in ("扫码查验本文书" if is_check else "", follow) if words)


def paper(data: Data, title: str, **parts: Any) -> Data:
    """All parts of a paper, those not given empty."""
    empty: Data = {"to": "", "is_wide": False} | {name: [] for name in LISTS}
    seal = data.get("seal") or "受理专用章"
    made = {
        "title": title,
        "agency": "",
        "seal_line": f"（盖章处：{seal}）",
        "date": "",
        "note": NOTE,
        "progress": progress(data),
    }
    found = made | empty | data | parts
    return found | {name: [one for one in found[name] if one] for name in ("opening", "closing")}


def case_paper(data: Data, title: str, **parts: Any) -> Data:
    """A paper to the applicant, signed for by him."""
    signed = {"to": f"{data['applicant']}：", "signing": to_sign("申请人（代理人）签收")}
    return paper(data, title, **signed | parts)
