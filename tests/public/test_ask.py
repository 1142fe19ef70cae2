"""A question left online: somebody answers for it at once, its number opens the answer, nobody floods the hall."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from shouwen.core import clock
from shouwen.core.actors import Actor
from shouwen.core.errors import Refused
from shouwen.reception import actions
from shouwen.reception.models import Inquiry, Matter


@pytest.fixture
def ask(client, cast):
    """`ask(subject=…)` sends the public form and returns the page."""

    def sent(**data):
        given = {"token": "t", "subject": "低保怎么办"} | data
        return client.post(reverse("public:ask", args=[cast.center.code]), given).content.decode()

    return sent


@pytest.fixture
def look(client, cast):
    def asked(code, tail=""):
        return client.post(reverse("public:answer", args=[cast.center.code]), {"code": code, "tail": tail}).content.decode()

    return asked


def test_4_2_the_receipt_names_number_and_first_asked(ask, cast):
    page = ask(name="王小兰", phone="13812340000")
    inquiry = Inquiry.objects.of(cast.center).get()
    assert (inquiry.channel, inquiry.first_asked) == ("online", cast.zhou)
    assert [word in page for word in (inquiry.code, "周丽", "13812340000")] == [True, True, False]


def test_sent_twice_is_one_question_with_the_same_receipt(ask, cast):
    codes = [re.search(r"SW-[0-9A-Z-]+", ask())[0] for _ in range(2)]
    assert (codes[0] == codes[1], Inquiry.objects.of(cast.center).count()) == (True, 1)


def test_the_answer_opens_by_number_and_tail_alone(ask, look, cast, actor):
    ask(name="王小兰", phone="13812340000")
    matter = Matter.objects.of(cast.center).get()
    actions.answer_matter(matter=matter, answer="带户口本来", told={}, by=actor(cast.zhou), at=clock.now())
    code = matter.inquiry.code
    assert ["带户口本来" in look(code, tail) for tail in ("0000", "1111", "")] == [True, False, False]


def test_without_a_telephone_the_number_is_enough(ask, look, cast):
    ask()
    assert "现在由 <b>周丽</b>" in look(Inquiry.objects.of(cast.center).get().code)


def test_an_unknown_number_and_a_wrong_tail_look_the_same(ask, look, cast):
    ask(phone="13812340000")
    from shouwen.rules.numbering import new_code

    shown = [look(Inquiry.objects.of(cast.center).get().code, "9999"), look(new_code("SW"), "9999")]
    assert ["没有查到：编号或电话后四位不对" in page for page in shown] == [True, True]


def test_what_was_asked_at_the_counter_does_not_open_here(look, cast, actor):
    inquiry = actions.open_inquiry(
        channel="walk_in", subjects=[(None, "低保")], first_asked=cast.li, by=actor(cast.li), at=clock.now()
    )
    assert "没有查到" in look(inquiry.code)


def test_a_network_leaves_six_an_hour(cast, at):
    by = Actor(kind="citizen", center=cast.center, label="网上来人", network="n" * 24)
    for number in range(6):
        actions.ask_online(subject="问", token=str(number), by=by, at=at)
    with pytest.raises(Refused, match="一小时内留言较多"):
        actions.ask_online(subject="问", token="7", by=by, at=at)
    assert actions.ask_online(subject="问", token="8", by=by, at=at + timedelta(minutes=61)).network == "n" * 24


def test_the_questions_of_another_centre_do_not_open(ask, client, cast):
    ask()
    code = Inquiry.objects.of(cast.center).get().code
    page = client.post(reverse("public:answer", args=[cast.other_center.code]), {"code": code}).content.decode()
    assert "没有查到" in page


def test_numbers_in_the_text_are_starred_out(ask, cast):
    ask(text="我的身份证 11010519491231002X")
    assert Inquiry.objects.of(cast.center).get().text == "我的身份证 ****************2X"
