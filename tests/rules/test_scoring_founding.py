"""Part 1 of the founding document: every row of the worked values, by changing the reading alone."""

import pytest

from shouwen.cli.eval_scoring import sample
from shouwen.rules.scoring import compile_rulebook, facts_from, parse_period
from tests.rules.scored import ask, many, outcomes, result, total

LATE6 = many(*["late"] * 6)
ABSENT5 = many(*["absent"] * 5)
LATE3_GAMES3 = many("late", "late", "late", "games", "games", "games")
LATE3_ABSENT3 = many("late", "late", "late", "absent", "absent", "absent")
JANUARY_TO_JUNE = [{"kind": "late", "subject": "a", "date": f"2026-{month:02}-12"} for month in range(1, 7)]
POINT = {"point": [{"amount": 20, "from": "2026-01-01", "by": "班子会"}]}


@pytest.mark.parametrize(
    ("facts", "readings", "deducted", "month", "consequences"),
    [
        (LATE6, {}, "8", "2", []),
        (LATE6, {"R3": "no"}, "7", "3", []),
        (LATE6, {"R4": "yes"}, "12", "-2", ["criticism"]),
        (ABSENT5, {}, "12", "-2", ["criticism"]),
        (ABSENT5, {"R3": "no"}, "10", "0", []),
        (LATE3_GAMES3, {}, "8", "2", []),
        (LATE3_GAMES3, {"R2": "item"}, "6", "4", []),
        (LATE3_ABSENT3, {}, "9", "1", []),
        (LATE3_ABSENT3, {"R2": "all"}, "13", "-3", ["criticism"]),
    ],
)
def test_1_3_month_worked_values(facts, readings, deducted, month, consequences):
    """Clauses "1.1", "1.3", "1.4" and "1.5" under R2, R3 and R4."""
    found = result(ask("founding", facts, readings=readings))

    assert (found["deducted"], found["total"], outcomes(found)) == (deducted, month, consequences)


@pytest.mark.parametrize(
    ("kind", "clause", "amount"),
    [
        ("late", "1.3.1", "-1"),
        ("left_early", "1.3.2", "-1"),
        ("games", "1.3.3", "-1"),
        ("door", "1.3.4", "-1"),
        ("handover", "1.3.5", "-1"),
        ("cleaning", "1.3.6", "-1"),
        ("absent", "1.4.1", "-2"),
        ("not_found", "1.4.2", "-2"),
    ],
)
def test_1_3_1_to_1_4_2_each_offence_names_its_clause_and_price(kind, clause, amount):
    [line] = result(ask("founding", many(kind)))["lines"]

    assert (line["clause"], line["amount"], line["counter"], line["multiplier"]) == (clause, amount, "1", "1")


@pytest.mark.parametrize(
    ("readings", "year", "months"),
    [({}, "114", ["9"] * 6 + ["10"] * 6), ({"R1": "year"}, "112", ["9"] * 4 + ["8"] * 2 + ["10"] * 6)],
)
def test_1_3_period_of_the_counter_decides_the_year(readings, year, months):
    """Clause "1.3" under R1."""
    answer = ask("founding", JANUARY_TO_JUNE, "2026", readings=readings)

    assert total(answer, sheet="year") == year
    assert [r["total"] for r in answer["results"] if r["sheet"] == "month"] == months


@pytest.mark.parametrize(("readings", "month", "hits"), [({}, "-2", ["criticism"]), ({"R5": 0}, "0", [])])
def test_1_5_a_floor_lifts_the_month_and_the_criticism(readings, month, hits):
    """Clause "1.5" under R5."""
    found = result(ask("founding", ABSENT5, readings=readings))

    assert (found["total"], outcomes(found)) == (month, hits)


@pytest.mark.parametrize(
    ("facts", "readings", "yuan"),
    [(many("late"), {}, "180.00"), (ABSENT5, {}, "0.00"), (ABSENT5, {"R16": "debt"}, "-40.00")],
)
def test_1_1_money_follows_the_decided_value_of_a_point(facts, readings, yuan):
    """Clause "1.1" under R16."""
    [money] = result(ask("founding", facts, readings=readings, values=POINT))["money"]

    assert (money["amount"], money["note"]) == (yuan, "")


def test_1_1_without_a_decision_there_are_points_only():
    """Clause "1.1": no value decided by the leadership meeting, no money shown, nothing blocked."""
    found = result(ask("founding", many("late")))

    assert (found["money"][0]["amount"], found["money"][0]["note"], found["blocked"]) == (
        None,
        "班子会尚未确定金额,只记分",
        False,
    )


def test_1_1_the_value_in_force_at_the_end_of_the_month_counts():
    """Clause "1.1": a decision of 16 October values October, not September."""
    values = {
        "point": [{"amount": 20, "from": "2026-01-01", "by": "班子会"}, {"amount": 30, "from": "2026-10-16", "by": "班子会"}]
    }

    paid = [
        result(ask("founding", [], period, members=["a"], values=values))["money"][0]["amount"]
        for period in ("2026-09", "2026-10")
    ]

    assert paid == ["200.00", "300.00"]


@pytest.mark.parametrize(("readings", "month"), [({}, "8"), ({"R13": "add"}, "7")])
def test_1_3_one_event_with_several_offences(readings, month):
    """Clause "1.3" under R13: the heavier counts."""
    facts = [*many("late", group="e"), *many("not_found", group="e")]

    answer = ask("founding", facts, readings=readings)

    assert total(answer) == month
    assert [s["why"] for s in answer["skipped"]] == ([] if readings else ["同一事件从重,只计 f2"])


