"""The overview and the section's board: every figure equals what was counted by hand, and belongs to one centre."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import connection
from django.urls import reverse

from shouwen.cases import queries as cases
from shouwen.cases.models import Case, TaskUrging
from shouwen.cases.queries import Filter, Week
from shouwen.desk import queries
from shouwen.desk.queries.charts import BASE, week_chart
from shouwen.reception import actions as reception
from tests import factories
from tests.cases import joint_scene
from tests.cases.hall import Hall, when
from tests.reception.queue_scene import open_scene

NOW = "11-23 09:12"
"""The moment of the tests' clock."""


@pytest.fixture
def hall(cast):
    """Six open cases of 李明: two overdue (11-05, 11-06), one due tomorrow, one paused, one lacking material, one decided."""
    hall = Hall(cast)
    for day in ("11-05", "11-06", "11-10"):
        hall.accepted(f"{day} 09:00")
    paused = hall.accepted("11-18 09:00")
    hall.do("pause_case", paused, "11-19 09:00", ground="expert_review", needed_days=10)
    lacking = hall.receive("11-20 09:00", {1: "", 2: "请填写申请表"})
    hall.do("tell_missing", lacking, "11-20 09:10", defects={2: "请填写申请表", 3: "缺银行流水"})
    decided = hall.accepted("11-17 09:00")
    hall.do("decide_case", decided, "11-20 16:00", decision="done", opinion="符合条件")
    return hall


def seen(hall, member, at=NOW):
    return queries.overview(hall.actor(member), when(at))


def test_3_3_the_figures_are_those_counted_by_hand(hall, cast):
    whole = seen(hall, cast.wang).whole
    assert (whole.open, whole.soon, whole.late, whole.paused, whole.correction, whole.deliver) == (6, 1, 2, 1, 1, 1)


def test_each_figure_counts_what_its_list_shows(hall, cast):
    whole, by = seen(hall, cast.wang).whole, hall.actor(cast.wang)
    listed = {view: len(cases.rows(by, Filter(view=view), when(NOW)).rows) for view in cases.VIEWS if hasattr(whole, view)}
    assert listed == {view: getattr(whole, view) for view in listed}
    assert len(listed) == 6


def test_departments_and_windows_add_up_and_their_lists_are_narrowed(hall, cast):
    found, by = seen(hall, cast.wang), hall.actor(cast.wang)
    unit, window = found.departments[0], next(one for one in found.windows if one.cases)
    narrowed = [
        len(cases.rows(by, chosen, when(NOW)).rows)
        for chosen in (Filter("late", department=unit.code), Filter("late", window=window.name))
    ]
    assert ([one.open for one in found.departments], window.cases.open, narrowed) == ([6], 6, [2, 2])


def test_the_oldest_overdue_stand_first_with_their_holder(hall, cast):
    late = seen(hall, cast.wang).late
    assert [(row.holder, row.clock) for row in late] == [("李明", "超期 2 个工作日"), ("李明", "超期 1 个工作日")]


def test_weeks_count_received_decided_and_kept_promises(hall, cast):
    last, this = cases.weeks(hall.center, date(2026, 11, 23))[-2:]
    assert (last.start, last.received, last.decided, last.on_time, last.share) == (date(2026, 11, 16), 3, 1, 1, 100)
    assert (this.start, this.received, this.share) == (date(2026, 11, 23), 0, None)


def test_a_promise_broken_by_a_day_lowers_the_share(hall, cast):
    late = cases.rows(hall.actor(cast.wang), Filter("late"), when(NOW)).rows[0]
    hall.do("decide_case", Case.objects.of(hall.center).get(code=late.code), "11-23 09:00", decision="done", opinion="迟办")
    assert cases.weeks(hall.center, date(2026, 11, 23))[-1] == Week(date(2026, 11, 23), 0, 1, 0)


def test_bars_stand_on_one_scale_and_the_drawing_says_what_the_table_says(hall, client_for, cast):
    chart = week_chart([Week(date(2026, 11, 16), 40, 10, 9)])
    page = client_for(cast.wang).get(reverse("desk:overview")).content.decode()
    drawn = re.findall(r'<text x="\d+" y="-?\d+">(\d+)</text>', page)
    table = re.findall(
        r'<td class="num">(?:<a [^>]+>)?(\d+)(?:</a>)?</td><td class="num">(\d+)</td><td class="num">\d+</td>', page
    )
    bars = chart.weeks[0]
    assert (bars.received.height, bars.decided.height * 4 - bars.received.height in (-2, -1, 0, 1, 2)) == (BASE - 24, True)
    assert (drawn, len(table)) == ([number for pair in table for number in pair], 12)


def test_4_3_2_1_an_offer_nobody_took_within_its_minutes_is_shown(hall, cast):
    matter = hall.matter(when("11-20 16:00"))
    offer = reception.hand_over(matter=matter, kind="internal", receiver=cast.zhang, by=hall.actor(), at=when("11-20 16:05"))
    early, late = (seen(hall, cast.wang, moment).offers for moment in ("11-20 16:19", "11-20 16:21"))
    assert (early, [one.code for one in late]) == ([], [offer.code])


