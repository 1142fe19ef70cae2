"""Part 1 of the founding document: every row of the worked values, by changing the reading alone."""

import pytest

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


@pytest.mark.parametrize(("readings", "consequences"), [({}, []), ({"R7": "raw"}, ["no_awards", "awaiting_post"])])
def test_1_6_joined_in_may_is_measured_by_months_assessed(readings, consequences):
    """Clause "1.6" under R7: 80 is above 7.5 × 8, but below a raw 90."""
    found = result(ask("founding", [], "2026", members=[{"id": "a", "from": "2026-05-01"}], readings=readings), sheet="year")

    assert (found["total"], found["periods"], outcomes(found)) == ("80", 8, consequences)


@pytest.mark.parametrize(("readings", "assessor"), [({}, "-4"), ({"R15": "single"}, "-2")])
def test_1_9_concealed_fifth_late_costs_the_assessor_double(readings, assessor):
    """Clause "1.9" under R15: the person loses 2, the executor twice that, the year-end reward is cut by the same points."""
    facts = [*many(*["late"] * 4), *many("late", start=20, booked="2026-12-03", attrs={"concealed_by": "x"})]
    people = ["a", {"id": "x", "kind": "assessor"}]

    answer = ask("founding", facts, "2026", members=people, readings=readings)

    assert (total(answer, "a", "month", "2026-10"), total(answer, "a", "month", "2026-12")) == ("6", "8")
    assert total(answer, "x", "assessor", "2026-12") == assessor
    assert total(answer, "x", "reward_cut") == assessor


def test_1_9_assessor_who_is_a_member_pays_from_the_own_month_without_counting():
    """Clause "1.9": the double does not feed the assessor's own counter (R15)."""
    facts = [*many("late", attrs={"concealed_by": "b"}), *many(*["late"] * 5, subject="b", start=20)]

    found = result(ask("founding", facts, members=["a", "b"]), "b")

    assert found["total"] == "2"
    assert [(line["kind"], line["counter"], line["amount"]) for line in found["lines"]] == [
        ("item", "1", "-1"),
        ("item", "2", "-1"),
        ("item", "3", "-1"),
        ("item", "4", "-1"),
        ("item", "5", "-2"),
        ("also", None, "-2"),
    ]


@pytest.mark.parametrize(
    ("readings", "exact", "shown"), [({}, "0.6666666666666666666666666667", "0.67"), ({"R10": "sum"}, "2", "2")]
)
def test_1_8_department_is_the_mean_of_its_people(readings, exact, shown):
    """Clause "1.8" under R10: 5, -1 and -2 make 0.67; two people are criticised, the department is not."""
    people = [{"id": code, "department": "d"} for code in "abc"]
    facts = [
        *many("late", "late", "late", "absent", subject="a"),
        *many("late", "late", "late", *["absent"] * 4, subject="b"),
        *many(*["absent"] * 5, subject="c"),
    ]

    answer = ask("founding", facts, members=people, readings=readings)

    assert [(total(answer, code), outcomes(result(answer, code))) for code in "abc"] == [
        ("5", []),
        ("-1", ["criticism"]),
        ("-2", ["criticism"]),
    ]
    department = result(answer, "d")
    assert (department["total"], department["shown"], outcomes(department)) == (exact, shown, [])


def test_1_8_negative_department_is_criticised():
    """Clause "1.8": a mean below zero."""
    answer = ask("founding", ABSENT5, members=[{"id": "a", "department": "d"}])

    assert (total(answer, "d"), outcomes(result(answer, "d"))) == ("-2", ["department_criticism"])


def test_1_8_mover_counts_where_he_stands_on_the_last_day():
    """Clause "1.8" under R10."""
    moved = [{"id": "a", "department": "d", "to": "2026-10-15"}, {"id": "a", "department": "e", "from": "2026-10-16"}]

    answer = ask("founding", many("late"), members=[*moved, {"id": "b", "department": "d"}])

    assert (total(answer, "d"), total(answer, "e")) == ("10", "9")


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


