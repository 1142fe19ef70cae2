"""Punches as terminals and offices hand them over: bytes in, punches and bad lines out. No database, no clock.

`sniff` says what a file is and guesses what its columns mean; a person corrects the guess on screen; `parse` reads it.
Neither ever raises on bad bytes: a whole file that cannot be read is one `BadLine` with line 0.
"""

from shouwen.attendance.formats.attlog import parse_attlog
from shouwen.attendance.formats.guess import sniff
from shouwen.attendance.formats.records import LIMIT_BYTES, ROLES, BadLine, Columns, Kind, Punch, Sniffed
from shouwen.attendance.formats.tables import parse
from shouwen.attendance.formats.template import template_workbook
from shouwen.attendance.formats.zktime import zk_decode, zk_encode

__all__ = [
    "LIMIT_BYTES",
    "ROLES",
    "BadLine",
    "Columns",
    "Kind",
    "Punch",
    "Sniffed",
    "parse",
    "parse_attlog",
    "sniff",
    "template_workbook",
    "zk_decode",
    "zk_encode",
]
