"""Numbers without an account: the machine, the slip, the phone in the hall, my place in line."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from shouwen.core.actors import system
from shouwen.reception import actions, queries
from shouwen.reception.models import Ticket
from tests.factories import AT
from tests.reception.queue_scene import open_scene


@pytest.fixture
def scene(cast):
    return open_scene(cast, AT)


@pytest.fixture
def kiosk(scene, client):
    """A browser that is the centre's kiosk; `kiosk.path` is its page."""
    by = system(scene.center)
    device = actions.add_hall_device(kind="kiosk", name="东门", by=by, at=AT)
    _, token = actions.pair_hall_device(code=actions.offer_pairing(device=device, by=by, at=AT), by=by, at=AT)
    client.cookies["shouwen-device"] = token
    client.path, client.device = f"/p/{scene.center.code}/kiosk/", device
    return client


def take(client, scene, token="form-token-1", **more):
    return client.post(client.path, {"choice": scene.a.code, "token": token, **more})


def test_one_touch_gives_a_number_and_a_second_touch_the_same(kiosk, scene):
    first, second = take(kiosk, scene), take(kiosk, scene)
    ticket = Ticket.objects.of(scene.center).get()
    assert (ticket.label, ticket.source) == ("A001", "kiosk")
    assert first.headers["Location"] == second.headers["Location"] == f"{kiosk.path}{ticket.code}/"
    slip = kiosk.get(first.headers["Location"]).content.decode()
    assert (slip.count('<p class="number">A001</p>'), slip.count("data:image/svg+xml"), slip.count("0731-8800001")) == (1, 1, 1)


def test_4_3_4_priority_is_a_second_touch_and_states_its_reason(kiosk, scene):
    page = kiosk.get(f"{kiosk.path}?priority=elderly").content.decode()
    assert page.count('name="priority" value="elderly"') == 1
    take(kiosk, scene, priority="elderly")
    ticket = Ticket.objects.of(scene.center).get()
    assert (ticket.priority, ticket.priority_reason) == ("elderly", "65 岁以上老年人")
    assert take(kiosk, scene, "form-token-2", priority="expedite").status_code == 200
    assert Ticket.objects.of(scene.center).count() == 1


def test_another_browser_a_locked_machine_and_another_center_give_no_numbers(kiosk, scene, client_for, cast):
    assert kiosk.get(f"/p/{cast.other_center.code}/kiosk/").status_code == 403
    actions.lock_hall_device(device=kiosk.device, locked=True, by=system(scene.center), at=AT)
    assert take(kiosk, scene).status_code == 403
    assert client_for(cast.zhou).get(kiosk.path).status_code == 403
    assert Ticket.objects.of(scene.center).count() == 0


def test_3_3_a_full_day_says_so_and_gives_none(kiosk, scene):
    type(scene.a).objects.of(scene.center).filter(pk=scene.a.pk).update(daily_limit=1)
    take(kiosk, scene)
    answer = take(kiosk, scene, "form-token-2")
    assert (answer.status_code, answer.content.decode().count("今天限 1 个号")) == (409, 1)


def test_after_closing_the_machine_says_when_to_come_back(scene):
    assert queries.no_numbers(scene.center, AT.replace(hour=3)) == ""
    assert queries.no_numbers(scene.center, AT.replace(hour=9, minute=30)) == "今天已下班，11月24日 08:30 再为您服务"
    assert queries.no_numbers(scene.center, AT - timedelta(hours=2)) == "07:30 起取号，08:30 开始办理"


def phone(client, scene, word=None, token="phone-token-1"):
    told = word or queries.hall_word(scene.center, AT.date())
    return client.post(f"/q/{scene.center.code}/", {"choice": scene.a.code, "token": token, "word": told})


def test_a_phone_in_the_hall_takes_one_number_at_a_time(client, scene):
    assert (phone(client, scene, "ABCDEF").status_code, Ticket.objects.of(scene.center).count()) == (409, 0)
    place = phone(client, scene).headers["Location"]
    assert phone(client, scene, token="phone-token-2").headers["Location"] == place
    assert [(one.label, one.source) for one in Ticket.objects.of(scene.center)] == [("A001", "phone")]


def test_a_phone_takes_three_numbers_a_day(client, scene):
    for number in range(3):
        place = phone(client, scene, token=f"phone-token-{number}").headers["Location"]
        client.post(f"{place}leave/")
    answer = phone(client, scene, token="phone-token-9")
    assert (answer.status_code, answer.content.decode().count("今天已取过 3 个号")) == (409, 1)


def now(client, ticket) -> tuple[str, str, int]:
    """State, words and size of what my place in line asks for every few seconds."""
    body = client.get(f"/q/{ticket.center.code}/{ticket.code}/", headers={"HX-Request": "true"}).content
    text = body.decode()
    return re.search(r'data-s="(\w+)"', text)[1], " ".join(re.sub(r"<[^>]+>", " ", text).split()), len(body)


def test_my_place_tells_the_place_then_the_window_in_few_bytes(client, scene):
    first, mine = scene.take(AT), scene.take(AT)
    state, words, size = now(client, mine)
    assert (state, words.startswith("1 人在前"), size < 300) == ("waiting", True, True)
    scene.serve(AT, AT + timedelta(minutes=1))
    scene.call(AT + timedelta(minutes=1))
    assert now(client, mine)[:2] == ("called", "请到 2 号窗口")
    assert now(client, first)[:2] == ("finished", "已办完")


def test_4_2_a_slip_follows_its_person_to_the_next_window(client, scene):
    ticket = scene.take(AT)
    actions.transfer_ticket(ticket=ticket, queue=scene.b, by=scene.zhang, at=AT)
    assert now(client, ticket)[0] == "waiting"


def test_another_centers_and_yesterdays_numbers_are_not_there(client, scene, cast):
    ticket = scene.take(AT)
    assert client.get(f"/q/{cast.other_center.code}/{ticket.code}/").status_code == 404
    Ticket.objects.of(scene.center).update(date=AT.date() - timedelta(days=1))
    assert client.get(f"/q/{scene.center.code}/{ticket.code}/").status_code == 404
    assert client.get(f"/q/{scene.center.code}/QH-AAAA-AAAAA/").status_code == 404


def test_whoever_holds_the_slip_gives_the_number_back(client, scene):
    ticket = scene.take(AT)
    client.post(f"/q/{scene.center.code}/{ticket.code}/leave/")
    assert scene.status(ticket) == "left"
