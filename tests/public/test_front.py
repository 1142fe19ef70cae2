"""The first page of a centre: open or not, how long one waits now, what people come for, doors that lead somewhere, larger letters."""

from __future__ import annotations

from datetime import date, timedelta
from urllib.parse import quote

import pytest
from django.urls import reverse

from shouwen.public import queries
from tests.assessment import scenes
from tests.cases.hall import Hall, when
from tests.reception.queue_scene import open_scene

NOON, NIGHT = when("11-23 12:30"), when("11-23 18:00")


def doors(client, center) -> list[str]:
    page = client.get(f"/p/{center.code}/").content.decode()
    return [piece.split("</b>")[0].split("<b>")[1] for piece in page.split('class="card door')[1:]]


def test_it_says_how_many_wait_and_how_long_at_most(cast, client, at):
    scene = open_scene(cast, at)
    for queue in (scene.a, scene.a, scene.b):
        scene.take(at, queue)
    front = queries.front(cast.center, at + timedelta(minutes=5))
    assert (front.waiting, front.queues, front.lines) == (3, "社保医保 2 人，民政 1 人", 2)
    assert front.minutes == max(one.wait.bounds[1] for one in scenes_of(cast.center, at + timedelta(minutes=5)))


def test_the_queues_named_add_up_to_those_who_wait(cast, at):
    """However many queues there are; one where nobody waits is not named."""
    scene = open_scene(cast, at)
    scene.take(at, scene.b)
    front = queries.front(cast.center, at + timedelta(minutes=5))
    assert (front.waiting, front.queues) == (1, "民政 1 人")


def scenes_of(center, at):
    from shouwen.reception import queries as reception

    return reception.hall(center, at, (), 0).queues


def test_without_queues_or_hours_it_simply_says_less(cast, client, at):
    front = queries.front(cast.center, at)
    assert (front.waiting, front.minutes, front.hours, front.closed, front.common) == (None, None, "", "", [])
    assert client.get(f"/p/{cast.center.code}/").status_code == 200


@pytest.mark.parametrize(("at", "said"), [(NOON, "14:00 开始办理"), (NIGHT, "今天已下班，11月24日 08:30 再为您服务")])
def test_a_closed_hall_says_when_it_serves_again(cast, at, said: str):
    scenes.open_doors(cast.center)
    front = queries.front(cast.center, at)
    assert (front.is_open, front.closed, front.waiting) == (False, said, None)


def test_what_people_come_for_stands_first_and_the_rest_follows(cast, at):
    hall = Hall(cast)
    hall.version("安葬补贴")
    asked = hall.version("临时救助")
    hall.receive("11-20 09:00", version=asked)
    front = queries.front(cast.center, at)
    assert ([row.name for row in front.common], front.items) == (["临时救助", "低保申请", "安葬补贴"], 3)
    assert [(row.material_count, row.is_charged, row.counters) for row in front.common] == [(4, False, [])] * 3


def test_only_doors_that_lead_somewhere_are_shown_3_6(cast, client):
    """ "3.6": the report telephone is a door of its own; what comes later has none."""
    assert doors(client, cast.center) == ["查办事进度", "取号、排队", "收费公示", "咨询留言", "24 小时举报电话"]
    Hall(cast)
    assert doors(client, cast.center)[2] == "事项指南"


def test_the_page_takes_twelve_queries_at_most(cast, client, at, django_assert_max_num_queries):
    open_scene(cast, at)
    Hall(cast).receive("11-20 09:00")
    client.get(f"/p/{cast.center.code}/")
    with django_assert_max_num_queries(12):
        assert client.get(f"/p/{cast.center.code}/").status_code == 200


def test_another_center_counts_its_own(cast, at):
    open_scene(cast, at).take(at)
    Hall(cast)
    front = queries.front(cast.other_center, at)
    assert (front.waiting, front.items, front.common) == (None, 0, [])


# --- 长辈版 ---------------------------------------------------------------------------------------------------------------


def pages(center) -> list[str]:
    names = ["front", "progress", "progress_of", "guides", "fees", "take", "month", "ask"]
    more = {"progress_of": ["QS-2222-22222"], "month": ["2026-10"]}
    return [reverse(f"public:{name}", args=[center.code, *more.get(name, [])]) for name in names]


def test_larger_letters_stay_on_every_public_page_until_switched_back(cast, client, at):
    scenes.open_doors(cast.center, date(2026, 10, 1))
    addresses = [one for one in pages(cast.center) if client.get(one).status_code == 200]
    sizes = []
    for to in ("large", "ordinary"):
        client.get("/p/size/", {"to": to, "next": addresses[0]})
        sizes.append([client.get(one).content.decode().count('<html lang="zh-Hans" data-size="large">') for one in addresses])
    assert (len(addresses), sizes) == (7, [[1] * 7, [0] * 7])


def test_the_switch_leads_back_to_the_very_page(cast, client):
    address = f"/g/{cast.center.code}/?q=db&field=civil"
    link = f"/p/size/?to=large&amp;next={quote(address, safe='/')}"
    page = client.get(address).content.decode()
    answer = client.get(link.replace("&amp;", "&"))
    morsel = answer.cookies["size"]
    assert (page.count(f'href="{link}"'), answer.url, morsel.value, morsel["httponly"]) == (1, address, "large", True)


@pytest.mark.parametrize(
    "next_page", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "", "x"]
)
def test_the_switch_leads_nowhere_else(db, client, next_page: str):
    assert client.get("/p/size/", {"to": "large", "next": next_page}).url == "/p/"


def test_a_page_whose_address_is_a_secret_has_no_switch_that_would_carry_it_along(db, client):
    pages = [client.get(address).content.decode() for address in ("/login/", "/setup/some-long-secret/", "/p/")]
    assert ["/p/size/" in page for page in pages] == [False, False, True]