@pytest.mark.parametrize(("readings", "month"), [({}, "6"), ({"R11": "day"}, "8")])
def test_1_4_1_unit_of_absence(readings, month):
    """Clause "1.4.1" under R11: two half-days of one day."""
    facts = [{"kind": "absent", "subject": "a", "date": "2026-10-08", "id": f"slot:{half}"} for half in ("am", "pm")]

    assert total(ask("founding", facts, readings=readings)) == month


@pytest.mark.parametrize(
    ("readings", "minutes", "month"),
    [
        ({}, 1, "9"),
        ({"R12": "grace", "R12_minutes": 5}, 5, "10"),
        ({"R12": "grace", "R12_minutes": 5}, 6, "9"),
        ({"R12": "convert"}, 30, "8"),
        ({"R12": "convert"}, 29, "9"),
    ],
)
def test_1_3_1_minutes_until_late_and_conversion(readings, minutes, month):
    """Clause "1.3.1" under R12."""
    assert total(ask("founding", many("late", minutes=minutes), readings=readings)) == month


@pytest.mark.parametrize(("readings", "month", "blocked"), [({}, "10", False), ({"R19": "on"}, None, True)])
def test_1_3_confirmed_report_costs_nothing_until_priced(readings, month, blocked):
    """Clause "1.3" under R19: listed, or stopped until somebody prices it; never zero by accident."""
    found = result(ask("founding", many("report"), readings=readings))

    assert (found["total"], found["blocked"], len(found["lines"])) == (month, blocked, 1)


def test_1_4_2_off_post_is_unpriced_and_stops_only_its_own_person():
    """Clause "1.4.2" is "cannot be found"; 脱岗 has no price."""
    answer = ask("founding", [*many("off_post"), *many("late", subject="b")])

    assert [(total(answer, c), result(answer, c)["stops"]) for c in "ab"] == [
        (None, ["脱岗(f1):制度没有规定分值,须先定值"]),
        ("9", []),
    ]


def test_1_4_1_approved_leave_suppresses_absence():
    """Clause "1.4.1": sick and personal leave arranged beforehand is no absence."""
    answer = ask(
        "founding",
        many("absent"),
        leaves=[{"member": "a", "kind": "sick", "from": "2026-10-08", "to": "2026-10-09"}],
        members=["a"],
    )

    assert (total(answer), answer["skipped"][0]["why"]) == ("10", "已准“sick”假,不计")


def test_1_2_pending_facts_wait_and_withdrawn_ones_leave_the_counter():
    """Clause "1.2": an objection upheld takes the fact, and its place in the counter, away."""
    facts = many(*["late"] * 6)
    facts[1]["status"], facts[2]["status"] = "withdrawn", "pending"

    answer = ask("founding", facts)

    assert (total(answer), [s["pending"] for s in answer["skipped"]]) == ("6", [False, True])


def test_1_3_retroactive_doubling_never_rewrites_a_past_month():
    """Clause "1.3" under R1 = year and R4 = yes: the difference for earlier months is booked when the fifth happens."""
    answer = ask("founding", JANUARY_TO_JUNE, "2026", readings={"R1": "year", "R4": "yes"})

    months = [r["total"] for r in answer["results"] if r["sheet"] == "month"]
    assert months == ["9", "9", "9", "9", "4", "8"] + ["10"] * 6
    assert [line["amount"] for line in result(answer, "a", "month", "2026-05")["lines"]] == ["-2", "-1", "-1", "-1", "-1"]


def test_1_3_the_fifth_explains_itself():
    """Clause "1.3" in plain Chinese."""
    lines = result(ask("founding", many(*["late"] * 5)))["lines"]

    assert lines[4]["explain"] == "迟到〔一(三)1〕:第5次,依据一(三)自第5次起双倍,扣2分"
    assert lines[4]["readings"] == {"R1": "month", "R2": "section", "R3": "yes", "R4": "no", "R12": "none"}


def test_1_10_posted_months_stand_and_make_the_year():
    """Clause "1.10": a year adds up what was posted, under whatever version."""
    months = [{"subject": "a", "sheet": "month", "period": f"2026-{m:02}", "total": "7.5"} for m in range(1, 13)]

    found = result(ask("founding", JANUARY_TO_JUNE, "2026", posted=months), sheet="year")

    assert (found["total"], outcomes(found)) == ("90", [])


def test_1_10_readings_are_unconfirmed_until_somebody_confirms_them():
    """Clause "1.10": defaults are in force, and named as unconfirmed."""
    answer = ask("founding", [], members=["a"])

    assert answer["unconfirmed"][:3] == ["R1", "R2", "R3"]


def test_1_2_an_objection_upheld_after_the_end_is_given_back_later():
    """Clause "1.2": after final only an adjustment in a later month."""
    assert total(ask("founding", many("late", "adjustment", value=2))) == "11"


@pytest.mark.parametrize(("readings", "first"), [({}, "2026-10-01"), ({"R1": "year"}, "2026-01-01")])
def test_1_3_how_far_back_facts_matter(readings, first):
    """Clause "1.3" under R1: a yearly counter needs the year's facts."""
    rulebook = compile_rulebook(sample("founding"), readings)

    assert facts_from(rulebook, parse_period("2026-10")).isoformat() == first


def test_1_2_a_correction_is_no_offence_and_moves_no_counter():
    """After four late arrivals a correction is the fifth line, but neither counted nor doubled; the next late arrival is."""
    facts = [*many("late", "late", "late", "late"), *many("adjustment", value=2)]
    late = {"kind": "late", "subject": "a", "date": "2026-10-30"}
    assert [total(ask("founding", facts)), total(ask("founding", [*facts, late]))] == ["8", "6"]
