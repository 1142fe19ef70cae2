"""What may be charged for a case, what was, what a cashier owes at the end of the day, and leads with their narrow door ("3.5")."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Case as Either
from django.db.models import Exists, Min, OuterRef, Prefetch, Q, QuerySet, Sum, Value, When

from shouwen.cases.models import Case, Charge, DayEnd, FeeLead, Receipt, Refund, RefundLine, Way
from shouwen.cases.queries.owed import NOTHING, Owed, Select, Shape, read_owed, select, shaped
from shouwen.catalogue.models import Fee
from shouwen.catalogue.queries import fees_in_force
from shouwen.catalogue.queries.charging import tariff_of
from shouwen.core.actors import Actor
from shouwen.core.clock import local, midnight
from shouwen.core.obligations import Obligation, State, address
from shouwen.org import queries as org
from shouwen.org.models import Membership, in_force
from shouwen.rulebook import queries as rulebook
from shouwen.rules import fees as rules
from shouwen.rules.fees import yuan
from shouwen.rules.scoring import Fact
from shouwen.rules.workdays import DayTable
from shouwen.workcalendar.queries import day_table

CLAUSE = "3.5"
LEAD_READERS = frozenset({"leader", "director", "supervisor"})
REFUND_APPROVERS = frozenset({"leader", "director"})
CASHIERS = frozenset({"clerk", "section", "leader"})


def not_refunded() -> Q:
    """Charges whose money was not given back and is not asked back."""
    given = RefundLine.objects.filter(center=OuterRef("center"), charge=OuterRef("pk"), is_void=False)
    return ~Q(Exists(given))


def capped_before(case: Case, fee: Fee) -> int:
    """How much of the row's cap earlier lines of this case have used up, in fen: splitting a quantity evades no cap."""
    rows = Charge.objects.of(case.center_id).filter(not_refunded(), case=case, fee=fee)
    return int(rows.aggregate(sum=Sum("full"))["sum"] or 0)


def priced(fee: Fee, quantity: int, reductions: Iterable[str] = (), before: int = 0) -> rules.Charge:
    """What the schedule makes of it when `before` fen of the cap are used up. Raises rules.FeeError."""
    tariff = tariff_of(fee)
    if tariff.cap is not None:
        tariff = replace(tariff, cap=max(0, tariff.cap - before))
    return rules.charge(tariff, quantity, reductions)


@dataclass(frozen=True, slots=True)
class Offer:
    """A row of the schedule the counter may charge for this case today; `charged` is how many units were charged already."""

    fee: Fee
    reductions: list[str]
    charged: int

    @property
    def price(self) -> str:
        return f"{yuan(self.fee.amount)}/{self.fee.unit}" + (f"，最高 {yuan(self.fee.cap)}" if self.fee.cap is not None else "")


def offers(case: Case, at: datetime) -> list[Offer]:
    """The schedule for this case on the day: two queries; [] means 不收费."""
    rows = Charge.objects.of(case.center_id).filter(not_refunded(), case=case).order_by()
    charged = dict(rows.values_list("fee_id").annotate(Sum("quantity")))
    found = fees_in_force(case.center, case.version, local(at).date())
    return [Offer(fee, [one["name"] for one in fee.reductions], charged.get(fee.pk, 0)) for fee in found]


def _receipts(center: Any) -> QuerySet[Any]:
    lines = RefundLine.objects.of(center).filter(is_void=False).select_related("refund")
    charges = Charge.objects.of(center).order_by("position").prefetch_related(Prefetch("refund_lines", lines, to_attr="given"))
    asked = Refund.objects.of(center).order_by("asked_at")
    return (
        Receipt.objects.of(center)
        .select_related("case", "cashier", "day_end")
        .prefetch_related(Prefetch("charges", charges, to_attr="lines"), Prefetch("refunds", asked, to_attr="asked"))
    )


def receipts_of(case: Case) -> list[Receipt]:
    """Receipts of a case, the oldest first, each with `lines` (each with `given`) and `asked` refunds; four queries."""
    return list(_receipts(case.center_id).filter(case=case).order_by("charged_at"))


def receipt_by(center: Any, code: str) -> QuerySet[Any]:
    return _receipts(center).filter(code=code)


