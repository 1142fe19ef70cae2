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
)

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
]
