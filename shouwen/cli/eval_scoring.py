"""`shouwen eval scoring`: JSON lines in, JSON lines out, no database. The format is in docs/reference/eval-scoring.md."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from importlib import resources
from typing import Any

from shouwen.rules.scoring import BadRulebook, Rulebook, compile_rulebook, load_toml, parse_period, score
from shouwen.rules.scoring.asking import BadRequest, facts, only, posted, roster
from shouwen.rules.scoring.shapes import as_date, hint
from shouwen.rules.scoring.values import key_text
from shouwen.rules.scoring.wire import answer_json

KEYS = (
    "id", "rulebook", "toml", "readings", "values", "period", "through", "members", "departments", "facts", "leaves", "posted", "rest_days", "work_days",
)  # fmt: skip


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} 不是数")


DECODER = json.JSONDecoder(parse_float=Decimal, parse_constant=_no_constant)
ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def run(lines: Iterable[str | bytes]) -> Iterator[tuple[str, bool]]:
    """For each non-empty line its answer as one JSON line, and whether it could be worked out."""
    for raw in lines:
        # What is no UTF-8 shows as such in the error of its own line; the run goes on.
        line = raw.decode("utf-8", "replace") if isinstance(raw, bytes) else raw
        line = line.removeprefix("\ufeff")
        if not line.strip():
            continue
        try:
            found, ok = answer(line), True
        except (BadRequest, BadRulebook) as bad:
            found, ok = {"error": str(bad)}, False
        except Exception as error:
            # The next row must still get its answer; the kind of error helps whoever reports it.
            found, ok = {"error": f"程序内部错误:{type(error).__name__}: {error}"}, False
        if not ok and (row := _identity(line)) is not None:
            found["id"] = row
        text = ENCODER.encode(found)
        # Half a surrogate pair is JSON but no UTF-8: it must not break the output.
        yield (text.encode("utf-8", "replace").decode() if "\\u" in line else text), ok


def _identity(line: str) -> Any:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return row.get("id") if isinstance(row, dict) else None


def answer(line: str) -> dict[str, Any]:
    """The answer of one request line. Raises BadRequest or BadRulebook, each naming the field."""
    try:
        row = DECODER.decode(line)
    except json.JSONDecodeError as error:
        raise BadRequest(f"不是 JSON:第{error.pos + 1}个字符处写法有误") from None
    except ValueError as error:
        raise BadRequest(f"不是 JSON:{error}") from None
    except RecursionError:
        raise BadRequest("不是 JSON:嵌套太深") from None
    if not isinstance(row, dict):
        raise BadRequest("一行应为一个 JSON 对象")
    for key in row:
        # A stranger's own notes ("want", "note") pass; a slip of the pen must not silently change the question.
        if key not in KEYS and (near := hint(key, KEYS)):
            raise BadRequest(f"{key}: 不认识的键{near};可用 {'、'.join(KEYS)}")
    period = parse_period(row["period"]) if isinstance(row.get("period"), str) else None
    if period is None:
        given = "缺少" if "period" not in row else f"“{key_text(row['period'])}”不是期间"
        raise BadRequest(f"period: {given};应写 2026、2026-10、2026-Q4、2026-H2、2026-W41、2026-10-08 或 2026-10-01/2026-10-20")
    rulebook = rulebook_of(row)
    through = as_date(row.get("through"))
    if through is None and row.get("through") is not None:
        raise BadRequest(f"through: “{key_text(row['through'])}”不是日期")
    people = roster(row, period, rulebook.plan)
    single = only(code for code, rows in people.rows.items() if rows[0].kind in {"member", "assessor"}) or only(people.rows)
    found = score(rulebook, people, facts(row.get("facts"), period, single), period, posted(row.get("posted")), through)
    body = answer_json(found, rulebook)
    return {"id": row["id"], **body} if "id" in row else body


def rulebook_of(row: Mapping[str, Any]) -> Rulebook:
    """The rulebook of a request: a sample's name, an inline object, or a TOML text."""
    readings = row.get("readings") or {}
    if not isinstance(readings, Mapping):
        raise BadRequest('readings: 应为一个对象,如 {"R3": "no"}')
    if ("rulebook" in row) == ("toml" in row):
        raise BadRequest("rulebook: rulebook(名称或对象)与 toml(文本)必须且只能写一个")
    if isinstance(row.get("rulebook"), str) and "values" not in row:
        return by_name(row["rulebook"], json.dumps(readings, sort_keys=True, default=str) if readings else "{}")
    if "toml" in row:
        if not isinstance(row["toml"], str):
            raise BadRequest("toml: 应为文字")
        document: Any = load_toml(row["toml"])
    elif isinstance(row["rulebook"], str):
        document = sample(row["rulebook"])
    else:
        document = row["rulebook"]
    if "values" in row:
        if not isinstance(row["values"], Mapping) or not isinstance(document, Mapping):
            raise BadRequest('values: 应为一个对象,如 {"point": [{"amount": 20, "from": "2026-01-01", "by": "班子会"}]}')
        document = {**document, "values": {**(document.get("values") or {}), **row["values"]}}
        for name in row["values"]:
            if name not in (used := _value_names(document)):
                raise BadRequest(f"values.{name}: 制度里没有用到这个值{hint(name, sorted(used))}")
    return compile_rulebook(document, readings)


def _value_names(document: Any) -> set[str]:
    """The decided values a document's amounts ask for: { value = "point" }."""
    if isinstance(document, list):
        return {name for one in document for name in _value_names(one)}
    if not isinstance(document, Mapping):
        return set()
    mine = {str(document["value"])} if isinstance(document.get("value"), str) else set()
    return mine | {name for one in document.values() for name in _value_names(one)}


@lru_cache(maxsize=256)
def by_name(name: str, readings: str) -> Rulebook:
    """A sample compiled under readings written as JSON."""
    return compile_rulebook(sample(name), json.loads(readings))


@lru_cache(maxsize=64)
def sample(name: str) -> dict[str, Any]:
    """A rulebook that comes with the software. Raises BadRequest listing the names there are."""
    folder = resources.files("shouwen.rulebook") / "samples"
    names = sorted(entry.name.removesuffix(".toml") for entry in folder.iterdir() if entry.name.endswith(".toml"))
    if name not in names:
        raise BadRequest(f"rulebook: 没有名为“{name}”的制度{hint(name, names)};现有 {'、'.join(names)}")
    return load_toml((folder / f"{name}.toml").read_text("utf-8"))
