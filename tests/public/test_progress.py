"""How a case stands, asked without an account: number and telephone tail, the same no for everybody else, nothing private."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shouwen.audit.models import Record
from shouwen.core.actors import Actor
from shouwen.core.middleware import MaskingFormatter
from shouwen.org.actions import release_guess, reserve_guess
from shouwen.public import queries
from shouwen.public.access.progress import COOKIE, NO_MATCH
from shouwen.rules.numbering import new_code
from tests.cases.hall import Hall, fresh, when


def ask(client, center, code: str, tail: str = "2046", **more):
    return client.post(reverse("public:progress", args=[center.code]), {"code": code, "tail": tail}, **more)


def shown(client, center):
    return client.get(reverse("public:progress_shown", args=[center.code]))


def errors(response) -> list[str]:
    return [message for found in response.context["form"].errors.values() for message in found]


@pytest.fixture
def hall(cast):
    """Hours, an item of ten days, 王秀兰 with the telephone 138…2046."""
    return Hall(cast)


@pytest.fixture
def case(hall):
    """Accepted on Monday at nine, due in ten working days."""
    return hall.accepted("11-23 09:00")


def test_the_number_and_the_tail_show_the_case_3_3(hall, case, client):
    """ "3.3": by when, and "4.2": who answers for it, in words."""
    answer = ask(client, hall.center, case.code)
    told = shown(client, hall.center).context["told"]
    assert (answer.status_code, answer.url) == (302, f"/p/{hall.center.code}/case/")
    assert (told.case, told.name, told.words, told.holder.name) == (case, "王*兰", "已受理，正在办理", "李明")
    assert told.due == "应于 12月7日（周一） 17:30 前办结"


@pytest.mark.parametrize("typed", ["{}", " {} ", "{lower}", "{bare}", "{wide}"], ids=str)
def test_a_number_typed_in_any_way_is_understood(hall, case, client, typed: str):
    wide = case.code.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)})
    text = typed.format(case.code, lower=case.code.lower(), bare=case.code.replace("-", "")[2:], wide=wide)
    assert ask(client, hall.center, text, "13800002046").status_code == 302


def test_unknown_number_wrong_tail_and_other_center_get_the_same_answer(hall, case, cast, client):
    answers = [
        ask(client, hall.center, new_code("QS")),
        ask(client, hall.center, case.code, "2047"),
        ask(client, cast.other_center, case.code),
    ]
    assert [(one.status_code, errors(one), COOKIE in one.cookies) for one in answers] == [(409, [NO_MATCH], False)] * 3


def test_unknown_and_wrong_cost_the_same_statements(hall, case, client):
    asked = []
    ask(client, hall.center, new_code("QS"), REMOTE_ADDR="203.0.9.9")
    for code, tail in ((new_code("QS"), "2046"), (case.code, "2047")):
        with CaptureQueriesContext(connection) as statements:
            ask(client, hall.center, code, tail, REMOTE_ADDR=f"203.0.{len(asked)}.9")
        asked.append([one["sql"].split()[0] for one in statements])
    assert (asked[0] == asked[1], len(asked[0]) > 5) == (True, True)


def test_the_log_hides_the_number_in_the_address_of_the_square_code():
    line = logging.LogRecord("access", logging.INFO, "", 0, "GET /p/ZX-1/progress/QS-4T8W-2HXCH/ 200", None, None)
    other = logging.LogRecord("access", logging.INFO, "", 0, "POST /p/ZX-1/progress/ 409", None, None)
    assert [MaskingFormatter().format(one) for one in (line, other)] == [
        "GET /p/ZX-1/progress/***/ 200",
        "POST /p/ZX-1/progress/ 409",
    ]


def test_a_slip_of_the_pen_is_said_before_anything_is_counted(hall, client):
    answer = ask(client, hall.center, "QS-2222-22223", "46")
    assert [error[:5] for error in errors(answer)] == ["这不是办件", "请填四位"]


def test_who_left_no_telephone_is_known_by_the_card(hall, case):
    person = case.person
    assert queries.tails(hall.center, case.code) == [person.phone_tail, ""]
    type(person).objects.of(hall.center).filter(pk=person.pk).update(phone_tail="", id_tail="i" * 16)
    assert queries.tails(hall.center, case.code) == ["i" * 16, ""]
    assert queries.tails(hall.center, new_code("QS")) == ["", ""]


def test_neither_number_nor_tail_stands_in_an_address_a_cookie_in_clear_or_the_trail(hall, case, client, caplog):
    answer = ask(client, hall.center, case.code, "2047")
    right = ask(client, hall.center, case.code)
    entry = Record.objects.order_by("-id").first()
    told = f"{entry.detail} {entry.label} {caplog.text} {answer.request['PATH_INFO']} {right.url}"
    assert (case.code in told, "2047" in told, entry.verb, entry.result) == (False, False, "public.progress", "refused")


def test_the_page_is_forgotten_after_a_quarter_of_an_hour_and_by_a_press(hall, case, client, settings):
    ask(client, hall.center, case.code)
    morsel = client.cookies[COOKIE]
    assert (morsel["path"], morsel["httponly"], morsel["max-age"]) == (f"/p/{hall.center.code}/case/", True, 900)
    assert client.post(reverse("public:progress_done", args=[hall.center.code])).url == f"/p/{hall.center.code}/"
    assert (client.cookies[COOKIE].value, shown(client, hall.center).url) == ("", f"/p/{hall.center.code}/progress/")


@pytest.mark.parametrize("spoil", ["false", "other", "old"])
def test_a_false_an_old_and_another_centers_cookie_show_nothing(hall, case, cast, client, rf, spoil: str):
    from django.http import HttpResponse

    from shouwen.public import access

    at = when("11-23 09:30")
    response, request = HttpResponse(), rf.get("/")
    access.keep(response, cast.other_center if spoil == "other" else hall.center, case.code, at)
    request.COOKIES[COOKIE] = response.cookies[COOKIE].value + ("x" if spoil == "false" else "")
    later = at + timedelta(minutes=15 if spoil == "old" else 1)
    assert access.case_shown(request, hall.center, later) is None


def test_the_square_code_asks_only_for_the_tail_and_never_says_whether_there_is_a_case(hall, case, client):
    pages = [client.get(f"/p/{hall.center.code}/progress/{code}/") for code in (case.code, new_code("QS"), "x")]
    names = [list(page.context["form"].fields) for page in pages]
    typed = [page.content.decode().count('id="code"') for page in pages]
    assert ([page.status_code for page in pages], names[0], typed) == ([200] * 3, ["code", "tail"], [0, 0, 1])


def visitor(network: str) -> Actor:
    return Actor(kind="anonymous", label="公众", network=network)


# --- guessing -----------------------------------------------------------------------------------------------------------


def test_guessing_grows_slower_and_slower_and_is_never_a_lock(db, at):
    waits, moment = [], at
    for _ in range(9):
        waits.append(reserve_guess(subject="c:QS-1", by=visitor("home"), at=moment))
        moment += timedelta(seconds=waits[-1])
        if waits[-1]:
            assert reserve_guess(subject="c:QS-1", by=visitor("home"), at=moment) == 0
    assert waits == [0, 0, 0, 0, 0, 10, 20, 40, 80]


def test_others_are_not_kept_waiting_and_the_right_one_starts_anew(db, at):
    for minute in range(20):
        reserve_guess(subject="c:QS-1", by=visitor(f"net {minute}"), at=at + timedelta(minutes=minute))
    later = at + timedelta(minutes=20)
    assert (
        reserve_guess(subject="c:QS-1", by=visitor("own"), at=later),
        reserve_guess(subject="c:QS-2", by=visitor("net 1"), at=later),
    ) == (0, 0)
    release_guess(subject="c:QS-1", by=visitor("own"), at=later)
    assert reserve_guess(subject="c:QS-1", by=visitor("own"), at=later) == 0


def test_a_number_attacked_from_everywhere_slows_the_second_guess_of_each(db, at):
    for number in range(21):
        reserve_guess(subject="c:QS-1", by=visitor(f"net {number}"), at=at)
    assert [
        reserve_guess(subject="c:QS-1", by=visitor("net 3"), at=at),
        reserve_guess(subject="c:QS-1", by=visitor("new"), at=at),
    ] == [10, 0]


def test_a_network_guesses_twenty_times_an_hour_at_most(db, at):
    waits = [
        reserve_guess(subject=f"c:QS-{number}", by=visitor("cafe"), at=at + timedelta(seconds=number)) for number in range(21)
    ]
    assert (waits[:20], waits[20], reserve_guess(subject="c:QS-x", by=visitor("home"), at=at)) == ([0] * 20, 3580, 0)


def test_the_page_says_how_long_to_wait_and_the_right_tail_waits_too(hall, case, client):
    answers = [ask(client, hall.center, case.code, "0000") for _ in range(6)] + [ask(client, hall.center, case.code)]
    assert [errors(one) == [NO_MATCH] for one in answers[:5]] == [True] * 5
    assert [errors(one)[0][:9] for one in answers[5:]] == ["查询太频繁，请 10"[:9]] * 2
    assert ask(client, hall.center, case.code, REMOTE_ADDR="203.0.113.9").status_code == 302


# --- what is told -------------------------------------------------------------------------------------------------------


def test_what_is_missing_is_told_with_where_to_get_it_4_3_2(hall):
    """ "4.3.2": every open line of the one-time notice; what was brought since is gone from it."""
    case = hall.receive("11-23 09:00", {1: ""})
    assert queries.progress(fresh(case), when("11-23 09:05")).lacking == []
    hall.do("tell_missing", case, "11-23 09:10", defects={2: "没有填", 3: "近六个月的，盖银行章"})
    hall.do("take_materials", fresh(case), "11-24 09:00", lines={2: ""})
    told = queries.progress(queries.case_of(hall.center, case.code), when("11-24 10:00"))
    assert (told.words, [(one.name, one.problem) for one in told.lacking]) == (
        "还缺材料，等您补齐",
        [("银行流水", "近六个月的，盖银行章")],
    )


def test_days_that_do_not_count_are_explained_by_law_3_3(hall, case):
    """ "3.3": the ground, its basis, since when, how long."""
    hall.do("pause_case", case, "11-25 09:00", ground="expert_review", needed_days=10)
    told = queries.progress(queries.case_of(hall.center, case.code), when("11-27 09:00"))
    why = "专家评审所需时间依法不计入办理时限（《中华人民共和国行政许可法》第四十五条）：自 11月25日（周三） 09:00 起，约需 10 个工作日，结束后继续计时"
    assert (told.words, told.more) == ("依法暂停计时：专家评审", [why])
    assert [cell.kind for cell in told.clock.cells][:5] == ["off", "on", "on", "pause", "pause"]


def test_what_was_not_kept_is_said_openly(hall, case):
    told = queries.progress(queries.case_of(hall.center, case.code), when("12-09 09:00"))
    assert (told.words, told.tone, told.more[0][:12]) == ("正在办理，已超过承诺时限", "late", "没有在承诺的时限内办完，")


def test_a_finished_case_says_where_to_collect_and_then_that_it_is_delivered(hall, case):
    hall.do("decide_case", case, "12-01 10:00", decision="granted", result_number="青低保〔2026〕9号")
    told = queries.progress(queries.case_of(hall.center, case.code), when("12-01 11:00"))
    assert (told.words, told.collect[:14], next(one.words for one in told.steps)) == (
        "已办结，等您领取",
        "带上受理通知书和有效身份证件",
        "办结，出具办结通知书",
    )
    hall.do("deliver_result", fresh(case), "12-02 10:00", way="counter")
    told = queries.progress(queries.case_of(hall.center, case.code), when("12-03 11:00"))
    assert (told.words, told.holder, told.collect, told.lacking) == ("已办结，结果已送达", None, "", [])


def test_nothing_of_the_person_but_a_masked_name_is_on_the_page(hall, case, client):
    hall.do("decide_case", case, "11-23 09:08", decision="done", opinion="王秀兰家庭困难，13800002046")
    ask(client, hall.center, case.code)
    page = shown(client, hall.center).content.decode()
    private = ["王秀兰", "13800002046", "138****2046", "三组", "困难", case.person.code]
    assert ([word for word in private if word in page], "王*兰" in page, hall.center.report_phone in page) == ([], True, True)


def test_the_papers_are_named_by_number_and_lead_here(hall, case, settings):
    told = queries.progress(queries.case_of(hall.center, case.code), when("11-23 09:30"))
    settings.PUBLIC_URL = "https://hall.example"
    later = hall.accepted("11-23 10:00")
    address = queries.progress(queries.case_of(hall.center, later.code), when("11-23 10:30")).papers[0].data["frame"]["address"]
    assert [one.kind for one in told.papers] == ["receipt", "acceptance"]
    assert address == f"https://hall.example/p/{hall.center.code}/progress/{later.code}/"


def test_the_number_of_queries_does_not_grow(hall, case, client, django_assert_max_num_queries):
    ask(client, hall.center, case.code)
    cache.clear()
    with django_assert_max_num_queries(26):
        assert shown(client, hall.center).status_code == 200
