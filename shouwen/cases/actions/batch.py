"""One action over many cases, stored, each case checked again when its turn comes, to be gone on with after a kill (L31)."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from shouwen.audit.actions import record
from shouwen.cases.actions.decision import deliver_result
from shouwen.cases.actions.story import reproject
from shouwen.cases.models import Batch, BatchItem, Case
from shouwen.cases.queries import batch as queries
from shouwen.core.actors import Actor
from shouwen.core.clock import local
from shouwen.core.errors import Refused, taken
from shouwen.org.models import Member
from shouwen.org.queries import actor_of
from shouwen.reception import actions as reception

log = logging.getLogger("shouwen")
CLAUSE = "3.3"
ONE_RUN = 100
"""How many cases one page view or one tick does of a batch."""


def _hand_over(case: Case, options: Mapping[str, Any], by: Actor, at: datetime) -> str:
    receiver = Member.objects.of(by.center).filter(code=options["receiver"]).first()
    if receiver is None:
        raise Refused("接手人不在本中心", "4.2")
    reception.hand_over(matter=case.matter, kind="internal", receiver=receiver, note=options["reason"], by=by, at=at)
    return f"已移交{receiver.name}，待接手"


def _urge(case: Case, options: Mapping[str, Any], by: Actor, at: datetime) -> str:
    row = reception.urge_matter(matter=case.matter, text=options["text"], by=by, at=at)
    return f"已督促{row.to_name}"


def _post(case: Case, options: Mapping[str, Any], by: Actor, at: datetime) -> str:
    number = options.get("parcel", "")
    deliver_result(case=case, way="post", remark=number, by=by, at=at)
    return f"已邮寄，{number}"


def _recompute(case: Case, options: Mapping[str, Any], by: Actor, at: datetime) -> str:
    before = case.current_due_at
    reproject(case)
    if case.current_due_at == before:
        return "时限未变"
    return f"时限由 {local(before):%m-%d %H:%M} 改为 {local(case.current_due_at):%m-%d %H:%M}"


@dataclass(frozen=True, slots=True)
class Handler:
    """What a batch does to one case; `roles` may ask for it, `needs` are the options that must be there."""

    run: Callable[[Case, Mapping[str, Any], Actor, datetime], str]
    roles: frozenset[str]
    needs: tuple[str, ...] = ()


HANDLERS: dict[str, Handler] = {
    Batch.Action.HAND_OVER: Handler(_hand_over, queries.OPERATORS, ("receiver",)),
    Batch.Action.URGE: Handler(_urge, frozenset({"section", "leader", "director"}), ("text",)),
    Batch.Action.POST: Handler(_post, queries.OPERATORS),
    Batch.Action.RECOMPUTE: Handler(_recompute, frozenset({"leader", "director"})),
}


@transaction.atomic
def start_batch(
    *,
    action: str,
    cases: Sequence[Case],
    reason: str,
    options: Mapping[str, Any] | None = None,
    each: Mapping[str, Mapping[str, Any]] | None = None,
    token: str = "",
    by: Actor,
    at: datetime,
) -> Batch:
    """Store what is to be done to which cases, and why; nothing is done yet (`run_batch`).

    `options` hold for all (`receiver` a member's code, `text`), `each` for one case by its code (`parcel` number). The same
    `token` again gives the same batch. Refused without a reason, without cases, above 2,000, and for a role the action is not
    for. Effects: Batch, a BatchItem a case, audit "cases.batch".
    """
    if token and (same := Batch.objects.of(by.center).filter(token=token).first()):
        return same
    wanted = _checked(action, cases, reason, dict(options or {}), by)
    batch = Batch(
        center=by.center, action=action, options=wanted, words=f"{Batch.Action(action).label} {len(cases)} 件",
        reason=reason.strip()[:200], asked_by=by.member, asked_name=by.member.name, asked_at=at, size=len(cases), token=token,
    )  # fmt: skip
    try:
        with transaction.atomic():
            batch.save(force_insert=True)
    except IntegrityError as error:
        raise taken() from error
    own = each or {}
    items = [
        BatchItem(center=by.center, batch=batch, case=case, position=position, options=dict(own.get(case.code, {})))
        for position, case in enumerate(cases, 1)
    ]
    BatchItem.objects.bulk_create(items)
    record(by=by, at=at, verb="cases.batch", obj=batch, detail={"reason": batch.reason, "cases": len(items)})
    return batch


def _checked(action: str, cases: Sequence[Case], reason: str, options: dict[str, Any], by: Actor) -> dict[str, Any]:
    handler = HANDLERS.get(action)
    if handler is None:
        raise Refused("请选择要批量办理的操作", CLAUSE)
    if by.member is None or not by.has(*handler.roles):
        raise Refused(f"您不能批量{Batch.Action(action).label}", CLAUSE)
    if len(reason.strip()) < 2:
        raise Refused("批量办理必须写明原因", CLAUSE)
    if not cases:
        raise Refused("请至少选择一件办件", CLAUSE)
    if len(cases) > queries.MOST:
        raise Refused(f"一次最多 {queries.MOST} 件，请分批办理", CLAUSE)
    if missing := [name for name in handler.needs if not str(options.get(name, "")).strip()]:
        raise Refused("请选择接手人" if missing[0] == "receiver" else "请写明督促内容", CLAUSE)
    return options


def run_batch(*, batch: Batch, by: Actor, at: datetime, most: int = ONE_RUN) -> int:
    """Do up to `most` of the waiting items; returns how many still wait. Outside any transaction: each item has its own.

    Each is done in the name of who asked, with the roles held at that moment, and checked again as if it were asked for now: a
    refusal is its result. Killed in the middle, an item is either done or still waiting; run again to go on. Two runs at once
    share the items. Effects: those of the action, the item's result; at the end the batch is done, audit "cases.batch_done".
    """
    asker = actor_of(batch.asked_by, at)
    waiting = BatchItem.objects.of(by.center).filter(batch=batch, status=BatchItem.Status.WAITING)
    for pk in list(waiting.order_by("position").values_list("pk", flat=True)[:most]):
        if not Batch.objects.of(by.center).filter(pk=batch.pk, status=Batch.Status.RUNNING).exists():
            break
        _run_item(batch, pk, asker, at)
    left = waiting.count()
    if left == 0:
        _finish(batch, Batch.Status.DONE, by, at)
    return left


def _run_item(batch: Batch, pk: Any, asker: Actor, at: datetime) -> None:
    try:
        with transaction.atomic():
            item = _claim(batch, pk, BatchItem.Status.DONE, at)
            if item is None:
                return
            words = _do(batch, item, asker, at)
            BatchItem.objects.of(batch.center_id).filter(pk=pk).update(words=words[:200])
    except Refused as refused:
        _refused(batch, pk, refused.message, at)
    except Exception:
        log.exception("batch %s: item %s failed", batch.code, pk)
        _refused(batch, pk, "系统出错，未办；请单独办理并告知系统管理员", at)


def _claim(batch: Batch, pk: Any, status: str, at: datetime) -> BatchItem | None:
    """Take a waiting item by a conditional update, within the transaction that does it; None when another run has it."""
    rows = BatchItem.objects.of(batch.center_id).filter(pk=pk, status=BatchItem.Status.WAITING)
    if rows.update(status=status, at=at) != 1:
        return None
    found: BatchItem = BatchItem.objects.of(batch.center_id).get(pk=pk)
    return found


def _do(batch: Batch, item: BatchItem, asker: Actor, at: datetime) -> str:
    handler = HANDLERS[batch.action]
    if asker.member is None or not asker.member.is_here(local(at).date()) or not asker.has(*handler.roles):
        raise Refused("发起人已没有办理此事的权限", CLAUSE)
    rows = Case.objects.of(batch.center_id).select_related("center", "matter__holder", "version", "department", "person")
    options = {"reason": batch.reason, **batch.options, **item.options}
    return handler.run(rows.get(pk=item.case_id), options, asker, at)


def _refused(batch: Batch, pk: Any, words: str, at: datetime) -> None:
    rows = BatchItem.objects.of(batch.center_id).filter(pk=pk, status=BatchItem.Status.WAITING)
    rows.update(status=BatchItem.Status.REFUSED, words=words[:200], at=at)


@transaction.atomic
def _finish(batch: Batch, status: Batch.Status, by: Actor, at: datetime) -> bool:
    running = Batch.objects.of(by.center).filter(pk=batch.pk, status=Batch.Status.RUNNING)
    if running.update(status=status.value, ended_at=at) != 1:
        return False
    batch.status, batch.ended_at = status.value, at
    done = queries.progress(batch)
    detail = {"done": done.done, "refused": done.refused, "waiting": done.waiting}
    record(by=by, at=at, verb="cases.batch_done", obj=batch, detail=detail)
    return True


def stop_batch(*, batch: Batch, by: Actor, at: datetime) -> None:
    """What waits stays undone; what is done stays done. By who asked for it, or a leader or director."""
    if not by.is_self(batch.asked_by) and not by.has("leader", "director"):
        raise Refused("批量办理由发起人或中心负责人停止", CLAUSE)
    if not _finish(batch, Batch.Status.STOPPED, by, at):
        raise taken()


def run_batches(*, by: Actor, at: datetime, most: int = ONE_RUN) -> int:
    """Go on with every unfinished batch of the centre; called by the tick. Returns how many items were looked at."""
    looked = 0
    for batch in queries.running_batches(by.center):
        before = queries.progress(batch).waiting
        looked += before - run_batch(batch=batch, by=by, at=at, most=most)
    return looked
