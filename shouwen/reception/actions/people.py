"""The person who comes: entered once, found again, numbers sealed, and shown whole only for a reason (PIPL 51)."""

from __future__ import annotations

import unicodedata
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from stdnum.cn import ric, uscc

from shouwen.audit.actions import record
from shouwen.core import privacy
from shouwen.core.actors import Actor
from shouwen.core.errors import Refused
from shouwen.reception.models import Person
from shouwen.rules.masking import mask_id_card, mask_phone

FIELDS = {"id_number": ("id_sealed", "证件号码"), "phone": ("phone_sealed", "电话")}


class Doubtful(Refused):
    """The number looks mistyped; the same call with `confirmed=True` takes it as it is."""


@transaction.atomic
def register_person(
    *,
    name: str,
    id_kind: str = "",
    id_number: str = "",
    phone: str = "",
    address: str = "",
    is_unit: bool = False,
    confirmed: bool = False,
    by: Actor,
    at: datetime,
) -> Person:
    """The person with that number, or with that name and telephone, else a new one; a name alone is enough.

    A wrong check digit of an identity card or credit code raises `Doubtful` until `confirmed`: cards are misprinted, and
    nobody is sent away for that ("4.3.1"). Refused when the number stands under another name. Effects: Person, audit
    "reception.person.register" for a new one and "reception.person.update" for what was learned about a known one.
    """
    name, number, phone = _line(name), privacy.plain(id_number), _phone(phone)
    if not name:
        raise Refused("请填写姓名或名称,只知道称呼也可以", "4.3.1")
    kind = _kind(id_kind, number, is_unit)
    if not confirmed:
        _doubt(kind, number)
    if found := _known(by.center, name, number, phone):
        _learn(found, kind, number, phone, _line(address), by, at)
        return found
    person = Person(center=by.center, name=name, is_unit=is_unit, address=_line(address)[:120], created_at=at)
    _number(person, kind, number)
    _telephone(person, phone)
    try:
        with transaction.atomic():
            person.save(force_insert=True)
    except IntegrityError:  # the same card at two windows at once: the other was quicker
        return Person.objects.of(by.center).get(id_digest=person.id_digest)
    record(by=by, at=at, verb="reception.person.register", obj=person, label=person.code)
    return person


@transaction.atomic
def update_person(
    *, person: Person, name: str, phone: str = "", address: str = "", reason: str, by: Actor, at: datetime
) -> None:
    """Correct a name, telephone or address; what is left empty stays. Effects: audit "reception.person.update" with the reason."""
    if not reason.strip():
        raise Refused("请写明更正原因")
    changed = [
        label for label, new, old in (("姓名", name, person.name), ("住址", address, person.address)) if new and new != old
    ]
    person.name = _line(name) or person.name
    person.address = _line(address)[:120] or person.address
    if phone:
        _telephone(person, _phone(phone))
        changed.append("电话")
    person.save()
    record(
        by=by, at=at, verb="reception.person.update", obj=person, label=person.code, detail={"changed": changed, "why": reason}
    )


@transaction.atomic
def reveal(*, person: Person, field: str, reason: str, by: Actor, at: datetime) -> str:
    """The whole number or telephone, to be shown once; `field` is "id_number" or "phone".

    Refused without a reason, or when none is on record. Effects: audit "reception.person.reveal" with field and reason, never
    the number. 等保 8.1.4.11, PIPL 51.
    """
    column, label = FIELDS[field]
    if len(reason.strip()) < 2:
        raise Refused(f"查看{label}须写明用途,查看会留下记录")
    sealed = getattr(person, column)
    if not sealed:
        raise Refused(f"没有登记{label}")
    detail = {"field": label, "reason": reason.strip()[:200]}
    record(by=by, at=at, verb="reception.person.reveal", obj=person, label=person.code, detail=detail)
    return privacy.unseal(sealed, row=privacy.place(person, column))


def _known(center: Any, name: str, number: str, phone: str) -> Person | None:
    """By number; else by name and telephone, if that person gave no other number."""
    people = Person.objects.of(center)
    if number:
        found = people.filter(id_digest=privacy.digest(center, number)).first()
        if found is not None and found.name != name:
            raise Refused(f"这个证件号码已登记在“{found.name}”名下,请核对姓名和号码;确已更名的,先更正登记")
        if found is not None:
            return found
    if not phone:
        return None
    same = people.filter(name=name, phone_digest=privacy.digest(center, phone))
    return (same.filter(id_digest="") if number else same).order_by("-created_at").first()


def _learn(person: Person, kind: str, number: str, phone: str, address: str, by: Actor, at: datetime) -> None:
    """Add what a known person had not told before, or tells anew."""
    learned = []
    if number and not person.id_digest:
        _number(person, kind, number)
        learned.append("证件号码")
    if phone and person.phone_digest != privacy.digest(person.center_id, phone):
        _telephone(person, phone)
        learned.append("电话")
    if address and person.address != address:
        person.address = address[:120]
        learned.append("住址")
    if learned:
        person.save()
        record(by=by, at=at, verb="reception.person.update", obj=person, label=person.code, detail={"changed": learned})


def _number(person: Person, kind: str, number: str) -> None:
    person.id_kind = kind
    person.id_sealed = privacy.seal(number, row=privacy.place(person, "id_sealed"))
    person.id_digest = privacy.digest(person.center_id, number)
    person.id_tail = privacy.tail(person.center_id, number)
    person.id_masked = mask_id_card(number)[:24]


def _telephone(person: Person, phone: str) -> None:
    person.phone_sealed = privacy.seal(phone, row=privacy.place(person, "phone_sealed"))
    person.phone_digest = privacy.digest(person.center_id, phone)
    person.phone_tail = privacy.tail(person.center_id, phone)
    person.phone_masked = mask_phone(phone)[:20]


def _kind(kind: str, number: str, is_unit: bool) -> str:
    if not number:
        return ""
    if len(number) > 40:
        raise Refused("证件号码过长,请核对")
    if kind:
        return kind
    return Person.IdKind.CREDIT_CODE if is_unit else Person.IdKind.ID_CARD


def _doubt(kind: str, number: str) -> None:
    if kind == Person.IdKind.ID_CARD and not ric.is_valid(number):
        raise Doubtful("身份证号码的位数、日期或校验码不对,请再看一遍;证件上确实这样印的,勾选“号码已核对”后提交")
    if kind == Person.IdKind.CREDIT_CODE and not uscc.is_valid(number):
        raise Doubtful("统一社会信用代码的校验码不对,请再看一遍;证照上确实这样印的,勾选“号码已核对”后提交")


def _line(text: str) -> str:
    return " ".join(text.split())[:60]


def _phone(text: str) -> str:
    """Digits alone, a country code dropped; short numbers and extensions stay as they are."""
    digits = "".join(sign for sign in unicodedata.normalize("NFKC", text) if sign.isdigit())[:20]
    return digits[2:] if len(digits) == 13 and digits.startswith("86") else digits
