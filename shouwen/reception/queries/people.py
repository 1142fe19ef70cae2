"""Finding people who came before: by name, by whole number, by the last four characters. Numbers stay sealed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from shouwen.core import privacy
from shouwen.core.actors import Actor
from shouwen.reception.models import Person
from shouwen.reception.queries.matters import visible

MOST = 50


def find_people(center: Any, text: str) -> list[Person]:
    """At most 50 people, the newest first: by part of the name, a whole identity or telephone number, or its last four.

    What is typed is compared as a keyed digest and is never a part of an address or a log.
    """
    words, number = text.strip(), privacy.plain(text)
    if not words:
        return []
    wanted = Q(name__icontains=words)
    if len(number) == 4:
        wanted |= Q(phone_tail=privacy.tail(center, number)) | Q(id_tail=privacy.tail(center, number))
    elif len(number) > 4:
        wanted |= Q(phone_digest=privacy.digest(center, number)) | Q(id_digest=privacy.digest(center, number))
    return list(Person.objects.of(center).filter(wanted).order_by("-created_at", "-id")[:MOST])


def known_people(center: Any, text: str, most: int = 8) -> list[Person]:
    """People by a whole name, a whole number or the last four of one: equality only, so the size of the register does not matter.

    A look into each index: of an "or" over three columns PostgreSQL's remembered plan reads everybody.
    """
    words, number = text.strip(), privacy.plain(text)
    if not words:
        return []
    people, how = Person.objects.of(center), privacy.tail if len(number) == 4 else privacy.digest
    kind, found = ("tail" if len(number) == 4 else "digest"), [people.filter(name=words)]
    if len(number) >= 4:
        found += [people.filter(**{f"{one}_{kind}": how(center, number)}) for one in ("phone", "id")]
    return list(found[0].union(*found[1:])[:most])


def person_matters(actor: Actor, person: Person, at: datetime) -> QuerySet[Any]:
    """What the person asked that the actor may see, the newest first, with inquiry and holder."""
    rows = visible(actor, at).filter(inquiry__person=person).select_related("inquiry", "holder")
    return rows.order_by("-opened_at", "-id")
