"""A contact opens an inquiry; what is owed is answered, told, accepted, coordinated or taken up ("4.1", "4.2", "4.3")."""

from datetime import timedelta

import pytest

from shouwen.core.actors import Actor
from shouwen.core.errors import Refused
from shouwen.notifications.models import Message
from shouwen.reception import actions, queries
from shouwen.reception.models import Inquiry, Matter, RegisteredComplaint
from tests import factories

ALL_TOLD = {
    "conditions": "本镇户籍",
    "basis": "社会救助暂行办法",
    "fee": "不收费",
    "time": "30 个工作日",
    "next_step": "带户口本来",
}


@pytest.fixture
def item(center, at):
    from shouwen.catalogue.models import Item

    return Item.objects.create(center=center, name="最低生活保障申请", created_by="周丽", created_at=at)


@pytest.fixture
def about(ask, item):
    """A matter about an item of the catalogue."""
    return ask(subjects=[(item, "")]).matters.get()


def test_4_1_every_contact_opens_an_inquiry_with_one_responsible_person(ask, hall, at):
    inquiry = ask("低保怎么办", "医保断缴能补吗")
    holders = [queries.holder_of(matter, at).member for matter in queries.matters_of(inquiry)]
    assert (inquiry.first_asked_name, inquiry.unit_label, holders) == ("李明", "3号窗口 民政所", [hall.li, hall.li])


@pytest.mark.parametrize("channel", Inquiry.Channel.values)
def test_4_2_whoever_is_asked_first_in_person_or_otherwise_is_responsible(ask, channel):
    matter = ask(channel=channel).matters.get()
    assert [(link.name, link.role, link.clause) for link in queries.chain(matter)] == [("李明", "首问", "4.2")]


def test_4_2_entered_later_by_a_colleague_the_first_asked_stays_who_was_asked(ask, hall, actor, at):
    inquiry = ask(by=actor(hall.zhang), received_at=at - timedelta(hours=2))
    link = queries.chain(inquiry.matters.get())[0]
    told = Message.objects.of(hall.center).filter(to=hall.li, title="首问登记").exists()
    assert (inquiry.recorded_by, link.name, link.note, link.started_at, told) == (
        "张敏", "李明", "张敏代为登记", at - timedelta(hours=2), True,
    )  # fmt: skip


def test_4_2_somebody_without_an_account_can_be_asked_first(ask, hall, at):
    hall.chen.user = None
    hall.chen.save()
    assert ask(first_asked=hall.chen).first_asked_name == "陈监督"


def test_a_contact_of_the_future_is_refused(ask, at):
    with pytest.raises(Refused, match="不能晚于现在"):
        ask(received_at=at + timedelta(minutes=1))


def test_a_form_sent_twice_is_one_inquiry(ask, hall):
    assert ask(token="a").pk == ask(token="a").pk
    assert (Inquiry.objects.of(hall.center).count(), Matter.objects.of(hall.center).count()) == (1, 1)


def test_4_2_an_online_question_at_night_falls_to_the_duty_person(hall, ask, hm):
    from shouwen.duty.models import Shift

    Shift.objects.create(center=hall.center, date=hm("22:30").date(), kind="hall", member=hall.zhang)
    citizen = Actor(kind="citizen", center=hall.center, label="群众")
    assert ask(channel="online", first_asked=None, by=citizen, when=hm("22:30")).first_asked == hall.zhang


def test_4_3_1_without_a_duty_person_the_leader_is_asked_then_the_director_then_anybody(hall, at):
    from shouwen.org.models import RoleGrant

    found = [queries.first_line(hall.center, at)]
    for role in ("leader", "director"):
        RoleGrant.objects.of(hall.center).filter(role=role).update(active_to=at.date())
        found.append(queries.first_line(hall.center, at))
    assert [one.name for one in found] == ["周丽", "王主任", "周丽"]


@pytest.mark.parametrize("outcome", ["not_ours", "refused", "", "handed_over", "section"])
def test_4_3_1_not_ours_is_no_outcome(matter, hall, actor, at, outcome):
    with pytest.raises(Refused) as refused:
        actions.close_matter(matter=matter, outcome=outcome, by=actor(hall.li), at=at)
    assert refused.value.clause == ("4.3.2.1" if outcome in ("handed_over", "section") else "4.3.1")
    assert queries.holder_of(matter, at).member == hall.li


