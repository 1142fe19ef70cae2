"""Finding people who came before: by name, by whole number, by the last four characters. Numbers stay sealed."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from shouwen.core import privacy
from shouwen.reception.models import Matter, Person

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


def person_matters(person: Person) -> QuerySet[Any]:
    """What the person asked, the newest first, with inquiry and item."""
    rows = Matter.objects.of(person.center_id).filter(inquiry__person=person)
    return rows.select_related("inquiry", "item", "holder").order_by("-opened_at", "-id")
