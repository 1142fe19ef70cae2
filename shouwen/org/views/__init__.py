"""Pages of this app."""

from shouwen.org.views.account import login, logout, me, password

__all__ = ["login", "logout", "me", "password"]
