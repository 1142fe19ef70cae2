"""The rulebook's shape: what is wrong is said precisely, what is written is read back, what the page says is true."""

import json
import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shouwen.rules.scoring import BadRulebook, compile_rulebook, dump_toml, kind_problems, load_toml, validate
from shouwen.rules.scoring.schema import RULEBOOK
from shouwen.rules.scoring.shapes import Either, Many, Named, Table
from tests.rules.scored import ask, total

DOCS = Path(__file__).parents[2] / "docs/reference"
PAGE = (DOCS / "rulebook.md").read_text("utf-8")
SHEET = {"p": {"subjects": "member", "base": 10}}


def problems(**document):
    return [str(problem) for problem in validate({"sheets": SHEET, **document})]


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ({"item": {}}, "item: 不认识的键“item”;是否想写 items?"),
        ({"sheets": {"p": {"subjects": "members"}}}, "sheets.p.subjects: 只能是 member、department、window、station、centre、assessor,现在是 “members”;是否想写 member?"),
        ({"sheets": {"p": {}}}, "sheets.p: 缺少 subjects"),
        ({"items": {"late": {}}}, "items.late: deduct、add、record 之中必须且只能写一个"),
        ({"items": {"late": {"deduct": 1, "add": 1}}}, "items.late: deduct、add、record 之中必须且只能写一个,现在写了 deduct、add"),
        ({"items": {"late": {"deduct": -1}}}, "items.late.deduct: 写正数:扣分用 deduct,加分用 add"),
        ({"items": {"late": {"deduct": "free"}}}, "items.late.deduct: 应为数字,现在是 “free”"),
        ({"items": {"late": {"deduct": {"price": 1}}}}, "items.late.deduct.price: 不认识的键“price”"),
        ({"items": {"late": {"deduct": {"per": "minutes"}}}}, "items.late.deduct: each(单价)、between(区间)、tiers(分档)之中必须且只能写一个,现在写了 零个"),
        ({"items": {"late": {"deduct": {"each": 1, "per": "minute"}}}}, "items.late.deduct.per: 只能是 count、facts、minutes"),
        ({"items": {"late": {"deduct": {"tiers": [{"else": True, "each": 1}]}}}}, "items.late.deduct: 分档须写 by"),
        ({"items": {"late": {"deduct": [3, 1]}}}, "items.late.deduct.between: 应为 [最低, 最高] 两个数"),
        ({"items": {"late": {"deduct": 1, "section": "attendence"}}, "sections": {"attendance": {}}}, "items.late.section: sections 表里没有“attendence”;是否想写 attendance?"),
        ({"items": {"late": {"deduct": 1, "max_deduct": "points"}}}, "items.late.max_deduct: 写 points 时,该项须有一个数作满分"),
        ({"sections": {"a": {"parent": "b"}, "b": {"parent": "a"}}}, "sections.a.parent: 上级绕回了自己"),
        ({"sheets": {**SHEET, "q": {"subjects": "window"}}, "items": {"late": {"deduct": 1}}}, "items.late: 有 2 张考核表,须写 section 或 sheet"),
        ({"counters": {"c": {"steps": []}}}, "counters.c: 须写 items 或 sections"),
        ({"counters": {"c": {"items": "late", "steps": [{"at_least": 5}]}}}, "counters.c.steps[0]: times、each、then 之中必须且只能写一个"),
        ({"counters": {"c": {"items": "x", "window": "monthly", "steps": []}}}, "counters.c.window: 只能是 day、week、month"),
        ({"classify": [{"facts": "x", "by": "minutes", "tiers": [{"over": 1}]}]}, "classify[0].tiers[0]: then、drop、stop 之中必须且只能写一个"),
        ({"outcomes": {"o": {"title": "约谈", "when": {"score": 1}}}}, "outcomes.o.when.score: 不认识的键“score”"),
        ({"outcomes": {"o": {"title": "约谈", "when": {"of": "score"}}}}, "outcomes.o.when[0]: 没有写界限"),
        ({"outcomes": {"o": {"title": "约谈", "when": {"outcome": "p", "at_least": 1}}}}, "outcomes.o.when[0].outcome: outcomes 表里没有“p”"),
        ({"money": {"m": {"amount": {"each": {"value": "point"}}}}}, "money.m.amount.each.value: values 表里没有“point”"),
        ({"values": {"v": [{"amount": 1, "from": "soon", "by": "x"}]}}, "values.v[0].from: 应为日期(2026-01-01),现在是 “soon”"),
        ({"readings": {"R1": "x"}}, "readings.R1: 没有这个问题"),
        ({"items": {"x": {"deduct": "@R1"}}}, "items.x.deduct: 没有问题 R1"),
        ({"questions": {"R": {"text": "?", "options": ["a", "b"]}}, "items": {"x": {"deduct": {"switch": "R", "a": 1}}}}, "items.x.deduct: 问题 R 的选项 b 没有写出取什么值"),
        ({"questions": {"R": {"text": "?", "options": ["yes", "no"]}}, "items": {"x": {"deduct": {"switch": "R", "yes": 1, "No": 2}}}}, "items.x.deduct.No: 问题 R 没有选项“No”"),
        ({"questions": {"R": {"text": "?", "options": ["a"], "default": "b"}}}, "questions.R.default: “b”不是选项,只有 a"),
        ({"questions": {"R": {"text": "?"}}, "items": {"x": {"deduct": "@R"}}}, "questions.R: 既没有选项也没有默认值"),
        ({"also": [{"to": "self", "items": "*"}]}, "also[0]: factor、deduct、add、as 之中必须且只能写一个"),
    ],
)  # fmt: skip
def test_mistake_is_named_with_its_place(document, message):
    assert [text[: len(message)] for text in problems(**document)][:1] == [message]