def test_4_3_1_the_outcomes_offered_are_these_seven():
    assert {label for value, label in Matter.Outcome.choices if value} == {
        "当场答复", "一次性告知", "受理办件", "引导移交", "电话协调", "转业务科", "投诉登记",
    }  # fmt: skip


def test_4_3_2_answered_on_the_spot_with_all_relevant_matters_told_at_once(about, hall, actor, at):
    actions.answer_matter(matter=about, answer="可以申请", told=ALL_TOLD, by=actor(hall.li), at=at)
    about.refresh_from_db()
    assert (about.status, about.outcome, about.told, about.closed_by) == ("closed", "answered", ALL_TOLD, "李明")


@pytest.mark.parametrize("missing", ALL_TOLD)
def test_4_3_2_what_is_left_out_is_named(about, hall, actor, at, missing):
    with pytest.raises(Refused, match="还缺") as refused:
        actions.answer_matter(matter=about, answer="可以", told=ALL_TOLD | {missing: " "}, by=actor(hall.li), at=at)
    assert refused.value.message == f"一次性告知要一次说全,还缺:{actions.outcomes.TOLD[missing]}"


def test_4_3_2_one_time_notice_at_the_stage_of_a_question_needs_an_item(matter, about, hall, actor, at):
    with pytest.raises(Refused, match="先选定事项"):
        actions.notify_matter(matter=matter, told=ALL_TOLD, by=actor(hall.li), at=at)
    assert actions.notify_matter(matter=about, told=ALL_TOLD, by=actor(hall.li), at=at).outcome == "notified"


def test_r23_a_mere_question_gets_a_record_and_no_acceptance_notice(matter, hall, actor, at):
    """R23 default: no notice for a question answered on the spot ("4.3.2")."""
    from shouwen.documents.models import Document

    actions.answer_matter(matter=matter, answer="在二楼", told={}, by=actor(hall.li), at=at)
    assert (Document.objects.of(hall.center).count(), queries.standing(hall.center, at).owes_notice) == (0, False)


def test_r23_a_rulebook_may_owe_the_notice_for_a_question_too(matter, hall, actor, at):
    """R23 = yes: the question is accepted as a case, which gets its notice ("4.3.2")."""
    from shouwen.rulebook import actions as rulebook
    from shouwen.rulebook.queries import founding_text

    text = founding_text().replace("[readings]\n", '[readings]\nR23 = "yes"\n', 1)
    draft = rulebook.import_toml(text=text, by=actor(hall.wang), at=at)
    rulebook.note_trial(draft=draft, note="没有以往月份", by=actor(hall.wang), at=at)
    rulebook.put_in_force(draft=draft, active_from=at.date() + timedelta(days=1), by=actor(hall.zhou), at=at)
    with pytest.raises(Refused, match="R23"):
        actions.answer_matter(matter=matter, answer="在二楼", told={}, by=actor(hall.li), at=at + timedelta(days=1))


def test_4_3_2_a_case_keeps_the_matter_open_until_cases_closes_it(about, hall, actor, at):
    actions.mark_accepted(matter=about, by=actor(hall.li), at=at)
    open_now = queries.holder_of(about, at).member
    actions.close_matter(matter=about, outcome="accepted", by=actor(hall.zhang), at=at + timedelta(days=3))
    assert (open_now, about.status, queries.holder_of(about, at + timedelta(days=3))) == (hall.li, "closed", None)


def test_4_3_2_2_a_phone_call_that_settles_it_closes_with_who_when_and_what_was_agreed(matter, hall, actor, at):
    """ "4.3.2.2": on the spot, the leader or the window concerned."""
    call = actions.note_phone_call(
        matter=matter, called="县医保局 张股长", agreed="今天补录", is_settled=True, by=actor(hall.li), at=at
    )
    matter.refresh_from_db()
    assert (call.called, call.called_at, matter.outcome, matter.answer) == ("县医保局 张股长", at, "phone", "今天补录")


