"""The trail keeps what proves something and stars out what is private."""

from __future__ import annotations

from shouwen.audit.actions import record
from shouwen.audit.models import Record

# A digest with what looks like a card number and a telephone in it.
DIGEST = "a6222021300012345678b13812340000cdef0123456789abcdefabcdefabcdefab"[:64]


def test_the_digest_of_a_paper_stays_whole_beside_a_number_that_does_not(wang, actor, at):
    record(by=actor(wang), at=at, verb="documents.issue", detail={"sha256": DIGEST, "note": "电话 13812340000"})
    detail = Record.objects.get(center_id=wang.center_id).details
    assert detail == {"sha256": DIGEST, "note": "电话 *********00"}