def receipts_between(center: Any, start: date, end: date, cashier: Any = None) -> QuerySet[Any]:
    """Receipts of days, both inclusive, the newest first; of one cashier or of all."""
    rows = _receipts(center).filter(
        charged_at__gte=midnight(start), charged_at__lt=midnight(date.fromordinal(end.toordinal() + 1))
    )
    return (rows if cashier is None else rows.filter(cashier=cashier)).order_by("-charged_at", "-id")


@dataclass(frozen=True, slots=True)
class Till:
    """What a cashier took and gave back since the last day-end. Money in fen; `expected` is the cash that must be there."""

    receipts: list[Receipt] = field(default_factory=list)
    refunds: list[Refund] = field(default_factory=list)

    @property
    def totals(self) -> dict[str, int]:
        found = dict.fromkeys((way.value for way in Way if way != Way.NONE), 0)
        for receipt in self.receipts:
            found[receipt.way] = found.get(receipt.way, 0) + receipt.total
        for refund in self.refunds:
            found[refund.way] = found.get(refund.way, 0) - refund.total
        return {way: fen for way, fen in found.items() if fen or way == "cash"}

    @property
    def expected(self) -> int:
        return self.totals["cash"]

    @property
    def days(self) -> list[date]:
        moments = [row.charged_at for row in self.receipts] + [row.decided_at for row in self.refunds if row.decided_at]
        return sorted({local(moment).date() for moment in moments})

    @property
    def unnumbered(self) -> list[Receipt]:
        """Paid receipts whose 财政票据 number is still missing."""
        return [row for row in self.receipts if row.total and not row.invoice_number]


def till(center: Any, cashier: Any, *, lock: bool = False) -> Till:
    """The cashier's open receipts and approved refunds; `lock` holds them until the transaction ends. Two queries."""
    receipts = Receipt.objects.of(center).filter(cashier=cashier, day_end__isnull=True).order_by("charged_at")
    refunds = Refund.objects.of(center).filter(cashier=cashier, day_end__isnull=True, state="approved").order_by("decided_at")
    if lock:
        receipts, refunds = receipts.select_for_update(no_key=True), refunds.select_for_update()
    return Till(list(receipts), list(refunds))


def day_ends(actor: Actor, most: int = 60) -> list[DayEnd]:
    """Closed days, the newest first: the own ones, or everybody's for leaders, directors, supervisors."""
    rows = DayEnd.objects.of(actor.center)
    rows = rows if actor.has(*LEAD_READERS) else rows.filter(cashier=actor.member)
    return list(rows.order_by("-date", "cashier_name")[:most])


def sheet_of(day: DayEnd) -> Till:
    """What a closed day covers."""
    receipts = Receipt.objects.of(day.center_id).filter(day_end=day).order_by("charged_at")
    refunds = Refund.objects.of(day.center_id).filter(day_end=day).select_related("receipt").order_by("decided_at")
    return Till(list(receipts), list(refunds))


# --- leads ---------------------------------------------------------------------------------------------------------------


def unit_ids(member: Any, on: date) -> set[UUID]:
    if member is None:
        return set()
    posts = Membership.objects.of(member.center_id).filter(in_force(on), member=member)
    return set(posts.values_list("department_id", flat=True))


def visible_leads(actor: Actor, at: datetime) -> QuerySet[Any]:
    """Leads for leaders, directors and supervisors; never one about the actor, or about a unit or a colleague of the own unit.

    A lead keeps the unit the accused was in when it was registered; where the accused is now counts as well.
    """
    rows = _leads(actor, local(at).date()).select_related("about", "department", "case")
    return rows.order_by("-registered_at", "-id")


def _leads(actor: Actor, on: date) -> QuerySet[Any]:
    rows = FeeLead.objects.of(actor.center)
    if actor.member is None or not actor.has(*LEAD_READERS):
        return rows.none()
    units = Membership.objects.of(actor.center).filter(in_force(on), member=actor.member).values("department_id")
    near = Membership.objects.of(actor.center).filter(in_force(on), department__in=units).values("member_id")
    mine = Q(about=actor.member) | Q(about__in=near)
    rows = rows.filter(Q(about__isnull=True) | ~mine)
    return rows.filter(Q(department__isnull=True) | ~Q(department__in=units))


