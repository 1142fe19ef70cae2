"""Is a document a rulebook? Every finding names the table, the key and what may stand there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from shouwen.rules.scoring.ladders import ladder_problems, tier_problems
from shouwen.rules.scoring.readings import is_path
from shouwen.rules.scoring.schema import RULEBOOK
from shouwen.rules.scoring.shapes import Problem, Walker, hint, mentions, options_of, shown
from shouwen.rules.scoring.values import key_text, number, plain


def validate(document: object) -> list[Problem]:
    """Problems of a document, errors first. An empty list, or only "question" levels, means it can be used."""
    if not isinstance(document, Mapping):
        return [Problem("", f"制度应为一张表(TOML 或 JSON 对象),现在是 {shown(document)}")]
    questions = document.get("questions")
    walker = Walker(questions if isinstance(questions, Mapping) else {})
    walker.walk("", document, RULEBOOK)
    if not walker.problems and not document["sheets"]:
        walker.say("sheets", "至少要有一张考核表")
    if walker.problems:
        return walker.problems
    problems = [
        *_questions(document),
        *_references(document),
        *_amounts(document),
        *_unreached(document),
        *_marks(document),
        *tier_problems(document),
    ]
    if not any(problem.level == "error" for problem in problems):
        problems.extend(ladder_problems(document))
    return sorted(problems, key=lambda p: p.level != "error")


def _questions(document: Mapping[str, Any]) -> Iterator[Problem]:
    questions = document.get("questions") or {}
    for name, question in questions.items():
        options = options_of(question)
        default = question.get("default")
        if default is not None and options and not question.get("free") and key_text(default) not in options:
            yield Problem(f"questions.{name}.default", f"“{key_text(default)}”不是选项,只有 {'、'.join(options)}")
    for name, answer in (document.get("readings") or {}).items():
        if is_path(name):
            continue
        if name not in questions:
            yield Problem(f"readings.{name}", f"没有这个问题(questions 表){hint(name, list(questions))}")
        elif (options := options_of(questions[name])) and not questions[name].get("free") and key_text(answer) not in options:
            yield Problem(
                f"readings.{name}", f"“{key_text(answer)}”不是选项,只有 {'、'.join(options)}{hint(key_text(answer), options)}"
            )
    for name, options in mentions(
        {k: v for k, v in document.items() if k not in {"questions", "readings", "parameters", "clauses"}}
    ):
        question = questions.get(name, {})
        if (
            not options
            and not options_of(question)
            and "default" not in question
            and name not in (document.get("readings") or {})
        ):
            yield Problem(f"questions.{name}", "既没有选项也没有默认值,无从作答;请写 options 或 default")


def every(value: Any) -> Iterator[Any]:
    """A value, or each of the values a switch may give."""
    if isinstance(value, Mapping) and "switch" in value:
        for key, inner in value.items():
            if key != "switch":
                yield from every(inner)
    elif not (isinstance(value, str) and value.startswith("@")):
        yield value


def listed(value: Any) -> Iterator[Any]:
    """The entries of a list, or of each list a switch may give; a single value counts as one entry."""
    for one in every(value):
        for entry in one if isinstance(one, list) else [one]:
            yield from every(entry)


class _Names:
    """The names a document declares, and a check that says which is near."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.tables = {
            table: list(document.get(table) or {}) for table in ("sheets", "sections", "items", "outcomes", "values", "leaves")
        }

    def check(self, path: str, table: str, value: Any) -> Iterator[Problem]:
        known = self.tables[table]
        for name in listed(value):
            if name not in known and name != "*":
                yield Problem(
                    path, f"{table} 表里没有“{name}”{hint(str(name), known)}" + (f";现有 {'、'.join(known)}" if known else "")
                )


def _references(document: Mapping[str, Any]) -> Iterator[Problem]:
    names = _Names(document)
    sheets = names.tables["sheets"]
    for name, section in (document.get("sections") or {}).items():
        path = f"sections.{name}"
        yield from _place(names, path, section, ("sheet", "sheets"), ("parent", "sections"))
        if "sheet" not in section and "parent" not in section and len(sheets) > 1:
            yield Problem(path, f"有 {len(sheets)} 张考核表,须写 sheet 或 parent;现有 {'、'.join(sheets)}")
    yield from _loops(document)
    for name, item in (document.get("items") or {}).items():
        path = f"items.{name}"
        yield from _place(names, path, item, ("sheet", "sheets"), ("section", "sections"))
        if "sheet" not in item and "section" not in item and len(sheets) > 1:
            yield Problem(path, f"有 {len(sheets)} 张考核表,须写 section 或 sheet;现有 {'、'.join(sheets)}")
        yield from _also(names, path, item.get("also"))
        yield from _leaves(names, f"{path}.exempt_leave", item.get("exempt_leave"))
    yield from _also(names, "", document.get("also"))
    for name, counter in (document.get("counters") or {}).items():
        path = f"counters.{name}"
        yield from _place(names, path, counter, ("items", "items"), ("sections", "sections"))
        if "items" not in counter and "sections" not in counter:
            yield Problem(path, "须写 items 或 sections:哪些项目一起计数")
    yield from _judgements(document, names)


