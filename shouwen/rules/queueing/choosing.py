"""Who is next, the order of a line, what becomes of a number nobody answers, and whether another number may be given."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from shouwen.rules.queueing.model import (
    ANYBODY,
    FAIR,
    PRIORITIES,
    Choice,
    Decision,
    Desk,
    Line,
    Placed,
    QueueRules,
    Waiting,
    is_priority,
)

TICK = timedelta(microseconds=1)


def choose(desk: Desk, line: Line, at: datetime, rules: QueueRules, streak: int = 0) -> Choice:
    """Whom the counter calls at `at`; `streak` is how many priority tickets were called in a row just before.

    1. whoever it may serve and has waited longer than the limit, the longest first;
    2. its own queues, and only when nobody waits there the others it helps (a quick counter: anybody);
    3. in them priority before ordinary, but after `priority_run` in a row one ordinary; within a lane first come first.
    Left out: those called within the last minutes (`call_again_minutes`), appointments before their time.
    """
    ready = _ready(at, rules)
    priority = _first(line.priority, lambda one: desk.serves(one.queue) and ready(one))
    ordinary = _first(line.ordinary, lambda one: desk.serves(one.queue) and ready(one))
    oldest = min((one for one in (priority, ordinary) if one is not None), key=lambda one: one.key, default=None)
    if oldest is None:
        return _nobody(desk, line, at, rules)
    if at - oldest.since > rules.longest_wait:
        return Choice(oldest, "overdue", f"{_waited(oldest, at)},超过 {rules.longest_wait_minutes} 分钟,先办", FAIR)
    own = _first(line.priority, lambda one: one.queue in desk.own and ready(one))
    mine = _first(line.ordinary, lambda one: one.queue in desk.own and ready(one))
    helping = own is None and mine is None
    if not helping:
        priority, ordinary = own, mine
    choice = _of_lanes(priority, ordinary, at, rules, streak)
    if helping and desk.own:
        return replace(choice, reason=f"本窗口的队列无人等候,帮办其他队列:{choice.reason}")
    return choice


def _of_lanes(priority: Waiting | None, ordinary: Waiting | None, at: datetime, rules: QueueRules, streak: int) -> Choice:
    if priority is not None and (ordinary is None or streak < rules.priority_run):
        label, clause = PRIORITIES[priority.priority]
        return Choice(priority, "priority", f"{label}优先,{_waited(priority, at)}", clause)
    assert ordinary is not None
    if priority is not None:
        return Choice(ordinary, "share", f"已连续优先 {streak} 人,轮到普通号,{_waited(ordinary, at)}", FAIR)
    return Choice(ordinary, "turn", f"按取号先后,{_waited(ordinary, at)}", FAIR)


def _nobody(desk: Desk, line: Line, at: datetime, rules: QueueRules) -> Choice:
    """Nobody now; when the first of those left out may be called."""
    later = [_ready_at(one, rules) for one in line.all() if desk.serves(one.queue)]
    if not later:
        return Choice(None, "empty", "没有等候的人", FAIR)
    text = f"等候的人刚叫过(未满 {rules.call_again_minutes} 分钟)或预约时间未到"
    return Choice(None, "later", text, FAIR, min(later))


def _ready(at: datetime, rules: QueueRules) -> Callable[[Waiting], bool]:
    called_before = at - rules.call_again
    return lambda one: one.since <= at and (one.called_at is None or one.called_at <= called_before)


def _ready_at(one: Waiting, rules: QueueRules) -> datetime:
    return one.since if one.called_at is None else max(one.since, one.called_at + rules.call_again)


def _first(lane: list[Waiting], fits: Callable[[Waiting], bool]) -> Waiting | None:
    return next((one for one in lane if fits(one)), None)


def _waited(one: Waiting, at: datetime) -> str:
    return f"已等 {max(timedelta(0), at - one.since) // timedelta(minutes=1)} 分钟"


def streak_after(streak: int, called: Waiting) -> int:
    """How many priority tickets were called in a row, after this one too."""
    return streak + 1 if is_priority(called.priority) else 0


def order(tickets: Iterable[Waiting], at: datetime, rules: QueueRules, streak: int = 0) -> list[Placed]:
    """The whole line as it would be called now, by one counter that serves everybody: each ticket's place and why.

    Somebody called a moment ago keeps the place; appointments before their time stand at the end.
    """
    line = Line.of(replace(one, called_at=None) if one.called_at else one for one in tickets)
    placed: list[Placed] = []
    while len(line):
        choice = choose(ANYBODY, line, at, rules, streak)
        if choice.ticket is None:
            break
        line.remove(choice.ticket)
        streak = streak_after(streak, choice.ticket)
        placed.append(Placed(choice.ticket, len(placed) + 1, choice.rule, choice.reason, choice.clause))
    early = enumerate(line.all(), len(placed) + 1)
    return placed + [Placed(one, place, "early", "预约时间未到", PRIORITIES["appointment"][1]) for place, one in early]


def after_no_show(calls: int, rules: QueueRules) -> tuple[str, Decision]:
    """What a number becomes that was called `calls` times and nobody came: "waiting" (keeps its place) or "passed"."""
    if calls >= rules.call_max:
        return "passed", Decision(True, f"已叫 {calls} 次无人应答,过号;本人回来后可恢复排队", FAIR)
    text = f"已叫 {calls} 次,未到 {rules.call_max} 次:放回原位,{rules.call_again_minutes} 分钟后再叫"
    return "waiting", Decision(True, text, FAIR)


def returning(
    back: Waiting, tickets: Iterable[Waiting], at: datetime, rules: QueueRules, streak: int = 0
) -> tuple[datetime, int, Decision]:
    """Where a passed number that comes back stands: the moment it now counts from, and its place in the line.

    Behind the next `return_after`, as near behind them as its lane allows; it keeps no older claim, so nobody before it loses
    a place.
    """
    others = list(tickets)
    lane = Line.of(others).lane(back)
    wanted = min(rules.return_after, sum(one.since <= at for one in others)) + 1
    since = [lane[0].since - TICK, *(one.since + TICK for one in lane)] if lane else [at]
    for moment in since:
        counted = min(at, moment)
        placed = order([*others, replace(back, since=counted, called_at=None)], at, rules, streak)
        place = next(one.place for one in placed if one.ticket.ticket == back.ticket)
        if place >= wanted:
            break
    return counted, place, Decision(True, f"过号恢复:排在接下来 {place - 1} 人之后", FAIR)


def may_issue(
    starts_at: datetime | None,
    closes_at: datetime | None,
    *,
    at: datetime,
    from_at: datetime | None = None,
    next_day: str = "",
    override: str = "",
) -> Decision:
    """Whether another number may be given: not on a day of rest, not when the turn would come after closing.

    `starts_at` is the expected start (None: no counter is known to open), `from_at` when the day's first number may be taken,
    `next_day` the next opening in words, `override` the reason a member of staff gives to do it all the same.
    """
    offer = f",请于{next_day}再来" if next_day else ",请改日再来"
    if override and closes_at is not None:
        return Decision(True, f"工作人员加号:{override}", "3.4")
    if closes_at is None:
        return Decision(False, f"今天不办公{offer}", "3.3")
    if at >= closes_at:
        return Decision(False, f"今天已下班{offer}", "3.3")
    if from_at is not None and at < from_at:
        return Decision(False, "还没到取号时间,请在上班前一小时内再来取号", "3.3")
    if starts_at is None:
        return Decision(False, f"今天没有办理这类事项的窗口开放{offer}", "3.3")
    if starts_at >= closes_at:
        return Decision(False, f"按现在的排队,轮到时已过下班时间,今天不再取号{offer}", "3.3")
    return Decision(True, "可以取号", FAIR)
