"""What a citizen says was asked beyond the schedule, and what the software itself blocked ("3.5": 三乱)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from shouwen.audit.actions import record
from shouwen.cases.models import Case, FeeLead
from shouwen.cases.queries import fees as queries
from shouwen.cases.queries.fees import CLAUSE
from shouwen.core.actors import Actor
from shouwen.core.clock import local
from shouwen.core.errors import Refused, taken
from shouwen.core.obligations import address
from shouwen.core.privacy import place, seal, unseal
from shouwen.notifications.actions import enqueue
from shouwen.org.models import Department, Member
from shouwen.rules.masking import mask_name


@transaction.atomic
def note_fee_lead(
    *,
    text: str,
    about: Member | None = None,
    department: Department | None = None,
    about_words: str = "",
    case: Case | None = None,
    informant: str = "",
    happened_date: date | None = None,
    by: Actor,
    at: datetime,
) -> FeeLead:
    """Register it, from anybody and anonymously too (`informant` "": 匿名); who said it is sealed and shown masked.

    Told only to leaders, directors and supervisors outside the accused's unit; reports take it up later. Nobody registers their
    own ("1.9"). Effects: FeeLead, messages, audit "cases.fee_lead" without names. 依据: 三(五) ("3.5")
    """
    if by.is_self(about):
        raise Refused("不能由被反映人自己登记", "1.9")
    if len(text.strip()) < 4:
        raise Refused("请写明在哪里、被要求交什么钱、多少", CLAUSE)
    lead = FeeLead(
        center=by.center, case=case, about=about, department=department, about_words=about_words.strip()[:60],
        text=text.strip(), happened_date=happened_date, registered_by=by.label[:40], registered_at=at,
    )  # fmt: skip
    name = " ".join(informant.split())[:60]
    lead.informant_masked = mask_name(name) if name else ""
    lead.informant_sealed = seal(name, row=place(lead, "informant_sealed"))
    return _file(lead, by, at)


@transaction.atomic
def note_blocked(*, case: Case, text: str, by: Actor, at: datetime) -> FeeLead:
    """A charge outside the schedule was tried and blocked: a lead about whoever tried, for others to look at."""
    words = f"试图收取收费目录之外的费用，已被系统拦截：{text}"
    lead = FeeLead(
        center=by.center, case=case, is_blocked=True, about=by.member, text=words, registered_by="系统", registered_at=at,
        happened_date=local(at).date(),
    )  # fmt: skip
    return _file(lead, by, at)


def _file(lead: FeeLead, by: Actor, at: datetime) -> FeeLead:
    if lead.about is not None and lead.department is None:
        units = queries.unit_ids(lead.about, local(at).date())
        lead.department_id = next(iter(sorted(units)), None)
    lead.save(force_insert=True)
    for member in queries.lead_readers(lead, at):
        url, key = address("cases:fee_lead", lead.code), f"fee-lead:{lead.code}:{member.code}"
        enqueue(to=member, title="收费线索", text="有一条收费线索待核查，请查看。", url=url, key=key, by=by, at=at)
    record(by=by, at=at, verb="cases.fee_lead", obj=lead, label=lead.code)
    return lead


def _require_reader(lead: FeeLead, by: Actor, at: datetime) -> None:
    if not queries.visible_leads(by, at).filter(pk=lead.pk).exists():
        raise Refused("收费线索由被反映单位之外的负责人或监督员核查", CLAUSE)


@transaction.atomic
def settle_fee_lead(
    *, lead: FeeLead, confirmed: bool, finding: str, about: Member | None = None, by: Actor, at: datetime
) -> FeeLead:
    """What came of it. Confirmed and about a person, it is a fact for assessment (R19).

    `about` names the person when the lead did not. Effects: state and finding, audit "cases.fee_lead_settle".
    """
    _require_reader(lead, by, at)
    if len(finding.strip()) < 4:
        raise Refused("请写明核查结论", CLAUSE)
    if by.is_self(about):
        raise Refused("不能核查自己的事", "1.9")
    changes: dict[str, Any] = {
        "state": "confirmed" if confirmed else "unfounded", "finding": finding.strip()[:300], "found_by": by.label[:30], "found_at": at,
    }  # fmt: skip
    if about is not None and lead.about_id is None:
        changes["about"] = about
    if FeeLead.objects.of(by.center).filter(pk=lead.pk, state="new").update(**changes) != 1:
        raise taken()
    for name, value in changes.items():
        setattr(lead, name, value)
    record(by=by, at=at, verb="cases.fee_lead_settle", obj=lead, label=lead.code, detail={"state": lead.state})
    return lead


@transaction.atomic
def reveal_informant(*, lead: FeeLead, reason: str, by: Actor, at: datetime) -> str:
    """The name in full, to be shown once, to whoever may read the lead; a logged act with its reason (等保 8.1.4.11, PIPL 51)."""
    _require_reader(lead, by, at)
    if len(reason.strip()) < 2:
        raise Refused("查看反映人须写明用途，查看会留下记录")
    if not lead.informant_sealed:
        raise Refused("反映人没有留下姓名")
    record(by=by, at=at, verb="cases.fee_lead_reveal", obj=lead, label=lead.code, detail={"reason": reason.strip()[:200]})
    return unseal(lead.informant_sealed, row=place(lead, "informant_sealed"))
