"""Is every tenant table of a statement tied to one centre (house.md T22)? Text in, findings out; no database.

A table is tied when its `center_id` equals a constant, or the `center_id` of a table that is tied. Beyond that Citus asks for:
a subquery in a SELECT list, SET, ORDER BY or GROUP BY has a constant of its own, a correlated subquery leans on a tenant table
(never on a shared one), and no statement changes a `center_id`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

TOKEN = re.compile(
    r"""(?P<space>\s+|--[^\n]*|/\*.*?\*/)
    |(?P<value>'(?:[^']|'')*'|%\(\w+\)s|%s|\?\d*|\$\d+|\d+(?:\.\d+)?)
    |"(?P<name>(?:[^"]|"")*)"|(?P<word>[A-Za-z_]\w*)
    |(?P<op><=|>=|<>|!=|\|\||::|.)""",
    re.X | re.S,
)
CLAUSES = {
    "SELECT",
    "FROM",
    "WHERE",
    "GROUP",
    "HAVING",
    "ORDER",
    "LIMIT",
    "OFFSET",
    "WINDOW",
    "FETCH",
    "FOR",
    "SET",
    "USING",
    "RETURNING",
}
JOINS = {"LEFT", "RIGHT", "FULL", "INNER", "CROSS", "NATURAL", "OUTER", "JOIN", "LATERAL"}
CHECKED = {"SELECT", "INSERT", "UPDATE", "DELETE", "WITH"}
Nodes = list[Any]


def findings(sql: str, tables: frozenset[str]) -> tuple[str, ...]:
    """One sentence for every reason the statement may touch more than one centre; `tables` are the tenant tables."""
    nodes = parse(sql)
    if not nodes or (not is_word(nodes[0], *CHECKED) and not isinstance(nodes[0], list)):
        return ()
    check = Check(tables)
    check.query(nodes, frozenset())
    return tuple(check.found)


def parse(sql: str) -> Nodes:
    """Tokens as (kind, text), parentheses as nested lists."""
    stack: list[Nodes] = [[]]
    for match in TOKEN.finditer(sql):
        kind, text = str(match.lastgroup), match[match.lastgroup or 0]
        if text == "(" and kind == "op":
            stack.append([])
        elif text == ")" and kind == "op" and len(stack) > 1:
            group = stack.pop()
            stack[-1].append(group)
        elif kind != "space" and text != ";":
            stack[-1].append((kind, text))
    return stack[0]


def is_word(node: Any, *words: str) -> bool:
    return isinstance(node, tuple) and node[0] == "word" and node[1].upper() in words


def is_op(node: Any, op: str) -> bool:
    return node == ("op", op)


def identifier(node: Any) -> str:
    """The name, lower case, or "" for anything else."""
    return node[1].lower() if isinstance(node, tuple) and node[0] in {"name", "word"} else ""


def is_query(node: Any) -> bool:
    inner = node
    while isinstance(inner, list) and inner:
        inner = inner[0]
    return isinstance(node, list) and is_word(inner, "SELECT", "WITH")


def split(nodes: Nodes, *at: str) -> list[Nodes]:
    """Cut at the words or operators of this level."""
    parts: list[Nodes] = [[]]
    for node in nodes:
        if is_word(node, *at) or (isinstance(node, tuple) and node[0] == "op" and node[1] in at):
            parts.append([])
        else:
            parts[-1].append(node)
    return parts


def clauses(nodes: Nodes) -> dict[str, Nodes]:
    """{"": what stands before, "FROM": […], …}."""
    found: dict[str, Nodes] = {"": []}
    current = ""
    for index, node in enumerate(nodes):
        distinct_from = (
            is_word(node, "FROM")
            and index > 1
            and is_word(nodes[index - 1], "DISTINCT")
            and is_word(nodes[index - 2], "IS", "NOT")
        )
        if is_word(node, *CLAUSES) and not distinct_from:
            current = node[1].upper()
            found.setdefault(current, [])
        else:
            found[current].append(node)
    return found


def subqueries(nodes: Nodes) -> Iterator[Nodes]:
    for node in nodes:
        if is_query(node):
            yield node
        elif isinstance(node, list):
            yield from subqueries(node)


def unwrap(nodes: Nodes) -> Nodes:
    while len(nodes) == 1 and isinstance(nodes[0], list) and not is_query(nodes[0]):
        nodes = nodes[0]
    return nodes


def center_of(nodes: Nodes) -> str | None:
    """The alias whose center_id this is ("" when it names none), None when it is something else."""
    names = [identifier(node) for node in unwrap(nodes) if not is_op(node, ".")]
    if not names or names[-1] != "center_id" or len(nodes) > 5:
        return None
    return names[-2] if len(names) > 1 else ""


def is_constant(nodes: Nodes) -> bool:
    nodes = unwrap(nodes)
    if len(nodes) == 3 and is_op(nodes[1], "::"):
        nodes = nodes[:1]
    return len(nodes) == 1 and isinstance(nodes[0], tuple) and nodes[0][0] == "value"


def facts(nodes: Nodes) -> set[tuple[str, ...]]:
    """What a condition says for sure: ("alias",) equals a constant, ("a", "b") are equal."""
    nodes = unwrap(nodes)
    either = split(nodes, "OR")
    if len(either) > 1:
        return set.intersection(*(facts(part) for part in either))
    both = split(nodes, "AND")
    if len(both) > 1:
        return set.union(*(facts(part) for part in both))
    sides = split(nodes, "=")
    if len(sides) == 1:
        sides = split(nodes, "IN")
    if len(sides) != 2:
        return set()
    left, right = (center_of(side) for side in sides)
    if left is not None and right is not None:
        return {(left, right)}
    if left is not None and is_constant(sides[1]):
        return {(left,)}
    if right is not None and is_constant(sides[0]):
        return {(right,)}
    return set()


@dataclass(slots=True)
class Sources:
    """The tables of one FROM: alias → table, what its conditions say, one-way ties of outer joins, its subqueries."""

    aliases: dict[str, str] = field(default_factory=dict)
    facts: set[tuple[str, ...]] = field(default_factory=set)
    one_way: set[tuple[str, str]] = field(default_factory=set)
    derived: list[Nodes] = field(default_factory=list)
    nested: list[Nodes] = field(default_factory=list)

    def read(self, nodes: Nodes) -> None:
        """Take in the items of a FROM clause, joined or listed."""
        kind: set[str] = set()
        item: Nodes = []
        for node in [*nodes, ("op", ",")]:
            if is_word(node, *JOINS) or is_op(node, ","):
                if item:
                    self.item(item, kind)
                    item, kind = [], set()
                kind.add(node[1].upper())
            else:
                item.append(node)

    def item(self, nodes: Nodes, kind: set[str]) -> None:
        source, *conditions = split(nodes, "ON")
        alias = self.source([node for node in source if not is_word(node, "AS")])
        for condition in conditions:
            self.nested += subqueries(condition)
            found = facts(condition)
            if not kind & {"LEFT", "RIGHT", "FULL"}:
                self.facts |= found
            elif "LEFT" in kind:
                # An outer join says nothing about the rows of its left side.
                self.facts |= {fact for fact in found if fact == (alias,)}
                pairs = [fact for fact in found if len(fact) == 2 and alias in fact]
                self.one_way |= {(b if a == alias else a, alias) for a, b in pairs}

    def source(self, nodes: Nodes) -> str:
        if isinstance(nodes[0], list):
            if is_query(nodes[0]):
                self.derived.append(nodes[0])
            else:
                self.read(nodes[0])
            return identifier(nodes[1]) if len(nodes) > 1 else ""
        names = [identifier(nodes[0])]
        rest = nodes[1:]
        while len(rest) > 1 and is_op(rest[0], "."):
            names.append(identifier(rest[1]))
            rest = rest[2:]
        self.nested += subqueries(rest)
        alias = identifier(rest[0]) if rest else ""
        table = "" if rest and isinstance(rest[0], list) else names[-1]  # json_each(…) is a function
        self.aliases[alias or names[-1]] = table
        return alias or names[-1]


class Check:
    """Walks one statement; `found` collects what is wrong with it."""

    def __init__(self, tables: frozenset[str]) -> None:
        self.tables = tables
        self.found: list[str] = []

    def query(self, nodes: Nodes, outer: frozenset[str]) -> None:
        """`outer` are the tied tenant tables around this query that it may lean on."""
        while len(nodes) == 1 and isinstance(nodes[0], list):
            nodes = nodes[0]
        if is_word(nodes[0], "WITH"):
            nodes = self.common(nodes, outer)
        parts = split(nodes, "UNION", "INTERSECT", "EXCEPT")
        if len(parts) > 1 and not is_word(nodes[0], "INSERT"):
            for part in parts:
                self.query([node for node in part if not is_word(node, "ALL")], outer)
        elif is_word(nodes[0], "INSERT"):
            self.insert(nodes)
        elif is_word(nodes[0], "UPDATE", "DELETE"):
            self.change(nodes, outer)
        elif is_word(nodes[0], "SELECT"):
            self.select(clauses(nodes), outer)

    def common(self, nodes: Nodes, outer: frozenset[str]) -> Nodes:
        """Check the parts of a WITH and return the statement behind it; their names are no tables."""
        named = set()
        while not is_word(nodes[0], "SELECT", "INSERT", "UPDATE", "DELETE"):
            if is_query(nodes[0]):
                self.query(nodes[0], outer)
            elif not is_word(nodes[0], "WITH", "RECURSIVE", "AS"):
                named.add(identifier(nodes[0]))
            nodes = nodes[1:]
        self.tables = self.tables - named
        return nodes

    def select(self, parts: dict[str, Nodes], outer: frozenset[str]) -> None:
        sources = Sources()
        sources.read(parts.get("FROM", []))
        conditions = parts.get("WHERE", [])
        visible = self.tie(sources, conditions, outer)
        for name in ("SELECT", "GROUP", "ORDER", "LIMIT"):
            self.alone(parts.get(name, []))
        for nodes in [*sources.nested, *subqueries(conditions), *subqueries(parts.get("HAVING", []))]:
            self.query(nodes, visible)

    def tie(self, sources: Sources, conditions: Nodes, outer: frozenset[str]) -> frozenset[str]:
        """Report what is untied; returns the tenant tables a subquery may lean on."""
        for nodes in sources.derived:
            self.query(nodes, outer)
        only = next(iter(sources.aliases)) if len(sources.aliases) == 1 else ""
        known = {tuple(alias or only for alias in fact) for fact in sources.facts | facts(conditions)}
        arrows = sources.one_way | {pair for fact in known if len(fact) == 2 for pair in (fact, fact[::-1])}
        tied = {fact[0] for fact in known if len(fact) == 1} | (outer - sources.aliases.keys())
        while grown := {b for a, b in arrows if a in tied} - tied:
            tied |= grown
        tenants = {alias for alias, table in sources.aliases.items() if table in self.tables}
        self.found += [f"{sources.aliases[alias]} is tied to no center" for alias in sorted(tenants - tied)]
        return (outer - sources.aliases.keys()) | (tenants & tied)

    def alone(self, nodes: Nodes) -> None:
        """Subqueries where Citus accepts no tie to the query around them."""
        for query in subqueries(nodes):
            self.query(query, frozenset())

    def change(self, nodes: Nodes, outer: frozenset[str]) -> None:
        parts = clauses(nodes)
        sources = Sources()
        for name in ("", "FROM", "USING"):
            sources.read([node for node in parts.get(name, []) if not is_word(node, "UPDATE", "DELETE", "ONLY")])
        conditions = parts.get("WHERE", [])
        visible = self.tie(sources, conditions, outer)
        if sources.aliases.keys() & self.tables:
            self.assign(parts.get("SET", []))
        self.alone(parts.get("SET", []))
        for query in subqueries(conditions):
            self.query(query, visible)

    def assign(self, nodes: Nodes) -> None:
        targets = (split(part, "=")[0] for part in split(nodes, ","))
        if any(center_of(target) is not None for target in targets):
            self.found.append("a statement changes center_id")

    def insert(self, nodes: Nodes) -> None:
        into = next(index for index, node in enumerate(nodes) if is_word(node, "INTO"))
        table, rest = identifier(nodes[into + 1]), nodes[into + 2 :]
        columns = rest[0] if rest and isinstance(rest[0], list) and not is_query(rest[0]) else []
        if table in self.tables and "center_id" not in map(identifier, columns):
            self.found.append(f"{table} gets a row without center_id")
        body, *conflict = split(rest[1:] if columns else rest, "CONFLICT")
        for part in conflict if table in self.tables else []:
            self.assign(clauses(part).get("SET", []))
        if body and is_word(body[-1], "ON"):
            body = body[:-1]
        if body and (is_word(body[0], "SELECT", "WITH") or is_query(body[0])):
            self.query(body, frozenset())
        else:
            self.alone(body)
