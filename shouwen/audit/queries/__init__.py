"""Reads: the pulse, the viewer's records, and whether the trail is whole."""

from shouwen.audit.queries.anchors import Anchors, anchor_line, anchor_path, lettered, read_anchors
from shouwen.audit.queries.trail import chain_of, history, newest, records
from shouwen.audit.queries.verifying import Problem, Report, chains, verify, verify_anchors

__all__ = [
    "Anchors",
    "Problem",
    "Report",
    "anchor_line",
    "anchor_path",
    "chain_of",
    "chains",
    "history",
    "lettered",
    "newest",
    "read_anchors",
    "records",
    "verify",
    "verify_anchors",
]
