"""From facts to occurrences: status, classification, leave, and which item of the tariff it is (1.3, 1.4.1)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta, timezone
from decimal import Decimal

from shouwen.rules.scoring.answer import Skipped
from shouwen.rules.scoring.facts import PENDING, REJECTED, VERIFIED, Fact
from shouwen.rules.scoring.plan import Also, Classify, Item, Plan, Tier, as_measure
from shouwen.rules.scoring.pricing import WORDS, Occurrence, Stop, measure, worth
from shouwen.rules.scoring.roster import Roster, Subject
from shouwen.rules.scoring.shapes import hint
from shouwen.rules.scoring.values import plain
from shouwen.rules.scoring.wording import asked

BEIJING = timezone(timedelta(hours=8))
STATUS_WORDS = {PENDING: "待核,核实前不计", REJECTED: "不属实,不计", "withdrawn": "已撤销,不计"}


def moment(fact: Fact) -> tuple[int, float, str]:
    """The order of facts: the day they entered the books, then the moment where known (a naive one is Beijing time), then id.

    A fact booked later comes after what was already posted, so that no posted month is ever counted anew.
    """
    day = fact.date if fact.booked is None or fact.booked < fact.date else fact.booked
    at = fact.at
    if at is None:
        return day.toordinal(), -1.0, fact.id
    if at.tzinfo is not None:
        at = at.astimezone(BEIJING)
    return day.toordinal(), at.hour * 3600 + at.minute * 60 + at.second + at.microsecond / 1e6, fact.id


def occurrence(fact: Fact, subject: Subject) -> Occurrence:
    """A fact as the rules see it, before classification."""
    minutes = fact.minutes
    if minutes is not None and not isinstance(minutes, Decimal):
        minutes = Decimal(minutes)
    booked = fact.booked or fact.date
    return Occurrence(fact, fact.kind, subject, fact.count, minutes, fact.days, fact.value, fact.level, fact.date, booked)


class Sorter:
    """Sorts the facts of a roster under one plan."""

    def __init__(self, plan: Plan, roster: Roster, horizon: date) -> None:
        self.plan = plan
        self.roster = roster
        self.horizon = horizon
        self.by_subject: dict[str, list[Occurrence]] = {}
        self.skipped: dict[str, list[Skipped]] = {}
        self.stops: list[str] = []

    def sort(self, facts: Iterable[Fact]) -> None:
        """Place every fact with its subject, in order of time; later than the horizon is not yet known."""
        by_subject, horizon, rows = self.by_subject, self.horizon, self.roster.rows
        classify = self.plan.classify
        leaves = self.plan.knows_leave
        for fact in sorted(facts, key=moment):
            if fact.date > horizon or (fact.booked is not None and fact.booked > horizon):
                continue
            code = fact.subject
            held = rows.get(code)
            if held is None:
                self.stops.append(f"事实 {fact.id} 的对象“{code}”不在名单中")
                continue
            if fact.status != VERIFIED:
                self.skip(fact, STATUS_WORDS.get(fact.status, fact.status), fact.status == PENDING)
                continue
            subject = held[0] if len(held) == 1 else self.roster.on(code, fact.date) or held[0]
            occ = occurrence(fact, subject)
            if fact.kind in classify and not self.classified(occ):
                continue
            if leaves and self.on_leave(occ):
                continue
            self.place(occ)
            if code in by_subject:
                by_subject[code].append(occ)
            else:
                by_subject[code] = [occ]

    def place(self, occ: Occurrence) -> None:
        """Find the item; a kind nobody priced stops, one that only conditions ask for does not."""
        items = self.plan.by_kind.get((occ.kind, occ.subject.kind))
        if items is not None and self.matched(occ, items):
            return
        if items is None and occ.kind in self.plan.aside:
            self.skip(occ.fact, "本制度不计此类事实")
        elif items is not None or occ.kind not in self.plan.known:
            occ.stop = occ.stop or f"“{occ.kind}”在本制度中没有对应的项目,须先定值{self.meant(occ)}"

    def meant(self, occ: Occurrence) -> str:
        """The kind that was perhaps meant: the one an item of that title prices, or one spelled alike."""
        mine = {kind: items for (kind, subject), items in self.plan.by_kind.items() if subject == occ.subject.kind}
        titled = next((kind for kind, items in mine.items() if any(item.title == occ.kind for item in items)), None)
        if occ.kind in mine:
            return ""
        return f";是否想写 {titled}?" if titled is not None else hint(occ.kind, list(mine))

    def skip(self, fact: Fact, why: str, pending: bool = False) -> None:
        """Set a fact aside, saying why."""
        self.skipped.setdefault(fact.subject, []).append(Skipped(fact.id, fact.subject, fact.date, why, pending))

    def matched(self, occ: Occurrence, items: tuple[Item, ...]) -> bool:
        """Find the first item whose filter holds, on a sheet that assesses this subject where there is one."""
        fitting = None
        for item in items:
            if item.where is None or item.where.holds(occ.get):
                if not item.choosy or self.plan.sheets[item.sheet].takes(occ.subject):
                    occ.item = item
                    return True
                fitting = fitting or item
        occ.item = fitting
        return fitting is not None

    def classified(self, occ: Occurrence) -> bool:
        """Replace the kind by the first tier that holds; False when the tier says it is no offence."""
        for rule in self.plan.classify[occ.kind]:
            if rule.subjects is not None and occ.subject.kind not in rule.subjects:
                continue
            if rule.where is not None and not rule.where.holds(occ.get):
                continue
            tier = self.tier(rule, occ)
            if tier is None:
                return True
            occ.clause, occ.readings = tier.clause or rule.clause, rule.readings
            if tier.stop is not None:
                occ.stop = tier.stop
                return True
            if tier.then is None:
                self.skip(occ.fact, tier.note or f"{WORDS.get(rule.by, rule.by)}{tier.bounds.text()},不作违反处理")
                return False
            occ.kind = tier.then
            occ.count = tier.count if tier.count is not None else occ.count
            occ.days = tier.days if tier.days is not None else occ.days
            occ.level = tier.level or occ.level
            return True
        return True

    def tier(self, rule: Classify, occ: Occurrence) -> Tier | None:
        """The tier of a rule that holds; none of them is a reason to stop, not a zero."""
        value = measure(rule.by, occ)
        for tier in rule.tiers:
            if tier.bounds.otherwise:
                return tier
            seen = as_measure(value, tier.bounds)
            if seen is None and tier.bounds.numeric:
                break
            if tier.bounds.holds(seen):
                return tier
        word = WORDS.get(rule.by, rule.by)
        shown = plain(value) if isinstance(value, Decimal) else value
        occ.stop = f"缺少{word},无法归类" if value is None else f"{word}“{shown}”没有适用的档次"
        occ.readings = rule.readings
        return None

    def on_leave(self, occ: Occurrence) -> bool:
        """Whether an approved leave covers this; then it is set aside."""
        kinds = self.roster.on_leave(occ.subject.id, occ.day)
        if (own := occ.fact.attrs.get("leave")) is not None:
            kinds = [*kinds, str(own)]
        items = self.plan.by_kind.get((occ.kind, occ.subject.kind), ())
        for kind in kinds:
            covered = self.plan.leaves.get(kind, frozenset())
            if occ.kind in covered or occ.fact.kind in covered or "*" in covered or any(kind in item.exempt for item in items):
                self.skip(occ.fact, f"已准“{kind}”假,不计")
                return True
        return False

    def merge_events(self) -> None:
        """One event that broke several rules: the heavier counts, the others are set aside (R13)."""
        if self.plan.same_event == "add":
            return
        for code, found in self.by_subject.items():
            if any(occ.fact.group is not None for occ in found):
                self.by_subject[code] = self._merged(found)

    def _merged(self, found: list[Occurrence]) -> list[Occurrence]:
        groups: dict[str, list[Occurrence]] = {}
        for occ in found:
            if occ.fact.group is not None and occ.item is not None and occ.item.sign < 0:
                groups.setdefault(occ.fact.group, []).append(occ)
        dropped: set[int] = set()
        for group in groups.values():
            if len(group) < 2:
                continue
            if self.plan.same_event == "ask":
                group[0].stop = f"同一事件触犯多项,从重还是并计,制度没有规定{asked('same_event')}"
                continue
            heaviest = max(group, key=self._weight)
            heaviest.readings = (*heaviest.readings, *self.plan.event_readings)
            for occ in group:
                if occ is not heaviest:
                    dropped.add(id(occ))
                    self.skip(occ.fact, f"同一事件从重,只计 {heaviest.fact.id}")
        return [occ for occ in found if id(occ) not in dropped]

    def _weight(self, occ: Occurrence) -> Decimal:
        """How heavy an offence is on its own; one that cannot be priced is the heaviest, so that it stops."""
        assert occ.item is not None
        assert occ.item.amount is not None
        try:
            return worth(occ.item.amount, occ, occ.item.points.of(occ.subject)).amount
        except Stop:
            return Decimal("Infinity")

    def spread(self) -> None:
        """Fan-out of occurrences: the same fact counts for others too, as a kind of its own."""
        if not self.plan.fans_out:
            return
        for found in list(self.by_subject.values()):
            for occ in list(found):
                for also in occ.item.also if occ.item is not None and occ.stop is None and occ.source is None else ():
                    if also.kind is None or not applies(also, occ):
                        continue
                    self.stops.extend(
                        f"事实 {occ.fact.id} 牵涉的“{code}”不在名单中" for code in strangers(also.to, occ, self.roster)
                    )
                    for target in targets(also.to, occ, self.roster):
                        self._copy(occ, target, also.kind, occ.item.id if occ.item else "")
        for found in self.by_subject.values():
            found.sort(key=lambda occ: moment(occ.fact))

    def _copy(self, occ: Occurrence, target: Subject, kind: str, source: str) -> None:
        fact = replace(occ.fact, subject=target.id, kind=kind)
        copy = replace(occ, fact=fact, kind=kind, subject=target, item=None, source=source)
        items = self.plan.by_kind.get((kind, target.kind))
        if items is None or not self.matched(copy, items):
            copy.stop = f"“{kind}”在本制度中没有对应的项目,须先定值"
        self.by_subject.setdefault(target.id, []).append(copy)


def applies(also: Also, occ: Occurrence) -> bool:
    """Whether a fan-out wants this occurrence."""
    return (also.needs is None or occ.fact.attrs.get(also.needs) is not None) and (
        also.where is None or also.where.holds(occ.get)
    )


def strangers(to: str, occ: Occurrence, roster: Roster) -> list[str]:
    """Those a fan-out names who are on no list."""
    return [code for code in _named(to, occ) if code not in roster.rows]


def _named(to: str, occ: Occurrence) -> list[str]:
    if not to.startswith("attr."):
        return []
    named = occ.fact.attrs.get(to[5:])
    return [str(code) for code in named] if isinstance(named, (list, tuple)) else [str(named)] if named is not None else []


def targets(to: str, occ: Occurrence, roster: Roster) -> list[Subject]:
    """The subjects a fan-out reaches."""
    subject, day = occ.subject, occ.day
    if to == "self":
        return [subject]
    if to.startswith("attr."):
        return [found for code in _named(to, occ) if (found := roster.on(code, day)) is not None]
    everyone = [found for code in roster.rows if (found := roster.on(code, day)) is not None]
    if to == "members":
        return [
            one
            for one in everyone
            if one.kind == "member" and (subject.kind == "centre" or one.unit(subject.kind) == subject.id)
        ]
    if to.startswith("post."):
        home = subject.id if subject.kind != "member" else subject.department
        return [one for one in everyone if one.post == to[5:] and (one.department == home or one.unit(subject.kind) == home)]
    if to == "centre":
        return [one for one in everyone if one.kind == "centre"]
    home = subject.unit(to)
    return [one for one in everyone if one.id == home]