def lead_readers(lead: FeeLead, at: datetime) -> list[Any]:
    """Everybody the lead may be told to: the roles that read leads, without the accused and their unit."""
    on = local(at).date()
    people = {member.pk: member for role in sorted(LEAD_READERS) for member in org.holders(lead.center, role, on)}
    barred = unit_ids(lead.about, on) | ({lead.department_id} if lead.department_id else set())
    posts = Membership.objects.of(lead.center_id).filter(in_force(on), department__in=barred)
    near = {*posts.values_list("member_id", flat=True), lead.about_id}
    return [member for pk, member in people.items() if pk not in near]


# --- what is owed, facts ---------------------------------------------------------------------------------------------------


def fee_selects(actor: Actor, on: date) -> Iterator[Select]:
    """The oldest receipt no day-end covers, refunds and leads that wait for a decision."""
    own = Receipt.objects.of(actor.center).filter(cashier=actor.member, day_end__isnull=True).order_by()
    first = own.values("center").annotate(first=Min("charged_at"))
    yield select(first, "day_end", since="first", code=NOTHING, page=NOTHING)
    if actor.has(*REFUND_APPROVERS):
        asked = Refund.objects.of(actor.center).filter(~Q(cashier=actor.member), state="asked")
        yield select(asked, "refund", "total", "receipt__number", since="asked_at", page="receipt__code")
    if actor.has(*LEAD_READERS):
        leads, blocked = _leads(actor, on).filter(state="new"), When(is_blocked=True, then=Value("系统拦截"))
        yield select(leads, "lead", who=Either(blocked, default=NOTHING), since="registered_at")


def _day_end_owed(row: Owed, at: datetime, table: DayTable) -> Obligation:
    day = local(row.since).date()
    due = table.closes_at(day) or midnight(day)
    state: State = "late" if day < local(at).date() else "ok"
    said = f"{day:%m-%d} 起"
    return Obligation("日结", "收费日结", said, "", CLAUSE, row.since, due, state, "去日结", address("cases:day_end"))


def _refund_owed(row: Owed, at: datetime) -> Obligation:
    title, url = f"退费 {yuan(int(row.title))}", address("cases:receipt", row.page)
    return Obligation("退费审批", title, row.who, row.code, CLAUSE, row.since, None, "ok", "审批", url)


def _lead_owed(row: Owed, at: datetime) -> Obligation:
    url = address("cases:fee_lead", row.page)
    return Obligation("收费线索", "收费线索待核查", row.who, row.code, CLAUSE, row.since, None, "ok", "查看", url)


def fee_shapes(table: DayTable) -> dict[str, Shape]:
    return {"day_end": lambda row, at: _day_end_owed(row, at, table), "refund": _refund_owed, "lead": _lead_owed}


def fee_obligations(actor: Actor, at: datetime) -> list[Obligation]:
    """Day-ends the cashier owes, refunds and leads that wait for a decision; one statement beside the calendar's."""
    if actor.member is None:
        return []
    return shaped(read_owed(fee_selects(actor, local(at).date())), fee_shapes(day_table(actor.center)), at)


def fee_facts(center: Any, start: date, end: date) -> list[Fact]:
    """Leads found true, from `start` to `end` inclusive by the day of the finding, where the rulebook lists them (R19; "3.5")."""
    after = midnight(date.fromordinal(end.toordinal() + 1))
    rows = FeeLead.objects.of(center).filter(
        state="confirmed", about__isnull=False, found_at__gte=midnight(start), found_at__lt=after
    )
    facts = [_fact(row) for row in rows.select_related("about").order_by("found_at", "code")]
    return [fact for fact in facts if _is_listed(center, fact)]


def _is_listed(center: Any, fact: Fact) -> bool:
    version = rulebook.in_force(center, fact.booked or fact.date)
    return version is not None and fact.kind in (version.document.get("items") or {})


def _fact(row: FeeLead) -> Fact:
    assert row.about is not None
    assert row.found_at is not None
    return Fact(
        id=f"cases.fee_lead:{row.code}",
        kind="fee_breach",
        subject=row.about.code,
        date=row.happened_date or local(row.registered_at).date(),
        at=row.found_at,
        booked=local(row.found_at).date(),
        reason=row.finding,
        attrs={"clause": CLAUSE},
    )