def test_4_3_2_2_a_call_that_does_not_settle_it_leaves_it_with_the_holder(matter, hall, actor, at):
    actions.note_phone_call(matter=matter, called="县医保局", agreed="明天答复", by=actor(hall.li), at=at)
    matter.refresh_from_db()
    assert (matter.status, matter.outcome, queries.holder_of(matter, at).member) == ("open", "phone", hall.li)


def test_4_3_4_whoever_asks_is_told_kindly_what_to_do_never_turned_away():
    """Wording of the pages ("3.1", "4.3.4"): no refusal is offered, every way leads on."""
    from shouwen.reception import forms

    labels = [str(field.label) for form in (forms.PhoneCall, forms.Urge, forms.Return) for field in form.base_fields.values()]
    assert [label for label in labels if "拒" in label or "不归" in label] == []


def test_3_1_finishing_a_visit_asks_for_every_matter_still_only_talked_about(ask, hall, actor, at):
    """ "3.1": every question is answered before somebody is seen off."""
    inquiry = ask("低保", "医保", "社保")
    first, second, _ = queries.matters_of(inquiry)
    actions.answer_matter(matter=first, answer="可以", told={}, by=actor(hall.li), at=at)
    actions.hand_over(matter=second, kind="escorted", receiver=hall.zhang, by=actor(hall.li), at=at)
    assert [matter.subject for matter in queries.undecided(inquiry)] == ["社保"]


def test_a_matter_on_offer_cannot_be_closed(offer, matter, hall, actor, at):
    offer()
    with pytest.raises(Refused, match="正在移交"):
        actions.close_matter(matter=matter, outcome="answered", answer="x", by=actor(hall.li), at=at)


def test_numbers_typed_into_words_are_starred_out(ask):
    inquiry = ask("我的号 11010519491231002X 查一下", text="电话13812345678")
    assert (inquiry.matters.get().subject, inquiry.text) == ("我的号 ****************2X 查一下", "电话*********78")


@pytest.fixture
def complaint(ask, hall, actor, at):
    """A complaint against 张敏, entered by 李明."""
    matter = ask("投诉张敏态度差", text="她不理人").matters.get()
    row = actions.register_complaint(matter=matter, text="让我等了一小时", against=hall.zhang, by=actor(hall.li), at=at)
    matter.refresh_from_db()
    return row


def test_4_2_a_complaint_is_received_like_any_matter_and_its_words_move_behind_a_narrower_door(complaint, hall):
    matter, inquiry = complaint.matter, Inquiry.objects.of(hall.center).get()
    matter.refresh_from_db()
    assert (matter.outcome, matter.subject, inquiry.text) == ("complaint", "投诉登记", "")
    assert complaint.text == "让我等了一小时\n投诉张敏态度差\n她不理人"


def test_the_accused_never_sees_the_complaint_nor_its_matter(complaint, hall, actor, at):
    for role in ("leader", "director", "supervisor"):
        factories.grant(hall.zhang, role)
    accused = actor(hall.zhang)
    assert (list(queries.complaints(accused)), list(queries.visible(accused, at))) == ([], [])
    assert not Message.objects.of(hall.center).filter(to=hall.zhang).exists()


def test_leaders_directors_and_supervisors_are_told_without_content(complaint, hall, actor):
    told = Message.objects.of(hall.center).filter(title="投诉登记", transport="in_app").order_by("to__name")
    assert [(row.to.name, row.text) for row in told] == [
        (name, "窗口登记了一件投诉,请查看。") for name in ("周丽", "王主任", "陈监督")
    ]
    assert list(queries.complaints(actor(hall.chen))) == [complaint]


def test_the_accused_cannot_register_a_complaint_against_themselves(matter, hall, actor, at):
    with pytest.raises(Refused, match="不能由您登记"):
        actions.register_complaint(matter=matter, text="x", against=hall.li, by=actor(hall.li), at=at)
    assert RegisteredComplaint.objects.of(hall.center).count() == 0


def test_audit_names_codes_and_no_words(ask, hall):
    from shouwen.audit import queries as trail

    inquiry = ask("低保怎么办")
    row = trail.records(hall.center).get(verb="reception.inquiry.open")
    assert (row.label, "低保" in row.detail) == (inquiry.code, False)
