"""The rules of three other centres, with all their examples: both readings where the text is ambiguous, and the stops."""

from decimal import Decimal

import pytest

from shouwen.cli.eval_scoring import sample
from shouwen.rules.scoring import compile_rulebook, dump_toml, load_toml, validate
from shouwen.rules.scoring.leave import leave_rung
from shouwen.rules.scoring.pricing import Stop
from tests.rules.scored import ask, many, result, total

NAMES = ["founding", "sample-02", "sample-09", "sample-21"]
WINDOW = [{"id": code, "window": "w"} for code in "abc"]


@pytest.mark.parametrize("name", NAMES)
def test_sample_is_a_valid_rulebook(name):
    assert validate(sample(name)) == []


@pytest.mark.parametrize("name", NAMES)
def test_sample_survives_writing_and_reading(name):
    assert load_toml(dump_toml(sample(name))) == sample(name)


def test_02_e1_ordinary_and_long_lateness():
    facts = [
        *many("late", "late"),
        *many("late", level="long", reason="晚到两小时,无说明", start=12),
        *many("badge", start=13),
        *many("left_post", minutes=35, start=14),
        *many("not_entered", count=2, start=15),
    ]

    assert total(ask("sample-02", facts)) == "89"


def test_02_e1_heavier_price_needs_a_reason():
    found = result(ask("sample-02", many("late", level="long")))

    assert (found["total"], found["stops"]) == (None, ["迟到或早退(f1):须写明理由才能计分"])


@pytest.mark.parametrize(
    ("readings", "expected"), [({"section_floor": "closed"}, "90"), ({"section_floor": "open"}, "70"), ({}, None)]
)
def test_02_e2_section_floor(readings, expected):
    assert total(ask("sample-02", many(*["not_cleaned"] * 3), readings=readings)) == expected


def test_02_e2_unanswered_question_names_both_values():
    found = result(ask("sample-02", many(*["not_cleaned"] * 3)))

    assert found["stops"] == [
        "问题section_floor(各节是否以节分为限(扣完为止))尚未裁定(section_floor=closed:90分;section_floor=open:70分)"
    ]


@pytest.mark.parametrize("readings", [{}, {"section_floor": "closed"}, {"section_floor": "open"}])
def test_02_e3_other_section_has_no_bound(readings):
    assert total(ask("sample-02", many("disobedience", "criticised"), readings=readings)) == "70"


def test_02_e4_an_hour_off_post_is_absence_which_nobody_priced():
    found = result(ask("sample-02", many("left_post", minutes=70)))

    assert (found["total"], found["counts"], found["stops"]) == (None, {"absent": "1"}, ["旷工(f1):制度没有规定分值,须先定值"])


@pytest.mark.parametrize(("minutes", "expected"), [(29, "100"), (30, "99"), (59, "99"), (60, None)])
def test_02_bounds_of_leaving_the_post(minutes, expected):
    assert total(ask("sample-02", many("left_post", minutes=minutes))) == expected


def test_09_e1_absence_counts_by_half_days():
    facts = [*many("absent", days=1), *many("late", count=2)]

    assert total(ask("sample-09", facts, members=WINDOW)) == "94"


@pytest.mark.parametrize(
    ("days", "readings", "expected"),
    [
        ("4", {}, "98"),
        ("4.5", {}, None),
        ("4.5", {"part_day": "full"}, "98"),
        ("4.5", {"part_day": "started"}, "97"),
        ("2", {}, "100"),
    ],
)
def test_09_e2_leave_beyond_two_days(days, readings, expected):
    assert total(ask("sample-09", many("leave", days=days), members=WINDOW, readings=readings)) == expected


def test_09_e2_leave_of_a_month_adds_up_and_business_is_not_counted():
    facts = [
        *many("leave", days=1),
        *many("leave", days=2, start=12),
        *many("leave", days=3, start=20, attrs={"leave": "business"}),
    ]

    assert total(ask("sample-09", facts, members=WINDOW)) == "99"


@pytest.mark.parametrize(
    ("readings", "expected"), [({"bonus_cap": "open"}, "104"), ({"bonus_cap": "capped"}, "100"), ({}, None)]
)
def test_09_e3_bonus_above_the_section(readings, expected):
    facts = [*many("overtime", count=3, points=2, reason="国庆加班"), *many("dress", count=2)]

    assert total(ask("sample-09", facts, members=WINDOW, readings=readings)) == expected


@pytest.mark.parametrize(
    ("readings", "members"), [({"members_too": "none"}, ["100"] * 3), ({"members_too": "each"}, ["98"] * 3), ({}, [None] * 3)]
)
def test_09_e4_empty_window(readings, members):
    answer = ask("sample-09", many("empty", subject="w"), members=WINDOW, readings=readings)

    assert (total(answer, "w"), [total(answer, code) for code in "abc"]) == ("98", members)


def test_09_quarter_ranks_windows_by_their_mean():
    facts = [{"kind": "empty", "subject": "w", "date": "2026-11-03"}]

    answer = ask("sample-09", facts, "2026-Q4", members=WINDOW, departments=["w", "v"], readings={"members_too": "none"})

    assert (result(answer, "w", "window_quarter")["shown"], total(answer, "v", "window_quarter")) == ("99.33", "100")
    assert [(one["outcome"], one["selected"], one["tied"]) for one in answer["listings"]] == [
        ("model_person", [], ["a", "b", "c"]),
        ("model_window", ["v"], []),
    ]


@pytest.mark.parametrize(("minutes", "counts"), [(29, {"late": "1"}), (30, {"absent": "1"}), (0, {}), (1, {"late": "1"})])
def test_21_e1_and_e4_arrival(minutes, counts):
    found = result(ask("sample-21", many("arrival", minutes=minutes), members=["a"]))

    assert (found["counts"], found["total"], found["blocked"]) == (counts, None, False)


@pytest.mark.parametrize(
    ("minutes", "readings", "counts", "blocked"),
    [(29, {}, {"left_early": "1"}, False), (30, {}, {}, True), (30, {"early_30": "absent"}, {"absent": "1"}, False)],
)
def test_21_e2_departure(minutes, readings, counts, blocked):
    found = result(ask("sample-21", many("departure", minutes=minutes), members=["a"], readings=readings))

    assert (found["counts"], found["blocked"]) == (counts, blocked)


@pytest.mark.parametrize(("level", "counts"), [("approved", {}), ("unsigned", {"absent": "1"}), (None, {"absent": "1"})])
def test_21_e3_missing_punch(level, counts):
    assert result(ask("sample-21", many("missed", level=level), members=["a"]))["counts"] == counts


@pytest.mark.parametrize(
    ("days", "readings", "form", "cover"),
    [
        ("0.5", {}, "oral", False),
        ("0.5", {"R17": "written"}, "written", True),
        ("1", {}, "written", True),
        ("0.4", {"R21": "all"}, "oral", True),
    ],
)
def test_1_4_1_leave_ladder(days, readings, form, cover):
    """Clause "1.4.1" under R17 and R21."""
    rung = leave_rung(compile_rulebook(sample("founding"), readings).plan, Decimal(days))

    assert (rung.approver, rung.form, rung.cover) == ("中心领导", form, cover)


def test_leave_in_the_gap_of_a_ladder_stops():
    document = {
        "sheets": {"p": {"subjects": "member"}},
        "leave_ladder": [{"at_most": 1, "approver": "主任"}, {"over": 2, "approver": "书记"}],
    }

    with pytest.raises(Stop, match=r"请假1\.5天,制度没有规定由谁审批"):
        leave_rung(compile_rulebook(document).plan, Decimal("1.5"))
