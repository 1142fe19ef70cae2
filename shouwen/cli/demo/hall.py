"""The hall: five queues, six weeks of visits taken over from the old queue machine, and this morning as it happens."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from shouwen.catalogue import actions as catalogue
from shouwen.catalogue import queries as items
from shouwen.cli.demo.people import Cast, moment
from shouwen.core.actors import Actor, system
from shouwen.core.errors import Refused
from shouwen.org import queries as org
from shouwen.reception import actions as reception
from shouwen.reception import queries
from shouwen.reception.actions import PastVisit
from shouwen.workcalendar.queries import day_table

FIRST, LAST = date(2026, 9, 23), date(2026, 11, 4)
VISITS_A_DAY = 132
QUEUES = (
    ("A", "综合", "首问、导办、证明", 1, 6),
    ("B", "社保医保", "养老、医保、就业", 2, 8),
    ("C", "民政", "低保、救助、残联", 3, 11),
    ("D", "村建国土", "宅基地、规划、农业", 4, 12),
    ("E", "市场监管", "执照、食品", 5, 9),
)
CLERKS = {1: ("周丽", "吴芳"), 2: ("张敏", "陈晨"), 3: ("李明", "徐慧"), 4: ("赵刚", "马超"), 5: ("刘洋", "郑红")}
QUESTIONS = ("问办理条件", "问要带什么材料", "查办理进度", "补交材料", "领取结果", "问什么时候能办好")
TOLD = dict.fromkeys(("conditions", "basis", "fee", "time", "next_step"), "见事项指南，已逐条说明")
ANSWERS = ("已说明条件、材料、时限和收费", "已告知全部材料并给了清单", "已查到进度并说明下一步", "已收下并登记", "已当面交付")
PRIORITIES = ("elderly", "disabled", "pregnant", "serviceman")


@dataclass
class Hall:
    """What the scenes need: counters by number, queues by letter, items in force by name, who is on which counter."""

    cast: Cast
    counters: dict[int, Any]
    queues: dict[str, Any]
    versions: dict[str, Any]
    people: list[Any]
    kiosk: Actor
    by_window: dict[int, list[Any]] = field(default_factory=dict)

    def clerk(self, number: int, turn: int = 0) -> Any:
        names = CLERKS[number]
        return self.cast[names[turn % len(names)]]


def open_hall(cast: Cast, people: list[Any]) -> Hall:
    """The sample catalogue, the queues and who serves them, on the first day."""
    at = moment(FIRST, "8:00")
    leader = cast.actor("周丽", at)
    catalogue.load_sample(by=leader, at=at)
    counters = {row.number: row for row in org.counters(cast.center, FIRST)}
    queues = {}
    for letter, name, note, number, minutes in QUEUES:
        queue = reception.add_queue(name=name, prefix=letter, note=note, ordinary_minutes=minutes, by=leader, at=at)
        served = {counters[number]: True} | ({counters[1]: False} if number != 1 else {})
        reception.set_queue_counters(queue=queue, counters=served, by=leader, at=at)
        queues[letter] = queue
    versions = {version.name: version for version in items.items(cast.center, LAST)}
    kiosk = Actor(kind="device", center=cast.center, label="大厅取号机")
    hall = Hall(cast, counters, queues, versions, people, kiosk)
    for version in versions.values():
        for row in version.counters:
            hall.by_window.setdefault(row.counter.number, []).append(version)
    return hall


def past(hall: Hall, first: date = FIRST) -> int:
    """Six weeks of visits, laid at once; then the night learns from them. `first` later than the first day for a short past."""
    table, chance = day_table(hall.cast.center), random.Random(11)
    visits: list[PastVisit] = []
    day = first
    while day <= LAST:
        if table.is_workday(day, local=True):
            visits += _day(hall, day, chance)
        day += timedelta(days=1)
    by, at = system(hall.cast.center), moment(LAST, "18:00")
    count = reception.record_past_visits(visits=visits, by=by, at=at)
    reception.learn(by=by, at=at)
    return count


def _day(hall: Hall, day: date, chance: random.Random) -> Iterator[PastVisit]:
    """Each window serves who comes, in order; mornings are busier than afternoons."""
    for letter, _, _, number, minutes in QUEUES:
        turn, free = day.toordinal(), moment(day, "8:30")
        share = {1: 0.26, 2: 0.27, 3: 0.17, 4: 0.12, 5: 0.18}[number]
        arrivals = sorted(_arrival(day, chance) for _ in range(round(VISITS_A_DAY * share * chance.uniform(0.85, 1.15))))
        for arrived in arrivals:
            called = _open(max(arrived + timedelta(seconds=20), free), day)
            lasted = timedelta(seconds=int(min(2400, max(70, chance.lognormvariate(5.75 + minutes / 40, 0.5)))))
            free = called + lasted
            if free > moment(day, "17:40"):
                break
            yield _visit(hall, letter, number, turn, arrived, called, free, chance)


def _arrival(day: date, chance: random.Random) -> datetime:
    if chance.random() < 0.62:
        return moment(day, "8:20") + timedelta(minutes=min(215, chance.gammavariate(2.4, 38)))
    return moment(day, "13:50") + timedelta(minutes=min(185, chance.gammavariate(2.2, 34)))


def _open(at: datetime, day: date) -> datetime:
    """Nobody is called during the noon break."""
    if at < moment(day, "8:30"):
        return moment(day, "8:30")
    return moment(day, "14:00") if moment(day, "12:00") <= at < moment(day, "14:00") else at


def _visit(
    hall: Hall, letter: str, number: int, turn: int, arrived: datetime, called: datetime, ended: datetime, chance: random.Random
) -> PastVisit:
    item = chance.choice(hall.by_window[number]).item if chance.random() < 0.7 and number in hall.by_window else None
    question = chance.choice(QUESTIONS)
    told = (called - arrived).total_seconds()
    return PastVisit(
        queue=hall.queues[letter],
        counter=hall.counters[number],
        member=hall.clerk(number, turn),
        issued_at=arrived,
        called_at=called,
        finished_at=ended,
        subject=f"{item.name}：{question}" if item else question,
        answer=chance.choice(ANSWERS),
        item=item,
        person=chance.choice(hall.people) if chance.random() < 0.4 else None,
        source=chance.choices(("kiosk", "phone", "staff"), (8, 1, 2))[0],
        priority=chance.choice(PRIORITIES) if chance.random() < 0.06 else "",
        estimated_seconds=max(0, int(told * chance.uniform(0.75, 1.3) + chance.uniform(-90, 90))),
    )


def this_morning(hall: Hall, until: datetime) -> None:
    """From the opening to now: some are done, five sit at the windows, the others wait."""
    chance, day = random.Random(3), until.date()
    at = moment(day, "8:24")
    tickets = 0
    while at < until - timedelta(minutes=1):
        letter = chance.choices("ABCDE", (26, 27, 20, 12, 15))[0]
        priority = "elderly" if tickets % 11 == 4 else ""
        reception.issue_ticket(
            queue=hall.queues[letter], source="kiosk" if tickets % 5 else "phone", priority=priority,
            reason="65 岁以上老人" if priority else "", item=_asked(hall, letter, chance), by=hall.kiosk, at=at,
        )  # fmt: skip
        tickets += 1
        _serve(hall, at, chance)
        at += timedelta(seconds=chance.randrange(50, 110))


def _asked(hall: Hall, letter: str, chance: random.Random) -> Any:
    number = next(row[3] for row in QUEUES if row[0] == letter)
    return chance.choice(hall.by_window[number]).item if number in hall.by_window and chance.random() < 0.6 else None


def _serve(hall: Hall, at: datetime, chance: random.Random) -> None:
    """Each window that is free calls the next; a visit that has lasted long enough ends with an answer."""
    if at < moment(at.date(), "8:30"):
        return
    for number, counter in hall.counters.items():
        if number not in CLERKS:
            continue
        by = hall.cast.actor(CLERKS[number][0], at)
        if number == 3 and at > moment(at.date(), "9:02"):
            continue  # 李明 goes on with the visit he has
        current = reception_current(by, at)
        if current is not None:
            if at - current.begun_at < timedelta(minutes=chance.randrange(4, 12)):
                continue
            reception.finish_ticket(ticket=current, answer=chance.choice(ANSWERS), told=lambda _: TOLD, by=by, at=at)
        try:
            called = reception.call_next(counter=counter, by=by, at=at)
        except Refused:
            continue
        reception.begin_ticket(ticket=called, by=by, at=at)


def reception_current(by: Actor, at: datetime) -> Any:
    """The visit at the clerk's counter."""
    return queries.workbench(by, at).current
