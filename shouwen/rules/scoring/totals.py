"""From ledger lines to a total: limits, floors, caps, weights, rounding, terms of other sheets (1.1, 1.8; R5, R10)."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from shouwen.rules.scoring.answer import Line, Result, Sums
from shouwen.rules.scoring.plan import Node, Sheet
from shouwen.rules.scoring.roster import Subject
from shouwen.rules.scoring.values import ZERO, as_decimal, plain, rounded
from shouwen.rules.scoring.wording import asked


def full_marks(sheet: Sheet, subject: Subject) -> list[Decimal]:
    """What each node starts with: its own points, else (for the sheet and a section) those of the sections below it.

    Raises LookupError when no tier of a standard fits the subject.
    """
    marks: list[Decimal | None] = [node.points.of(subject) for node in sheet.nodes]
    for index, found in enumerate(marks):
        if found is None:
            raise LookupError(f"{sheet.nodes[index].title}:没有适用于“{subject.name or subject.id}”的标准分")
    own = [found or ZERO for found in marks]
    below = [ZERO] * len(own)
    for index in range(len(own) - 1, -1, -1):
        node = sheet.nodes[index]
        given = sheet.base_given if index == 0 else own[index] != 0
        if not given:
            own[index] = below[index]
        if node.parent >= 0:
            below[node.parent] += own[index] * node.weight
    return own


def settle(result: Result, marks: list[Decimal]) -> None:
    """Work out every touched node from the leaves up, writing a line for each bound that bites."""
    sheet = result.sheet
    size = len(sheet.nodes)
    lost, won = [ZERO] * size, [ZERO] * size
    touched = [False] * size
    for line in result.lines:
        amount, index = line.amount, line.node
        touched[index] = True
        if amount is None:
            continue
        if amount < 0:
            lost[index] -= amount
        else:
            won[index] += amount
    for index in range(size - 1, -1, -1):
        if not touched[index] and index:
            continue
        node = sheet.nodes[index]
        if node.bounded:
            lost[index], won[index] = _bound(result, node, index, marks[index], lost[index], won[index])
        result.sums[index] = Sums(marks[index], lost[index], won[index], marks[index] - lost[index] + won[index])
        if index:
            up = node.parent
            touched[up] = True
            lost[up] += lost[index] * node.weight
            won[up] += won[index] * node.weight
            if node.weight != 1 and lost[index] != won[index]:
                _adjust(
                    result,
                    up,
                    "weight",
                    node,
                    (won[index] - lost[index]) * (node.weight - 1),
                    f"按权重{plain(node.weight)}折算",
                )
    root = result.sums[0]
    result.base = marks[0]
    result.exact = root.score


def _adjust(result: Result, index: int, kind: str, node: Node, amount: Decimal, note: str) -> None:
    result.lines.append(
        Line(
            kind,
            result.subject.id,
            result.sheet.id,
            index,
            node.title,
            amount,
            clause=node.clause,
            readings=node.readings,
            note=note,
        )
    )


def _asks(node: Node, points: Decimal) -> bool:
    """Whether falling below zero is a question: asked for, or unstated where there were points to lose."""
    return node.floor == "ask" or (node.floor == "unstated" and points > 0)


def _asked(node: Node, key: str) -> str:
    return asked(f"{'items' if node.kind == 'item' else node.kind + 's'}.{node.id}.{key}")


def _limit(value: Decimal | str | None, points: Decimal) -> Decimal | None:
    return points if value == "points" else value if isinstance(value, Decimal) else None


def _bound(result: Result, node: Node, index: int, points: Decimal, lost: Decimal, won: Decimal) -> tuple[Decimal, Decimal]:
    """Limits on deductions and bonuses alone, then rounding, floor and cap on the net."""
    most = _limit(node.max_deduct, points)
    if most is not None and lost > most:
        _adjust(result, index, "bound", node, lost - most, f"扣分以{plain(most)}分为限,应扣{plain(lost)}分")
        lost = most
    most = _limit(node.max_add, points)
    if most is not None and won > most:
        _adjust(result, index, "bound", node, most - won, f"加分以{plain(most)}分为限,应加{plain(won)}分")
        won = most
    score = points - lost + won
    if node.round is not None and index and (near := rounded(score, node.round)) != score:
        _adjust(result, index, "round", node, near - score, f"保留{node.round}位小数")
        won += near - score
        score = near
    if index == 0 and result.sheet.terms:
        return lost, won
    if score < 0 and _asks(node, points):
        result.stops.append(
            f"{node.title}得{plain(score)}分:最低分(是否扣完为止)制度没有规定,不封底为{plain(score)},封底为0{_asked(node, 'floor')}"
        )
    elif isinstance(node.floor, Decimal) and score < node.floor:
        _adjust(
            result,
            index,
            "bound",
            node,
            node.floor - score,
            f"最低{plain(node.floor)}分,{'扣完为止' if node.floor == 0 else '不再下扣'}",
        )
        lost -= node.floor - score
        score = node.floor
    if node.cap == "ask" and score > points:
        result.stops.append(f"{node.title}得{plain(score)}分:加分能否超过满分{plain(points)},制度没有规定{_asked(node, 'cap')}")
    else:
        most = _limit(node.cap, points)
        if most is not None and score > most:
            _adjust(result, index, "bound", node, most - score, f"最高{plain(most)}分")
            won -= score - most
    return lost, won


def combined(take: str, values: list[Decimal | Fraction]) -> Fraction:
    """Mean, sum, smallest, largest, or the mean without one highest and one lowest."""
    exact = sorted(Fraction(value) for value in values)
    if take == "trimmed_mean" and len(exact) > 2:
        exact = exact[1:-1]
    if take == "sum":
        return sum(exact, Fraction(0))
    if take in {"min", "max"}:
        return exact[0] if take == "min" else exact[-1]
    return sum(exact, Fraction(0)) / len(exact)


def finish(result: Result, added: Iterable[tuple[Line, Fraction]] = ()) -> None:
    """The total from the root's sums and the terms' exact values; floors and caps of the sheet apply to the whole."""
    sheet, root = result.sheet, result.sheet.nodes[0]
    exact: Decimal | Fraction = result.exact if result.exact is not None else ZERO
    if terms := list(added):
        exact = Fraction(exact) + sum((value for _, value in terms), Fraction(0))
        result.lines.extend(line for line, _ in terms)
        exact = _whole(result, root, exact)
    if root.round is not None:
        near = rounded(exact, root.round)
        if near != exact:
            _adjust(result, 0, "round", root, as_decimal(Fraction(near) - Fraction(exact)), f"保留{root.round}位小数")
        exact = near
    result.exact = exact
    result.total = as_decimal(exact)
    if not sheet.scored:
        result.exact = result.total = None


def _whole(result: Result, root: Node, exact: Fraction) -> Fraction:
    """A sheet with terms has its floor and cap on the whole, terms included."""
    base = result.base
    if exact < 0 and _asks(root, base):
        result.stops.append(f"{root.title}得{plain(exact)}分:最低分制度没有规定{_asked(root, 'floor')}")
    for bound, below in ((root.floor, True), (_limit(root.cap, base), False)):
        if isinstance(bound, Decimal) and (exact < bound if below else exact > bound):
            _adjust(
                result, 0, "bound", root, as_decimal(Fraction(bound) - exact), f"{'最低' if below else '最高'}{plain(bound)}分"
            )
            exact = Fraction(bound)
    return exact
