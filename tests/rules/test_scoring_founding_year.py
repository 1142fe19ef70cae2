"""The year, departments and misconduct of the founding document: clauses 1.6 to 1.9, by changing the reading alone."""

import pytest

from tests.rules.scored import ask, many, outcomes, result, total

ABSENT5 = many(*["absent"] * 5)


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


def test_1_9_a_fact_found_later_never_changes_a_posted_month():
    """Clause "1.9": a concealed second lateness, found in December, costs what the month lacked: the sixth, doubled."""
    facts = [*many(*["late"] * 5), *many("late", start=1, booked="2026-12-03", attrs={"concealed_by": "x"})]
    people = ["a", {"id": "x", "kind": "assessor"}]

    october, december = ask("founding", facts, members=people), ask("founding", facts, "2026-12", members=people)

    assert (total(october), total(december), total(december, "x")) == ("4", "8", "-4")


def test_1_6_part_year_is_flagged():
    """Clause "1.6" under R7."""
    assert result(ask("founding", [], "2026", members=[{"id": "a", "from": "2026-05-01"}]), sheet="year")["flags"] == ["part"]
