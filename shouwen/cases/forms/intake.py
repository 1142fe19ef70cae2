"""Receiving an application: which item, in which situation, from whom, with which materials."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from shouwen.cases.forms.handling import wrong_field
from shouwen.cases.models import Delivery
from shouwen.catalogue.models import ItemVersion
from shouwen.catalogue.queries import Line, Question
from shouwen.core.forms import day_field
from shouwen.reception.models import Person

APPLICANT = ("name", "id_kind", "id_number", "phone", "address", "confirmed")


class Choose(forms.Form):
    """By GET: the item, when the matter does not name one."""

    item = forms.CharField(max_length=16, required=False)


class Receive(forms.Form):
    """The applicant where nobody is registered yet, the answers that change the list, and the list itself.

    `token` makes the same form sent twice one case.
    """

    token = forms.CharField(max_length=36, widget=forms.HiddenInput)
    item = forms.CharField(max_length=16, widget=forms.HiddenInput)
    name = forms.CharField(label="申请人姓名或名称", max_length=60)
    id_kind = forms.ChoiceField(label="证件种类", choices=Person.IdKind.choices, required=False)
    id_number = forms.CharField(label="证件号码", max_length=24, required=False)
    phone = forms.CharField(label="电话", max_length=20, required=False)
    address = forms.CharField(label="住址", max_length=120, required=False)
    confirmed = forms.BooleanField(
        label="号码已核对，证件上就是这样", required=False, help_text="校验不过的号码，核对后勾选即可登记"
    )
    agent_name = forms.CharField(label="代理人姓名", max_length=60, required=False)
    agent_id_number = forms.CharField(label="代理人身份证号", max_length=24, required=False)
    delivery = forms.ChoiceField(label="领取方式", choices=Delivery.Way.choices)
    renewal_date = day_field("原证有效期至", required=False)

    def __init__(
        self,
        *args: Any,
        version: ItemVersion,
        person: Person | None,
        questions: Sequence[Question],
        lines: Sequence[Line],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.version, self.person, self.questions, self.lines = version, person, list(questions), list(lines)
        if person is not None:
            for name in APPLICANT:
                del self.fields[name]
        if not version.is_silence_approved:
            del self.fields["renewal_date"]
        ways = [one for one in Delivery.Way.choices if one[0] in (version.deliveries or ["counter"])]
        self.fields["delivery"].choices = ways or Delivery.Way.choices  # type: ignore[attr-defined]
        for number, question in enumerate(self.questions, 1):
            choices = [(one.code, one.choice) for one in question.choices]
            self.fields[f"situation_{number}"] = forms.ChoiceField(
                label=question.text, choices=choices, widget=forms.RadioSelect
            )
        for position, line in enumerate(self.lines, 1):
            self.fields[f"got_{position}"] = forms.BooleanField(label=f"收到 {line.name}", required=False)
            self.fields[f"defect_{position}"] = wrong_field(line.name)

    @property
    def rows(self) -> list[tuple[Line, Any, Any]]:
        return [(line, self[f"got_{n}"], self[f"defect_{n}"]) for n, line in enumerate(self.lines, 1)]

    @property
    def situation_fields(self) -> list[Any]:
        return [self[f"situation_{number}"] for number in range(1, len(self.questions) + 1)]

    @property
    def own_fields(self) -> list[Any]:
        names = (*APPLICANT, "agent_name", "agent_id_number", "delivery", "renewal_date")
        return [self[name] for name in names if name in self.fields]

    def values(self, *, at_once: bool = False) -> dict[str, Any]:
        """Arguments of `actions.receive_case`, or, `at_once`, of `actions.handle_on_the_spot`."""
        data = self.cleaned_data
        found: dict[str, Any] = {
            "version": self.version,
            "person": self.person or {name: data[name] for name in APPLICANT},
            "situations": [data[f"situation_{number}"] for number in range(1, len(self.questions) + 1)],
            "lines": self._words(ticked=True),
            "noted": self._words(ticked=False),
            "delivery": data["delivery"],
            "token": data["token"],
        }
        if data["agent_name"]:
            kind = "id_card" if data["agent_id_number"] else ""
            found["agent"] = {"name": data["agent_name"], "id_kind": kind, "id_number": data["agent_id_number"]}
        if data.get("renewal_date"):
            found["renewal_date"] = data["renewal_date"]
        if at_once:
            more = {name: found.pop(name) for name in ("noted", "agent", "delivery", "renewal_date") if name in found}
            found["more"] = more
        return found

    def _words(self, *, ticked: bool) -> dict[int, str]:
        """What is said of each line that was ticked as received; of the others only where something is said."""
        data, found = self.cleaned_data, {}
        for position in range(1, len(self.lines) + 1):
            wrong = data[f"defect_{position}"].strip()
            if data[f"got_{position}"] is ticked and (ticked or wrong):
                found[position] = wrong
        return found
