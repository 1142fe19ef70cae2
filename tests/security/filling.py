"""Forms as they stand on a page: read from the HTML, filled in by the type of each field, sent as a browser would."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from html.parser import HTMLParser
from typing import Any

from django.test import Client

from tests.security import routes
from tests.town import DAY, Town, picture

VALUES = {"date": DAY.isoformat(), "time": "08:30", "datetime-local": f"{DAY}T09:00", "number": "1", "url": ""}
PEOPLE = ("李明", "周丽", "孙会", "吴芳", "钱进", "王主任")
WRITTEN = ("text", "search", "textarea")


@dataclass
class Field:
    name: str
    kind: str
    value: str = ""
    most: int = 10_000
    accept: str = ""
    checked: bool = False
    options: list[tuple[str, bool]] = field(default_factory=list)


@dataclass
class Form:
    """`url` where it goes; `fields` in order, buttons with a name among them."""

    url: str
    is_post: bool
    fields: list[Field] = field(default_factory=list)

    @property
    def names(self) -> frozenset[str]:
        return frozenset(one.name for one in self.fields)

    def filled(self, text: Callable[[Field], str]) -> dict[str, Any]:
        """Sensible content for every field; what people write themselves comes from `text`."""
        data: dict[str, Any] = {}
        for one in self.fields:
            if one.name in data or one.name == "csrfmiddlewaretoken":
                continue
            found = content(one, text)
            if found is not None:
                data[one.name] = found
        return data


def content(one: Field, text: Callable[[Field], str]) -> Any:
    """What a person would put there; None for what stays unsent (an empty tick)."""
    if one.kind in WRITTEN:
        return text(one)[: one.most]
    if one.kind == "file":
        return picture() if "image" in one.accept else None
    if one.kind in ("radio", "checkbox"):
        return one.value if one.checked or one.kind == "radio" else None
    if one.kind == "select":
        chosen = [value for value, selected in one.options if selected and value]
        return (chosen or [value for value, _ in one.options if value] or [""])[0]
    if one.name in ("start_date", "end_date"):
        return (DAY + timedelta(days=12)).isoformat()
    return one.value or VALUES.get(one.kind, "")


class Reader(HTMLParser):
    def __init__(self, url: str) -> None:
        super().__init__()
        self.url, self.forms, self.form = url, [], None
        self.area: Field | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        a = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.form = Form(a.get("action") or self.url, a.get("method", "get").lower() == "post")
            self.forms.append(self.form)
        elif tag == "option" and self.area is not None:
            self.area.options.append((a.get("value", ""), "selected" in a))
        elif self.form is not None and tag in ("input", "select", "textarea", "button") and a.get("name"):
            kind = a.get("type", "text") if tag == "input" else tag
            one = Field(
                a["name"], kind, a.get("value", ""), int(a.get("maxlength") or 10_000), a.get("accept", ""), "checked" in a
            )
            self.form.fields.append(one)
            self.area = one if tag in ("select", "textarea") else None

    def handle_data(self, data: str) -> None:
        if self.area is not None and self.area.kind == "textarea":
            self.area.value += data

    def handle_endtag(self, tag: str) -> None:
        if tag in ("select", "textarea"):
            self.area = None
        elif tag == "form":
            self.form = None


def forms_on(client: Client, url: str) -> list[Form]:
    """Every form of a page; none when there is no page."""
    return forms_of(client.get(url), url)


def forms_of(answer: Any, url: str) -> list[Form]:
    if answer.status_code != 200 or not is_page(answer):
        return []
    reader = Reader(url)
    reader.feed(answer.content.decode())
    return reader.forms


@dataclass(frozen=True)
class Known:
    """A form and who has it before him."""

    name: str
    form: Form


_known: list[Known] = []
_pages: list[str] = []


def every_form(town: Town) -> list[Known]:
    """The posting forms of all pages of these people, each kind once: the same fields sent to the same sort of address.

    Found once a process: the town's rows, and so its addresses, are the same in every test of a run.
    """
    if not _known:
        urls, seen = pages(town), set()
        for name in PEOPLE:
            client = town.client(name)
            for form in (one for url in urls for one in forms_on(client, url)):
                kind = (form.names, *form.url.rsplit("/", 2)[1:])
                if form.is_post and kind not in seen:
                    seen.add(kind)
                    _known.append(Known(name, form))
    return _known


def pages(town: Town) -> list[str]:
    """Addresses that open by a look; what only a button sends, and files, left out."""
    if not _pages:
        client = town.client("孙会")
        answers = {url: client.get(url) for url in routes.addresses(town).values()}
        _pages.extend(url for url, answer in answers.items() if answer.status_code != 405 and is_page(answer))
    return _pages


def is_page(answer: Any) -> bool:
    return bool(answer.get("Content-Type", "").startswith("text/html"))


def as_it_stands(one: Field) -> str:
    """Keep what the page proposes, write a word where there is nothing."""
    return one.value.strip() or "情况说明"
