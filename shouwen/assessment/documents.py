"""What this app's papers say, in the shapes `documents` prints: notice, criticism, agenda, year table, awaiting-post list, letter.

Nothing on them but name, department, post, offences and points: no identity number, no phone of a person, no illness.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from shouwen.assessment import queries
from shouwen.assessment.models import AgendaItem, Entry, Month, MonthResult, Year, YearDecision, YearResult
from shouwen.assessment.queries import years
from shouwen.core.clock import local
from shouwen.core.errors import Refused
from shouwen.org.models import Membership
from shouwen.rulebook import queries as rulebook
from shouwen.rulebook.models import Rulebook
from shouwen.rules.clauses import cite
from shouwen.rules.scoring.values import as_decimal, rounded

Data = dict[str, Any]
MINUS = "−"


def points(value: Decimal | Fraction | str | None, places: int = 2) -> str:
    """9, 9.5, −2, 0.67; "—" for none."""
    if value is None or value == "":
        return "—"
    exact = value if isinstance(value, Decimal) else as_decimal(Fraction(value))
    text = f"{rounded(exact, places).normalize():f}"
    return MINUS + text[1:] if text.startswith("-") else text


WIDE = str.maketrans(",;:()", "，；：（）")


def wide(text: str) -> str:
    """As papers write it: full-width punctuation."""
    return text.translate(WIDE)


def day(value: date | datetime | None) -> str:
    """2026年11月2日."""
    if value is None:
        return ""
    on = local(value).date() if isinstance(value, datetime) else value
    return f"{on.year}年{on.month}月{on.day}日"


def rulebook_name(record: Rulebook) -> str:
    return f"《{record.title}》第{record.number}版"


def deductions(entries: Iterable[Entry]) -> list[Data]:
    """迟到 6 次,扣 8 分〔一(三)1〕(第5、6次双倍)."""
    return [
        {
            "name": one.title,
            "count": points(one.count),
            "points": points(None if one.amount is None else -one.amount),
            "clause": one.clause,
            "note": f"第{'、'.join(one.doubled)}次双倍" if one.doubled else "",
        }
        for one in queries.summed(entries)
        if one.amount is None or one.amount < 0
    ]


def additions(entries: Iterable[Entry]) -> list[str]:
    """往月更正加分1分: what was added, for the remarks."""
    return [
        f"{one.title}{points(one.amount)}分" for one in queries.summed(entries) if one.amount is not None and one.amount > 0
    ]


def unconfirmed(record: Rulebook, used: Iterable[Mapping[str, str]]) -> list[str]:
    """The readings that decided something and that the leadership meeting has not confirmed: R3 5次以上是否含第5次:含."""
    if record.is_confirmed:
        return []
    names = sorted({name for readings in used for name in readings}, key=lambda name: (len(name), name))
    questions = rulebook.version_of(record).document.get("questions") or {}
    answers = {name: answer for readings in used for name, answer in readings.items()}
    open_ones = [name for name in names if name in questions and not questions[name].get("confirmed")]
    return [wide(f"{name} {questions[name]['text']}:{option(questions[name], answers[name])}") for name in open_ones]


def option(question: Mapping[str, Any], answer: str) -> str:
    """An answer in the words of the question."""
    options = question.get("options")
    return str(options[answer]) if isinstance(options, Mapping) and answer in options else answer


def readings_used(entries: Sequence[Entry], results: Sequence[MonthResult]) -> list[Mapping[str, str]]:
    """What decided a line, a mean, a consequence."""
    found: list[Mapping[str, str]] = [entry.readings for entry in entries]
    for row in results:
        found += [part.get("readings") or {} for part in row.parts]
        found += [outcome.get("readings") or {} for outcome in row.outcomes]
    return found


def notice(month: Month) -> Data:
    """The monthly 公示 ("1.0", "1.2") of the edition on the wall. Refused while the month is not posted."""
    wall = queries.posted_month(month.center_id, month.month)
    if wall is None or wall.month.rulebook is None:
        raise Refused(f"{month}考核尚未公示", "1.2")
    month, center = wall.month, wall.month.center
    entries: dict[str, list[Entry]] = defaultdict(list)
    for entry in queries.live_entries(month):
        entries[entry.subject].append(entry)
    totals = year_totals(month)
    checker = next((row.result.confirmed_by for row in wall.people if row.result.confirmed_by), month.posted_by)
    sizes = _sizes(wall.people)
    used = readings_used(
        [one for rows in entries.values() for one in rows], [*(row.result for row in wall.people), *wall.departments]
    )
    return {
        "month": str(month),
        "rulebook": rulebook_name(wall.month.rulebook),
        "workdays": str(month.workdays),
        "rows": [_notice_row(row, entries[row.result.subject], totals) for row in wall.people],
        "departments": [_department_row(row, sizes) for row in wall.departments],
        "unconfirmed": unconfirmed(wall.month.rulebook, used),
        "corrections": [
            wide(f"{day(one.posted_at)}更正:{one.reason}") for one in reversed(queries.postings(month)) if one.reason
        ],
        "issuer": f"{center.short_name}{center.office_name.removeprefix(center.short_name)}",
        "drawn_by": month.frozen_by,
        "drawn_date": day(month.frozen_at),
        "reviewed_by": checker,
        "reviewed_date": day(month.posted_at),
        "posted_from": day(wall.posting.posted_at),
        "posted_to": day(wall.posting.until_date),
        "objection_contact": center.objection_contact or center.office_name,
        "objection_phone": center.objection_phone or center.report_phone,
    }


def _department_row(row: MonthResult, sizes: dict[str, int]) -> Data:
    return {
        "name": row.name,
        "members": str(sizes.get(row.subject, 0)),
        "mean": points(row.exact),
        "negative": row.is_negative,
    }


def _sizes(people: Sequence[Any]) -> dict[str, int]:
    """How many assessed people each department has, by its code."""
    found: dict[str, int] = defaultdict(int)
    for row in people:
        found[row.result.unit_code] += row.result.is_assessed
    return found


def _notice_row(row: Any, entries: list[Entry], totals: Mapping[str, Any]) -> Data:
    result = row.result
    return {
        "rank": str(row.place) if row.place else "—",
        "name": result.name,
        "department": result.unit,
        "post": result.post,
        "deductions": deductions(entries),
        "score": points(result.exact) if result.is_assessed else "不考核",
        "year_total": points(totals.get(result.subject)),
        "remark": "；".join(additions(entries) if result.is_assessed else ["本月无考核日"]),
        "negative": result.is_negative,
    }


def year_totals(month: Month) -> dict[str, Fraction]:
    """Points of the year so far, by person, from the posted months up to this one."""
    year = [one for one in queries.posted(month.center_id) if one.month.year == month.month.year and one.month <= month.month]
    found: dict[str, Fraction] = defaultdict(Fraction)
    for (code, _), total in years.posted_totals(month.center_id, year).items():
        if total is not None:
            found[code] += Fraction(total)
    return found


def criticism(item: AgendaItem, *, posting: str = "", at: datetime) -> Data:
    """通报批评 of a person ("1.5") or a department ("1.8"). Refused once the item was withdrawn."""
    if item.state == AgendaItem.State.WITHDRAWN:
        raise Refused("该事项已撤销,不再通报", item.clause)
    month, center = item.month, item.month.center
    wall = queries.posted_month(center, month.month)
    if wall is None or wall.month.rulebook is None:
        raise Refused(f"{month}考核尚未公示", "1.2")
    lines = [entry for entry in queries.live_entries(month) if entry.subject == item.subject]
    mine = [row.result for row in wall.people if row.result.subject == item.subject or row.result.unit_code == item.subject]
    own = [row for row in [*mine, *wall.departments] if row.subject == item.subject]
    data: Data = {
        "issuer": f"{center.short_name}{center.office_name}",
        "addressees": "各村(社区)、镇直各单位、中心各窗口",
        "subject": item.subject_name,
        "department": own[0].unit if own else "",
        "post": own[0].post if own else "",
        "month": str(month),
        "workdays": str(wall.month.workdays),
        "score": points(item.total),
        "rulebook": rulebook_name(wall.month.rulebook),
        "posting": posting,
        "unconfirmed": unconfirmed(wall.month.rulebook, readings_used(lines, own)),
        "date": day(at),
    }
    if item.department_id is None:
        return data | {"deductions": deductions(lines)}
    return data | {"members": [{"name": row.name, "score": points(row.exact)} for row in mine if row.is_assessed]}


def agenda(
    items: Sequence[AgendaItem], *, meeting: str, by: str, at: datetime, numbers: Mapping[str, str] | None = None
) -> Data:
    """What the next cadre meeting hears ("1.5", "1.8"). Refused when there is nothing."""
    if not items:
        raise Refused("没有待通报的事项", "1.5")
    center = items[0].month.center
    return {
        "issuer": f"{center.short_name}{center.office_name}",
        "meeting": meeting,
        "items": [
            {
                "kind": "部门" if item.department_id else "人员",
                "subject": item.subject_name,
                "department": item.subject_name if item.department_id else _unit(item),
                "month": str(item.month),
                "score": points(item.total),
                "facts": wide(item.text),
                "clause": item.clause,
                "number": (numbers or {}).get(item.code, ""),
            }
            for item in items
        ],
        "drawn_by": by,
        "drawn_date": day(at),
    }


def _unit(item: AgendaItem) -> str:
    row = (
        MonthResult.objects.of(item.center_id)
        .filter(month=item.month_id, edition=item.month.edition, subject=item.subject)
        .first()
    )
    return row.unit if row else ""


def year_table(year: Year) -> Data:
    """The year month by month ("1.6")."""
    center = year.center
    rows = queries.year_results(year)
    flagged = [row.name for row in rows if "part_year" in row.flags]
    cuts = [f"{row.name}年终目标考核奖核减{points(row.cut)}分{cite('1.9')}" for row in rows if row.cut]
    return {
        "issuer": f"{center.short_name}{center.office_name}",
        "year": str(year.year),
        "rulebook": rulebook_name(year.rulebook),
        "rows": [
            {
                "rank": str(row.place) if row.place else "—",
                "name": row.name,
                "department": row.unit,
                "months": [points(row.months.get(f"{year.year}-{month:02}")) for month in range(1, 13)],
                "total": points(row.exact),
                "line": points(row.line),
                "verdict": "、".join(outcome["title"] for outcome in row.outcomes),
                "below": row.is_below,
            }
            for row in rows
        ],
        "notes": ([f"不满全年考核：{'、'.join(flagged)}，应达分数按考核月数折算"] if flagged else []) + cuts,
        "unconfirmed": unconfirmed(year.rulebook, [_all_readings(year.rulebook)]),
        "drawn_by": year.closed_by,
        "drawn_date": day(year.closed_at),
    }


def _all_readings(record: Rulebook) -> dict[str, str]:
    """The readings a year rests on."""
    version = rulebook.version_of(record)
    return {name: answer for name in ("R1", "R5", "R6", "R7", "R8") if (answer := version.reading(name)) is not None}


def standby(year: Year, *, by: str, at: datetime) -> Data:
    """Everybody below the line and last ("1.7"), ties included; what was decided stands beside each."""
    center = year.center
    rows = [row for row in queries.year_results(year) if any(one["clause"] == "1.7" for one in row.outcomes)]
    if not rows:
        raise Refused("没有低于合格线且末位的人员", "1.7")
    decided = queries.year_decisions(year)
    latest = max(decided.values(), key=lambda one: one.decided_at, default=None)
    return {
        "issuer": f"{center.short_name}{center.office_name}",
        "year": str(year.year),
        "line": points(rows[0].line),
        "rows": [
            {
                "name": row.name,
                "department": row.unit,
                "staff_kind": "条管" if row.is_vertical else "本镇",
                "total": points(row.exact),
                "months": str(row.assessed),
                "per_month": points(row.mean),
                "remark": decided[row.pk].get_choice_display() if row.pk in decided else "待班子会决定",
            }
            for row in rows
        ],
        "decision": "、".join(f"{row.name}：{decided[row.pk].get_choice_display()}" for row in rows if row.pk in decided),
        "reason": "；".join(decided[row.pk].reason for row in rows if row.pk in decided),
        "decided_by": latest.decision.decided_by if latest else "",
        "decided_date": day(latest.decision.decided_date) if latest else "",
        "unconfirmed": unconfirmed(year.rulebook, [_all_readings(year.rulebook)]),
        "drawn_by": by,
        "drawn_date": day(at),
    }


def transfer_letter(result: YearResult, *, at: datetime) -> Data:
    """To the superior department of a 条管 unit ("1.7"). Refused before people decided so."""
    year, center = result.year, result.year.center
    decided = queries.year_decisions(year).get(result.pk)
    if decided is None or decided.choice != YearDecision.Choice.TRANSFER:
        raise Refused("班子会尚未决定建议调离", "1.7")
    posts = (
        Membership.objects.of(center)
        .filter(member=result.member, active_from__lte=date(year.year, 12, 31))
        .select_related("department")
    )
    post = posts.order_by("-active_from").first()
    tied: list[str] = next((one["tied"] for one in result.outcomes if one["clause"] == "1.7"), [])
    scores = [(key, value) for key, value in sorted(result.months.items()) if value is not None]
    return {
        "issuer": f"{center.short_name}人民政府",
        "signers": [f"中共{center.short_name}委员会", f"{center.short_name}人民政府"],
        "addressee": (post.department.superior_name if post else "") or f"{result.unit}上级主管部门",
        "subject": result.name,
        "department": post.department.name if post else result.unit,
        "post": post.post if post else "",
        "year": str(year.year),
        "total": points(result.exact),
        "line": points(result.line),
        "months": [{"month": f"{int(key[-2:])}月", "score": points(value)} for key, value in scores],
        "ties": str(len(tied)) if len(tied) > 1 else "",
        "reason": decided.reason,
        "decided_by": decided.decision.decided_by,
        "decided_date": day(decided.decision.decided_date),
        "date": day(at),
        "contact": center.objection_contact or center.office_name,
        "contact_phone": center.objection_phone or center.report_phone,
    }
