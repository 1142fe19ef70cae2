"""The shape of a rulebook, key by key. `docs/reference/rulebook.md` says the same in words; a test compares the two."""

from __future__ import annotations

from shouwen.rules.scoring.roster import KINDS as SUBJECT_KINDS
from shouwen.rules.scoring.shapes import Choice, Either, Many, Named, Scalar, Table

NUMBER = Scalar("number")
TEXT = Scalar("text")
BOOL = Scalar("bool")
DATE = Scalar("date")
ANY = Scalar("any")
TEXTS = Many(TEXT, single=True)
ANYS = Many(ANY, single=True)

PERIODS = Choice(("week", "month", "quarter", "half_year", "year", "day", "any"))
WINDOWS = ("day", "week", "month", "quarter", "half_year", "year", "lifetime")
CONSECUTIVE = ("consecutive_days", "consecutive_weeks", "consecutive_months", "consecutive_quarters", "consecutive_years")
WINDOW = Choice((*WINDOWS, *CONSECUTIVE, "last_N_days", "last_N_months"), r"last_[1-9]\d{0,2}_(days|months)")
MEASURES = ("count", "facts", "minutes", "hours", "days", "value", "level")
MEASURE = Choice((*MEASURES, "attr.<名称>", "member.<名称>"), r"(attr|member)\.\S+")
PARTIAL = Choice(("full", "started", "pro_rata", "half_up", "ask"))
SUBJECTS = Many(Choice(SUBJECT_KINDS), single=True)

BOUND_KEYS = {"at_least": NUMBER, "over": NUMBER, "at_most": NUMBER, "under": NUMBER, "is": ANYS, "is_not": ANYS, "else": BOOL}
WITHIN = Choice(("centre", "department", "window", "station", "member.<名称>"), r"member\.\S+")
WHERE = Named(Either([Table(BOUND_KEYS), Many(ANY), ANY]), r"\S+")

PRICE = Either(
    [
        NUMBER,
        Choice(("unpriced", "all", "<百分数>%"), r"\d+(\.\d+)?%"),
        Table(
            {"percent": NUMBER, "of": Choice(("member.<名称>",), r"member\.\S+"), "value": TEXT}, one_of=("percent", "value")
        ),
    ]
)
AMOUNT_KEYS: dict[str, object] = {
    "each": PRICE,
    "between": Many(NUMBER),
    "per": Choice(
        (*MEASURES, "flat", "score", "deducted", "added", "counter", "attr.<名称>", "member.<名称>"), r"(attr|member)\.\S+"
    ),
    "unit": NUMBER,
    "free": NUMBER,
    "short_of": NUMBER,
    "partial": PARTIAL,
    "pool": Choice(("none", "period", *WINDOWS)),
    "take": Choice(("sum", "mean", "max", "min", "last", "trimmed_mean")),
    "once": Choice(("none", "period", *WINDOWS)),
    "by": Choice((*MEASURES, "score", "deducted", "added", "counter", "attr.<名称>", "member.<名称>"), r"(attr|member)\.\S+"),
    "times": Either(
        [NUMBER, Choice(("count", "minutes", "hours", "days", "value", "attr.<名称>", "member.<名称>"), r"(attr|member)\.\S+")]
    ),
    "min": NUMBER,
    "max": NUMBER,
    "reason": BOOL,
    "note": TEXT,
    "clause": TEXT,
}
TIER_AMOUNT = Table({**BOUND_KEYS, **{k: v for k, v in AMOUNT_KEYS.items() if k not in {"pool", "take", "once"}}, "stop": TEXT})
AMOUNT_KEYS["tiers"] = Many(TIER_AMOUNT)
TIER_AMOUNT.keys["tiers"] = Many(TIER_AMOUNT)  # type: ignore[index]
AMOUNT = Either([NUMBER, Choice(("unpriced", "all", "<百分数>%"), r"\d+(\.\d+)?%"), Many(NUMBER), Table(AMOUNT_KEYS)])

STANDARD = Either(
    [
        NUMBER,
        Table(
            {
                "of": Choice(("member.<名称>",), r"member\.\S+"),
                "by": Choice(("member.<名称>",), r"member\.\S+"),
                "tiers": Many(Table({**BOUND_KEYS, "each": NUMBER, "note": TEXT}, required=("each",))),
            },
            one_of=("of", "by"),
        ),
    ]
)
FLOOR = Either([NUMBER, Choice(("none", "ask"))])
CAP = Either([NUMBER, Choice(("none", "ask", "points"))])
LIMIT = Either([NUMBER, Choice(("none", "points"))])
LIMITS = {"floor": FLOOR, "cap": CAP, "max_deduct": LIMIT, "max_add": LIMIT}
ROUND = Either([Scalar("places"), Choice(("none",))])

