"""The only place that writes centres, people, accounts, roles and decisions."""

from shouwen.org.actions.accounts import (
    change_password,
    disable_account,
    enable_account,
    end_sessions,
    forget_attempts,
    issue_secret,
    log_in,
    log_out,
    unlock_account,
)
from shouwen.org.actions.decisions import end_decision, end_substitution, record_decision, record_substitution
from shouwen.org.actions.guesses import release_guess, reserve_guess
from shouwen.org.actions.people import add_member, change_member, end_member, move_member, note_export, reveal_phone
from shouwen.org.actions.roles import end_role, grant_role
from shouwen.org.actions.structure import (
    add_counter,
    add_department,
    change_center,
    change_counter,
    change_department,
    end_counter,
    end_department,
    invite_center,
    open_center,
)

__all__ = [
    "add_counter",
    "add_department",
    "add_member",
    "change_center",
    "change_counter",
    "change_department",
    "change_member",
    "change_password",
    "disable_account",
    "enable_account",
    "end_counter",
    "end_decision",
    "end_department",
    "end_member",
    "end_role",
    "end_sessions",
    "end_substitution",
    "forget_attempts",
    "grant_role",
    "invite_center",
    "issue_secret",
    "log_in",
    "log_out",
    "move_member",
    "note_export",
    "open_center",
    "record_decision",
    "record_substitution",
    "release_guess",
    "reserve_guess",
    "reveal_phone",
    "unlock_account",
]
