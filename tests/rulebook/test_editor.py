"""The editor speaks Chinese: names instead of keys, lists to choose from, and nothing saved that is not on them."""

from __future__ import annotations

import copy
import re
from datetime import date

import pytest
from django.urls import reverse

from shouwen.core.actors import system
from shouwen.rulebook import actions, queries
from shouwen.rulebook.queries import vocabulary
from shouwen.rulebook.queries.clauses import clause_named
from shouwen.rules import scoring
from shouwen.rules.scoring.schema import RULEBOOK
from shouwen.rules.scoring.shapes import Either, Many, Named, Table

RAW = re.compile(r"[A-Za-z]*[a-z]_?[a-z]\w*|^None$|^\d+$")
FOUNDING = scoring.load_toml(queries.founding_text())


@pytest.fixture
def draft(center, wang, actor, at):
    actions.adopt_founding(center=center, active_from=date(2026, 1, 1), by=system(center), at=at)
    return actions.start_draft(note="试改", by=actor(wang), at=at)


@pytest.fixture
def page_of(draft, wang, client_for):
    """The page of the draft as it stands when asked."""
    return lambda: client_for(wang).get(reverse("rulebook:version", args=[draft.code])).context["page"]


def keys(shape) -> set[str]:
    """Every key the schema knows, tables within tables once."""
    found, todo, seen = set(), [shape], set()
    while todo:
        one = todo.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        if isinstance(one, Table):
            found |= set(one.keys)
            todo += one.keys.values()
        elif isinstance(one, (Many, Named)):
            todo.append(one.item)
        elif isinstance(one, Either):
            todo += one.shapes
    return found


def test_every_key_of_the_schema_has_a_chinese_name():
    assert keys(RULEBOOK) - set(vocabulary.LABELS) == set()


@pytest.mark.parametrize("part", queries.PARTS)
def test_no_raw_word_stands_in_a_heading_a_label_or_a_value_of_the_founding_rulebook(part):
    found = queries.groups(FOUNDING, part)
    shown = [group.title for group in found] + [leaf.label for group in found for leaf in group.leaves]
    shown += [leaf.said for group in found for leaf in group.leaves if not leaf.said.replace(".", "").isdigit()]
    assert [text for text in shown if RAW.search(text)] == []


@pytest.mark.parametrize("name", [name for name, _ in queries.samples()])
def test_an_untouched_form_changes_nothing(name):
    document = scoring.load_toml(queries.sample_text(name))
    for part in queries.PARTS:
        typed = {leaf.name: leaf.shown for group in queries.groups(document, part) for leaf in group.leaves}
        assert queries.changed(document, part, typed) == (document, [])


def test_kinds_a_leave_suppresses_are_ticked(edit, draft, page_of):
    document, answer = edit("leaves", {"leaves~sick~suppresses": ["absent", "door"]})
    assert (answer.status_code, document["leaves"]["sick"]["suppresses"]) == (302, ["absent", "door"])
    assert ("假别 · 病假 · 免计哪些", "旷工、迟到、早退、上班时间找不到人", "旷工、未按时开关门") in page_of().differences


def test_the_page_of_a_version_says_nothing_in_the_words_of_the_file(page_of):
    page = page_of()
    notes = [item.note for item in page.items] + page.counters + page.ladder
    assert [text for text in notes if RAW.search(text)] == []
    assert page.ladder[0] == "0.5以下(含)(天):中心负责人,口头"


@pytest.mark.parametrize(
    ("field", "typed", "label"),
    [
        ("leaves~sick~suppresses", ["迟到"], "“病假”的“免计哪些”:没有“迟到”"),
        ("leaves~sick~clause", "9.9.9", "“病假”的“条款”:没有“9.9.9”"),
    ],
)
def test_a_kind_or_a_clause_nobody_knows_is_refused_with_the_place(edit, field, typed, label):
    document, answer = edit("leaves", {field: typed})
    assert document == FOUNDING
    assert [error.startswith(label) for error in answer.context["form"].wrong] == [True]


@pytest.mark.parametrize(
    ("typed", "clause"),
    [("3.1", "3.1"), ("三(一)", "3.1"), ("一(三)17", "1.3.17"), ("1.3.7", "1.3.7"), ("9.9.9", None), ("胡写", None)],
)
def test_a_new_item_rests_on_a_known_clause_or_right_below_one(typed, clause):
    assert clause_named(FOUNDING, typed) == clause


def test_the_comparison_names_parameters_clauses_and_decided_values():
    new = copy.deepcopy(FOUNDING)
    new["parameters"]["correction_days"], new["items"]["late"]["clause"] = 5, "3.1"
    new["values"]["point"] = [{"amount": 20, "from": "2026-01-01", "by": "班子会"}]
    assert queries.differences(FOUNDING, new) == [
        ("项目 · 迟到 · 条款", "〔一(三)1〕", "〔三(一)〕"),
        ("参数 · 漏打卡补正期限", "3", "5"),
        ("定值 · 每分的金额 · 第 1 项 · 金额", "", "20"),
        ("定值 · 每分的金额 · 第 1 项 · 自", "", "2026-01-01"),
        ("定值 · 每分的金额 · 第 1 项 · 谁定的", "", "班子会"),
    ]