def _marks(document: Mapping[str, Any]) -> Iterator[Problem]:
    """A base smaller than the sections' points together: one of the two is perhaps a slip of the text."""
    for name, sheet in document["sheets"].items():
        sections = [
            section
            for section in (document.get("sections") or {}).values()
            if "parent" not in section and section.get("sheet", name) == name
        ]
        numbers = [(number(s.get("points", 0)), number(s.get("weight", 1))) for s in sections]
        base = number(sheet.get("base"))
        whole = [points * weight for points, weight in numbers if points is not None and weight is not None]
        if base is not None and len(whole) == len(numbers) and sum(whole) > base:
            yield Problem(f"sheets.{name}.base", f"基础分{plain(base)}小于各节分之和{plain(sum(whole))},请核对", "question")


def _unreached(document: Mapping[str, Any]) -> Iterator[Problem]:
    """An item whose facts an earlier one takes all: a fact goes to the first item that fits, so it would never count."""
    sheets = document["sheets"]
    taken: dict[tuple[str, str], str] = {}
    for name, item in (document.get("items") or {}).items():
        places = _homes(document, {"items": name})
        subjects = {
            str(kind) for place in places for kind in listed(sheets.get(place, next(iter(sheets.values())))["subjects"])
        }
        if "enabled" in item:
            continue
        keys = [(str(kind), subject) for kind in listed(item.get("facts", name)) for subject in sorted(subjects)]
        if keys and all(key in taken for key in keys):
            first, again = taken[keys[0]], '[{ to = "self", as = "另一个事实名" }]'
            yield Problem(
                f"items.{name}",
                f"这些事实已全部记入前面的 items.{first},到不了这里;同一事实要再记一项,在 {first} 写 also = {again}",
            )
        # A sheet that assesses only some leaves the others' facts to the next item.
        choosy = any({"only", "exclude"} & set(sheets.get(place, {})) for place in places)
        if "where" not in item and not choosy:
            taken.update({key: taken.get(key, name) for key in keys})


def _place(names: _Names, path: str, table: Mapping[str, Any], *keys: tuple[str, str]) -> Iterator[Problem]:
    for key, target in keys:
        if key in table:
            yield from names.check(f"{path}.{key}", target, table[key])


def _also(names: _Names, path: str, value: Any) -> Iterator[Problem]:
    for index, also in enumerate(listed(value) if value is not None else ()):
        here = f"{path}.also[{index}]".lstrip(".")
        yield from _place(names, here, also, ("section", "sections"), ("items", "items"))


def _leaves(names: _Names, path: str, value: Any) -> Iterator[Problem]:
    if value is not None and names.tables["leaves"]:
        yield from names.check(path, "leaves", value)


def _loops(document: Mapping[str, Any]) -> Iterator[Problem]:
    sections = document.get("sections") or {}
    for name in sections:
        seen, here = {name}, sections[name].get("parent")
        while here in sections and here not in seen:
            seen.add(here)
            here = sections[here].get("parent")
        if here == name:
            yield Problem(f"sections.{name}.parent", "上级绕回了自己")


def _judgements(document: Mapping[str, Any], names: _Names) -> Iterator[Problem]:
    sheets = names.tables["sheets"]
    for name, sheet in (document.get("sheets") or {}).items():
        for index, term in enumerate(listed(sheet.get("terms", []))):
            here = (("of", "sheets"), ("section", "sections"), ("outcome", "outcomes"))
            yield from _place(names, f"sheets.{name}.terms[{index}]", term, *here)
            if name in listed(term.get("of")) and term.get("over") == "self":
                yield Problem(f"sheets.{name}.terms[{index}]", "考核表不能引用自己")
    for table in ("outcomes", "money"):
        for name, entry in (document.get(table) or {}).items():
            path = f"{table}.{name}"
            yield from _place(names, path, entry, ("sheet", "sheets"), ("items", "items"))
            if "sheet" not in entry and len(sheets) > 1 and not (table == "money" and len(_homes(document, entry)) == 1):
                yield Problem(path, f"有 {len(sheets)} 张考核表,须写 sheet;现有 {'、'.join(sheets)}")
            for tie in listed((entry.get("rank") or {}).get("ties", [])):
                if tie not in names.tables["sections"] and tie not in sheets:
                    yield Problem(f"{path}.rank.ties", f"sections 和 sheets 表里都没有“{tie}”")
            for key in ("when", "when_any"):
                for index, condition in enumerate(listed(entry.get(key, []))):
                    keys = (
                        ("items", "items"),
                        ("section", "sections"),
                        ("sections", "sections"),
                        ("outcome", "outcomes"),
                        ("sheet", "sheets"),
                    )
                    yield from _place(names, f"{path}.{key}[{index}]", condition, *keys)
                    yield from _condition(f"{path}.{key}[{index}]", condition)


