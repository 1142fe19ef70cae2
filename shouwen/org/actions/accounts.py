"""Login, passwords, one-time secrets, locks, sessions."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import Q

from shouwen.audit import actions as audit
from shouwen.core.actors import Actor
from shouwen.core.clock import local
from shouwen.core.errors import Refused, taken
from shouwen.org import queries
from shouwen.org.actions.attempts import release, reserve
from shouwen.org.models import LoginAttempt, Member, PasswordHistory, User
from shouwen.org.queries.passwords import LONGEST

SECRET_ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"
WRONG = "账号或密码不正确"


@dataclass(frozen=True, slots=True)
class Slip:
    """A one-time secret to hand over on paper; shown once, kept nowhere. `until` is an aware UTC datetime."""

    name: str
    username: str
    secret: str
    until: datetime


def log_in(*, username: str, password: str, by: Actor, at: datetime) -> Member:
    """Let a person in. `by` is the visitor, with the key of the network the request came from.

    Refused: locked (5 failures in 15 minutes lock the account 30 minutes for that network), wrong account or
    password (same words, same time), one-time secret expired or used, account disabled, person not (yet) here.
    Effects: failure counter, audit "org.login" with result ok or failed, last login. The counter and the failed
    row stay whatever happens to the page.
    """
    key = queries.account_key(username)
    user = queries.account(username)
    by = replace(by, center=user.center) if user else by
    problem = reserve(key, by.network, at) or _wrong(user, password)
    member = queries.member_of(user) if user else None
    problem = problem or _closed(user, member, at)
    if problem or user is None or member is None:
        # What stands in the account field may be a password typed into the wrong place: two signs are enough.
        label = member.name if member else username[:2] + "…"
        audit.record(by=by, at=at, verb="org.login", obj=member, label=label, detail={"why": problem}, result="failed")
        raise Refused(problem or WRONG)
    with transaction.atomic():
        if user.must_change:
            _use_secret(user, at)
        release(key, by.network, at)
        Member.objects.of(user.center).filter(pk=member.pk).update(last_login_at=at)
        audit.record(by=queries.actor_of(member, at, by.network), at=at, verb="org.login", obj=member, label=member.name)
    return member


@lru_cache(maxsize=1)
def _nobody() -> str:
    """A hash no password fits, so that an unknown account costs the same time as a wrong password."""
    return make_password(secrets.token_urlsafe(32))


def _wrong(user: User | None, password: str) -> str:
    text = queries.normalised(password)[: LONGEST + 1]
    stored = user.password if user and user.has_usable_password() else _nobody()

    def rehash(raw: str) -> None:
        """Costs of the hash have changed since it was made: store it anew."""
        User.objects.filter(pk=user.pk, password=stored).update(password=make_password(raw))  # type: ignore[union-attr]

    fits = check_password(text, stored, rehash if user and stored == user.password else None)
    return "" if fits and user else WRONG


def _closed(user: User | None, member: Member | None, at: datetime) -> str:
    if user is None or member is None:
        return WRONG
    if not user.is_active:
        return "账号已停用,如需启用请联系本中心安全管理员"
    if not member.is_here(local(at).date()):
        return "您已不在(或尚未到)本中心任职,不能登录"
    if user.must_change and (user.secret_until is None or user.secret_until <= at):
        return "一次性口令已过期或已使用,请联系本中心安全管理员重新发放"
    return ""


def _use_secret(user: User, at: datetime) -> None:
    """One use: the second of two people with the same slip stays outside."""
    used = User.objects.filter(pk=user.pk, must_change=True, secret_until__gt=at).update(secret_until=at)
    if used != 1:
        raise taken()


def log_out(*, by: Actor, at: datetime) -> None:
    """Audit "org.logout"; the page ends the session."""
    audit.record(by=by, at=at, verb="org.logout", obj=by.member, label=by.label)


def change_password(*, new: str, old: str = "", by: Actor, at: datetime) -> User:
    """Set one's own password; `old` is asked except right after a one-time secret.

    Refused when `old` is wrong (counted like a login failure) or `new` breaks the profile.
    Effects: every session of the account ends (the page opens a fresh one), audit "org.change_password".
    """
    user = User.objects.get(pk=by.member.user_id)
    if not user.must_change:
        _check_old(user, old, by, at)
    with transaction.atomic():
        user = User.objects.select_for_update(no_key=True).select_related("center").get(pk=user.pk)
        _set_password(user, new, by.member.name, at)
        audit.record(by=by, at=at, verb="org.change_password", obj=by.member, label=by.member.name)
    return user


def _check_old(user: User, old: str, by: Actor, at: datetime) -> None:
    key = queries.account_key(user.username)
    if problem := reserve(key, by.network, at):
        raise Refused(problem)
    if not check_password(queries.normalised(old), user.password):
        raise Refused("原密码不正确")
    release(key, by.network, at)


def _set_password(user: User, new: str, name: str, at: datetime) -> None:
    problems = queries.password_problems(new, username=user.username, center=user.center, name=name, user=user)
    if problems:
        raise Refused(";".join(problems))
    user.password = make_password(queries.normalised(new))
    user.must_change, user.secret_until, user.password_at, user.sessions_from = False, None, at, at
    user.save(update_fields=["password", "must_change", "secret_until", "password_at", "sessions_from"])
    PasswordHistory.objects.create(user=user, password=user.password, set_at=at)


@transaction.atomic
def issue_secret(*, member: Member, username: str = "", by: Actor, at: datetime) -> Slip:
    """Open the person's account (`username`), or reset it: a random secret for one login within 72 hours.

    Refused for oneself, for somebody who has left, for a name already taken. Effects: former password and every
    session end, audit "org.issue_secret" (without the secret). The secret is returned once and stored hashed.
    """
    queries.require(by, "accounts", member)
    if by.is_self(member):
        raise Refused("不能给自己发放口令;请用“修改密码”,或请另一名安全管理员办理")
    if not member.is_here(max(local(at).date(), member.joined_date)):
        raise Refused("此人已离开本中心")
    user = member.user or _new_account(member, username)
    secret = "-".join("".join(secrets.choice(SECRET_ALPHABET) for _ in range(4)) for _ in range(3))
    user.password = make_password(secret)
    user.must_change, user.secret_until = True, at + timedelta(hours=settings.SECRET_HOURS)
    user.password_at, user.sessions_from = None, at
    user.save(update_fields=["password", "must_change", "secret_until", "password_at", "sessions_from"])
    audit.record(by=by, at=at, verb="org.issue_secret", obj=member, label=member.name, detail={"username": user.username})
    return Slip(member.name, user.username, secret, user.secret_until)


def _new_account(member: Member, username: str) -> User:
    name = queries.clean_username(username)
    if not 2 <= len(name) <= 40 or any(sign.isspace() for sign in name):
        raise Refused("账号须为 2 至 40 个字符,中间不能有空格")
    if User.objects.filter(username=name).exists():
        raise Refused(f"账号“{name}”已被使用,请换一个(例如在后面加工号)")
    user = User.objects.create(center=member.center, username=name)
    linked = Member.objects.of(member.center_id).filter(pk=member.pk, user__isnull=True).update(user=user)
    if linked != 1:
        raise taken()
    member.user = user
    return user


def _account(member: Member) -> User:
    if member.user is None:
        raise Refused("此人没有开通账号")
    return member.user


@transaction.atomic
def unlock_account(*, member: Member, by: Actor, at: datetime) -> int:
    """Lift the login locks of a person's account before they run out; returns how many. Audit "org.unlock"."""
    queries.require(by, "accounts", member)
    name = _account(member).username
    locked = LoginAttempt.objects.filter(account=queries.account_key(name), locked_until__gt=at)
    count = locked.update(locked_until=None, recent=[])
    if not count:
        raise Refused("该账号目前没有被锁定")
    audit.record(by=by, at=at, verb="org.unlock", obj=member, label=member.name, detail={"networks": count})
    return count


