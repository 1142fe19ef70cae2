"""Finding cases by what somebody knows: a number, a name, the tail of a telephone or card, an item.

By name is the full-text index of the database (house.md T20): FTS5 on SQLite, a GIN index on PostgreSQL. What is indexed are
not the characters but keyed pieces of one to four of them, so both databases cut words alike, a centre finds only its own, and
the index does not repeat anybody's name.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from shouwen.cases.models import Case
from shouwen.catalogue import queries as catalogue
from shouwen.core import privacy
from shouwen.core.actors import Actor
from shouwen.documents.models import Document
from shouwen.reception.models import Person
from shouwen.rules.numbering import normalise

LONGEST_PIECE = 4
FOUND = 20
MOST_PEOPLE = 300
MOST_FEW = 1000
PAPER_NUMBER = re.compile(r"[〔\[(（]?(20\d\d)[〕\])）]?(\d{1,6})号?$")
CODE_START = re.compile(r"QS-?([0-9A-Z]{4}-?[0-9A-Z]*)$")


def search_words(center: Any, *names: str) -> str:
    """What a case is indexed under, for the names of applicant and agent; written to `Case.search_words` with the case."""
    found = {piece for name in names for piece in _pieces(_plain(name))}
    return " ".join(sorted(_token(center, piece) for piece in found))


def by_name(center: Any, text: str) -> QuerySet[Case]:
    """Cases in which a name contains `text`, in no order. A text of five characters or more must contain all its pieces."""
    plain = _plain(text)
    if not plain:
        return Case.objects.of(center).none()
    pieces = [plain] if len(plain) <= LONGEST_PIECE else list(_windows(plain, LONGEST_PIECE))
    tokens = [_token(center, piece) for piece in pieces]
    if connection.vendor == "postgresql":
        return _gin(center, tokens)
    return Case.objects.of(center).filter(code__in=_fts5(tokens))


def find(actor: Actor, text: str, on: date) -> list[Case]:
    """Up to 20 cases, the newest first, for whatever was typed into the search box; at most five queries.

    Number of a case (whole or its first four characters), number of a paper (〔2026〕120号), eleven digits of a telephone, eighteen
    of an identity card, four of either's tail, an item (by name, pinyin or everyday word) or a part of a name.
    """
    text = text.strip()
    rows = Case.objects.of(actor.center)
    code = normalise(text, "QS")
    if code:
        return _shown(actor.center, rows.filter(code=code))
    if start := CODE_START.match(text.upper()):
        body = start.group(1).replace("-", "")
        written = f"QS-{body[:4]}" + (f"-{body[4:8]}" if len(body) > 4 else "") + (f"-{body[8:]}" if len(body) > 8 else "")
        # A range, because LIKE asks no index on SQLite; first the codes, or the order by date walks every case of the centre.
        codes = rows.filter(code__gte=written, code__lt=written + "~").order_by("code").values_list("code", flat=True)
        return _shown(actor.center, rows.filter(code__in=list(codes[: 10 * FOUND])))
    if (people := _people(actor.center, text)) is not None:
        return _shown(actor.center, rows.filter(Q(person__in=people) | Q(agent__in=people)))
    if paper := PAPER_NUMBER.search(text.replace(" ", "")):
        return _shown(actor.center, rows.filter(code__in=_of_paper(actor.center, *paper.groups())))
    return _named(actor, text, on)


def _named(actor: Actor, text: str, on: date) -> list[Case]:
    found = _shown(actor.center, by_name(actor.center, text))
    if len(found) < FOUND and (items := catalogue.search(actor.center, text, on, 5)):
        same = {case.pk for case in found}
        of_item = Case.objects.of(actor.center).filter(item__in={one.item_id for one in items})
        found += [case for case in _shown(actor.center, of_item) if case.pk not in same]
    return sorted(found, key=lambda case: case.received_at, reverse=True)[:FOUND]


def picked(center: Any, rows: QuerySet[Case], order: tuple[str, ...], most: int) -> list[Case]:
    """The first `most` of `rows` in that order, with the names a list shows. One query: the keys, and around them their rows.

    The keys come out of an index alone. Beside the joined names PostgreSQL takes the few rows it expects of a centre for few,
    and sorts a million instead.
    """
    keys = rows.order_by(*order).values("pk")[:most]
    named = Case.objects.of(center).select_related("matter__holder", "person", "department").defer("search_words")
    return list(named.filter(pk__in=keys).order_by(*order))


def _shown(center: Any, rows: QuerySet[Case]) -> list[Case]:
    return picked(center, rows, ("-received_at", "-code"), FOUND)


def _people(center: Any, text: str) -> list[Any] | None:
    """Keys of the people a number belongs to; None when `text` is no such number."""
    number = privacy.plain(text)
    rows = Person.objects.of(center).values_list("pk", flat=True)
    if re.fullmatch(r"1\d{10}", number):
        return list(rows.filter(phone_digest=privacy.digest(center, number))[:MOST_PEOPLE])
    if re.fullmatch(r"[0-9A-Z]{18}", number):
        return list(rows.filter(id_digest=privacy.digest(center, number)).exclude(id_digest="")[:MOST_PEOPLE])
    if re.fullmatch(r"\d{3}[\dX]", number):
        tail = privacy.tail(center, number)
        # Two looks into two indexes: of an "or" PostgreSQL's remembered plan reads everybody.
        both = rows.filter(phone_tail=tail).exclude(phone_tail=""), rows.filter(id_tail=tail).exclude(id_tail="")
        return list(both[0].union(both[1])[:MOST_PEOPLE])
    return None


def _of_paper(center: Any, year: str, serial: str) -> list[str]:
    papers = Document.objects.of(center).filter(year=int(year), serial=int(serial), source__startswith="cases.")
    return [source.split(":", 1)[1].split(":")[0] for source in papers.values_list("source", flat=True)]


def _fts5(tokens: list[str]) -> list[str]:
    """Codes of the newest cases that hold all tokens. The tokens are hexadecimal digests that carry the centre."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT code FROM cases_search WHERE cases_search MATCH %s ORDER BY rowid DESC LIMIT %s",
            [" ".join(tokens), 10 * FOUND],
        )
        return [code for (code,) in cursor.fetchall()]


