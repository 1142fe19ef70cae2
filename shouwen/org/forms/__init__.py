"""Input of people's own pages and of the administrators' pages."""

from shouwen.org.forms.account import Login, NewPassword, Password
from shouwen.org.forms.people import (
    Add,
    CenterSettings,
    Change,
    CounterForm,
    DecisionForm,
    DepartmentForm,
    Disable,
    End,
    Grant,
    Last,
    Move,
    Reveal,
    Search,
    Secret,
    day,
)
from shouwen.org.forms.sheet import read_people

__all__ = [
    "Add",
    "CenterSettings",
    "Change",
    "CounterForm",
    "DecisionForm",
    "DepartmentForm",
    "Disable",
    "End",
    "Grant",
    "Last",
    "Login",
    "Move",
    "NewPassword",
    "Password",
    "Reveal",
    "Search",
    "Secret",
    "day",
    "read_people",
]