LINE = Either([NUMBER, Table({"each": NUMBER, "per": Choice(("assessed",))}, required=("each", "per"))])
CONDITION_BOUNDS = {**dict.fromkeys(("at_least", "over", "at_most", "under"), LINE), "is": ANYS, "is_not": ANYS}
CONDITION = Table(
    {
        "of": Choice(
            (
                "score",
                "mean",
                "assessed",
                "deducted",
                "added",
                "count",
                "facts",
                "days",
                "minutes",
                "hours",
                "value",
                "section",
                "outcome",
                "member.<名称>",
            ),
            r"member\.\S+",
        ),
        **CONDITION_BOUNDS,
        "items": TEXTS,
        "facts": TEXTS,
        "section": TEXT,
        "sections": TEXTS,
        "outcome": TEXT,
        "sheet": TEXT,
        "where": WHERE,
        "window": WINDOW,
        "consecutive": Scalar("whole"),
        "note": TEXT,
    }
)
RANK = Table(
    {
        "order": Choice(("top", "bottom")),
        "quota": Either([Scalar("whole"), Choice(("<百分数>%",), r"\d+(\.\d+)?%")]),
        "partial": Choice(("full", "started", "half_up", "ask")),
        "within": WITHIN,
        "most": Scalar("whole"),
        "by": Choice(("score", "mean")),
        "ties": TEXTS,
        "pool": Choice(("eligible", "all")),
    },
    required=("order", "quota"),
)
ALSO_KEYS = {
    "title": TEXT,
    "to": Choice(
        ("self", "department", "window", "station", "centre", "members", "attr.<名称>", "post.<岗位>"), r"(attr|post)\.\S+"
    ),
    "needs": TEXT,
    "where": WHERE,
    "section": TEXTS,
    "factor": NUMBER,
    "of": Choice(("amount", "price")),
    "deduct": NUMBER,
    "add": NUMBER,
    "as": TEXT,
    "enabled": BOOL,
    "clause": TEXT,
    "note": TEXT,
}
ALSO = Table(ALSO_KEYS, required=("to",), one_of=("factor", "deduct", "add", "as"))
TERM = Table(
    {
        "title": TEXT,
        "of": TEXT,
        "section": TEXT,
        "over": Choice(("members", "periods", "self", "unit")),
        "outcome": TEXT,
        "take": Choice(("mean", "sum", "min", "max", "trimmed_mean")),
        "relative_to": Choice(("max", "mean", "sum", "min")),
        "within": WITHIN,
        "weight": STANDARD,
        "add": AMOUNT,
        "deduct": AMOUNT,
        "round": ROUND,
        "where": WHERE,
        "only": WHERE,
        "exclude": WHERE,
        "when_empty": Choice(("stop", "zero", "skip")),
        "clause": TEXT,
        "note": TEXT,
    },
    required=("over",),
    one_of=("of", "outcome"),
)

