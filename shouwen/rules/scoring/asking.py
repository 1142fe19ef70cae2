"""A request as plain data: members, facts and the rest, read strictly, every complaint naming the field."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from typing import Any

from shouwen.rules.scoring.engine import Posted
from shouwen.rules.scoring.facts import PENDING, REJECTED, STATUSES, VERIFIED, WITHDRAWN, Fact
from shouwen.rules.scoring.periods import YEARS, Period
from shouwen.rules.scoring.plan import Plan
from shouwen.rules.scoring.roster import KINDS, LeaveSpan, Roster, Subject
from shouwen.rules.scoring.shapes import as_date, hint
from shouwen.rules.scoring.values import key_text, number

FACT_KEYS = frozenset(
    {
        "id",
        "kind",
        "subject",
        "date",
        "at",
        "count",
        "minutes",
        "hours",
        "days",
        "value",
        "level",
        "status",
        "points",
        "reason",
        "group",
        "booked",
        "attrs",
    }
)
MEMBER_KEYS = frozenset(
    {"id", "name", "kind", "department", "window", "station", "post", "from", "to", "assessed_days", "vertical", "attrs"}
)
LEAVE_KEYS = frozenset({"member", "kind", "from", "to", "days", "attrs"})
POSTED_KEYS = frozenset({"subject", "sheet", "period", "total", "outcomes"})
STATUS_WORDS = {"属实": VERIFIED, "待核": PENDING, "不属实": REJECTED, "撤销": WITHDRAWN}
SHORT = ("day", "week", "month", "any")
UNITS = ("department", "window", "station")


class BadRequest(ValueError):
    """A request that cannot be read; the message names the field."""


@lru_cache(maxsize=50_000)
def _day(value: str) -> date | None:
    found = as_date(value)
    return found if found is not None and found.year in YEARS else None


def _keys(path: str, row: object, known: frozenset[str]) -> Mapping[str, Any]:
    if not isinstance(row, Mapping):
        raise BadRequest(f"{path}: 应为一个对象")
    if not row.keys() <= known:
        bad = next(key for key in row if key not in known)
        extra = ";其他属性请放进 attrs" if "attrs" in known else ""
        raise BadRequest(f"{path}.{bad}: 不认识的键{hint(bad, sorted(known))};可用 {'、'.join(sorted(known))}{extra}")
    return row


def _date(path: str, value: object) -> date | None:
    if value is None:
        return None
    found = _day(value) if isinstance(value, str) else None
    if found is None:
        raise BadRequest(f"{path}: “{key_text(value)}”不是日期,应写 2026-10-08")
    return found


def _number(path: str, value: object) -> Decimal | None:
    if value is None:
        return None
    found = number(value)
    if found is None:
        raise BadRequest(f"{path}: “{key_text(value)}”不是数")
    return found


def _text(path: str, value: object, required: bool = False) -> str | None:
    if value is None and not required:
        return None
    if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        return key_text(value)
    if not isinstance(value, str) or not value:
        raise BadRequest(f"{path}: {'缺少' if value is None else '应为文字'}")
    return value


def _rows(name: str, value: object) -> list[Any]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise BadRequest(f"{name}: 应为一个列表")
    return value


def facts(rows: object, period: Period, single: str | None) -> list[Fact]:
    """The facts of a request. `single` is the only subject, for rows that name none."""
    found, seen = [], set()
    for index, row in enumerate(_rows("facts", rows)):
        fact = _fact(f"facts[{index}]", row, index, period, single)
        if fact.id in seen:
            raise BadRequest(f"facts[{index}].id: “{fact.id}”重复")
        seen.add(fact.id)
        found.append(fact)
    return found


def _fact(path: str, row: Any, index: int, period: Period, single: str | None) -> Fact:
    row = _keys(path, row, FACT_KEYS)
    day = _date(f"{path}.date", row.get("date"))
    if day is None:
        if period.kind not in SHORT:
            raise BadRequest(f"{path}.date: 缺少(期间长于一个月时每个事实都要写日期)")
        day = period.first
    given: dict[str, Any] = {"id": f"f{index + 1}", "subject": single}
    for key, value in row.items():
        if value is not None and key in READERS:
            given[key] = READERS[key](path, key, value)
    if "kind" not in given or given["subject"] is None:
        raise BadRequest(f"{path}.{'subject' if 'kind' in given else 'kind'}: 缺少")
    if (hours := given.pop("hours", None)) is not None:
        given.setdefault("minutes", hours * 60)
    if row.get("at") is not None:
        given["at"] = _moment(f"{path}.at", row["at"], day)
    return Fact(date=day, **given)


def _read_text(path: str, key: str, value: object) -> str:
    if key == "reason" and value == "":
        return ""
    if type(value) is str and value:
        return value
    return _text(f"{path}.{key}", value, required=True) or ""


def _read_number(path: str, key: str, value: object) -> Decimal | None:
    return _number(f"{path}.{key}", value)


def _read_day(path: str, key: str, value: object) -> date | None:
    return _date(f"{path}.{key}", value)


def _read_count(path: str, key: str, value: object) -> Decimal:
    count = _number(f"{path}.{key}", value)
    if count is None or not 0 <= count <= 100_000:
        raise BadRequest(f"{path}.{key}: 应为0到100000")
    return count


def _read_status(path: str, key: str, value: object) -> str:
    word = STATUS_WORDS.get(value, value) if isinstance(value, str) else ""
    if word not in STATUSES:
        raise BadRequest(f"{path}.{key}: 只能是 {'、'.join(STATUSES)}{hint(str(value), STATUSES)}")
    return word


def _read_attrs(path: str, key: str, value: object) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise BadRequest(f"{path}.{key}: 应为一个对象")
    return value


READERS: dict[str, Callable[[str, str, Any], Any]] = {
    **dict.fromkeys(("id", "kind", "subject", "level", "reason", "group"), _read_text),
    **dict.fromkeys(("minutes", "hours", "days", "value", "points"), _read_number),
    "count": _read_count,
    "status": _read_status,
    "booked": _read_day,
    "attrs": _read_attrs,
}


def _moment(path: str, value: object, day: date) -> datetime | None:
    if value is None:
        return None
    try:
        if isinstance(value, str):
            if "T" in value or " " in value:
                return datetime.fromisoformat(value)
            return datetime.combine(day, time.fromisoformat(value))
    except ValueError:
        pass
    raise BadRequest(f"{path}: “{key_text(value)}”不是时刻,应写 08:31 或 2026-10-08T08:31:00+08:00")


def roster(row: Mapping[str, Any], period: Period, plan: Plan) -> Roster:
    """The subjects of a request: members, units, and those that follow from them."""
    kinds = {kind for sheet in plan.sheets.values() for kind in sheet.kinds}
    person = "member" if "member" in kinds or not kinds & {"assessor"} else "assessor"
    if len(kinds) == 1:
        person = next(iter(kinds))
    unit = next((kind for kind in UNITS if kind in kinds), "department")
    members = [_subject(f"members[{i}]", one, person, period) for i, one in enumerate(_rows("members", row.get("members")))]
    units = [
        _subject(f"departments[{i}]", one, unit, period) for i, one in enumerate(_rows("departments", row.get("departments")))
    ]
    found = [*members, *units]
    _apart("members", members)
    _apart("departments", units)
    if both := {one.id for one in members} & {one.id for one in units}:
        raise BadRequest(f"departments: “{min(both)}”在 members 里已经用作人的编号,两处须不同")
    ids = {one.id for one in found}
    if "members" not in row:
        for one in _named_by_facts(row.get("facts"), plan, person):
            if one.id not in ids:
                found.append(one)
                ids.add(one.id)
    for one in members:
        for kind in UNITS:
            home = one.unit(kind) if kind in kinds else None
            if home and home not in ids and one.kind == "member":
                found.append(Subject(str(home), kind=kind))
                ids.add(str(home))
    if "centre" in kinds and not any(one.kind == "centre" for one in found):
        found.append(Subject("centre", kind="centre"))
    leaves = [_leave(f"leaves[{i}]", one) for i, one in enumerate(_rows("leaves", row.get("leaves")))]
    rest, work = (_days(key, row.get(key)) for key in ("rest_days", "work_days"))
    return Roster(found, leaves, rest, work)


def _apart(name: str, rows: list[Subject]) -> None:
    """The same id may stand again for another stretch of days, not for the same days twice."""
    seen: dict[str, list[Subject]] = {}
    for index, one in enumerate(rows):
        for other in seen.setdefault(one.id, []):
            if (one.first or date.min) <= (other.last or date.max) and (other.first or date.min) <= (one.last or date.max):
                raise BadRequest(f"{name}[{index}].id: “{one.id}”重复;同一对象分几段任职时,各段须写 from、to,且不重叠")
        seen[one.id].append(one)


def _named_by_facts(rows: object, plan: Plan, person: str) -> list[Subject]:
    """Subjects that only facts name: people, or of the one kind for which such a fact is priced."""
    found: dict[str, Subject] = {}
    for row in _rows("facts", rows):
        if not isinstance(row, Mapping) or not isinstance(row.get("subject"), (str, int)):
            continue
        code = str(row["subject"])
        if code not in found:
            kinds = plan.priced_for.get(str(row.get("kind")), frozenset())
            found[code] = Subject(code, kind=person if person in kinds or len(kinds) != 1 else next(iter(kinds)))
    return list(found.values())


def _days(name: str, value: object) -> list[date]:
    return [day for i, one in enumerate(_rows(name, value)) if (day := _date(f"{name}[{i}]", one)) is not None]


def _leave(path: str, row: Any) -> LeaveSpan:
    row = _keys(path, row, LEAVE_KEYS)
    first = _date(f"{path}.from", row.get("from"))
    last = _date(f"{path}.to", row.get("to")) or first
    if first is None or last is None:
        raise BadRequest(f"{path}.from: 缺少")
    member, kind = (_text(f"{path}.{key}", row.get(key), required=True) or "" for key in ("member", "kind"))
    days = _number(f"{path}.days", row.get("days"))
    return LeaveSpan(member, kind, first, last, days, _read_attrs(path, "attrs", row.get("attrs") or {}))


def _subject(path: str, row: Any, default: str, period: Period) -> Subject:
    if isinstance(row, str):
        return Subject(row, kind=default)
    row = _keys(path, row, MEMBER_KEYS)
    kind = row.get("kind", default)
    if kind not in KINDS:
        raise BadRequest(f"{path}.kind: 只能是 {'、'.join(KINDS)}{hint(str(kind), KINDS)}")
    attrs = row.get("attrs") or {}
    if not isinstance(attrs, Mapping):
        raise BadRequest(f"{path}.attrs: 应为一个对象")
    extra = {key: row[key] for key in ("window", "station", "vertical") if row.get(key) is not None}
    return Subject(
        id=_text(f"{path}.id", row.get("id"), required=True) or "",
        kind=kind,
        name=_text(f"{path}.name", row.get("name")) or "",
        department=_text(f"{path}.department", row.get("department")),
        post=_text(f"{path}.post", row.get("post")),
        first=_date(f"{path}.from", row.get("from")),
        last=_date(f"{path}.to", row.get("to")),
        assessed=_assessed(f"{path}.assessed_days", row.get("assessed_days"), period),
        attrs={**attrs, **extra} if extra else attrs,
    )


def _assessed(path: str, value: object, period: Period) -> dict[str, int]:
    if value is None:
        return {}
    rows = value if isinstance(value, Mapping) else {period.key: value}
    for key, days in rows.items():
        if not isinstance(days, int) or isinstance(days, bool) or days < 0:
            raise BadRequest(f"{path}: {key} 的天数“{key_text(days)}”应为不小于0的整数")
    return dict(rows)


def posted(rows: object) -> list[Posted]:
    """Results that stand already."""
    found = []
    for index, row in enumerate(_rows("posted", rows)):
        path = f"posted[{index}]"
        row = _keys(path, row, POSTED_KEYS)
        subject, sheet, period = (
            _text(f"{path}.{key}", row.get(key), required=True) or "" for key in ("subject", "sheet", "period")
        )
        found.append(
            Posted(
                subject,
                sheet,
                period,
                _number(f"{path}.total", row.get("total")),
                frozenset(_rows(f"{path}.outcomes", row.get("outcomes"))),
            )
        )
    return found


def only(subjects: Iterable[str]) -> str | None:
    """The single subject, when there is just one."""
    codes = list(subjects)
    return codes[0] if len(codes) == 1 else None
