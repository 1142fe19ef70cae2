"""Text that would do harm where it is not treated as text, and a town in which somebody typed it everywhere."""

from __future__ import annotations

from django.db.models import CharField, TextField

from tests import town as towns
from tests.security import filling

# The longest that fits into a field; each begins as a formula does, breaks out of an attribute and asks the template engine.
TEXTS = (
    "=1+1\"><img src=x onerror=alert(1)><script>alert(2)</script>{{7*7}}{% now 'Y' %}' OR 1=1 --\u202e😀<svg onload=alert(3)>",
    '=1+1"><img src=x onerror=alert(1)>{{7*7}}',
    '=1"><b onclick=x>{{7}}',
    "=<b>{{7*7}}",
    "=1+1",
)
RAW = ("<img src=x", "<script>alert", "<svg onload", "<b onclick", "=<b>", '=1+1">')
# Buttons after which a person of the town could not go on.
LEFT_OUT = ("/end/", "/disable/", "/secret/", "/password/", "/logout/", "/withdraw/", "/cancel/")


def text(one: filling.Field) -> str:
    """Hostile words in whatever takes words; what must be a number or a name that is known keeps its content."""
    if one.name in ("staff_no", "phone", "pinyin", "report_phone", "pin", "members", "username") or one.name.startswith("t_"):
        return one.value or "1"
    return next((words for words in TEXTS if len(words) <= one.most), "=1")


def poison(town: towns.Town) -> dict[str, int]:
    """Send every form of every page with hostile words; the answers' status by address."""
    clients, answers = {name: town.client(name) for name in filling.PEOPLE}, {}
    for known in filling.every_form(town):
        client, form = clients[known.name], known.form
        if not form.url.endswith(LEFT_OUT):
            answer = client.post(form.url, form.filled(text))
            answers[form.url] = answer.status_code
            for again in filling.forms_of(answer, form.url):
                if "confirmed" in again.names - form.names:
                    client.post(again.url, again.filled(text))
    return answers


def poisoned() -> set[str]:
    """Columns of the database in which hostile words stand now."""
    found = set()
    for model in towns.tables():
        for field in model._meta.fields:
            if isinstance(field, CharField | TextField):
                rows = model._base_manager.filter(**{f"{field.name}__contains": "{{7"})
                found |= {f"{model._meta.label}.{field.name}"} if rows.exists() else set()
    return found
