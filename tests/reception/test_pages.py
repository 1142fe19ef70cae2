"""Pages of first inquiry: they work for the centre's people and are closed to others."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shouwen.core import clock
from shouwen.reception import actions, queries
from shouwen.reception.models import HandOver, Inquiry, Matter, PhoneCall

GIVEN = {"channel": "walk_in", "subject": "低保怎么办", "token": "t1"}
CARD = "11010519491231002X"


@pytest.fixture
def send(client_for, hall):
    """`send(member, page, code, field=…)` posts a form and returns the answer."""

    def posted(member, page, *codes, **data):
        return client_for(member).post(reverse(f"reception:{page}", args=codes), data)

    return posted


@pytest.fixture
def person(hall, actor, at):
    return actions.register_person(name="王小兰", id_number=CARD, phone="13812340000", by=actor(hall.li), at=at)


def shown(browser, page, *codes):
    return browser.get(reverse(f"reception:{page}", args=codes)).content.decode()


def test_new_inquiry_needs_the_question_alone(send, hall):
    answer = send(hall.li, "new_inquiry", **GIVEN, first_asked=hall.li.code)
    matter = Matter.objects.of(hall.center).get()
    url = reverse("reception:matter", args=[matter.code])
    assert (answer["Location"], matter.subject, matter.holder) == (url, "低保怎么办", hall.li)


def test_new_inquiry_sent_twice_is_one(send, hall):
    for _ in range(2):
        send(hall.li, "new_inquiry", **GIVEN, name="王小兰", first_asked=hall.li.code)
    assert (Inquiry.objects.of(hall.center).count(), Matter.objects.of(hall.center).count()) == (1, 1)


def test_4_2_new_inquiry_of_two_asked_at_once_takes_the_higher_post(send, hall):
    send(hall.li, "new_inquiry", **GIVEN, first_asked=hall.li.code, beside=hall.wang.code)
    inquiry = Inquiry.objects.of(hall.center).get()
    link = queries.chain(inquiry.matters.get())[0]
    assert (inquiry.first_asked, link.note) == (hall.wang, "与李明同时被问,职位高者为首问")


def test_new_inquiry_with_a_wrong_card_asks_for_a_second_look_and_keeps_what_was_typed(send, hall):
    given = GIVEN | {"name": "王小兰", "id_kind": "id_card", "id_number": CARD[:-1] + "1", "first_asked": hall.li.code}
    page = send(hall.li, "new_inquiry", **given).content.decode()
    assert ("再看一遍" in page, 'value="低保怎么办"' in page) == (True, True)
    assert send(hall.li, "new_inquiry", **given, confirmed="on").status_code == 302


def test_new_inquiry_cannot_set_status_holder_or_code(send, hall):
    """security.md 14."""
    extra = {"status": "closed", "holder": hall.wang.code, "code": "SW-1", "outcome": "answered", "center": "x"}
    send(hall.li, "new_inquiry", **GIVEN, **extra, first_asked=hall.li.code)
    matter = Matter.objects.of(hall.center).get()
    assert (matter.status, matter.holder, matter.outcome, matter.inquiry.code == "SW-1") == ("open", hall.li, "", False)


def test_4_3_1_the_matter_page_shows_the_chain_and_offers_no_refusal(client_for, hall, matter):
    page = shown(client_for(hall.li), "matter", matter.code)
    found = [word in page for word in ("首问 · 李明", "〔四(二)〕", "当场答复", "引导移交", "电话协调", "不归", "拒绝", "不予")]
    assert found == [True] * 5 + [False] * 3


def test_answer_settles_the_matter(send, hall, matter):
    send(hall.li, "answer", matter.code, answer="带户口本来")
    matter.refresh_from_db()
    assert (matter.status, matter.outcome, matter.answer) == ("closed", "answered", "带户口本来")


def test_phone_urge_and_add_write_their_rows(send, hall, matter):
    send(hall.li, "phone", matter.code, called="县医保局", agreed="明天答复")
    send(hall.zhou, "urge", matter.code, text="快办")
    send(hall.li, "add", matter.code, subject="医保呢")
    assert PhoneCall.objects.of(hall.center).get().agreed == "明天答复"
    assert [row.text for row in queries.story(matter).urgings] == ["快办"]
    assert [row.subject for row in queries.story(matter).siblings] == ["医保呢"]


def test_4_3_2_1_offer_and_take_over_in_one_press_each(send, hall, matter):
    from shouwen.org.models import Counter

    counter = Counter.objects.of(hall.center).get(number=2)
    send(hall.li, "offer", matter.code, to=f"counter:{counter.code}", is_escorted="on")
    row = HandOver.objects.of(hall.center).get()
    send(hall.zhang, "answer_offer", row.code, take="1")
    matter.refresh_from_db()
    assert (row.kind, matter.holder) == ("escorted", hall.zhang)


def test_hand_overs_shows_what_waits_for_me_and_what_i_sent(client_for, hall, offer):
    offer(when=clock.now())
    pages = [shown(client_for(member), "hand_overs") for member in (hall.zhang, hall.li, hall.sun)]
    assert ["没有等您接手的事" in page for page in pages] == [False, True, True]
    assert ["近来没有移交" in page for page in pages] == [True, False, True]


def test_a_returned_offer_needs_a_reason_on_the_page(send, hall, offer):
    row = offer()
    assert "不能推诿" in send(hall.zhang, "answer_offer", row.code, reason="不").content.decode()
    send(hall.zhang, "answer_offer", row.code, reason="应找民政所")
    row.refresh_from_db()
    assert (row.status, row.answer) == ("returned", "应找民政所")


@pytest.mark.parametrize("page", ["matter", "answer", "phone", "offer", "complain", "urge", "add", "paper"])
def test_matter_pages_of_another_centre_are_not_there(client_for, hall, matter, page):
    url, browser = reverse(f"reception:{page}", args=[matter.code]), client_for(hall.zhao)
    assert (browser.get(url) if page == "matter" else browser.post(url, {})).status_code == 404


def test_people_offers_and_lists_of_another_centre_are_not_there(client_for, hall, person, offer):
    browser, row = client_for(hall.zhao), offer()
    codes = [
        browser.get(reverse("reception:person", args=[person.code])),
        browser.get(reverse("reception:edit_person", args=[person.code])),
    ]
    codes += [
        browser.post(reverse("reception:reveal", args=[person.code]), {}),
        browser.post(reverse("reception:answer_offer", args=[row.code]), {}),
    ]
    assert [answer.status_code for answer in codes] == [404] * 4
    lists = [shown(browser, page) for page in ("register", "hand_overs", "complaints")]
    assert ["低保怎么办" in page for page in lists] == [False] * 3


def test_the_accused_gets_404_on_the_matter_of_the_complaint(client_for, hall, matter, actor, at):
    actions.register_complaint(matter=matter, text="x", against=hall.zhang, by=actor(hall.li), at=at)
    codes = [
        client_for(one).get(reverse("reception:matter", args=[matter.code])).status_code for one in (hall.zhang, hall.wang)
    ]
    assert codes == [404, 200]


def test_complain_moves_the_words_to_the_complaints_page(send, client_for, hall, matter):
    send(hall.li, "complain", matter.code, text="等了一小时", against=hall.zhang.code)
    assert "等了一小时" in shown(client_for(hall.chen), "complaints")
    assert client_for(hall.li).get(reverse("reception:complaints")).status_code == 409


def test_who_serves_nobody_sees_only_their_own(client_for, hall, matter, ask):
    own = ask("考勤怎么算", first_asked=hall.sun).matters.get()
    browser = client_for(hall.sun)
    codes = [browser.get(reverse("reception:matter", args=[one.code])).status_code for one in (matter, own)]
    assert (codes, "低保怎么办" in shown(browser, "register")) == ([404, 200], False)


def test_people_are_searched_by_post_and_shown_masked(client_for, hall, person):
    page = client_for(hall.li).post(reverse("reception:people"), {"text": CARD}).content.decode()
    assert [word in page for word in ("王小兰", "110105********002X", CARD, "13812340000")] == [True, True, False, False]


def test_reveal_shows_once_for_a_reason(client_for, hall, person):
    browser = client_for(hall.li)
    given = {"field": "id_number", "reason": "与本人核对"}
    page = browser.post(reverse("reception:reveal", args=[person.code]), given).content.decode()
    assert (CARD in page, CARD in shown(browser, "person", person.code)) == (True, False)


def test_a_supervisor_reads_matters_and_no_numbers(client_for, hall, person):
    assert client_for(hall.chen).get(reverse("reception:person", args=[person.code])).status_code == 404


def test_edit_person_keeps_the_reason(send, hall, person):
    send(hall.li, "edit_person", person.code, name="王小岚", reason="写错了")
    person.refresh_from_db()
    assert person.name == "王小岚"


def test_paper_is_the_register_form_with_masked_numbers(send, hall, ask, person):
    from shouwen.documents.models import Document

    matter = ask(person=person, materials="户口本 1 本、照片2张").matters.get()
    send(hall.li, "paper", matter.code)
    data = Document.objects.of(hall.center).get(kind="first_inquiry").data
    assert (data["visitor"], data["phone"], data["first_asked"]) == ("王小兰", "138****0000", "李明")
    assert data["materials"] == [{"name": "户口本", "count": "1 本"}, {"name": "照片", "count": "2张"}]


@pytest.mark.parametrize("page", ["register", "hand_overs", "complaints"])
def test_lists_ask_the_same_number_of_queries_for_one_and_for_many(client_for, hall, ask, actor, page):
    browser, counts = client_for(hall.zhou), []
    for number in (1, 3):
        for _ in range(number):
            one, two, _ = queries.matters_of(ask("a", "b", "c"))
            actions.hand_over(matter=one, kind="internal", receiver=hall.zhou, by=actor(hall.li), at=clock.now())
            actions.register_complaint(matter=two, text="x", against=hall.zhang, by=actor(hall.li), at=clock.now())
        browser.get(reverse(f"reception:{page}"))
        with CaptureQueriesContext(connection) as found:
            browser.get(reverse(f"reception:{page}"))
        counts.append(len(found))
    assert (counts[0], counts[0] <= 12) == (counts[1], True)


def test_the_matter_page_takes_few_queries_for_holder_and_receiver(client_for, hall, offer, matter):
    counts = []
    for member, prepare in ((hall.li, lambda: None), (hall.zhang, offer)):
        prepare()
        browser = client_for(member)
        browser.get(reverse("reception:matter", args=[matter.code]))
        with CaptureQueriesContext(connection) as found:
            browser.get(reverse("reception:matter", args=[matter.code]))
        counts.append(len(found))
    assert max(counts) <= 18, counts
