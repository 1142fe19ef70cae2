"""Finding items and knowing what to bring."""

from __future__ import annotations

from datetime import date

import pytest

from shouwen.catalogue import actions, queries
from shouwen.rules.clock import Limit

TODAY = date(2026, 11, 23)


@pytest.fixture
def items(in_force):
    in_force()
    in_force(name="城乡居民基本养老保险参保登记", aliases=["养老保险"], field="social")
    in_force(name="低保证明打印", aliases=[], national_code="000511012000")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("db", ["最低生活保障申请", "低保证明打印"]),
        ("低保", ["最低生活保障申请", "低保证明打印"]),
        ("最低生活保障申请", ["最低生活保障申请"]),
        ("DiBao", ["最低生活保障申请", "低保证明打印"]),
        ("zdshbz", ["最低生活保障申请"]),
        ("养老 登记", ["城乡居民基本养老保险参保登记"]),
        ("ｄｂ", ["最低生活保障申请", "低保证明打印"]),
        ("0005110", ["低保证明打印"]),
        ("50%", []),
        ("_", []),
        ("  ", []),
    ],
)
def test_an_item_is_found_by_what_people_call_it(center, items, text: str, names: list[str]):
    assert [version.name for version in queries.search(center, text, TODAY)] == names


def test_a_search_is_one_query_and_stays_in_its_center(center, other_center, items, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = queries.search(center, "低保", TODAY, limit=1)
        assert [(one.item.code != "", one.department.name) for one in found] == [(True, "民政所")]
    assert queries.search(other_center, "低保", TODAY) == []


def lines(version, *choices: str) -> list[tuple]:
    codes = {choice.choice: choice.code for question in queries.questions(version) for choice in question.choices}
    return [(one.name, one.required, one.tolerance_allowed) for one in queries.checklist(version, [codes[c] for c in choices])]


def test_situations_add_and_take_away_materials_4_3_2(in_force):
    """ "4.3.2": the whole list at once, for the situation the person is in."""
    version = in_force()
    card, photo, paper = ("居民身份证", True, True), ("照片", False, False), ("授权委托书", True, False)
    letter = ("申请书", True, False)
    assert lines(version) == lines(version, "本人办理") == [letter, card, photo]
    assert lines(version, "委托他人办理") == [letter, card, paper, photo]
    assert lines(version, "委托他人办理", "特困人员") == [card, paper, photo]


def test_questions_come_in_order_and_the_first_answer_is_usual(in_force):
    asked = queries.questions(in_force())
    assert [(one.text, [choice.choice for choice in one.choices]) for one in asked] == [
        ("谁来办理", ["本人办理", "委托他人办理"]),
        ("身份", ["特困人员"]),
    ]
    assert queries.usual(asked) == [asked[0].choices[0].code, asked[1].choices[0].code]


def test_a_situation_of_another_version_counts_for_nothing(in_force):
    one, other = in_force(), in_force(name="另一事项")
    codes = [choice.code for question in queries.questions(other) for choice in question.choices]
    assert queries.checklist(one, codes) == queries.checklist(one)


def test_limits_are_read_as_the_clock_takes_them(in_force):
    version = in_force()
    immediate = in_force(
        name="打印", official_kind="immediate", statutory_limit=None, promised_limit=0, promised_unit="same_day", steps=[]
    )
    assert [queries.limit_of(one, which) for one in (version, immediate) for which in ("statutory", "promised")] == [
        Limit(30),
        Limit(20),
        None,
        Limit(0, "same_day"),
    ]


def test_the_schedule_of_a_day_3_5(center, wang, actor, in_force, fee, at):
    """ "3.5": an item's own rows, then those that hold for all; ended rows are not charged any more."""
    version, other = in_force(), in_force(name="另一事项")
    own, general = fee(version.item), fee(name="邮寄费", unit="件")
    actions.end_fee(fee=own, active_to=date(2027, 1, 1), by=actor(wang), at=at)
    found = [
        [one.pk for one in queries.fees_in_force(center, of, on)] for of in (version, other) for on in (TODAY, date(2027, 1, 1))
    ]
    assert found == [[own.pk, general.pk], [general.pk], [general.pk], [general.pk]]
    assert queries.charge(own, 2).line == "工本费 10 元/证 × 2 = 20 元，应收 20 元"
