"""The paper of a first inquiry: 首问责任登记表 with a slip to tear off (forms.md 2.5), one for each matter."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from shouwen.core.actors import Actor
from shouwen.core.clock import local
from shouwen.documents.actions import issue
from shouwen.reception import queries
from shouwen.reception.models import HandOver, Matter

COUNT = re.compile(r"^(.*?)\s*(\d+\s*[份张本枚件页套]?)$")


def issue_register_form(matter: Matter, *, by: Actor, at: datetime) -> Any:
    """Number and store the form as things stand now; issued again after something changed it is a new paper ("4.2")."""
    return issue(kind="first_inquiry", data=register_form_data(matter, at), subject=f"{matter.code} 首问责任", by=by, at=at)


def register_form_data(matter: Matter, at: datetime) -> dict[str, Any]:
    """What the form says; numbers of cards and telephones stay masked on paper too."""
    inquiry, person = matter.inquiry, matter.inquiry.person
    holder = queries.holder_of(matter, at)
    offers = [row for row in queries.story(matter).hand_overs if row.status in ("pending", "accepted")]
    return {
        "code": matter.code,
        "visitor": person.name if person else "未留名",
        "address": person.address if person else "",
        "phone": person.phone_masked if person else "",
        "channel": inquiry.get_channel_display(),
        "asked_at": _moment(inquiry.received_at),
        "question": "\n".join(filter(None, [matter.subject, inquiry.text])),
        "materials": counted(inquiry.materials),
        "first_asked": inquiry.first_asked_name,
        "unit": inquiry.unit_label,
        "holder": holder.name if holder else matter.holder.name,
        "direction": matter.get_outcome_display() if matter.outcome else "",
        "hand_overs": [_hand_over(row) for row in offers],
        "outcome": _outcome(matter),
        "replied_at": _moment(matter.closed_at),
        "contact_phone": inquiry.center.report_phone,
    }


def counted(materials: str) -> list[dict[str, str]]:
    """户口本 1 本、照片2张 → name and count of each."""
    found = []
    for part in filter(None, (text.strip() for text in re.split(r"[、,，;；\n]", materials))):
        match = COUNT.match(part)
        found.append({"name": match[1] or part, "count": match[2]} if match else {"name": part, "count": "1 份"})
    return found


def _hand_over(row: HandOver) -> dict[str, str]:
    taker = f"{row.receiver_label} {row.answered_by.name}" if row.answered_by else row.receiver_label
    accepted = row.answered_at if row.status == "accepted" else None
    return {
        "giver": row.sender_name,
        "receiver": taker,
        "handed_at": _moment(row.asked_at),
        "accepted_at": _moment(accepted),
        "note": row.note,
    }


def _outcome(matter: Matter) -> str:
    if matter.closed_at is None:
        return ""
    return matter.answer or matter.get_outcome_display()


def _moment(at: datetime | None) -> str:
    return f"{local(at):%Y-%m-%d %H:%M}" if at else ""
