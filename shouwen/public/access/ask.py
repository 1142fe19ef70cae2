"""Who may read an answer without an account: whoever has the number of the question and, if one was left, knows the telephone's end."""

from __future__ import annotations

import hmac
from datetime import datetime
from typing import Any

from shouwen.core import privacy
from shouwen.core.actors import Actor
from shouwen.core.errors import Refused
from shouwen.org import actions as org
from shouwen.reception import queries

WRONG = "没有查到：编号或电话后四位不对，请照回执再输一次"


def question_by_code(*, center: Any, code: str, tail: str, by: Actor, at: datetime) -> Any:
    """The inquiry; an unknown number and a wrong tail get the same answer, and both are counted. Refused otherwise."""
    subject = f"{center.pk}:{code}"
    if wait := org.reserve_guess(subject=subject, by=by, at=at):
        raise Refused(f"查询太频繁，请 {-(-wait // 60)} 分钟后再试，或到大厅询问")
    found = queries.asked(center, code)
    known = found.person.phone_tail if found is not None and found.person is not None else ""
    given = privacy.tail(center, tail) if known else ""
    if found is None or found.channel != "online" or not hmac.compare_digest(given, known):
        raise Refused(WRONG)
    org.release_guess(subject=subject, by=by, at=at)
    return found
