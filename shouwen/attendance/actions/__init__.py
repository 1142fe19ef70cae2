"""The only place that writes attendance."""

from shouwen.attendance.actions.checks import decide_check, record_check, repeat_check, reply_to_check
from shouwen.attendance.actions.corrections import ask_correction, decide_correction, decide_slot, withdraw_correction
from shouwen.attendance.actions.devices import add_device, change_device, end_device, ignore_pin, map_pin
from shouwen.attendance.actions.imports import import_punches
from shouwen.attendance.actions.leaves import (
    answer_cover,
    ask_leave,
    change_cover,
    decide_leave,
    return_from_leave,
    withdraw_leave,
)
from shouwen.attendance.actions.papers import issue_leave_form, note_export
from shouwen.attendance.actions.register import confirm_register, punch_on_web, reject_register, type_register
from shouwen.attendance.actions.slots import recompute, recompute_recent
from shouwen.attendance.actions.staging import cancel_import, choose_sheet, confirm_import, set_columns, stage_file

__all__ = [
    "add_device",
    "answer_cover",
    "ask_correction",
    "ask_leave",
    "cancel_import",
    "change_cover",
    "change_device",
    "choose_sheet",
    "confirm_import",
    "confirm_register",
    "decide_check",
    "decide_correction",
    "decide_leave",
    "decide_slot",
    "end_device",
    "ignore_pin",
    "import_punches",
    "issue_leave_form",
    "map_pin",
    "note_export",
    "punch_on_web",
    "recompute",
    "recompute_recent",
    "record_check",
    "reject_register",
    "repeat_check",
    "reply_to_check",
    "return_from_leave",
    "set_columns",
    "stage_file",
    "type_register",
    "withdraw_correction",
    "withdraw_leave",
]
