"""Accounts, sessions and locks."""

from __future__ import annotations

import unicodedata
import uuid
from datetime import date, datetime
from ipaddress import ip_address, ip_network

from django.db.models import Exists, F, FilteredRelation, OuterRef, QuerySet
from django.utils.crypto import salted_hmac

from shouwen.core.actors import Actor
from shouwen.core.clock import local
from shouwen.core.prepared import Prepared
from shouwen.org.models import LoginAttempt, Member, Membership, User, in_force
from shouwen.org.queries.passwords import runs_out
from shouwen.org.queries.people import roles_of


def digest(kind: str, text: str) -> str:
    """Keyed and one-way: rows can be found again, but not read back."""
    return salted_hmac(f"shouwen.org.{kind}", text, algorithm="sha256").hexdigest()[:24]


def clean_username(username: str) -> str:
    """One spelling of an account name, whatever the input method wrote."""
    return unicodedata.normalize("NFKC", username).strip().casefold()


def account_key(username: str) -> str:
    return digest("account", clean_username(username))


def network_key(address: str) -> str:
    """Key of the /24 (IPv4) or /64 (IPv6) an address lies in; "" for none. The address itself is never kept."""
    try:
        found = ip_address(address.split("%")[0])
    except ValueError:
        return ""
    mapped = getattr(found, "ipv4_mapped", None)
    found = mapped or found
    net = ip_network((found, 24 if found.version == 4 else 64), strict=False)
    return digest("network", str(net))


def account(username: str) -> User | None:
    """The account of that name, or None. Shared table: the name is unique over all centres."""
    return User.objects.select_related("center").filter(username=clean_username(username)).first()


def member_of(user: User) -> Member | None:
    """The person behind an account, in the account's centre."""
    return Member.objects.of(user.center_id).filter(user=user).select_related("center", "user").first()


def fresh_user(user: User) -> User:
    """The account as it is stored now."""
    return User.objects.get(pk=user.pk)


def session_member(center: uuid.UUID | str, member: uuid.UUID | str, at: datetime) -> tuple[Member | None, frozenset[str]]:
    """The person of a session with centre, account and the roles in force, in one query (every page pays for it).

    `at_counter` on the person says whether the post has a window.
    """
    rows = _SESSION(uuid.UUID(str(center)), uuid.UUID(str(member)), local(at).date())
    return (rows[0] if rows else None), frozenset(row.role for row in rows if row.role)


def _session_rows(center: uuid.UUID, member: uuid.UUID, on: date) -> QuerySet[Member]:
    posts = Membership.objects.of(center).filter(in_force(on), member=OuterRef("pk"), counter__isnull=False)
    found = Member.objects.of(center).filter(pk=member).select_related("center", "user")
    grants = FilteredRelation("role_grants", condition=in_force(on, "role_grants__active_from", "role_grants__active_to"))
    return found.annotate(at_counter=Exists(posts), held=grants, role=F("held__role"))


_SESSION = Prepared(_session_rows, uuid.UUID, uuid.UUID, date)


def session_stamp(user: User) -> str:
    """What a session must carry to be alive; changes with the password and with “退出所有登录”."""
    since = user.sessions_from.timestamp() if user.sessions_from else 0
    return digest("session", f"{user.password}|{since}")


def actor_of(member: Member, at: datetime, network: str = "", roles: frozenset[str] | None = None) -> Actor:
    """The member as an actor, with the roles in force on the local day of `at`; pass `roles` when they are at hand."""
    roles = roles_of(member, local(at).date()) if roles is None else roles
    return Actor(kind="member", center=member.center, member=member, label=member.name, roles=roles, network=network)


def is_expired(user: User, at: datetime) -> bool:
    """True when the password has outlived the profile's 90 days."""
    end = runs_out(user)
    return end is not None and at >= end


def locks(member: Member, at: datetime) -> list[datetime]:
    """Until when the person's account is locked, one entry a network, the latest first."""
    if member.user is None:
        return []
    rows = LoginAttempt.objects.filter(account=account_key(member.user.username), locked_until__gt=at)
    return sorted((row.locked_until for row in rows if row.locked_until), reverse=True)
