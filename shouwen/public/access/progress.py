"""Who may see how a case stands without an account: whoever has its number and knows the end of the telephone left with it."""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from shouwen.cases.models import Case
from shouwen.core import privacy
from shouwen.core.actors import Actor
from shouwen.core.errors import Refused
from shouwen.org import actions as org
from shouwen.public import queries

COOKIE, SALT = "shouwen-progress", "shouwen.public.progress"
SHOWN_FOR = timedelta(minutes=15)
"""How long the page may be opened again before the tail is asked anew: the next person at a shared computer sees nothing."""
NO_MATCH = "没有查到：办件编号或后四位不对。请照收件凭证、受理通知书再输一次；没有留电话的，填证件号码后四位"


def case_by_tail(*, center: Any, code: str, tail: str, by: Actor, at: datetime) -> str:
    """The code of the case, for the telephone's (where none was left, the card's) last four characters.

    An unknown number and a wrong tail get the same answer after the same work, and both are counted: about one number from one
    network slower and slower, from one network twenty an hour ("3.3"). Refused otherwise.
    """
    subject = f"{center.pk}:{code}"
    if wait := org.reserve_guess(subject=subject, by=by, at=at):
        raise Refused(f"查询太频繁，请{_spoken(wait)}后再试，或到大厅询问")
    given = privacy.tail(center, tail)
    if not any(hmac.compare_digest(given, known) for known in queries.tails(center, code)):
        raise Refused(NO_MATCH)
    org.release_guess(subject=subject, by=by, at=at)
    return code


def _spoken(seconds: int) -> str:
    return f" {seconds} 秒" if seconds < 90 else f" {-(-seconds // 60)} 分钟"


def keep(response: HttpResponse, center: Any, code: str, at: datetime) -> None:
    """Let this browser see this case for a while: a signed cookie that only the progress pages of the centre get."""
    value = signing.dumps([str(center.pk), code, int(at.timestamp())], salt=SALT)
    response.set_cookie(
        COOKIE,
        value,
        max_age=int(SHOWN_FOR.total_seconds()),
        path=_path(center),
        httponly=True,
        samesite="Lax",
        secure=settings.HTTPS,
    )


def forget(response: HttpResponse, center: Any) -> None:
    response.delete_cookie(COOKIE, path=_path(center), samesite="Lax")


def case_shown(request: HttpRequest, center: Any, at: datetime) -> Case | None:
    """The case this browser has shown the tail for; None without, with a false, another centre's or an old cookie."""
    try:
        owner, code, since = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT)
    except (signing.BadSignature, ValueError):
        return None
    fresh = 0 <= at.timestamp() - since < SHOWN_FOR.total_seconds()
    return queries.case_of(center, code) if fresh and owner == str(center.pk) else None


def _path(center: Any) -> str:
    return reverse("public:progress_shown", args=[center.code])
