"""Pages of the queue: who may see and do what, what they show, and that another centre's are not there."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shouwen.org import queries as org
from shouwen.reception import actions, queries
from shouwen.reception.models import Queue, QueueCounter, Ticket
from tests.reception.queue_scene import open_scene

PAGES = ("queue", "queue_setup", "queue_statistics")


@pytest.fixture
def scene(cast, hm):
    return open_scene(cast, hm("8:00"))


def get(client, page, *args):
    return client.get(reverse(f"reception:{page}", args=args))


@pytest.mark.parametrize("page", PAGES)
def test_every_member_sees_the_hall_and_outsiders_do_not(scene, client, client_for, page):
    assert get(client_for(scene.cast.chen), page).status_code == 200
    assert get(client, page).status_code == 302


def test_the_hall_shows_each_line_with_its_reasons(scene, client_for, hm):
    scene.take(hm("9:00"))
    scene.take(hm("9:05"), by=scene.zhang, priority="elderly", reason="78 岁")
    text = get(client_for(scene.cast.li), "queue").content.decode()
    assert (
        text.index("A002") < text.index("老年人优先,已等 7 分钟") < text.index("A001") < text.index("按取号先后,已等 12 分钟")
    )


@pytest.mark.parametrize("page", ["queue", "queue_statistics"])
def test_a_page_asks_as_often_with_three_numbers_as_with_one(scene, client_for, hm, page):
    client, counts = client_for(scene.cast.li), []
    for more in (1, 2):
        for _ in range(more):
            scene.take(hm("9:00"))
            scene.serve(hm("9:01"), hm("9:02"))
            scene.take(hm("9:02"))
        get(client, page)
        with CaptureQueriesContext(connection) as seen:
            get(client, page)
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_staff_gives_a_number_with_a_stated_reason(scene, client_for):
    client = client_for(scene.cast.zhang)
    told = {"queue": scene.a.code, "priority": "elderly", "reason": ""}
    refused = client.post(reverse("reception:issue"), told)
    assert "优先须写明理由,让其他等候的人看得见(依据〔四(三)4〕)".replace("(", "（").replace(
        ")", "）"
    ) in refused.content.decode().replace("(", "（").replace(")", "）")
    client.post(reverse("reception:issue"), told | {"reason": "78 岁"})
    row = Ticket.objects.of(scene.center).get()
    assert (row.label, row.source, row.priority_reason) == ("A001", "staff", "78 岁")


def test_a_number_of_another_center_is_not_there(scene, client_for, hm):
    code = scene.take(hm("9:00")).code
    stranger = client_for(scene.cast.zhao)
    assert [get(stranger, "ticket", code).status_code, get(client_for(scene.cast.li), "ticket", code).status_code] == [404, 200]
    assert stranger.post(reverse("reception:move_ticket", args=[code, "leave"])).status_code == 404
    assert get(stranger, "queue_change", scene.a.code).status_code == 404
    assert scene.status(Ticket.objects.of(scene.center).get()) == "waiting"


def test_a_passed_number_is_put_back_and_transferred_from_its_page(scene, client_for, hm):
    ticket, client = scene.take(hm("9:00")), client_for(scene.cast.zhang)
    client.post(reverse("reception:transfer", args=[ticket.code]), {"to": scene.b.code, "note": "走错队"})
    leg = Ticket.objects.of(scene.center).get(leg=2)
    assert (leg.queue, leg.label, scene.status(ticket)) == (scene.b, "A001", "finished")
    client.post(reverse("reception:move_ticket", args=[leg.code, "leave"]))
    assert scene.status(leg) == "left"


def test_a_leader_sets_up_a_queue_and_its_counters(scene, client_for):
    client = client_for(scene.cast.zhou)
    told = {"name": "市场监管", "letter": "c", "note": "", "ordinary_minutes": 12, "daily_limit": "", "is_quick": "on"}
    client.post(reverse("reception:queue_add"), told)
    queue = Queue.objects.of(scene.center).get(prefix="C")
    places = {row.code: "none" for row in org.counters(scene.center, queue.active_from)}
    places |= {scene.two.code: "help", scene.three.code: "own"}
    client.post(reverse("reception:queue_counters", args=[queue.code]), places)
    rows = (
        QueueCounter.objects.of(scene.center).filter(queue=queue).order_by("counter__number").values_list("is_own", flat=True)
    )
    assert (queue.is_quick, queue.ordinary_minutes, list(rows)) == (True, 12, [False, True])
    client.post(reverse("reception:queue_end", args=[queue.code]))
    assert [row.prefix for row in queries.queues(scene.center, queue.active_from)] == ["A", "B"]


def test_a_clerk_may_not_set_up_queues(scene, client_for):
    client = client_for(scene.cast.li)
    assert client.post(reverse("reception:queue_add"), {}).status_code == 409
    assert client.post(reverse("reception:queue_end", args=[scene.a.code])).status_code == 409
    assert queries.queues(scene.center, scene.a.active_from) == [scene.a, scene.b]


def test_a_waiting_person_weighs_less_than_300_bytes(scene, hm):
    long = "三个月大的婴儿,母亲一人抱着,家住最远的自然村,末班车十点半"
    scene.take(hm("9:00"), priority="pregnant", reason=long)
    [row] = queries.waiting_rows(scene.center, hm("9:31"))
    assert len(json.dumps(row, ensure_ascii=False).encode()) < 300
    assert (row["label"], row["place"], row["why"]) == ("A001", 1, "已等 31 分钟,超过 30 分钟,先办")


def test_statistics_of_a_day_worked_out_by_hand(scene, hm, client_for):
    """Three visits: waits of 5, 11 and 8 minutes, handling of 9 and 10; one left uncalled; a forgotten one counts in no mean."""
    for minute in ("9:00", "9:05", "9:20", "9:21", "9:22"):
        scene.take(hm(minute))
    first = actions.begin_ticket(ticket=scene.call(hm("9:05")), by=scene.zhang, at=hm("9:06"))
    actions.finish_ticket(ticket=first, answer="已答复", by=scene.zhang, at=hm("9:15"))
    second = actions.begin_ticket(ticket=scene.call(hm("9:16")), by=scene.zhang, at=hm("9:18"))
    actions.finish_ticket(ticket=second, answer="已答复", by=scene.zhang, at=hm("9:28"))
    third = scene.call(hm("9:28"))
    actions.leave_ticket(ticket=third, by=scene.zhang, at=hm("9:30"))
    actions.begin_ticket(ticket=scene.call(hm("9:31")), by=scene.zhang, at=hm("9:31"))
    assert queries.statistics(scene.center, hm("9:00").date(), hm("9:00").date()).whole.issued == 5
    actions.close_day(by=type(scene.zhang)("system", scene.center, label="系统"), at=hm("1:00", 24))
    found = queries.statistics(scene.center, hm("9:00").date(), hm("9:00").date())
    whole = found.whole
    assert (whole.issued, whole.finished, whole.left, found.inaccurate) == (5, 3, 2, 1)
    assert (whole.mean_wait, whole.longest_wait, whole.mean_handling) == (8 * 60, 11 * 60, 9.5 * 60)
    assert [(row.label, row.issued) for row in found.counters] == [("2号窗口 便民服务办公室", 4)]
    assert "8.0" in get(client_for(scene.cast.li), "queue_statistics").content.decode()
