"""Closing the year and what people decide about its last ("1.6", "1.7")."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from shouwen.assessment import queries
from shouwen.assessment.actions.ledger import tenth
from shouwen.assessment.models import Year, YearDecision, YearResult
from shouwen.assessment.queries.stored import exact_text
from shouwen.assessment.queries.years import YearRow
from shouwen.audit.actions import record
from shouwen.core.actors import Actor
from shouwen.core.clock import local
from shouwen.core.errors import Refused, taken
from shouwen.org import actions as org
from shouwen.org.models import Decision, Member
from shouwen.rules.scoring.values import as_decimal, plain

CLAUSE = "1.6"


@transaction.atomic
def close_year(*, year: int, by: Actor, at: datetime) -> Year:
    """Fix the year from its posted months. The software lists; it never picks who is last ("1.7").

    Refused before the year is over, while one of its months is not posted, and while anything stops the count. Effects:
    Year, YearResult, audit "assessment.year". 依据: 一(六)、一(七) ("1.6", "1.7")
    """
    queries.require(by, "year", CLAUSE)
    if local(at).date() <= date(year, 12, 31):
        raise Refused(f"{year}年还没有结束", CLAUSE)
    view = queries.year_view(by.center, year)
    if view.open:
        raise Refused(f"还有月份没有公示:{'、'.join(f'{day.month}月' for day in view.open)}", CLAUSE)
    if not view.rows or view.version is None:
        raise Refused(f"{year}年没有已公示的月份", CLAUSE)
    if view.stops:
        raise Refused(f"还不能算定:{';'.join(view.stops[:6])}", CLAUSE)
    try:
        with transaction.atomic():
            row = Year.objects.create(
                center=by.center, year=year, rulebook=view.version.record, closed_at=at, closed_by=by.label
            )
    except IntegrityError:
        raise taken() from None
    people = {one.code: one for one in Member.objects.of(by.center)}
    YearResult.objects.bulk_create(_result(row, one, people[one.code]) for one in view.rows)
    record(by=by, at=at, verb="assessment.year", obj=row, detail={"people": len(view.rows)})
    return row


def _result(year: Year, row: YearRow, member: Member) -> YearResult:
    return YearResult(
        center_id=year.center_id,
        year=year,
        member=member,
        name=row.name,
        unit=row.unit,
        is_vertical=row.is_vertical,
        months={key: None if value is None else plain(value) for key, value in row.months.items()},
        assessed=row.assessed,
        total=None if row.total is None else tenth(as_decimal(row.total)),
        exact=exact_text(row.total),
        mean=None if row.mean is None else tenth(as_decimal(row.mean)),
        line=row.line,
        place=row.place,
        is_below=row.is_below,
        is_last=row.is_last,
        cut=row.cut,
        outcomes=[dict(one) for one in row.outcomes],
        flags=list(row.flags),
    )


@transaction.atomic
def decide_year(
    *, result: YearResult, choice: str, reason: str, decided_date: date, decided_by: str, by: Actor, at: datetime
) -> YearDecision:
    """People decide about one who is below the line and last, "视具体情况", and say why ("1.7").

    Refused for anybody else, without a reason, for oneself, and for the wrong letter: one of the hall's own staff may go on
    the awaiting-post list, for 条管 staff the superior department is asked to transfer the person away. A later decision
    replaces the earlier one, which stays on record. Effects: Decision, YearDecision, audit "assessment.year.decide".
    """
    queries.require(by, "decide", "1.7")
    queries.same_center(by, result)
    if by.is_self(result.member):
        raise Refused("不能决定对自己的处理", "1.9")
    if not any(one["clause"] == "1.7" for one in result.outcomes):
        raise Refused("只对全年低于合格线且末位的人员作出决定", "1.7")
    if not reason.strip():
        raise Refused("请写明作出决定的具体情况和理由", "1.7")
    wrong: Any = YearDecision.Choice.STANDBY if result.is_vertical else YearDecision.Choice.TRANSFER
    if choice not in YearDecision.Choice.values or choice == wrong:
        raise Refused("条管单位人员只能建议调离,本镇人员只能列入待岗" if choice == wrong else "请选择决定", "1.7")
    label = YearDecision.Choice(choice).label
    decision = org.record_decision(
        kind=Decision.Kind.YEAR, decided_date=decided_date, decided_by=decided_by, active_from=decided_date, by=by, at=at,
        text=f"{result.year.year}年度考核:{result.name},{label}。理由:{reason.strip()}",
    )  # fmt: skip
    YearDecision.objects.of(by.center).filter(result=result, ended_at__isnull=True).update(ended_at=at)
    row = YearDecision.objects.create(
        center=by.center,
        result=result,
        choice=choice,
        reason=reason.strip()[:500],
        decision=decision,
        decided_by=by.label,
        decided_at=at,
    )
    record(by=by, at=at, verb="assessment.year.decide", obj=result.year, label=f"{result.name} {label}")
    return row
