"""One fact, several ledgers: shares of an amount, amounts of their own, the executor's double (1.9, R15)."""

from __future__ import annotations

from decimal import Decimal

from shouwen.rules.scoring.answer import Line
from shouwen.rules.scoring.ledger import Ledger
from shouwen.rules.scoring.plan import Also
from shouwen.rules.scoring.pricing import Occurrence
from shouwen.rules.scoring.roster import Subject
from shouwen.rules.scoring.sorting import applies, strangers, targets


def fan_out(ledger: Ledger) -> None:
    """Write the lines that follow other lines. They raise no counter."""
    if not ledger.plan.fans_out:
        return
    items = ledger.plan.items
    occurrences = {
        (code, occ.fact.id): occ
        for code, found in ledger.occurrences.items()
        for occ in found
        if occ.item is not None and any(applies(also, occ) for also in occ.item.also)
    }
    if not occurrences:
        return
    sources = [line for lines in ledger.lines.values() for line in lines if line.item and items[line.item].also]
    done: set[tuple[str, str, str]] = set()
    for line in sources:
        occ = occurrences.get((line.subject, line.fact or ""))
        if occ is None or line.item is None:
            continue
        for also in items[line.item].also:
            if also.kind is None and applies(also, occ):
                ledger.sorter.stops.extend(
                    f"事实 {line.fact} 牵涉的“{code}”不在名单中" for code in strangers(also.to, occ, ledger.roster)
                )
                for target in targets(also.to, occ, ledger.roster):
                    once = (also.id, f"{line.item}:{line.fact}:{line.subject}", target.id)
                    if also.fixed is not None and once in done:
                        continue
                    done.add(once)
                    _share(ledger, line, also, target, occ)


def _share(ledger: Ledger, source: Line, also: Also, target: Subject, occ: Occurrence) -> None:
    place = _place(ledger, source, also, target)
    if place is None:
        ledger.sorter.stops.append(f"事实 {source.fact} 还应记到“{target.id}”,但没有考核表收{target.kind}")
        return
    sheet, node = place
    amount: Decimal | None = also.fixed
    note = f"随“{source.title}”({source.subject})"
    if also.factor is not None:
        if source.amount is None:
            amount = None
        elif also.of == "price":
            sign = -1 if source.amount < 0 else 1
            amount = (source.price or Decimal(0)) * (source.units or Decimal(1)) * sign * also.factor
        else:
            amount = source.amount * also.factor
        note += f"按{'单价' if also.of == 'price' else '应扣'}的{also.factor}倍"
    elif also.fixed is not None and source.count is not None:
        amount = also.fixed * max(source.count, Decimal(1))
    line = Line(
        kind="also",
        subject=target.id,
        sheet=sheet,
        node=node,
        title=also.title or source.title,
        amount=amount,
        date=source.date,
        book=source.book,
        fact=source.fact,
        item=None,
        clause=also.clause or source.clause,
        count=source.count,
        readings=tuple(dict.fromkeys((*source.readings, *also.readings))),
        note=note,
        stop=source.stop if amount is None else None,
        source=source.item,
    )
    ledger.write(line)


def _place(ledger: Ledger, source: Line, also: Also, target: Subject) -> tuple[str, int] | None:
    """The first named section whose sheet takes the target; else the source's own place; else any sheet that takes it."""
    plan = ledger.plan
    for section in also.sections:
        sheet = plan.section_sheet[section]
        if plan.sheets[sheet].takes(target):
            return sheet, plan.section_node[section]
    if also.sections:
        return None
    if plan.sheets[source.sheet].takes(target):
        return source.sheet, source.node
    for sheet in ledger.sheets_of(target.kind):
        if plan.sheets[sheet].takes(target):
            return sheet, 0
    return None
