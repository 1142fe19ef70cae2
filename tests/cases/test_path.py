"""A case from the counter to the delivered result ("3.3", "4.3.2")."""

from __future__ import annotations

from tests.cases.hall import fresh, when


def test_a_complete_application_goes_to_the_end(hall):
    case = hall.receive("11-23 09:00")
    hall.do("accept_case", case, "11-23 09:10")
    hall.do("decide_case", case, "12-01 10:00", decision="granted", result_number="青低保〔2026〕9号")
    hall.do("deliver_result", case, "12-02 10:00", way="counter")
    found = fresh(case)
    assert (found.status, found.clock_date.isoformat(), found.due_at) == ("delivered", "2026-11-23", when("12-07 17:30"))
    assert (found.statutory_due_at, found.delivery_due_at) == (when("12-21 17:30"), when("12-15 17:30"))
    assert (found.ended_at, found.next_event_at, found.matter.status) == (when("12-02 10:00"), None, "closed")