def _gin(center: Any, tokens: list[str]) -> QuerySet[Case]:
    """By the keys the index gives when they are few. A common name is left to whoever walks the newest cases: the next one is near.

    PostgreSQL cannot tell the two apart, and for a rare name read every case from the newest to the oldest.
    """
    # Here and not above: it loads the PostgreSQL driver, 9 MB that a hall on SQLite has no use for.
    from django.contrib.postgres.search import SearchQuery, SearchVector

    cases = Case.objects.of(center)
    query = SearchQuery(" ".join(tokens), config="simple", search_type="plain")
    found = cases.annotate(words=SearchVector("search_words", config="simple")).filter(words=query).order_by()
    keys = list(found.values_list("pk", flat=True)[: MOST_FEW + 1])
    if len(keys) <= MOST_FEW:
        return cases.filter(pk__in=keys)
    for token in tokens:
        cases = cases.filter(search_words__contains=token)
    return cases


def _plain(name: str) -> str:
    return re.sub(r"[\s·•.,，。()（）]", "", name).lower()


def _windows(text: str, size: int) -> Iterable[str]:
    return (text[start : start + size] for start in range(len(text) - size + 1))


def _pieces(text: str) -> Iterable[str]:
    for size in range(1, LONGEST_PIECE + 1):
        yield from _windows(text, size)


def _token(center: Any, piece: str) -> str:
    return "x" + hashlib.blake2b(piece.encode(), key=center.pk.bytes, digest_size=8).hexdigest()
