"""One box for whatever somebody knows: a number, a name, the tail of a telephone, an item, a queue number, a paper."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shouwen.cases import queries as cases
from shouwen.catalogue import queries as catalogue
from shouwen.core.actors import Actor
from shouwen.core.clock import local
from shouwen.core.obligations import address
from shouwen.reception import queries as reception
from shouwen.rules.masking import mask_name
from shouwen.rules.numbering import normalise
from shouwen.workcalendar.queries import day_table

QUEUE_NUMBER = re.compile(r"[A-Za-z]{1,2}\d{1,4}$")
LIVE = frozenset({"clerk", "section", "leader", "director", "supervisor"})


@dataclass(frozen=True, slots=True)
class Hit:
    """One line found: what it is, whose (masked), how it stands, and where it leads."""

    title: str
    about: str
    state: str
    light: str
    url: str


@dataclass(frozen=True, slots=True)
class Found:
    """Groups with at least one hit, the likeliest first."""

    groups: list[tuple[str, list[Hit]]]


def search(actor: Actor, text: str, at: datetime) -> Found:
    """Up to twenty of a kind, the newest first; what the actor may not open is not found. Nothing is found for nothing typed."""
    text = text.strip()[:60]
    if not text:
        return Found([])
    on = local(at).date()
    groups = [
        ("排队号", _tickets(actor, text, at)),
        ("办件", _cases(actor, text, at)),
        ("首问事项", _matters(actor, text, at)),
        ("办事人", _people(actor, text)),
        ("事项指南", [_item(one) for one in catalogue.search(actor.center, text, on, 8)]),
    ]
    return Found([(title, hits) for title, hits in groups if hits])


def _cases(actor: Actor, text: str, at: datetime) -> list[Hit]:
    if not actor.has(*LIVE):
        return []
    table, hits = day_table(actor.center), []
    for case in cases.find(actor, text, local(at).date()):
        words, light = cases.clock_words(case, table, at)
        about = f"{mask_name(case.person_name)} · {case.code} · {case.matter.holder.name}"
        hits.append(Hit(case.item_name, about, words, light, address("cases:detail", case.code)))
    return hits


def _matters(actor: Actor, text: str, at: datetime) -> list[Hit]:
    """By number only: words of a matter are looked for in the register, which has filters."""
    code = normalise(text, "SY") or normalise(text, "SW")
    if code is None:
        return []
    return [_matter(row) for row in reception.register(actor, reception.Filters(text=code), at)[:8]]


def _matter(row: Any) -> Hit:
    who = mask_name(row.inquiry.person.name) if row.inquiry.person else "未留名"
    state = row.get_outcome_display() if row.status == "closed" else "办理中"
    about = f"{who} · {row.inquiry.get_channel_display()} · {row.holder.name}"
    return Hit(row.subject, about, state, "ok", address("reception:matter", row.code))


def _people(actor: Actor, text: str) -> list[Hit]:
    if not actor.has(*LIVE):
        return []
    people = reception.known_people(actor.center, text)
    return [
        Hit(mask_name(one.name), one.phone_masked or one.id_masked, "", "ok", address("reception:person", one.code))
        for one in people
    ]


def _tickets(actor: Actor, text: str, at: datetime) -> list[Hit]:
    if not QUEUE_NUMBER.match(text):
        return []
    found = reception.tickets_of_today(actor.center, text.upper(), at)
    return [
        Hit(one.label, one.item.name if one.item else one.queue.name, one.get_status_display(), "ok", address("desk:counter"))
        for one in found
    ]


def _item(version: Any) -> Hit:
    window = version.department.short_name
    return Hit(version.name, window, version.get_official_kind_display(), "ok", address("catalogue:item", version.item.code))
