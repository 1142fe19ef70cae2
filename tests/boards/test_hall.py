"""The hall screen: who is called, the words that are spoken, closing time, the report telephone, and only this centre's screens."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from shouwen.core.actors import Actor, system
from shouwen.core.errors import Refused
from shouwen.reception import actions, queries
from tests import factories
from tests.factories import AT
from tests.reception.queue_scene import open_scene


@pytest.fixture
def scene(cast):
    return open_scene(cast, AT)


@pytest.fixture
def screen(scene, client):
    """`screen()` is the piece of the screen that changes; keywords go to the client."""
    return lambda path="": client.get(
        f"/board/{scene.center.code}/hall/{path}", headers={"HX-Request": "true"}
    ).content.decode()


def words(text: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", text.split('<ul id="calls"')[0]).split())


def spoken(text: str) -> list[str]:
    return re.findall(r'<li data-call="([^"]+)/\d+"[^>]*>([^<]+)</li>', text)


def test_the_latest_call_stands_large_and_is_said_once_a_recall_again(scene, screen):
    scene.take(AT)
    ticket = scene.call(AT)
    assert words(screen()).startswith("请到窗口 A001 → 2 号窗口 号码 窗口 队列 今天叫到第一位 等候 0 人")
    assert spoken(screen()) == [("A001/1", "请A001号到2号窗口")]
    actions.recall_ticket(ticket=ticket, by=scene.zhang, at=AT + timedelta(minutes=1))
    assert spoken(screen()) == [("A001/2", "请A001号到2号窗口")]


def test_3_6_the_screen_has_the_report_telephone_and_a_policy_for_its_stream(scene, client, settings):
    page = client.get(f"/board/{scene.center.code}/hall/")
    assert page.content.decode().count("0731-8800001") == 1
    stream = f"http://testserver:{settings.SCREENS_PORT}"
    assert f"connect-src 'self' {stream};" in page.headers["Content-Security-Policy"]
    assert f'data-stream="{stream}/stream/{scene.center.code}/"' in page.content.decode()


def test_behind_https_the_stream_is_on_our_own_address(scene, client, settings):
    settings.HTTPS, settings.SECURE_HSTS_SECONDS = True, 1
    page = client.get(f"/board/{scene.center.code}/hall/")
    assert "connect-src 'self';" in page.headers["Content-Security-Policy"]
    assert f'data-stream="/stream/{scene.center.code}/"' in page.content.decode()


def test_a_screen_shows_its_own_queues_rows_and_notice(scene, screen):
    leader = factories.actor(scene.cast.zhou)
    for queue in (scene.a, scene.b):
        scene.take(AT, queue)
    scene.call(AT, scene.two)
    scene.call(AT, scene.three)
    device = actions.add_hall_device(kind="screen", name="东侧屏", by=leader, at=AT)
    actions.change_hall_device(
        device=device, name="东侧屏", queues=[scene.a.code], rows=1, notice="请保持安静", by=leader, at=AT
    )
    shown = screen(f"{device.code}/")
    assert [said for _, said in spoken(shown)] == ["请A001号到2号窗口"]
    assert shown.count("请保持安静") == 1


def test_another_centers_screen_a_kiosk_and_a_locked_one_are_not_there(scene, client, cast):
    there = system(cast.other_center)
    theirs = actions.add_hall_device(kind="screen", name="屏", by=there, at=AT)
    kiosk = actions.add_hall_device(kind="kiosk", name="机", by=system(scene.center), at=AT)
    locked = actions.add_hall_device(kind="screen", name="屏", by=system(scene.center), at=AT)
    actions.lock_hall_device(device=locked, locked=True, by=system(scene.center), at=AT)
    paths = [f"/board/{scene.center.code}/hall/{device.code}/" for device in (theirs, kiosk, locked)]
    assert [client.get(path).status_code for path in paths] == [404, 404, 404]


def test_the_word_of_the_day_is_for_eyes_in_the_hall(scene, client, client_for, cast):
    path, code = f"/board/{scene.center.code}/hall/", f"/board/{scene.center.code}/hall/code.svg"
    word = queries.hall_word(scene.center, AT.date())
    assert (word in client.get(path).content.decode(), client.get(code).status_code) == (False, 404)
    assert client_for(cast.zhao).get(code).status_code == 404
    assert (word in client_for(cast.li).get(path).content.decode(), client_for(cast.li).get(code).status_code) == (True, 200)
    assert word != queries.hall_word(cast.other_center, AT.date())


def test_statements_do_not_grow_with_the_line(scene, screen, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            screen()
        return len(seen)

    scene.take(AT)
    screen()
    few = count()
    for _ in range(8):
        scene.take(AT)
        scene.take(AT, scene.b)
    scene.call(AT)
    assert (count(), few <= 12) == (few, True)


def test_pairing_serves_once_and_the_machine_is_known_by_its_cookie(scene, client):
    leader = factories.actor(scene.cast.zhou)
    device = actions.add_hall_device(kind="kiosk", name="东门", by=leader, at=AT)
    secret, path = actions.offer_pairing(device=device, by=leader, at=AT), f"/board/{scene.center.code}/pair/"
    answer = client.post(path, {"code": secret.lower()})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/p/{scene.center.code}/kiosk/")
    assert client.get(f"/p/{scene.center.code}/kiosk/").status_code == 200
    again = client.post(path, {"code": secret})
    assert (again.status_code, "登记码不对或已过期" in again.content.decode()) == (409, True)


def test_a_pairing_code_holds_fifteen_minutes(scene):
    leader, by = factories.actor(scene.cast.zhou), Actor(kind="device", center=scene.center)
    device = actions.add_hall_device(kind="kiosk", name="东门", by=leader, at=AT)
    secret = actions.offer_pairing(device=device, by=leader, at=AT)
    with pytest.raises(Refused):
        actions.pair_hall_device(code=secret, by=by, at=AT + timedelta(minutes=15))
    paired, _ = actions.pair_hall_device(code=secret, by=by, at=AT + timedelta(minutes=14))
    assert paired == device


def test_only_leaders_and_the_system_administrator_set_devices(scene, client_for, cast):
    assert [client_for(who).get("/board/devices/").status_code for who in (cast.zhou, cast.li, cast.wang)] == [200, 409, 409]
    device = actions.add_hall_device(kind="screen", name="屏", by=system(cast.other_center), at=AT)
    assert client_for(cast.zhou).get(f"/board/devices/{device.code}/").status_code == 404
