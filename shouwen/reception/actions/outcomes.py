"""How a matter is settled. "Not ours" is no outcome ("4.3.1"): it is answered, told, accepted, coordinated or taken up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse

from shouwen.audit.actions import record
from shouwen.core.actors import Actor
from shouwen.core.clock import local
from shouwen.core.errors import Refused, taken
from shouwen.core.prepared import change
from shouwen.notifications.actions import enqueue
from shouwen.org import queries as org
from shouwen.org.models import Member
from shouwen.reception import queries
from shouwen.reception.actions.holding import end_link, locked, none_pending, responsible
from shouwen.reception.models import Inquiry, Matter, PhoneCall, RegisteredComplaint
from shouwen.rules.masking import scrub

TOLD = {"conditions": "条件", "basis": "依据", "fee": "收费", "time": "时限", "next_step": "下一步怎么办"}
"""All relevant matters, told at once (一次性告知, "4.3.2")."""
ENDS = frozenset(
    {
        Matter.Outcome.ANSWERED,
        Matter.Outcome.NOTIFIED,
        Matter.Outcome.ACCEPTED,
        Matter.Outcome.PHONE,
        Matter.Outcome.COMPLAINT,
    }
)
READERS = ("leader", "director", "supervisor")
"""Who may read a registered complaint, the accused always excepted."""


@transaction.atomic
def close_matter(
    *, matter: Matter, outcome: str, answer: str = "", told: Mapping[str, str] | None = None, by: Actor, at: datetime
) -> Matter:
    """The matter is settled; its chain ends with the one who held it ("4.2").

    `outcome` is answered, notified, accepted (called by cases when the case is over, whoever ends it), phone or complaint. A
    hand-over is no end ("4.3.2.1"), "not ours" is no outcome ("4.3.1"). Refused while a hand-over is pending. Effects: matter
    closed, last Holding ended, audit "reception.matter.close", a word to the first-asked who followed it.
    """
    return _settle(matter, outcome, answer, told, by, at)


def _settle(matter: Matter, outcome: str, answer: str, told: Mapping[str, str] | None, by: Actor, at: datetime) -> Matter:
    _is_end(outcome)
    fresh = locked(matter, by)
    link = responsible(fresh, by, at).link if outcome != Matter.Outcome.ACCEPTED else None
    none_pending(fresh)
    _, moment = end_link(fresh, at, link)
    changes: dict[str, Any] = {"outcome": outcome, "closed_at": moment, "closed_by": by.label[:40], "status": "closed"}
    if fresh.decided_at is None:
        changes["decided_at"] = moment
    if answer:
        changes["answer"] = scrub(answer)[:2000]
    if told:
        changes["told"] = {key: scrub(text)[:500] for key, text in told.items() if key in TOLD and text}
    if not change(matter, {"status": Matter.Status.OPEN}, **changes):
        raise taken()
    _follower_hears(fresh, by, at)
    record(by=by, at=at, verb="reception.matter.close", obj=matter, label=matter.code, detail={"outcome": str(outcome)})
    return matter


def _is_end(outcome: str) -> None:
    if outcome in (Matter.Outcome.HANDED_OVER, Matter.Outcome.SECTION):
        raise Refused("移交不是办结:对方接手后由对方负责到底,您跟踪督促", "4.3.2.1")
    if outcome not in ENDS:
        raise Refused("“不归我管”不是处理结果:请答复、告知、受理、引导移交、电话协调或登记投诉", "4.3.1")


def _follower_hears(matter: Matter, by: Actor, at: datetime) -> None:
    """The first-asked who followed it to the end learns that it is over."""
    if matter.first_asked_id != matter.holder_id and not by.is_self(matter.first_asked):
        url = reverse("reception:matter", args=[matter.code])
        text = f"您首问的“{matter.subject}”已办结。"
        enqueue(to=matter.first_asked, title="首问事项办结", text=text, url=url, key=f"matter:{matter.code}:end", by=by, at=at)


@transaction.atomic
def answer_matter(*, matter: Matter, answer: str, told: Mapping[str, str], by: Actor, at: datetime) -> Matter:
    """Answered on the spot, with all relevant matters told at once ("4.3.2").

    `told` has the five points of `TOLD`; for an item of the catalogue none may be left out. No acceptance notice is owed for a
    mere question unless the rulebook says so (R23): then the matter must be accepted as a case instead.
    """
    if not answer.strip():
        raise Refused("请写明怎样答复的", "4.1")
    _tells_all(matter, told)
    if queries.standing(by.center, at).owes_notice:
        raise Refused("本中心制度规定咨询也须出具受理通知书(R23),请按办件受理", "4.3.2")
    return _settle(matter, Matter.Outcome.ANSWERED, answer, told, by, at)


@transaction.atomic
def notify_matter(*, matter: Matter, told: Mapping[str, str], answer: str = "", by: Actor, at: datetime) -> Matter:
    """One-time notice at the stage of a question: everything needed is told, on paper, before anything is handed in ("4.3.2")."""
    if matter.item_id is None:
        raise Refused("一次性告知要先选定事项,才能告知全部材料和条件", "4.3.2")
    _tells_all(matter, told)
    return _settle(matter, Matter.Outcome.NOTIFIED, answer, told, by, at)


def _tells_all(matter: Matter, told: Mapping[str, str]) -> None:
    missing = [label for key, label in TOLD.items() if not str(told.get(key, "")).strip()]
    if matter.item_id is not None and missing:
        raise Refused(f"一次性告知要一次说全,还缺:{'、'.join(missing)}", "4.3.2")


@transaction.atomic
def mark_accepted(*, matter: Matter, item: Any = None, by: Actor, at: datetime) -> None:
    """A case begins: the matter goes on, held as before, until cases closes it with `close_matter` ("4.3.2").

    Called by cases inside its own action. Effects: outcome and, when given, the item; audit "reception.matter.accept".
    """
    fresh = locked(matter, by)
    changes: dict[str, Any] = {"outcome": Matter.Outcome.ACCEPTED, "decided_at": fresh.decided_at or max(at, fresh.opened_at)}
    if item is not None:
        changes["item"] = item
    Matter.objects.of(by.center).filter(pk=fresh.pk).update(**changes)
    for name, value in changes.items():
        setattr(matter, name, value)
    record(by=by, at=at, verb="reception.matter.accept", obj=matter, label=matter.code)


@transaction.atomic
def note_phone_call(
    *,
    matter: Matter,
    called: str,
    agreed: str,
    is_settled: bool = False,
    called_at: datetime | None = None,
    by: Actor,
    at: datetime,
) -> PhoneCall:
    """A call to the leader or window concerned, on the spot: who, when, what was agreed ("4.3.2.2").

    When it settles the matter, the matter closes with it; else the holder goes on holding. Effects: PhoneCall, outcome
    "phone" where none was set, audit "reception.matter.phone".
    """
    fresh = locked(matter, by)
    responsible(fresh, by, at)
    moment = called_at or at
    if not called.strip() or not agreed.strip():
        raise Refused("请写明打给谁、商定了什么", "4.3.2.2")
    if not fresh.opened_at <= moment <= at:
        raise Refused("通话时间应在来访之后、现在之前", "4.3.2.2")
    call = PhoneCall(
        center=by.center,
        matter=fresh,
        called=scrub(called)[:60],
        called_at=moment,
        agreed=scrub(agreed)[:300],
        is_settled=is_settled,
        by_name=by.label[:40],
        recorded_at=at,
    )
    call.save(force_insert=True)
    if is_settled:
        _settle(matter, Matter.Outcome.PHONE, agreed, None, by, at)
    elif not fresh.outcome:
        Matter.objects.of(by.center).filter(pk=fresh.pk).update(outcome=Matter.Outcome.PHONE, decided_at=moment)
    record(by=by, at=at, verb="reception.matter.phone", obj=matter, label=matter.code, detail={"settled": is_settled})
    return call


@transaction.atomic
def register_complaint(
    *,
    matter: Matter,
    text: str,
    against: Member | None = None,
    against_words: str = "",
    by: Actor,
    at: datetime,
) -> RegisteredComplaint:
    """A complaint brought to the counter is received like any matter ("4.2", "4.3.1"); reports take it up later.

    The words move to a row that only leaders, directors and supervisors read, the accused never; the matter and, when it holds
    nothing else, the inquiry keep none of them. Refused when the actor is the accused: nobody records their own ("1.9").
    Effects: RegisteredComplaint, matter closed, a message without content to those who may read it, audit
    "reception.complaint.register".
    """
    if not text.strip() or (against is None and not against_words.strip()):
        raise Refused("请写明投诉什么、投诉谁(不知道姓名写窗口或单位)", "4.2")
    if by.is_self(against):
        raise Refused("投诉的是您本人,不能由您登记:请把来人引导到中心负责人处", "1.9")
    fresh = locked(matter, by)
    responsible(fresh, by, at)
    said = "\n".join(filter(None, [text.strip(), *_taken_over(fresh)]))
    row = RegisteredComplaint(
        center=by.center,
        matter=fresh,
        against=against,
        against_words=against_words.strip()[:60] or (against.name if against else ""),
        text=scrub(said)[:4000],
        registered_by=by.label[:40],
        registered_at=at,
    )
    row.save(force_insert=True)
    _settle(matter, Matter.Outcome.COMPLAINT, "", None, by, at)
    _tell_readers(row, by, at)
    record(by=by, at=at, verb="reception.complaint.register", obj=row, label=row.code)
    return row


def _taken_over(matter: Matter) -> list[str]:
    """The words of matter and inquiry, which go through the narrower door with the complaint."""
    words = [matter.subject]
    Matter.objects.of(matter.center_id).filter(pk=matter.pk).update(subject="投诉登记", item=None, answer="")
    alone = Matter.objects.of(matter.center_id).filter(inquiry=matter.inquiry_id).count() == 1
    if alone and matter.inquiry.text:
        words.append(matter.inquiry.text)
        Inquiry.objects.of(matter.center_id).filter(pk=matter.inquiry_id).update(text="")
    return words


def _tell_readers(row: RegisteredComplaint, by: Actor, at: datetime) -> None:
    on, told = local(at).date(), {row.against_id}
    for role in READERS:
        for member in org.holders(by.center, role, on):
            if member.pk in told:
                continue
            told.add(member.pk)
            key = f"complaint:{row.code}:{member.code}"
            url = reverse("reception:complaints")
            enqueue(to=member, title="投诉登记", text="窗口登记了一件投诉,请查看。", url=url, key=key, by=by, at=at)