def test_a_document_that_is_no_table_is_refused():
    assert [str(p) for p in validate([1])] == ["制度应为一张表(TOML 或 JSON 对象),现在是 一个列表"]


def test_sheets_that_need_each_other_are_refused():
    sheets = {
        "p": {"subjects": "member", "terms": [{"of": "q", "over": "self"}]},
        "q": {"subjects": "member", "terms": [{"of": "p", "over": "self"}]},
    }

    with pytest.raises(BadRulebook, match="考核表互相引用"):
        compile_rulebook({"sheets": sheets})


@pytest.mark.parametrize(
    ("ladder", "message"),
    [
        ([{"at_most": 1, "approver": "主任"}, {"over": 2, "approver": "书记"}], "请假天数1(不含)到 2(含)之间没有规定"),
        ([{"under": 1, "approver": "主任"}, {"over": 1, "approver": "书记"}], "请假天数恰好 1 时没有规定"),
        ([{"at_most": 3, "approver": "主任"}, {"at_least": 3, "approver": "书记"}], "请假天数恰好 3 时两档都适用"),
        ([{"at_most": 3, "approver": "主任"}, {"over": 2, "approver": "书记"}], "请假天数2 到 3 之间重叠"),
        ([{"at_most": 3, "approver": "主任"}], "请假天数3 以上(不含)没有规定"),
        ([{"at_most": 3, "approver": "主任", "kinds": "事假"}, {"over": 3, "approver": "书记", "kinds": "事假"}], None),
    ],
)
def test_gaps_and_overlaps_of_a_leave_ladder_are_found_on_entry(ladder, message):
    found = [(p.path, p.message, p.level) for p in validate({"sheets": SHEET, "leave_ladder": ladder})]

    assert found == ([("leave_ladder", message, "question")] if message else [])


def keys(shape, seen=None):
    """Every key the schema knows."""
    seen = set() if seen is None else seen
    if id(shape) in seen:
        return set()
    seen.add(id(shape))
    if isinstance(shape, Table):
        return set(shape.keys).union(*(keys(inner, seen) for inner in shape.keys.values()))
    if isinstance(shape, (Named, Many)):
        return keys(shape.item, seen)
    return set().union(*(keys(one, seen) for one in shape.shapes)) if isinstance(shape, Either) else set()


def test_every_key_is_on_the_page():
    said = set(re.findall(r"[A-Za-z_]+", " ".join(re.findall(r"`[^`]+`|```.*?```", PAGE, re.S))))

    assert keys(RULEBOOK) - said == set()


@pytest.mark.parametrize(
    "text", [t for t in re.findall(r"```toml\n(.*?)```", PAGE, re.S) if "[sheets.person]" in t and "[items." in t]
)
def test_examples_of_the_page_are_rulebooks(text):
    assert validate(load_toml(text)) == []


def test_examples_of_the_eval_page_give_what_it_says():
    rows = [json.loads(t) for t in re.findall(r"```json\n(.*?)```", (DOCS / "eval-scoring.md").read_text("utf-8"), re.S)]
    answers = [ask(row.pop("rulebook", None) or row.pop("toml"), row.pop("facts"), **row) for row in rows]

    assert [total(answer, "a", "person", "2026-10") for answer in answers] == ["89", None, "100"]
    assert [r["shown"] for r in answers[2]["results"] if r["sheet"] == "quarter"] == ["99.67", "100"]


words = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), min_size=1, max_size=8)
scalars = st.one_of(
    words, st.integers(-(10**6), 10**6), st.booleans(), st.dates(), st.decimals(-1000, 1000, places=2).map(Decimal)
)
values = st.recursive(
    scalars, lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(words, inner, max_size=3)), max_leaves=8
)


@settings(max_examples=150, deadline=None)
@given(document=st.dictionaries(words, values, max_size=4))
def test_what_is_written_is_read_back(document):
    assert load_toml(dump_toml(document)) == document


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a = " + "[" * 20_000 + "]" * 20_000, "嵌套太深"),
        ("a = " + "[" * 100 + "]" * 100, "嵌套太深"),
        (f"a = {'9' * 5000}", "Exceeds the limit"),
        ("a = 2026-02-31", "Invalid date"),
    ],
)
def test_toml_nobody_would_write_is_refused_in_words(text, problem):
    """Clause "1.10": a file that cannot be a rulebook never becomes a draft."""
    with pytest.raises(BadRulebook, match=problem):
        load_toml(text)


def test_a_document_from_elsewhere_may_suppress_kinds_of_its_own():
    """`validate` does not ask about kinds; a centre's own draft is asked besides."""
    document = {"sheets": {"m": {"subjects": "member"}}, "leaves": {"x": {"suppresses": ["外出"]}}}

    assert (validate(document), [str(one) for one in kind_problems(document)]) == (
        [],
        ["leaves.x.suppresses: 没有“外出”这种事实"],
    )
