"""What fills the addresses of the hall: catalogue, queue, matters, cases, and what citizens open."""

from __future__ import annotations

from typing import Any

from shouwen.cases.models import Case, Receipt, Refund
from shouwen.cases.queries import papers
from shouwen.catalogue.models import Item
from shouwen.reception.models import Ticket
from tests.security.finding import Found, also, center, row
from tests.town import Town


def of_center(name: str, model: Any, **lookup: Any) -> Found:
    """A public address of the centre with the code of one of its rows."""

    def find(town: Town) -> dict[str, Any]:
        rows = model.objects.of(town.center).filter(**lookup).order_by("-id")
        return {"code": town.center.code, name: rows.values_list("code", flat=True)[0]}

    return find


def paper(town: Town) -> dict[str, Any]:
    case = Case.objects.of(town.center).filter(status="decided").order_by("-id")[0]
    return {"code": case.code, "paper": papers(case)[0].code, "form": "pdf"}


def money_paper(town: Town) -> dict[str, Any]:
    return {"code": Receipt.objects.of(town.center).order_by("-id")[0].document_code, "form": "pdf"}


def refund(town: Town) -> dict[str, Any]:
    asked = Refund.objects.of(town.center).select_related("receipt").order_by("-id")[0]
    return {"code": asked.receipt.code, "refund": asked.code}


CASE, MATTER = row("cases.Case", ended_at__isnull=True), row("reception.Matter", status="open")
DRAFT, FEE = row("catalogue.ItemVersion", state="draft"), row("catalogue.Fee")
TICKET, PERSON, DEVICE = row("reception.Ticket", status="waiting"), row("reception.Person"), row("reception.HallDevice")
BY_NAME: dict[str, Found] = {
    "desk:urge": row("cases.JointTask"),
    "catalogue:export": lambda town: {"kind": "xlsx"},
    "catalogue:end_fee": FEE,
    "catalogue:item": row("catalogue.Item"),
    "catalogue:start": row("catalogue.Item"),
    "catalogue:end": row("catalogue.ItemVersion", state="in_force"),
    "reception:answer_offer": row("reception.HandOver", status="pending"),
    "reception:person": PERSON,
    "reception:edit_person": PERSON,
    "reception:reveal": PERSON,
    "reception:ticket": TICKET,
    "reception:transfer": TICKET,
    "cases:drop_filter": row("cases.SavedFilter"),
    "cases:receive": MATTER,
    "cases:approval": row("cases.Approval"),
    "cases:breach": row("cases.Breach"),
    "cases:joint_task": row("cases.JointTask"),
    "cases:receipt": row("cases.Receipt"),
    "cases:decide_refund": refund,
    "cases:closed_day": row("cases.DayEnd"),
    "cases:side_paper": money_paper,
    "cases:fee_lead": row("cases.FeeLead"),
    "cases:follow_up": row("cases.FollowUp"),
    "cases:batch": row("cases.Batch"),
    "cases:go_on_batch": row("cases.Batch"),
    "cases:paper": paper,
    "cases:joint": row("cases.Case", handling="joint"),
    "cases:open_joint": row("cases.Case", handling="joint"),
    "cases:joint_paper": row("cases.Case", handling="joint"),
    "public:line": of_center("ticket", Ticket, status="waiting"),
    "public:leave": of_center("ticket", Ticket, status="waiting"),
    "public:slip": of_center("ticket", Ticket, status="waiting"),
    "public:slip_pdf": of_center("ticket", Ticket, status="waiting"),
    "public:guide": of_center("item", Item),
    "public:progress_of": of_center("case", Case),
    "boards:pair": center(),
    "boards:hall": center(),
    "boards:hall_code": center(),
}


def screen(town: Town) -> dict[str, Any]:
    return {"code": town.center.code, "screen": row("reception.HallDevice", kind="screen")(town)["code"]}


BY_NAME["boards:screen"] = screen
BY_PREFIX: tuple[tuple[str, tuple[str, ...], Found], ...] = (
    ("catalogue:", ("code",), DRAFT),
    ("desk:", ("code", "do"), also(TICKET, do="recall")),
    ("desk:", ("code",), TICKET),
    ("reception:", ("code", "do"), also(TICKET, do="recall")),
    ("reception:queue_", ("code",), row("reception.Queue")),
    ("reception:", ("code",), MATTER),
    ("cases:", ("code",), CASE),
    ("public:", ("code",), center()),
    ("boards:", ("code",), DEVICE),
)