QUESTION = Table(
    {
        "text": TEXT,
        "options": Either([Named(TEXT, r"\S+"), Many(ANY)]),
        "default": ANY,
        "free": BOOL,
        "clause": TEXT,
        "confirmed": Either([BOOL, TEXT, DATE]),
        "note": TEXT,
    },
    required=("text",),
)
SHEET = Table(
    {
        "title": TEXT,
        "subjects": SUBJECTS,
        "period": PERIODS,
        "base": STANDARD,
        **LIMITS,
        "round": ROUND,
        "only": WHERE,
        "exclude": WHERE,
        "unassessed": Choice(("skip", "full", "zero")),
        "terms": Many(TERM),
        "clause": TEXT,
        "note": TEXT,
    },
    required=("subjects",),
)
SECTION = Table(
    {
        "title": TEXT,
        "sheet": TEXT,
        "parent": TEXT,
        "points": STANDARD,
        **LIMITS,
        "weight": NUMBER,
        "round": ROUND,
        "clause": TEXT,
        "note": TEXT,
    }
)
ITEM = Table(
    {
        "title": TEXT,
        "clause": TEXT,
        "sheet": TEXT,
        "section": TEXT,
        "facts": TEXTS,
        "where": WHERE,
        "deduct": AMOUNT,
        "add": AMOUNT,
        "record": BOOL,
        "points": STANDARD,
        "max_deduct": LIMIT,
        "max_add": LIMIT,
        "also": Many(ALSO),
        "required": BOOL,
        "enabled": BOOL,
        "exempt_leave": TEXTS,
        "note": TEXT,
    },
    one_of=("deduct", "add", "record"),
)
CLASSIFY = Table(
    {
        "facts": TEXTS,
        "subjects": SUBJECTS,
        "where": WHERE,
        "by": MEASURE,
        "tiers": Many(
            Table(
                {
                    **BOUND_KEYS,
                    "then": TEXT,
                    "drop": BOOL,
                    "stop": TEXT,
                    "count": NUMBER,
                    "days": NUMBER,
                    "level": TEXT,
                    "clause": TEXT,
                    "note": TEXT,
                },
                one_of=("then", "drop", "stop"),
            )
        ),
        "clause": TEXT,
        "note": TEXT,
    },
    required=("facts", "by", "tiers"),
)
STEP = Table(
    {
        **BOUND_KEYS,
        "every": NUMBER,
        "times": NUMBER,
        "each": Either([NUMBER, Choice(("unpriced",))]),
        "then": TEXT,
        "count": NUMBER,
        "replaces": Choice(("this", "all", "none", "ask")),
        "clause": TEXT,
        "note": TEXT,
    },
    one_of=("times", "each", "then"),
)
COUNTER = Table(
    {
        "title": TEXT,
        "clause": TEXT,
        "items": TEXTS,
        "sections": TEXTS,
        "window": WINDOW,
        "scope": Choice(("all", "section", "item")),
        "counts": Choice(("count", "facts", "days", "minutes", "hours")),
        "steps": Many(STEP),
        "retroactive": BOOL,
        "enabled": BOOL,
        "note": TEXT,
    }
)
OUTCOME = Table(
    {
        "title": TEXT,
        "clause": TEXT,
        "sheet": TEXT,
        "when": Many(CONDITION, single=True),
        "when_any": Many(CONDITION, single=True),
        "rank": RANK,
        "consecutive": Scalar("whole"),
        "decides": Choice(("rule", "person")),
        "choices": TEXTS,
        "sets": NUMBER,
        "caps": NUMBER,
        "enabled": BOOL,
        "text": TEXT,
        "note": TEXT,
    },
    required=("title",),
)
YUAN = Either(
    [
        NUMBER,
        Choice(("none",)),
        Table({"percent": NUMBER, "of": Choice(("member.<名称>",), r"member\.\S+")}, required=("percent", "of")),
    ]
)
MONEY = Table(
    {
        "title": TEXT,
        "clause": TEXT,
        "sheet": TEXT,
        "items": TEXTS,
        "amount": AMOUNT,
        "when": Many(CONDITION, single=True),
        "floor": YUAN,
        "cap": YUAN,
        "enabled": BOOL,
        "note": TEXT,
    },
    required=("amount",),
)
VALUE = Table(
    {"amount": NUMBER, "from": DATE, "to": DATE, "by": TEXT, "on": DATE, "note": TEXT}, required=("amount", "from", "by")
)
LEAVE = Table({"title": TEXT, "clause": TEXT, "suppresses": TEXTS, "note": TEXT}, required=("suppresses",))
LADDER = Table(
    {
        **{k: v for k, v in BOUND_KEYS.items() if k != "is_not"},
        "is": NUMBER,
        "kinds": TEXTS,
        "posts": TEXTS,
        "where": WHERE,
        "approver": TEXT,
        "form": Choice(("oral", "written")),
        "cover": BOOL,
        "proof": TEXT,
        "clause": TEXT,
        "note": TEXT,
    },
    required=("approver",),
)

RULEBOOK = Table(
    {
        "format": Scalar("whole"),
        "name": TEXT,
        "title": TEXT,
        "version": ANY,
        "from": DATE,
        "to": DATE,
        "source": TEXT,
        "note": TEXT,
        "readings": Named(ANY, r"\S+"),
        "questions": Named(QUESTION),
        "sheets": Named(SHEET),
        "sections": Named(SECTION),
        "items": Named(ITEM),
        "classify": Many(CLASSIFY),
        "counters": Named(COUNTER),
        "also": Many(Table({"items": TEXTS, **ALSO_KEYS}, required=("to", "items"), one_of=("factor", "deduct", "add", "as"))),
        "same_event": Choice(("heaviest", "add", "ask")),
        "outcomes": Named(OUTCOME),
        "money": Named(MONEY),
        "values": Named(Many(VALUE)),
        "leaves": Named(LEAVE),
        "leave_ladder": Many(LADDER),
        "ignore": TEXTS,
        "clauses": Named(TEXT, r"\S+"),
        "parameters": Named(Either([Many(ANY), ANY, Named(ANY)])),
    },
    required=("sheets",),
)
