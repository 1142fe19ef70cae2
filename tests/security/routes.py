"""Every address of the site with what belongs into it: rows of the first centre, one of each kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from tests.security import hall_examples
from tests.security.finding import also, always, center, person, row
from tests.town import SETUP_SECRET, Town


@dataclass(frozen=True, slots=True)
class Route:
    """`name` is "attendance:leave", `kwargs` the names of what its address carries, `view` the function behind it."""

    name: str
    kwargs: tuple[str, ...]
    view: Any

    @property
    def is_open(self) -> bool:
        return "anyone" in self.view.allowed


def routes() -> list[Route]:
    return list(_walk(get_resolver(), ""))


def _walk(resolver: URLResolver, space: str) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield Route(f"{space}{entry.name}", tuple(entry.pattern.converters), entry.callback)
        else:
            yield from _walk(entry, f"{entry.namespace}:" if entry.namespace else space)


def photo(town: Town) -> dict[str, Any]:
    rows = apps.get_model("duty.CleaningRecord")._base_manager.filter(center=town.center).exclude(photo="")
    return {"name": rows.values_list("photo", flat=True)[0]}


def feed(town: Town) -> dict[str, Any]:
    return {"center": town.center.code, "secret": town["李明"].feed_secret, "whose": "hall"}


MONTH = {"key": "2026-10"}
SLOT = {"day": "2026-10-28", "session": "am", "side": "in"}
LEAVE, CHECK, BATCH = row("attendance.Leave"), row("attendance.PostCheck"), row("attendance.ImportBatch", state="staged")
CORRECTION, DEVICE, DOCUMENT = row("attendance.Correction"), row("attendance.Device"), row("documents.Document", kind="notice")
AGENDA, OBJECTION, DRAFT = row("assessment.AgendaItem"), row("assessment.Objection"), row("rulebook.Rulebook", state="draft")
# Addresses not named here whose `code` is that of a person, or of one kind of row a folder.
BY_NAME: dict[str, Callable[[Town], dict[str, Any]]] = {
    "desk:calendar_change": always(kind="closure"),
    "desk:setup": always(code=SETUP_SECRET),
    "desk:setup_template": always(code=SETUP_SECRET),
    "org:end_role": person("李明", role="clerk"),
    "org:department_change": row("org.Department"),
    "org:department_end": row("org.Department"),
    "org:counter_change": row("org.Counter"),
    "org:counter_end": row("org.Counter"),
    "org:decision_end": row("org.Decision"),
    "workcalendar:of_year": always(number=2026),
    "workcalendar:end_closure": row("workcalendar.Closure"),
    "notifications:open": row("notifications.Message"),
    "duty:open": row("duty.Shift"),
    "duty:photo": photo,
    "duty:feed": feed,
    "duty:breach": row("duty.Breach"),
    "duty:handover": row("duty.ShiftHandover"),
    "duty:handover_paper": row("duty.ShiftHandover"),
    "duty:swap": row("duty.Swap"),
    "duty:ask": row("duty.Shift", kind="hall"),
    "duty:opening": row("duty.Shift", kind="hall"),
    "duty:closing": row("duty.Shift", kind="hall"),
    "attendance:person": person("李明"),
    "attendance:correct": person("赵刚", **SLOT),
    "attendance:decide_slot": person("赵刚", **SLOT),
    "attendance:check_photo": also(row("attendance.PostCheck", evidence__gt=""), number=0),
    "attendance:leave_evidence": row("attendance.Leave", evidence__gt=""),
    "attendance:ignore_pin": row("attendance.UnmatchedPin"),
    "attendance:reject_register": row("attendance.RegisterEntry"),
    "assessment:person": person("李明", **MONTH),
    "assessment:confirm": person("李明", **MONTH),
    "assessment:step": always(key="2026-11", step="frozen"),
    "assessment:object": row("assessment.Entry", member__name="王强"),
    "assessment:adjustment": row("assessment.Adjustment"),
    "assessment:of_year": always(number=2026),
    "assessment:year_export": always(number=2026),
    "assessment:close_year": always(number=2026),
    "assessment:year_paper": always(number=2026, kind="table"),
    "assessment:decide": person("李明", number=2026),
    "assessment:letter": person("李明", number=2026),
    "rulebook:start": always(way="copy"),
    "rulebook:edit": also(DRAFT, part="readings"),
    "public:front": center(),
    "public:month": center(text="2026-10"),
    "boards:posting": center(),
} | hall_examples.BY_NAME
BY_PREFIX: tuple[tuple[str, tuple[str, ...], Callable[[Town], dict[str, Any]]], ...] = (
    ("org:", ("code",), person("李明")),
    ("documents:", ("code",), DOCUMENT),
    ("rulebook:", ("code",), DRAFT),
    ("duty:", ("text",), always(text="2026-11")),
    ("assessment:", ("key",), always(**MONTH)),
    ("assessment:agenda", ("code",), AGENDA),
    ("assessment:announce", ("code",), AGENDA),
    ("assessment:criticism", ("code",), AGENDA),
    ("assessment:trial", ("code",), DRAFT),
    ("assessment:note_trial", ("code",), DRAFT),
    ("assessment:enact", ("code",), DRAFT),
    ("assessment:", ("code",), OBJECTION),
    ("attendance:correction", ("code",), CORRECTION),
    ("attendance:withdraw_correction", ("code",), CORRECTION),
    ("attendance:batch", ("code",), BATCH),
    ("attendance:columns", ("code",), BATCH),
    ("attendance:confirm_import", ("code",), BATCH),
    ("attendance:cancel_import", ("code",), BATCH),
    ("attendance:device", ("code",), DEVICE),
    ("attendance:end_device", ("code",), DEVICE),
    ("attendance:post_check", ("code",), CHECK),
    ("attendance:repeat_check", ("code",), CHECK),
    ("attendance:reply_to_check", ("code",), CHECK),
    ("attendance:decide_check", ("code",), CHECK),
    ("attendance:", ("code",), LEAVE),
    *hall_examples.BY_PREFIX,
)


def example(route: Route, town: Town) -> dict[str, Any] | None:
    """What fills the address, all of the first centre; None when nobody has said what."""
    if not route.kwargs:
        return {}
    if route.name in BY_NAME:
        return BY_NAME[route.name](town)
    for prefix, kwargs, find in BY_PREFIX:
        if route.name.startswith(prefix) and route.kwargs == kwargs:
            return find(town)
    return None


def address(route: Route, town: Town) -> str:
    """The route's address with rows of the first centre; "" when nobody has said what belongs into it."""
    kwargs = example(route, town)
    try:
        return "" if kwargs is None else reverse(route.name, kwargs=kwargs)
    except NoReverseMatch:
        return ""


def addresses(town: Town) -> dict[str, str]:
    return {route.name: address(route, town) for route in routes()}