@transaction.atomic
def disable_account(*, member: Member, reason: str, by: Actor, at: datetime) -> None:
    """No login from now on; open sessions end at their next request. Audit "org.disable_account"."""
    queries.require(by, "accounts", member)
    if by.is_self(member):
        raise Refused("不能停用自己的账号")
    if User.objects.filter(pk=_account(member).pk, is_active=True).update(is_active=False, sessions_from=at) != 1:
        raise Refused("该账号已经停用")
    audit.record(by=by, at=at, verb="org.disable_account", obj=member, label=member.name, detail={"reason": reason})


@transaction.atomic
def enable_account(*, member: Member, by: Actor, at: datetime) -> None:
    """Allow login again, with the old password. Audit "org.enable_account"."""
    queries.require(by, "accounts", member)
    if by.is_self(member):
        raise Refused("不能启用自己的账号")
    if User.objects.filter(pk=_account(member).pk, is_active=False).update(is_active=True) != 1:
        raise Refused("该账号没有停用")
    audit.record(by=by, at=at, verb="org.enable_account", obj=member, label=member.name)


@transaction.atomic
def end_sessions(*, by: Actor, at: datetime) -> None:
    """Log oneself out everywhere, e.g. after leaving a window unlocked. Audit "org.end_sessions"."""
    User.objects.filter(pk=by.member.user_id).update(sessions_from=at)
    audit.record(by=by, at=at, verb="org.end_sessions", obj=by.member, label=by.label)


def forget_attempts(*, by: Actor, at: datetime) -> int:
    """Drop counters a day after the last failure, for the nightly job; the audit trail keeps the failures themselves."""
    old = Q(last_at__lt=at - timedelta(days=1)) & (Q(locked_until__isnull=True) | Q(locked_until__lt=at))
    count, _ = LoginAttempt.objects.filter(old).delete()
    return count
