"""A contact opens an inquiry; what is owed is answered, told, accepted, coordinated or taken up ("4.1", "4.2", "4.3")."""

import pytest

from shouwen.core.actors import Actor
from shouwen.core.errors import Refused
from shouwen.notifications.models import Message
from shouwen.reception import actions, queries
from shouwen.reception.models import Inquiry, Matter, RegisteredComplaint

ALL_TOLD = {
    "conditions": "本镇户籍",
    "basis": "社会救助暂行办法",
    "fee": "不收费",
    "time": "30 个工作日",
    "next_step": "带户口本来窗口",
}


@pytest.fixture
def item(center, at):
    from shouwen.catalogue.models import Item

    return Item.objects.create(center=center, name="最低生活保障申请", created_by="周丽", created_at=at)


def test_4_1_every_contact_opens_an_inquiry_with_one_responsible_person(ask, hall, at):
    inquiry = ask("低保怎么办", "医保断缴能补吗")
    holders = [queries.holder_of(matter, at).member for matter in queries.matters_of(inquiry)]
    assert (inquiry.first_asked_name, inquiry.unit_label, holders) == ("李明", "3号窗口 民政所", [hall.li, hall.li])


@pytest.mark.parametrize("channel", Inquiry.Channel.values)
def test_4_2_whoever_is_asked_first_in_person_or_otherwise_is_responsible(ask, hall, channel, at):
    matter = ask(channel=channel).matters.get()
    assert [(link.name, link.role, link.clause) for link in queries.chain(matter)] == [("李明", "首问", "4.2")]
