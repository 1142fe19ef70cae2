"""Fields that every area's forms have alike."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

# What the calendar can reckon with, and a little before it: a day outside is a slip of the pen, whatever the form.
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)


def day_field(label: str, **more: Any) -> forms.DateField:
    """A day, picked in the browser's own date field; years nobody can mean are refused in words."""
    message = "请写 2000 年至 2099 年之间的日期"
    limits = [MinValueValidator(FIRST_DAY, message), MaxValueValidator(LAST_DAY, message)]
    shown = {"type": "date", "min": f"{FIRST_DAY}", "max": f"{LAST_DAY}"}
    return forms.DateField(label=label, widget=forms.DateInput(attrs=shown, format="%Y-%m-%d"), validators=limits, **more)
