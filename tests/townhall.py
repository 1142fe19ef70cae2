"""The hall's rows the demo does not have: one of each kind, so that every address of the site has something to show."""

from __future__ import annotations

from datetime import timedelta

from shouwen.cases import actions as cases
from shouwen.cases.models import Case, Receipt
from shouwen.catalogue import actions as catalogue
from shouwen.catalogue.models import Item
from shouwen.cli.demo import people
from shouwen.cli.demo.people import moment
from shouwen.reception import actions as reception


def more(cast: people.Cast, day: object) -> None:
    """A kept filter, an approval asked for, a refund, a closed day, a follow-up, a batch, a complaint, a draft of an item."""
    at = moment(day, "9:11")
    act = cast.actor
    rows = Case.objects.of(cast.center).select_related("center", "matter__holder")
    cases.save_filter(name="民政临期", choices={"view": "soon"}, by=act("李明", at), at=at)
    waiting = rows.filter(status="accepted", paused_at__isnull=True, handling="ordinary").order_by("id")[0]
    asker = cast.actor(waiting.matter.holder.name, at)
    cases.ask_approval(case=waiting, kind="extension", data={"n": 3}, reason="需要实地核查", by=asker, at=at)
    money(cast, day)
    delivered = rows.filter(delivered_at__isnull=False).order_by("id")[0]
    cases.plan_follow_up(case=delivered, member=cast["李明"], by=act("周丽", at), at=at)
    cases.start_batch(
        action="urge",
        cases=list(rows.filter(status="accepted")[:2]),
        reason="临近到期",
        options={"text": "请尽快办理"},
        by=act("周丽", at),
        at=at,
    )
    reception.open_inquiry(
        channel="walk_in", subjects=[(None, "等候太久")], first_asked=cast["李明"], by=act("李明", at), at=at
    )
    matter = reception.open_inquiry(
        channel="walk_in", subjects=[(None, "反映一件事")], first_asked=cast["周丽"], by=act("周丽", at), at=at
    ).matters.get()
    reception.register_complaint(matter=matter, text="窗口说话难听", against=cast["马超"], by=act("周丽", at), at=at)
    item = Item.objects.of(cast.center).order_by("id")[0]
    catalogue.start_draft(item=item, by=act("周丽", at), at=at)
    cases.add_ground(label="专家评审", basis="某条例第九条", active_from=day, by=act("周丽", at), at=at)


def money(cast: people.Cast, day: object) -> None:
    """One receipt's refund waits for an answer; the cashier closed yesterday."""
    receipt = Receipt.objects.of(cast.center).filter(total__gt=0).select_related("case__center", "cashier").order_by("id")[0]
    yesterday = moment(day, "17:00") - timedelta(days=1)
    by = cast.actor(receipt.cashier.name, yesterday)
    open_till = Receipt.objects.of(cast.center).filter(cashier=receipt.cashier, total__gt=0)
    for number, one in enumerate(open_till.select_related("case__center", "cashier"), 1):
        cases.note_invoice(receipt=one, number=f"A{number:04}", by=by, at=yesterday)
    cases.close_day(counted=0, explanation="现金已另行缴存银行", by=by, at=yesterday)
    at = moment(day, "9:10")
    cases.refund(receipt=receipt, reason="多收一份", by=cast.actor(receipt.cashier.name, at), at=at)
