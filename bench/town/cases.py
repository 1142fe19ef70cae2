"""Cases by the hundred thousand: people, inquiries, matters with one link of the chain, and the cases of nine years.

One case in thirty is open; names, items, departments and holders are spread as in a real hall (a few common, many rare).
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db import connection

from bench.town.ground import AT, SINCE, Town
from bench.town.pour import pour
from shouwen.cases.models import Case
from shouwen.cases.queries import search_words
from shouwen.catalogue.models import Item, ItemVersion
from shouwen.core import privacy
from shouwen.core.tenancy import uuid7
from shouwen.org.models import Department
from shouwen.reception.models import Holding, Inquiry, Matter, Person
from shouwen.rules.numbering import new_code

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红建国志文海生春梅兰花根宝荣"
ITEMS = 60
OPEN_ONE_IN = 30
MINUTES = 9 * 250 * 420


def cases_of(town: Town, count: int, seed: int = 1, open_one_in: int = OPEN_ONE_IN) -> list[str]:
    """Lay `count` cases and what they stand on; returns a few codes, names and tails to look for."""
    lay = _Laying(town, count, random.Random(seed), open_one_in)
    for model in (Item, ItemVersion, Person, Inquiry, Matter, Holding, Case):
        pour(model, getattr(lay, f"{model.__name__.lower()}_rows")())
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO cases_search (code, words) SELECT code, search_words FROM cases_case ORDER BY received_at"
            )
            cursor.execute("ANALYZE")
    else:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE cases_case, reception_matter, reception_person")
    return lay.codes[:: max(1, count // 50)]


class _Laying:
    """The same draw for every table: row n of each belongs to case n."""

    def __init__(self, town: Town, count: int, chance: random.Random, open_one_in: int) -> None:
        self.town, self.count, self.chance, self.center = town, count, chance, town.center
        self.open_one_in = open_one_in
        self.units = list(Department.objects.of(self.center).order_by("name"))
        self.items = [uuid7() for _ in range(ITEMS)]
        self.versions = [uuid7() for _ in range(ITEMS)]
        self.people = [uuid7() for _ in range(max(1, count // 2))]
        self.names = [self._name() for _ in self.people]
        self.inquiries = [uuid7() for _ in range(count)]
        self.matters = [uuid7() for _ in range(count)]
        self.codes: list[str] = []
        self.given: set[str] = set()

    def _name(self) -> str:
        pick = self.chance.choice
        return pick(SURNAMES) + pick(GIVEN) + (pick(GIVEN) if self.chance.random() < 0.8 else "")

    def when(self, n: int) -> Any:
        return AT - timedelta(minutes=(self.count - n) * MINUTES / self.count)

    def is_open(self, n: int) -> bool:
        return n % self.open_one_in == 0

    def holder(self, n: int) -> Any:
        return self.town.people[(n // self.open_one_in + n * 7) % len(self.town.people)]

    def code(self, prefix: str) -> str:
        """Of a million random codes two may be alike; here none are."""
        while (found := new_code(prefix)) in self.given:
            continue
        self.given.add(found)
        return found

    def item_rows(self) -> Iterator[dict[str, Any]]:
        for n, key in enumerate(self.items):
            yield {"id": key, "center": self.center, "name": f"第{n}项服务", "created_by": "", "created_at": AT}

    def itemversion_rows(self) -> Iterator[dict[str, Any]]:
        for n, key in enumerate(self.versions):
            yield {
                "id": key,
                "center": self.center,
                "item": self.items[n],
                "number": 1,
                "state": "in_force",
                "active_from": SINCE,
                "name": f"第{n}项服务",
                "field": "civil",
                "official_kind": "promised",
                "department": self.units[n % len(self.units)],
                "promised_limit": 10,
                "legal_basis": "依据",
                "search_text": f"\n第{n}项服务\n",
                "drafted_by": "",
                "drafted_at": AT,
                "changed_at": AT,
            }

    def person_rows(self) -> Iterator[dict[str, Any]]:
        tails = [privacy.tail(self.center, f"{n:04d}") for n in range(10_000)]
        for n, (key, name) in enumerate(zip(self.people, self.names, strict=True)):
            phone = f"138{n:08d}"
            yield {
                "id": key,
                "code": self.code("BR"),
                "center": self.center,
                "name": name,
                "phone_digest": privacy.digest(self.center, phone),
                "phone_tail": tails[n % 10_000],
                "phone_masked": f"138****{phone[-4:]}",
                "created_at": AT,
            }

    def inquiry_rows(self) -> Iterator[dict[str, Any]]:
        for n, key in enumerate(self.inquiries):
            member = self.holder(n)
            yield {
                "id": key,
                "code": self.code("SW"),
                "center": self.center,
                "channel": "walk_in",
                "person": self.people[n // 2 % len(self.people)],
                "first_asked": member,
                "first_asked_name": member.name,
                "received_at": self.when(n),
                "recorded_at": self.when(n),
                "recorded_by": member.name,
            }

    def matter_rows(self) -> Iterator[dict[str, Any]]:
        for n, key in enumerate(self.matters):
            live, member = self.is_open(n), self.holder(n)
            yield {
                "id": key,
                "code": self.code("SY"),
                "center": self.center,
                "inquiry": self.inquiries[n],
                "item": self.items[n % ITEMS],
                "subject": f"第{n % ITEMS}项服务",
                "holder": member,
                "first_asked": member,
                "status": "open" if live else "closed",
                "outcome": "accepted",
                "opened_at": self.when(n),
                "closed_at": None if live else self.when(n),
            }

    def holding_rows(self) -> Iterator[dict[str, Any]]:
        for n, matter in enumerate(self.matters):
            member = self.holder(n)
            yield {
                "center": self.center,
                "matter": matter,
                "position": 1,
                "member": member,
                "member_name": member.name,
                "role": "首问",
                "clause": "4.2",
                "started_at": self.when(n),
                "ended_at": None if self.is_open(n) else self.when(n),
            }

    def case_rows(self) -> Iterator[dict[str, Any]]:
        for n, matter in enumerate(self.matters):
            person = n // 2 % len(self.people)
            code, live, received = self.code("QS"), self.is_open(n), self.when(n)
            self.codes.append(code)
            due = AT + timedelta(days=n // self.open_one_in % 25 - 2, minutes=n % 60) if live else received + timedelta(days=10)
            yield {
                "code": code,
                "center": self.center,
                "matter": matter,
                "version": self.versions[n % ITEMS],
                "item": self.items[n % ITEMS],
                "item_name": f"第{n % ITEMS}项服务",
                "official_kind": "promised",
                "handling": "ordinary",
                "department": self.units[n % ITEMS % len(self.units)],
                "person": self.people[person],
                "person_name": self.names[person],
                "status": "accepted" if live else "delivered",
                "received_at": received,
                "accepted_at": received,
                "clock_date": received.date(),
                "promised_n": 10,
                "due_at": due,
                "current_due_at": due,
                "ended_at": None if live else due,
                "search_words": search_words(self.center, self.names[person]),
            }