AWAY = [{"id": "a", "assessed_days": {"2026-03": 0}}]


@pytest.mark.parametrize(
    ("readings", "year", "periods"), [({}, "110", 11), ({"R8": "full"}, "120", 12), ({"R8": "zero"}, "110", 12)]
)
def test_1_1_a_whole_month_on_leave(readings, year, periods):
    """Clause "1.1" under R8."""
    found = result(ask("founding", [], "2026", members=AWAY, readings=readings), sheet="year")

    assert (found["total"], found["periods"]) == (year, periods)


@pytest.mark.parametrize(("absences", "hits"), [(15, []), (16, ["no_awards", "awaiting_post"])])
def test_1_6_ninety_passes(absences, hits):
    """Clauses "1.6" and "1.7": 15 absences in 15 half-days over the year leave 90, which passes; one more does not."""
    facts = [{"kind": "absent", "subject": "a", "date": f"2026-{1 + n % 12:02}-{10 + n // 12}"} for n in range(absences)]

    found = result(ask("founding", facts, "2026"), sheet="year")

    assert (found["total"], outcomes(found)) == (str(120 - 2 * absences), hits)
    assert hits or found["total"] == "90"


def test_1_6_mean_of_months_times_twelve():
    """Clause "1.6" under R6: eight perfect months make 120, measured against a raw 90."""
    answer = ask("founding", [], "2026", members=[{"id": "a", "from": "2026-05-01"}], readings={"R6": "mean12"})

    assert (total(answer, sheet="year"), outcomes(result(answer, sheet="year"))) == ("120", [])


def low_year(*codes):
    return [
        {"kind": "absent", "subject": code, "date": f"2026-{month:02}-{day}"}
        for code in codes
        for month in range(1, 13)
        for day in (12, 13)
    ]


def test_1_7_all_who_tie_for_last_are_listed_and_a_person_decides():
    """Clause "1.7" under R9."""
    answer = ask("founding", low_year("a", "b"), "2026", members=["a", "b", "c"])

    [listing] = answer["listings"]
    assert (listing["outcome"], listing["selected"], listing["tied"], listing["decides"]) == (
        "awaiting_post",
        [],
        ["a", "b"],
        "person",
    )


def test_1_7_staff_of_vertically_managed_units_get_the_other_letter():
    """Clause "1.7": 条管."""
    answer = ask("founding", low_year("a"), "2026", members=[{"id": "a", "vertical": True}, "b"])

    assert outcomes(result(answer, "a", "year")) == ["no_awards", "transfer"]


def test_1_7_last_but_not_below_the_line_is_left_alone():
    """Clause "1.7": both conditions must hold."""
    answer = ask("founding", [{"kind": "late", "subject": "a", "date": "2026-03-03"}], "2026", members=["a", "b"])

    assert (outcomes(result(answer, "a", "year")), answer["listings"]) == ([], [])


def test_1_7_last_is_ranked_by_points_per_assessed_month():
    """Clause "1.7" under R7: seven points a month over six months is worse than 7.4 over twelve."""
    facts = [
        *[{"kind": "late", "subject": "a", "date": f"2026-{m:02}-{d}"} for m in range(1, 7) for d in (12, 13, 14)],
        *[{"kind": "late", "subject": "b", "date": f"2026-{m:02}-{d}"} for m in range(1, 13) for d in (12, 13)],
        *[{"kind": "late", "subject": "b", "date": f"2026-{m:02}-14"} for m in range(1, 8)],
    ]

    answer = ask("founding", facts, "2026", members=[{"id": "a", "to": "2026-06-30"}, "b"])

    assert [(total(answer, c, "year"), outcomes(result(answer, c, "year"))) for c in "ab"] == [
        ("42", ["no_awards", "awaiting_post"]),
        ("89", ["no_awards"]),
    ]


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
