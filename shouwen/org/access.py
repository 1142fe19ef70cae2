"""Who may: loaders that authorise, the session of a request, the password hash."""

from __future__ import annotations

from datetime import datetime
from ipaddress import ip_address, ip_network
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.http import Http404, HttpRequest

from shouwen.core.actors import ANONYMOUS, Actor
from shouwen.core.clock import local
from shouwen.core.prepared import Prepared
from shouwen.org import queries
from shouwen.org.models import Center, Counter, Decision, Department, Member, RoleGrant, User

KEY = "who"
SEEN_EVERY = 60
# A page that refreshes itself is nobody at the desk: with this header a request does not put off the idle time.
POLL = "X-Poll"


class Argon2Hasher(Argon2PasswordHasher):
    """Argon2id, 19 MiB, two passes, one lane: Django's 100 MiB would cost half the memory budget."""

    memory_cost = 19 * 1024
    time_cost = 2
    parallelism = 1


# --- rows by code: another centre's, a wrong and a foreign code look the same -------------------------------------


def _row(model: Any, actor: Actor, code: str, to: str, *related: str) -> Any:
    row = model.objects.of(actor.center).select_related("center", *related).filter(code=code).first()
    if row is None:
        raise Http404
    if to != "see":
        queries.require(actor, to, row)
    return row


def member_for(actor: Actor, code: str, to: str = "see") -> Member:
    """A person of the actor's centre; `to` is "see" or a right of `models.RIGHTS`. Raises Http404 or Refused."""
    found: Member = _row(Member, actor, code, to, "user")
    return found


def department_for(actor: Actor, code: str, to: str = "see") -> Department:
    found: Department = _row(Department, actor, code, to)
    return found


def counter_for(actor: Actor, code: str, to: str = "see") -> Counter:
    found: Counter = _row(Counter, actor, code, to, "department")
    return found


def decision_for(actor: Actor, code: str, to: str = "see") -> Decision:
    found: Decision = _row(Decision, actor, code, to)
    return found


def grant_for(actor: Actor, code: str, role: str, at: datetime) -> RoleGrant:
    """The role a person holds today, to be ended."""
    member = member_for(actor, code, to="roles")
    for grant in queries.person(member)["grants"]:
        if grant.role == role and (grant.active_to is None or grant.active_to > local(at).date()):
            found: RoleGrant = grant
            return found
    raise Http404


# --- the session of a request ------------------------------------------------------------------------------------


def client_address(request: HttpRequest) -> str:
    """Where a request comes from; a forwarded address counts only when a trusted proxy names it."""
    address = request.META.get("REMOTE_ADDR", "") or ""
    for hop in reversed(request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")):
        if not _is_trusted(address) or not hop.strip():
            break
        address = hop.strip()
    return address


def _is_trusted(address: str) -> bool:
    try:
        found = ip_address(address)
        return any(found in ip_network(entry.strip(), strict=False) for entry in settings.TRUSTED_PROXIES)
    except ValueError:
        return False


def begin_session(request: HttpRequest, member: Member, user: User, at: datetime) -> None:
    """A fresh session id; whatever was in the old session is gone."""
    request.session.flush()
    request.session[KEY] = {
        "center": str(member.center_id),
        "member": str(member.pk),
        "stamp": queries.session_stamp(user),
        "began": at.timestamp(),
        "seen": at.timestamp(),
    }


def end_session(request: HttpRequest) -> None:
    request.session.flush()


def identify(request: HttpRequest, at: datetime) -> tuple[Actor, str]:
    """The actor of a request, and why a session just ended ("" when it did not).

    One query beside the session: the person with centre, account and the roles in force today. A session dies at once when it is idle
    or too old, the account is disabled, the password changed, all sessions were ended, or the person has left.
    """
    network = queries.network_key(client_address(request))
    nobody = Actor(kind="anonymous", label=ANONYMOUS.label, network=network)
    who = request.session.get(KEY)
    if who is None:
        return nobody, ""
    member, roles = queries.session_member(who["center"], who["member"], at)
    if ended := _ended(who, member, at):
        request.session.flush()
        return nobody, ended
    if POLL not in request.headers and not 0 <= at.timestamp() - who["seen"] < SEEN_EVERY:
        request.session[KEY] = {**who, "seen": at.timestamp()}
    return queries.actor_of(member, at, network, roles), ""  # type: ignore[arg-type]


def _ended(who: dict[str, Any], member: Any, at: datetime) -> str:
    user = member.user if member is not None else None
    if (
        user is None
        or not user.is_active
        or not member.is_here(local(at).date())
        or who["stamp"] != queries.session_stamp(user)
    ):
        return "登录已失效,请重新登录"
    idle = settings.IDLE_SECONDS_COUNTER if member.at_counter else settings.IDLE_SECONDS
    if at.timestamp() - who["seen"] > idle:
        return f"超过 {idle // 60} 分钟没有操作,请重新登录"
    if at.timestamp() - who["began"] > settings.SESSION_COOKIE_AGE:
        return f"登录已满 {settings.SESSION_COOKIE_AGE // 3600} 小时,请重新登录"
    return ""


def must_change(user: User, at: datetime) -> bool:
    """True while nothing but a new password may be done: after a one-time secret, or when 90 days are over."""
    return user.must_change or queries.is_expired(user, at)


def center_for(code: str) -> Center:
    """A centre by its public code, for the pages of outsiders and the hall's screens; 404 when there is none."""
    found: Center | None = _BY_CODE.first(code)
    if found is None:
        raise Http404
    return found


_BY_CODE = Prepared(lambda code: Center.objects.filter(code=code), str)
