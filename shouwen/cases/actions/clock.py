"""What stops, lengthens or shortens the clock ("3.3", "3.4"): pauses on lawful grounds, one extension, urgency."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from shouwen.audit.actions import record
from shouwen.cases import documents
from shouwen.cases.actions.approving import DIRECTOR, require_approver
from shouwen.cases.actions.story import store, tell
from shouwen.cases.models import Case, Expedite, Extension, Pause, PauseGround
from shouwen.cases.queries.grounds import Ground, grounds_of
from shouwen.cases.queries.ledger import clock_of, ledger_of
from shouwen.core.actors import Actor
from shouwen.core.clock import local
from shouwen.core.errors import Refused, taken
from shouwen.org.models import Role
from shouwen.rules.clock import Event, refusal
from shouwen.rules.clock.story import NAMES
from shouwen.workcalendar.queries import day_table

CLAUSE, URGENT = "3.3", "3.4"


def _running(case: Case) -> None:
    if case.status != Case.Status.ACCEPTED:
        raise Refused(f"办件{case.get_status_display()}，时限没有在走", CLAUSE)


def _allowed(case: Case, event: Event, clause: str = CLAUSE) -> None:
    """Ask the clock: in order of time, before the limit ran out (K2)."""
    table = day_table(case.center)
    if problem := refusal(table, clock_of(case, ledger_of(case), table), event):
        raise Refused(problem, clause)


@transaction.atomic
def pause_case(
    *,
    case: Case,
    ground: str,
    needed_days: int,
    started_at: datetime | None = None,
    approver: Any = None,
    by: Actor,
    at: datetime,
) -> Pause:
    """特别程序: stop the clock on a ground of the closed list, told to the applicant in writing (行政许可法 45, K6, L8).

    `needed_days` working days are told to the applicant; a longer pause raises its own alarm. `started_at` before `at` is
    back-dating: not before acceptance or the last resume, not in the future, and approved by a superior (L9).
    Refused for a ground the item or the law does not know, while paused, and after the limit ran out (K2).
    Effects: Pause, paper "special_procedure", audit "cases.pause". 依据: 三(三) ("3.3")
    """
    _running(case)
    if case.paused_at is not None:
        raise Refused("已在暂停中，请先恢复计时", CLAUSE)
    if needed_days < 1:
        raise Refused("须写明所需工作日，并书面告知申请人", CLAUSE)
    known, begin = _ground(case, ground, at), started_at or at
    _backdated(case, begin, approver, by, at)
    _allowed(case, Event("pause", begin))
    row = Pause(
        center=case.center, case=case, ground=ground, ground_label=known.label, basis=known.basis, needed_days=needed_days,
        started_at=begin, entered_at=at, approver=approver,
    )  # fmt: skip
    store(row)
    data = {"pause": {"started_at": begin, "needed_days": needed_days, "ground": ground}}
    words = f"{row.ground_label}，自 {local(begin):%m-%d} 起暂停计时，需 {needed_days} 个工作日，已书面告知"
    tell(case, "pause", words, by=by, at=at, clause=CLAUSE, sets={"paused_at": begin}, data=data)
    row.document_code = documents.special_procedure(case, row, by=by, at=at).code
    Pause.objects.of(case.center_id).filter(pk=row.pk).update(document_code=row.document_code)
    return row


def _ground(case: Case, ground: str, at: datetime) -> Ground:
    known = grounds_of(case.version, local(at).date())
    if ground not in known:
        words = "、".join(one.label for one in known.values()) or "无"
        raise Refused(f"只有法定事由可以暂停计时（行政许可法第四十五条）；本事项可用的事由：{words}", CLAUSE)
    return known[ground]


def _backdated(case: Case, begin: datetime, approver: Any, by: Actor, at: datetime) -> None:
    """L9: dates of a pause are a superior's business when they lie in the past."""
    if begin > at:
        raise Refused("暂停不能从将来算起", CLAUSE)
    if case.accepted_at and begin < case.accepted_at and not case.is_deemed:
        raise Refused("受理之前时限没有开始，暂停不能早于受理", CLAUSE)
    if local(begin).date() < local(case.received_at).date():
        raise Refused("暂停不能早于收件", CLAUSE)
    if local(begin).date() < local(at).date():
        require_approver(approver, by, at, CLAUSE)


@transaction.atomic
def resume_case(*, case: Case, result: str = "", by: Actor, at: datetime) -> Pause:
    """The procedure is over, the clock goes on the working day after (K2). Refused when nothing is paused.

    Effects: Pause ended, audit "cases.resume". 依据: 三(三) ("3.3")
    """
    row = Pause.objects.of(case.center_id).filter(case=case, ended_at__isnull=True).first()
    if case.paused_at is None or row is None:
        raise Refused("没有在暂停，无须恢复", CLAUSE)
    open_rows = Pause.objects.of(case.center_id).filter(pk=row.pk, ended_at__isnull=True)
    if open_rows.update(ended_at=at, result=result.strip()[:200]) != 1:
        raise taken()
    row.ended_at, row.result = at, result.strip()
    words = f"{row.ground_label}结束，恢复计时" + (f"：{result.strip()}" if result.strip() else "")
    tell(case, "resume", words, by=by, at=at, clause=CLAUSE, sets={"paused_at": None}, data={"resume": {"ended_at": at}})
    return row


