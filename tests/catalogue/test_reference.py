"""docs/reference/catalogue.md names every key of the file, and no other; every key has a label."""

from __future__ import annotations

import re
from dataclasses import fields

from shouwen.catalogue.queries.entries import PARTS, Entry, FeeEntry
from shouwen.catalogue.queries.labels import FEE_LABELS, LABELS, PART_LABELS
from tests import house


def test_the_reference_names_every_key_of_the_file_and_no_other():
    page = (house.ROOT / "docs" / "reference" / "catalogue.md").read_text("utf-8")
    rows = [row.split("|")[1] for row in page.splitlines() if row.startswith("| `")]
    named = {key for row in rows for key in re.findall(r"`(\w+)`", row)}
    assert named == {one.name for kind in (Entry, FeeEntry) for one in fields(kind)}


def test_every_key_has_a_label():
    assert set(LABELS) | set(PARTS) == {one.name for one in fields(Entry)}
    assert {part: set(labels) for part, labels in PART_LABELS.items()} == {
        part: {one.name for one in fields(kind)} for part, kind in PARTS.items()
    }
    assert set(FEE_LABELS) == {one.name for one in fields(FeeEntry)}