def _homes(document: Mapping[str, Any], entry: Mapping[str, Any]) -> set[str]:
    """The sheets on which the items of an entry count."""
    items, sections = document.get("items") or {}, document.get("sections") or {}
    found = set()
    for name in listed(entry.get("items", [])):
        place: Any = items.get(name, {})
        for _ in range(len(sections) + 1):
            up = None if "sheet" in place else place.get("section", place.get("parent"))
            place = sections.get(up, place) if isinstance(up, str) else place
        found.add(str(place.get("sheet")))
    return found


def _condition(path: str, condition: Mapping[str, Any]) -> Iterator[Problem]:
    if not {"at_least", "over", "at_most", "under", "is", "is_not"} & set(condition):
        yield Problem(path, "没有写界限:at_least(含)、over(不含)、at_most(含)、under(不含)、is 或 is_not")


def _amounts(document: Mapping[str, Any]) -> Iterator[Problem]:
    """Rules between the keys of one amount, wherever it stands."""
    for name, item in (document.get("items") or {}).items():
        for key in ("max_deduct", "max_add"):
            if item.get(key) == "points" and number(item.get("points")) is None:
                yield Problem(f"items.{name}.{key}", "写 points 时,该项须有一个数作满分(points = …)")
        for key in ("deduct", "add"):
            for amount in every(item.get(key)) if key in item else ():
                yield from _amount(f"items.{name}.{key}", amount, document)
    for name, sheet in (document.get("sheets") or {}).items():
        for index, term in enumerate(listed(sheet.get("terms", []))):
            for key in {"add", "deduct"} & set(term):
                yield from _amount(f"sheets.{name}.terms[{index}].{key}", term[key], document, "value")
    for name, money in (document.get("money") or {}).items():
        for amount in every(money["amount"]):
            yield from _amount(f"money.{name}.amount", amount, document)


def _amount(path: str, amount: Any, document: Mapping[str, Any], by: str | None = None) -> Iterator[Problem]:
    if isinstance(amount, list):
        amount = {"between": amount}
    if not isinstance(amount, Mapping):
        if (found := number(amount)) is not None and found < 0:
            yield Problem(path, "写正数:扣分用 deduct,加分用 add")
        return
    ways = [key for key in ("each", "between", "tiers") if key in amount]
    if len(ways) != 1 and "stop" not in amount:
        yield Problem(path, f"each(单价)、between(区间)、tiers(分档)之中必须且只能写一个,现在写了 {'、'.join(ways) or '零个'}")
    for tiers in every(amount["tiers"]) if "tiers" in amount else ():
        if not tiers:
            yield Problem(f"{path}.tiers", "至少写一档")
    if "tiers" in amount and "by" not in amount and by is None:
        yield Problem(path, "分档须写 by:按什么分档(minutes、days、value、level、count 等)")
    for pair in every(amount["between"]) if "between" in amount else ():
        numbers = [number(one) for one in pair]
        if len(numbers) != 2 or numbers[0] is None or numbers[1] is None or numbers[0] > numbers[1]:
            yield Problem(f"{path}.between", "应为 [最低, 最高] 两个数")
    for unit in every(amount.get("unit", 1)):
        if (found := number(unit)) is not None and found <= 0:
            yield Problem(f"{path}.unit", "单位须大于0")
    for price in every(amount.get("each", 0)):
        if isinstance(price, Mapping) and (value := price.get("value")) and value not in (document.get("values") or {}):
            yield Problem(f"{path}.each.value", f"values 表里没有“{value}”{hint(value, list(document.get('values') or {}))}")
    for index, tier in enumerate(listed(amount.get("tiers", []))):
        yield from _amount(f"{path}.tiers[{index}]", tier, document)