@transaction.atomic
def extend_case(*, case: Case, n: int, reason: str, approver: Any, by: Actor, at: datetime) -> Extension:
    """延期: once, before the limit ran out, by at most what the item allows, approved and told to the applicant (行政许可法 42, L12).

    The approver is 分管领导: for a single authority as its head, for joint handling for the government of this level.
    Effects: Extension, paper "extension", audit "cases.extend". 依据: 三(三) ("3.3")
    """
    _running(case)
    version = case.version
    if not version.extension_limit:
        raise Refused("本事项没有可以延长的时限", CLAUSE)
    if ledger_of(case).extensions:
        raise Refused("只能延期一次，本办件已经延过", CLAUSE)
    if not 1 <= n <= version.extension_limit:
        raise Refused(f"最多延长 {version.extension_limit} 个工作日（行政许可法第四十二条）", CLAUSE)
    if not reason.strip():
        raise Refused("须写明延期理由，并告知申请人", CLAUSE)
    require_approver(approver, by, at, CLAUSE, roles=DIRECTOR)
    _allowed(case, Event("extend", at, n))
    old = case.statutory_due_at or case.due_at
    assert old is not None
    row = Extension(center=case.center, case=case, n=n, reason=reason.strip()[:200], approver=approver, at=at)
    store(row)
    words = f"经{version.get_extension_approver_display()} {approver.name}批准延长 {n} 个{NAMES.get(case.statutory_unit, '工作日')}：{reason.strip()}"
    tell(case, "extend", words, by=by, at=at, clause=CLAUSE, data={"extend": {"at": at, "n": n}})
    paper = documents.extension(case, row, old, by=by, at=at)
    Extension.objects.of(case.center_id).filter(pk=row.pk).update(document_code=paper.code)
    row.document_code = paper.code
    return row


@transaction.atomic
def expedite_case(*, case: Case, n: int, reason: str, requested_by: str, approver: Any, by: Actor, at: datetime) -> Expedite:
    """特事特办、急事急办 ("3.4", "2.5"): a shorter promised budget of `n` with who asked, who approved and why (K11, L14).

    The original promise stays visible. Refused when it does not shorten, or is shorter than what is used already.
    Effects: Expedite, the case marked urgent, audit "cases.expedite". 依据: 三(四) ("3.4"), 二(五) ("2.5")
    """
    _running(case)
    if not reason.strip() or not requested_by.strip():
        raise Refused("须写明急办的理由和提出人", URGENT)
    require_approver(approver, by, at, URGENT)
    _allowed(case, Event("expedite", at, n), URGENT)
    row = Expedite.objects.create(
        center=case.center,
        case=case,
        n=n,
        reason=reason.strip()[:200],
        requested_by=requested_by.strip()[:60],
        approver=approver,
        at=at,
    )
    words = f"急办：承诺时限由 {case.promised_n} 缩短为 {n} 个{NAMES.get(case.unit, '')}，{approver.name}批准，{reason.strip()}"
    tell(
        case, "expedite", words, by=by, at=at, clause=URGENT, sets={"is_expedited": True}, data={"expedite": {"at": at, "n": n}}
    )
    return row


@transaction.atomic
def add_ground(*, label: str, basis: str, active_from: date, by: Actor, at: datetime) -> PauseGround:
    """A ground of this centre beside the legal list, with its legal basis, from a day on (K6). Leaders and directors only.

    Effects: PauseGround, audit "cases.ground.add". 依据: 三(三) ("3.3")
    """
    if not by.has(Role.LEADER.value, Role.DIRECTOR.value):
        raise Refused("增加不计时限的事由由中心负责人或分管领导办理", CLAUSE)
    if not label.strip() or not basis.strip():
        raise Refused("须写明事由和法律依据", CLAUSE)
    row = PauseGround.objects.create(
        center=by.center, label=label.strip()[:40], basis=basis.strip()[:120], active_from=active_from, entered_by=by.label[:40],
        entered_at=at,
    )  # fmt: skip
    record(by=by, at=at, verb="cases.ground.add", obj=row, label=row.label)
    return row


@transaction.atomic
def end_ground(*, ground: PauseGround, active_to: date, by: Actor, at: datetime) -> None:
    """The ground holds until the day before `active_to`; pauses already begun keep it. Effects: audit "cases.ground.end"."""
    if not by.has(Role.LEADER.value, Role.DIRECTOR.value):
        raise Refused("停用不计时限的事由由中心负责人或分管领导办理", CLAUSE)
    if active_to < ground.active_from:
        raise Refused("停用日期不能早于启用日期", CLAUSE)
    open_rows = PauseGround.objects.of(by.center).filter(pk=ground.pk, active_to__isnull=True)
    if open_rows.update(active_to=active_to) != 1:
        raise taken()
    record(by=by, at=at, verb="cases.ground.end", obj=ground, label=ground.label)
