"""The editor of a draft: one form for the item and a table of rows for each kind of part; works without JavaScript.

What may stand in a draft is decided in one place (`queries.reading`); the forms only shape it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from shouwen.catalogue.queries.entries import PARTS, Entry
from shouwen.catalogue.queries.labels import CHOICES, KINDS, LABELS, PART_LABELS, PART_NAMES, Kind, shown
from shouwen.catalogue.queries.reading import LENGTHS, MOST_NUMBER, MOST_PARTS

GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("是什么", ("name", "aliases", "field", "official_kind", "handling", "reported_to", "service_objects")),
    ("在哪办", ("department", "counters", "deliveries", "visits", "consult_phone", "complaint_phone")),
    (
        "多久办完",
        (
            "statutory_limit", "statutory_unit", "promised_limit", "promised_unit", "extension_limit", "extension_approver",
            "correction_days", "pause_grounds", "is_silence_approved",
        ),
    ),
    ("依据与结果", ("legal_basis", "conditions", "result_name", "result_validity", "national_code", "implementation_code")),
)  # fmt: skip
HELP = {
    "aliases": "群众怎样叫它，用顿号隔开，如“低保、低保户”；检索时与名称同样有效",
    "statutory_limit": "法律没有规定的留空",
    "promised_limit": "不得长于法定时限；单位选“当日办结”时不用填",
    "extension_limit": "一般最多 10，联办最多 15；不得延期填 0",
    "correction_days": "留空为不设",
    "reported_to": "上报事项必填",
    "is_silence_approved": "延续申请，行政许可法第五十条",
    "official_kind": "国家标准只有即办、承诺、其他三种",
}
NEEDED = {"name", "field", "official_kind", "department", "legal_basis"}
CHOSEN = {"field", "official_kind"}
"""What has no usual answer begins empty."""
SPARE = 2


class Item(forms.Form):
    """The fields of an entry under their own names; departments and windows are those of the centre."""

    def __init__(self, *args: Any, departments: Sequence[Any], counters: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = {
            "department": [("", "请选择"), *((one.short_name, one.name) for one in departments)],
            "counters": [(str(one.number), str(one)) for one in counters],
        }
        for _, names in GROUPS:
            for name in names:
                self.fields[name] = _field(name, places.get(name))

    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Fields under their headings."""
        return [(title, [self[name] for name in names]) for title, names in GROUPS]


def _field(name: str, places: list[tuple[str, str]] | None) -> forms.Field:
    kind = KINDS.get(name, Kind.TEXT)
    common: dict[str, Any] = {"label": LABELS[name], "required": name in NEEDED, "help_text": HELP.get(name, "")}
    if kind in (Kind.CHOICES, Kind.NUMBERS):
        choices = places if places is not None else list(CHOICES[name].items())
        return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **common)
    if kind == Kind.CHOICE or places is not None:
        first = [("", "请选择")] if name in CHOSEN else []
        return forms.ChoiceField(choices=places or [*first, *CHOICES[name].items()], **common)
    if kind == Kind.FLAG:
        return forms.BooleanField(**common)
    if kind == Kind.NUMBER:
        return forms.IntegerField(min_value=0, max_value=MOST_NUMBER, **common)
    most = LENGTHS.get(name, 400 if kind == Kind.LIST else 120)
    widget = forms.Textarea(attrs={"rows": 3}) if kind == Kind.LONG else forms.TextInput()
    return forms.CharField(max_length=most, widget=widget, **common)


class Row(forms.Form):
    """One row of a table of parts; empty rows are left out."""

    part = ""

    def __init__(self, *args: Any, departments: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in PART_LABELS[self.part].items():
            kind = KINDS.get(name, Kind.TEXT)
            if name == "department":
                choices = [("", "部门"), *((one.short_name, one.short_name) for one in departments)]
                self.fields[name] = forms.ChoiceField(label=label, required=False, choices=choices)
            elif kind == Kind.CHOICE:
                self.fields[name] = forms.ChoiceField(label=label, required=False, choices=list(CHOICES[name].items()))
            elif kind == Kind.FLAG:
                self.fields[name] = forms.BooleanField(label=label, required=False)
            elif kind == Kind.NUMBER:
                self.fields[name] = forms.IntegerField(label=label, required=False, min_value=0, max_value=MOST_NUMBER)
            else:
                self.fields[name] = forms.CharField(label=label, required=False, max_length=LENGTHS.get(name, 400))
            self.fields[name].widget.attrs["aria-label"] = label

    def is_blank(self) -> bool:
        """Nothing typed that a row begins with: its name, question, task."""
        first = "task" if self.part == "partners" else next(iter(PART_LABELS[self.part]))
        return not str(self.cleaned_data.get(first) or "").strip() and not any(
            value for name, value in self.cleaned_data.items() if isinstance(value, str) and name not in ("necessity", first)
        )


ROWS = {part: type(f"{part.title()}Row", (Row,), {"part": part}) for part in PARTS}


class Editor:
    """The form and its four tables as one: bound to a POST, or showing an entry."""

    def __init__(
        self, data: Mapping[str, Any] | None, entry: Entry | None, departments: Sequence[Any], counters: Sequence[Any]
    ) -> None:
        places = {"departments": departments, "counters": counters}
        self.item = Item(data, initial=_initial(entry) if entry else {"visits": 1, "deliveries": ["counter"]}, **places)
        self.tables: dict[str, Any] = {}
        for part, row in ROWS.items():
            kept = [_row(one) for one in getattr(entry, part)] if entry else []
            make: Any = forms.formset_factory(row, extra=SPARE if kept else 4, max_num=MOST_PARTS, absolute_max=MOST_PARTS)
            self.tables[part] = make(data, prefix=part, initial=kept, form_kwargs={"departments": departments})

    def is_valid(self) -> bool:
        return self.item.is_valid() and all(table.is_valid() for table in self.tables.values())

    def document(self) -> dict[str, Any]:
        """What was typed, in the shape of an entry; blank rows left out. Only after `is_valid`."""
        found = dict(self.item.cleaned_data)
        for part, table in self.tables.items():
            found[part] = [form.cleaned_data for form in table if form.cleaned_data and not form.is_blank()]
        return found

    def shown_tables(self) -> list[tuple[str, str, Any, list[str]]]:
        """Part, its name, the formset and the column heads."""
        return [(part, PART_NAMES[part], table, list(PART_LABELS[part].values())) for part, table in self.tables.items()]


def _initial(entry: Entry) -> dict[str, Any]:
    found = {name: getattr(entry, name) for _, names in GROUPS for name in names}
    found["aliases"] = shown("aliases", entry.aliases)
    found["counters"] = [str(number) for number in entry.counters]
    found |= {name: list(found[name]) for name in ("deliveries", "service_objects", "pause_grounds")}
    return found


def _row(part: Any) -> dict[str, Any]:
    values = {name: getattr(part, name) for name in part.__dataclass_fields__}
    return {name: shown(name, value) if isinstance(value, tuple) else value for name, value in values.items()}
