"""Centers, departments, counters, people, roles, login, decisions of the leadership meeting."""
