"""Those who came: found again by number, masked everywhere, whole only for a reason (security.md 40 to 44)."""

import pytest

from shouwen.audit import queries as trail
from shouwen.core import privacy
from shouwen.core.errors import Refused
from shouwen.reception import actions, queries
from shouwen.reception.models import Person

CARD, WRONG = "11010519491231002X", "110105194912310021"


@pytest.fixture
def enter(hall, actor, at):
    """`enter("王小兰", phone=…)` registers somebody at 李明's counter."""

    def entered(name="王小兰", by=None, **more):
        return actions.register_person(name=name, **more, by=by or actor(hall.li), at=at)

    return entered


def test_4_3_1_a_name_alone_is_enough(enter):
    person = enter("老王")
    assert (person.name, person.id_masked, person.phone_masked) == ("老王", "", "")


def test_the_same_card_is_the_same_person(enter, hall):
    first = enter(id_number=CARD)
    again = enter(id_number="１１０１０５19491231 002x", phone="138 1234 0000")
    again.refresh_from_db()
    assert (first.pk, again.phone_masked, Person.objects.of(hall.center).count()) == (again.pk, "138****0000", 1)


def test_the_same_name_and_telephone_is_the_same_person_who_may_add_a_card(enter):
    first = enter(phone="13812340000")
    assert (enter(phone="+86 13812340000").pk, enter(phone="13812340000", id_number=CARD).pk) == (first.pk, first.pk)


def test_a_known_card_under_another_name_is_refused(enter):
    enter(id_number=CARD)
    with pytest.raises(Refused, match="已登记在“王小兰”名下"):
        enter("李小红", id_number=CARD)


@pytest.mark.parametrize(("kind", "number"), [("id_card", WRONG), ("credit_code", "91110000600037341X")])
def test_a_wrong_check_digit_only_asks_for_a_second_look(enter, kind, number):
    with pytest.raises(actions.people.Doubtful, match="再看一遍"):
        enter(id_kind=kind, id_number=number)
    assert enter(id_kind=kind, id_number=number, confirmed=True).id_kind == kind


def test_a_number_of_a_unit_is_its_credit_code(enter):
    assert enter("青山合作社", is_unit=True, id_number="91110000600037341L").id_kind == "credit_code"


@pytest.mark.parametrize("text", ["小兰", CARD, "002X", "13812340000", "0000"])
def test_found_by_name_number_telephone_and_tails(enter, hall, text):
    person = enter(id_number=CARD, phone="13812340000")
    enter("李小红", phone="13900001111")
    assert queries.find_people(hall.center, text) == [person]


@pytest.mark.parametrize("text", ["小兰", CARD, "002X", "0000", " "])
def test_another_centre_finds_nobody(enter, hall, text):
    enter(id_number=CARD, phone="13812340000")
    assert queries.find_people(hall.other_center, text) == []


def test_shown_masked_and_sealed_at_rest(enter):
    person = enter(id_number=CARD, phone="13812340000")
    assert (person.id_masked, person.phone_masked) == ("110105********002X", "138****0000")
    assert [CARD in text or "13812340000" in text for text in (person.id_sealed, person.phone_sealed, person.id_digest)] == [
        False
    ] * 3


def test_unmasking_needs_a_reason_and_is_on_record_without_the_number(enter, hall, actor, at):
    person = enter(id_number=CARD)
    with pytest.raises(Refused, match="须写明用途"):
        actions.reveal(person=person, field="id_number", reason=" ", by=actor(hall.li), at=at)
    shown = actions.reveal(person=person, field="id_number", reason="与本人核对", by=actor(hall.li), at=at)
    row = trail.records(hall.center).get(verb="reception.person.reveal")
    assert (shown, row.actor_label, "与本人核对" in row.detail, CARD in row.detail + row.label) == (CARD, "李明", True, False)


def test_a_seal_moved_to_another_person_does_not_open(enter, hall, actor, at):
    first, second = enter(id_number=CARD), enter("李小红", phone="13900001111")
    Person.objects.of(hall.center).filter(pk=second.pk).update(id_sealed=first.id_sealed)
    second.refresh_from_db()
    with pytest.raises(privacy.Unreadable):
        actions.reveal(person=second, field="id_number", reason="核对", by=actor(hall.li), at=at)


def test_no_number_is_in_the_trail(enter, hall):
    enter(id_number=CARD, phone="13812340000")
    text = "".join(row.label + row.detail for row in trail.records(hall.center))
    assert (CARD in text, "13812340000" in text) == (False, False)


def test_a_correction_needs_a_reason(enter, hall, actor, at):
    person = enter()
    with pytest.raises(Refused, match="更正原因"):
        actions.update_person(person=person, name="王小岚", reason="", by=actor(hall.li), at=at)
    actions.update_person(person=person, name="王小岚", phone="13900001111", reason="写错了", by=actor(hall.li), at=at)
    person.refresh_from_db()
    assert (person.name, person.phone_masked) == ("王小岚", "139****1111")