def test_today_in_the_hall_by_window_and_line(cast):
    scene = open_scene(cast, when("11-23 08:00"))
    for minute in (31, 33, 50):
        scene.take(when(f"11-23 08:{minute}"))
    scene.serve(when("11-23 08:41"), when("11-23 08:51"))
    found = queries.overview(factories.actor(cast.wang), when(NOW))
    window = found.windows[0]
    assert (found.waiting, [(one.name, one.waiting, one.since) for one in found.lines]) == (
        2, [("A 社保医保", 2, when("11-23 08:33"))],
    )  # fmt: skip
    assert (window.name, window.visits.finished, window.visits.wait_minutes, window.visits.handling_minutes) == (
        str(scene.two), 1, "10.0", "10.0",
    )  # fmt: skip


def test_another_centre_sees_nothing_of_it(hall, cast):
    factories.grant(cast.zhao, "director")
    found = queries.overview(factories.actor(cast.zhao), when(NOW))
    assert (found.whole.open, found.late, found.departments, found.chart.is_empty) == (0, [], [], True)


def test_overview_is_for_those_who_lead_and_watch(hall, client_for, cast):
    people = (cast.zhou, cast.wang, cast.chen, cast.li, cast.sun)
    codes = {one.name: client_for(one).get(reverse("desk:overview")).status_code for one in people}
    assert codes == {"周丽": 200, "王主任": 200, "陈监督": 200, "李明": 409, "孙会": 409}


def counted(browser, page):
    statements = []
    browser.get(reverse(page))
    with connection.execute_wrapper(lambda execute, sql, *rest: (statements.append(sql), execute(sql, *rest))[1]):
        assert browser.get(reverse(page)).status_code == 200
    return len(statements)


def test_overview_takes_twelve_queries_whatever_there_is(cast, client_for):
    hall, few = Hall(cast), counted(client_for(cast.wang), "desk:overview")
    for day in ("11-05", "11-06", "11-09"):
        hall.accepted(f"{day} 09:00")
    assert (few, counted(client_for(cast.wang), "desk:overview")) == (12, 12)


@pytest.fixture
def scene(cast):
    return joint_scene.scene(Hall(cast))


def test_4_3_3_the_board_shows_what_waits_for_the_section_and_each_departments_task(scene):
    by = scene.by(scene.he)
    before = queries.section(by, when("11-23 09:30"))
    scene.open()
    after = queries.section(by, when("11-23 12:00"))
    assert ([one.code for one in before.fresh], before.lines) == ([scene.case.code], [])
    assert (after.fresh, [[task.department.name for task in one.open] for one in after.lines]) == (
        [], [["民政所", "村建所", "市场监管所"]],
    )  # fmt: skip
    assert after.lines[0].left == "剩 20 个工作日"


def test_a_matter_led_to_the_section_waits_there_until_it_is_taken(scene):
    matter = scene.hall.matter(when("11-23 11:00"))
    offer = reception.hand_over(matter=matter, kind="section", by=scene.hall.actor(), at=when("11-23 11:05"))
    waiting = queries.section(scene.by(scene.he), when("11-23 11:10"))
    reception.take_over(hand_over=offer, by=scene.by(scene.he), at=when("11-23 11:12"))
    taken = queries.section(scene.by(scene.he), when("11-23 11:15"))
    assert ([one.code for one in waiting.offers], waiting.matters) == ([offer.code], [])
    assert (taken.offers, [one.code for one in taken.matters]) == ([], [matter.code])


def test_4_3_3_one_press_urges_a_department(scene, client_for):
    scene.open("11-23 09:00")
    task = scene.task(scene.building)
    answer = client_for(scene.he).post(reverse("desk:urge", args=[task.code]))
    urged = TaskUrging.objects.of(scene.hall.center).get()
    assert (answer.status_code, urged.to_name, urged.urged_by) == (302, "钱工", "何科")


def test_nobody_of_another_centre_urges(scene, client_for):
    scene.open("11-23 09:00")
    stranger = scene.hall.cast.zhao
    factories.grant(stranger, "section")
    answer = client_for(stranger).post(reverse("desk:urge", args=[scene.task(scene.building).code]))
    assert (answer.status_code, TaskUrging.objects.of(scene.hall.center).count()) == (404, 0)


def test_the_board_takes_the_same_queries_with_one_joint_matter_and_with_three(scene, client_for):
    scene.open()
    few = counted(client_for(scene.he), "desk:section")
    for day in ("11-10", "11-11"):
        case = scene.hall.accepted(f"{day} 09:00", version=scene.version)
        scene.hall.do("withdraw_case", case, "11-12 09:00", reason="申请人不办了") if day == "11-10" else None
        scene.hall.matter(when(f"{day} 10:00"), scene.he)
    assert (few, counted(client_for(scene.he), "desk:section")) == (few, few)
    assert few <= 12
