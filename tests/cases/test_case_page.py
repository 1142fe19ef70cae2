"""What the page of a case says about where it stands ("3.3", "4.2", "4.3.2")."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.urls import reverse

from shouwen.cases import queries
from shouwen.cases.models import Breach
from shouwen.cases.queries.reading import CELLS
from shouwen.catalogue.models import Step
from tests.cases.hall import fresh

RECEIVER = {"way": "counter", "receiver": "王秀兰", "relation": "本人"}


@pytest.fixture
def desk(hall, client_for):
    """李明's browser at counter 3; the pages' clock stands at 2026-11-23 09:12."""
    return client_for(hall.cast.li)


@pytest.fixture
def stepped(hall):
    """An item with steps inside, one of them of another department."""
    item = hall.version("高龄津贴")
    named = [("受理", hall.cast.civil, 1), ("核查", hall.cast.civil, 4), ("审核", hall.cast.affairs, 2)]
    for position, (name, department, limit) in enumerate(named, 1):
        fields = {"position": position, "name": name, "department": department, "limit": limit}
        Step.objects.create(center=hall.center, version=item, **fields)
    return item


def shown(desk, case):
    return desk.get(reverse("cases:detail", args=[case.code]))


def steps(case):
    return [(one.title.split(" ")[0], one.state) for one in queries.steps(fresh(case))]


def test_the_steps_follow_the_case_from_receipt_to_delivery(hall, stepped):
    case = hall.receive("11-20 09:00", version=stepped)
    assert steps(case) == [("受理", "now"), ("核查", ""), ("审核", ""), ("送达", "")]
    hall.do("accept_case", case, "11-20 09:10")
    assert steps(case) == [("受理", "done"), ("核查、审核", "now"), ("送达", "")]
    hall.do("pause_case", case, "11-20 10:00", ground="test", needed_days=3)
    assert (steps(case)[1], queries.steps(fresh(case))[1].note) == (("核查、审核", "now"), "依法暂停计时")
    hall.do("resume_case", case, "11-20 11:00")
    hall.do("decide_case", case, "11-20 11:10", decision="granted")
    assert steps(case) == [("受理", "done"), ("核查", "done"), ("审核", "done"), ("送达", "now")]
    hall.do("deliver_result", case, "11-20 11:20", **RECEIVER)
    assert {state for _, state in steps(case)} == {"done"}


def test_a_case_that_ends_without_a_result_has_nothing_ahead(hall, stepped):
    case = hall.receive("11-20 09:00", version=stepped)
    hall.do("withdraw_case", case, "11-20 09:10", reason="申请人要求")
    assert steps(case) == [("已撤回", "done")]
    case = hall.accepted("11-20 09:00", version=stepped)
    hall.do("withdraw_case", case, "11-20 09:10", reason="申请人要求")
    assert steps(case) == [("受理", "done"), ("已撤回", "done")]


def test_holders_stand_apart_from_steps_so_nothing_is_named_twice(hall, desk, stepped):
    found = shown(desk, hall.accepted("11-20 09:00", version=stepped))
    assert [stage.title for stage in found.context["stages"]] == ["首问 · 李明"]
    titles = [stage.title for stage in found.context["steps"]]
    assert titles == ["受理", f"核查、审核 · {hall.cast.affairs.short_name}", "送达"]


def test_an_overdue_delivery_is_flagged_although_the_decision_was_in_time(hall, desk):
    case = hall.accepted("11-02 09:00")
    hall.do("decide_case", case, "11-03 09:00", decision="granted")
    text = shown(desk, case).content.decode()
    assert re.search(r"送达：[^<]*前 <span class=\"chip late\">已超期 4 个工作日</span>", text)


def test_a_pause_longer_than_told_is_flagged(hall, desk):
    case = hall.accepted("11-10 09:00")
    hall.do("pause_case", case, "11-11 09:00", ground="test", needed_days=3)
    text = shown(desk, case).content.decode()
    assert re.search(r"（暂停）：[^<]*前 <span class=\"chip late\">已超期 5 个工作日</span>", text)


def test_every_kind_of_day_of_the_ruler_has_its_colour_and_the_legend_names_it(hall, desk):
    sheet = Path("shouwen/core/static/core/shouwen.css").read_text(encoding="utf-8")
    kinds = {*CELLS.values(), "today"} - {""}
    assert [kind for kind in sorted(kinds) if f".ruler i.{kind} " not in sheet] == []
    assert "蓝：今天" in shown(desk, hall.accepted("11-20 09:00")).content.decode()
    assert "浅红：超期的日子" in shown(desk, hall.accepted("11-02 09:00")).content.decode()


def test_clause_4_3_2_the_clock_of_a_received_case_has_its_name(hall, desk):
    text = shown(desk, hall.receive("11-20 09:00")).content.decode()
    assert '五个工作日内答复是否受理 <span class="muted">〔四(三)2〕</span>' in text


def test_a_breach_says_up_to_which_day_its_number_counts(hall):
    hall.accepted("11-02 09:00")
    hall.sweep("11-18 09:00")
    assert Breach.objects.of(hall.center).get().words.endswith("前办结，截至 11-18 已超期 2 个工作日")
