"""Login, lock-out by account and network, one-time secrets, passwords (等保 8.1.4.1)."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher, make_password
from django.db import connection

from shouwen.audit.models import INSTALLATION, Record
from shouwen.core.actors import Actor, system
from shouwen.core.errors import Refused
from shouwen.org import actions, queries
from shouwen.org.models import LoginAttempt, Member, PasswordHistory, User
from tests import factories

HALL = Actor(kind="anonymous", label="访客", network="hall")
HOME = Actor(kind="anonymous", label="访客", network="home")
WRONG = "账号或密码不正确"
LOCKED = "在本网络连续 5 次登录失败,请在 09:30 以后再试,或请本中心安全管理员解锁"


class CountingHasher(MD5PasswordHasher):
    """How often a password was really looked at."""

    verified = 0

    def verify(self, password, encoded):
        CountingHasher.verified += 1
        return super().verify(password, encoded)


def attempt(at, *, password=factories.PASSWORD, username="liming", by=HALL) -> str:
    """ "in", or why not."""
    try:
        actions.log_in(username=username, password=password, by=by, at=at)
    except Refused as refused:
        return refused.message
    return "in"


def fail(at, times, **more) -> None:
    assert [attempt(at, password="wrong", **more) for _ in range(times)] == [WRONG] * times


def test_right_password_lets_in_and_is_on_record(cast, at):
    assert attempt(at, username="LiMing") == "in"
    record = Record.objects.get(center_id=cast.center.pk, verb="org.login")
    assert (record.actor_label, record.result, record.object_code) == ("李明", "ok", cast.li.code)
    assert Member.objects.of(cast.center).get(pk=cast.li.pk).last_login_at == at


def test_sixth_try_is_refused_even_with_the_right_password(cast, at):
    fail(at, 5)
    assert attempt(at) == LOCKED


def test_lock_ends_after_thirty_minutes(cast, at):
    fail(at, 5)
    assert attempt(at + timedelta(minutes=29, seconds=59)) == LOCKED
    assert attempt(at + timedelta(minutes=30)) == "in"


def test_after_a_lock_counting_starts_anew(cast, at):
    fail(at, 5)
    fail(at + timedelta(minutes=31), 4)
    assert attempt(at + timedelta(minutes=31)) == "in"


def test_success_ends_the_row_of_failures(cast, at):
    fail(at, 4)
    assert attempt(at) == "in"
    fail(at, 4)
    assert attempt(at) == "in"


def test_failures_older_than_fifteen_minutes_do_not_count(cast, at):
    fail(at, 4)
    fail(at + timedelta(minutes=16), 1)
    assert attempt(at + timedelta(minutes=16)) == "in"


def test_window_slides(cast, at):
    for minute in (0, 4, 8, 12, 16):
        fail(at + timedelta(minutes=minute), 1)
    assert attempt(at + timedelta(minutes=17)) == "in"
    for minute in (20, 24, 28, 30, 34):
        fail(at + timedelta(minutes=minute), 1)
    assert attempt(at + timedelta(minutes=34)).startswith("在本网络连续 5 次登录失败")


def test_officer_is_not_locked_out_from_another_network(cast, at):
    fail(at, 5)
    assert attempt(at, by=HOME) == "in"


def test_attacked_account_is_slowed_elsewhere_after_an_own_failure(cast, at):
    fail(at, 5)
    fail(at, 1, by=HOME)
    assert attempt(at, by=HOME) == "尝试过于频繁,请 2 秒后再试"
    assert attempt(at + timedelta(seconds=2), by=HOME) == "in"


def test_network_trying_many_accounts_is_slowed_not_locked(cast, at):
    for number in range(30):
        fail(at, 1, username=f"nobody{number}")
    assert attempt(at) == "尝试过于频繁,请 2 秒后再试"
    assert attempt(at + timedelta(seconds=2)) == "in"


def test_unknown_account_is_answered_and_counted_like_a_known_one(cast, at):
    fail(at, 5, username="nobody")
    assert attempt(at, username="nobody") == LOCKED


@pytest.mark.parametrize("username", ["liming", "nobody"])
def test_unknown_account_costs_the_same_work(cast, at, settings, username):
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher"]
    before = CountingHasher.verified
    fail(at, 1, username=username)
    assert CountingHasher.verified - before == 1


def test_locked_account_is_not_looked_at(cast, at, settings):
    fail(at, 5)
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher"]
    before = CountingHasher.verified
    assert (attempt(at), CountingHasher.verified - before) == (LOCKED, 0)


def test_failed_logins_are_on_record_though_nothing_else_is_written(cast, at):
    fail(at, 1)
    fail(at, 1, username="s3cret-typed-here")
    known = Record.objects.get(center_id=cast.center.pk, verb="org.login")
    unknown = Record.objects.get(center_id=INSTALLATION, verb="org.login")
    assert (known.result, known.label, known.object_code) == ("failed", "李明", cast.li.code)
    assert (unknown.result, unknown.label) == ("failed", "s3…")


def test_counters_hold_no_name_and_no_address(cast, at):
    fail(at, 1)
    row = LoginAttempt.objects.exclude(account="").get()
    assert (row.account, row.network) == (queries.account_key("liming"), "hall")
    assert len(queries.network_key("192.0.2.7")) == 24


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.7", "192.0.2.200", True),
        ("192.0.2.7", "192.0.3.7", False),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:192.0.2.7", "192.0.2.9", True),
    ],
)
def test_network_is_a_24_or_a_64(one, other, same):
    assert (queries.network_key(one) == queries.network_key(other)) is same


def together(number: int, one) -> list[str]:
    """What `one(index)` answers in as many threads at the same moment, each with its own connection."""
    answers: list[str] = []
    start = threading.Barrier(number)

    def run(index: int) -> None:
        start.wait()
        try:
            answers.append(one(index))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(index,)) for index in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@pytest.mark.django_db(transaction=True)
def test_fifty_parallel_tries_count_exactly(at):
    factories.cast()
    answers = together(50, lambda index: attempt(at, password="wrong"))
    assert (answers.count(WRONG), answers.count(LOCKED)) == (5, 45)
    assert Record.objects.filter(verb="org.login", result="failed").count() == 50


@pytest.mark.django_db(transaction=True)
def test_one_of_many_with_the_same_slip_gets_in(at):
    slip = slip_for(factories.cast(), at)
    networks = [Actor(kind="anonymous", network=f"net{number}") for number in range(12)]
    answers = together(12, lambda index: attempt(at, password=slip.secret, by=networks[index]))
    assert (len(answers), answers.count("in")) == (12, 1)


def test_security_admin_unlocks_and_that_is_on_record(cast, at, actor):
    wu = factories.member(cast.center, "吴安全", roles=("security_admin",))
    fail(at, 5)
    assert actions.unlock_account(member=cast.li, by=actor(wu), at=at) == 1
    assert attempt(at) == "in"
    assert Record.objects.filter(center_id=cast.center.pk, verb="org.unlock", object_code=cast.li.code).count() == 1


def test_only_the_security_admin_unlocks(cast, at, actor):
    fail(at, 5)
    with pytest.raises(Refused) as error:
        actions.unlock_account(member=cast.li, by=actor(cast.zhou), at=at)
    assert error.value.message == "此事须由安全管理员办理"


def test_disabled_account_and_departed_person_stay_outside(cast, at, actor):
    wu = factories.member(cast.center, "吴安全", roles=("security_admin",))
    actions.disable_account(member=cast.li, reason="调查", by=actor(wu), at=at)
    assert attempt(at) == "账号已停用,如需启用请联系本中心安全管理员"
    assert attempt(at, password="wrong", by=HOME) == WRONG
    actions.end_member(member=cast.zhang, last_date=at.date(), by=actor(cast.zhou), at=at)
    assert attempt(at + timedelta(days=1), username="zhangmin") == "您已不在(或尚未到)本中心任职,不能登录"


def slip_for(cast, at):
    return actions.issue_secret(member=cast.li, by=system(cast.center), at=at)


def test_one_time_secret_works_once_within_72_hours(cast, at):
    slip = slip_for(cast, at)
    assert slip.until == at + timedelta(hours=72)
    assert attempt(at) == WRONG
    assert attempt(at, password=slip.secret) == "in"
    assert attempt(at, password=slip.secret) == "一次性口令已过期或已使用,请联系本中心安全管理员重新发放"


def test_one_time_secret_expires(cast, at):
    slip = slip_for(cast, at)
    assert attempt(at + timedelta(hours=72), password=slip.secret) == "一次性口令已过期或已使用,请联系本中心安全管理员重新发放"


def test_secrets_are_random_and_not_kept_in_clear(cast, at):
    slips = {slip_for(cast, at).secret for _ in range(20)}
    stored = User.objects.get(pk=cast.li.user_id).password
    trail = " ".join(Record.objects.values_list("detail", flat=True))
    assert len(slips) == 20
    assert [secret for secret in slips if secret in stored or secret in trail] == []


def test_nobody_resets_the_own_secret(cast, at, actor):
    wu = factories.member(cast.center, "吴安全", roles=("security_admin",))
    with pytest.raises(Refused) as error:
        actions.issue_secret(member=wu, by=actor(wu), at=at)
    assert error.value.message == "不能给自己发放口令;请用“修改密码”,或请另一名安全管理员办理"


def test_account_names_are_unique_over_all_centers(cast, at):
    factories_member = Member.objects.create(center=cast.other_center, name="无账号", joined_date=factories.SINCE)
    with pytest.raises(Refused) as error:
        actions.issue_secret(member=factories_member, username="LIMING", by=system(cast.other_center), at=at)
    assert error.value.message == "账号“liming”已被使用,请换一个(例如在后面加工号)"


def change(member, new, at, old=factories.PASSWORD):
    member.refresh_from_db()
    try:
        actions.change_password(new=new, old=old, by=queries.actor_of(member, at, "hall"), at=at)
    except Refused as refused:
        return refused.message
    return "ok"


@pytest.mark.parametrize(
    ("new", "answer"),
    [
        ("Hall-2026-desk", "ok"),
        ("Ab1-" + "x" * 60, "ok"),
        ("大厅里的首问负责制Qs7", "ok"),
        ("Ab1-" + "x" * 124, "ok"),
        ("Ab1-" + "x" * 125, "密码最多 128 个字符"),
        ("Ab1-56789", "密码至少 10 个字符"),
        ("abcdefghijkl", "密码须含大写字母、小写字母、数字、其他符号中的至少三类"),
        ("Password123!", "这是人人都会先猜的密码,请换一个"),
        ("xLiMing-2026", "密码里不能有账号"),
        ("李明-Abc-2026", "密码里不能有姓名"),
        ("Qingshan@2026", "密码里不能有地名拼音"),
        ("青山镇-Abc-2026", "密码里不能有地名"),
    ],
)
def test_password_rules_of_the_djbh_profile(cast, at, new, answer):
    assert change(cast.li, new, at) == answer


def test_asvs_profile_asks_for_no_classes_and_no_rotation(cast, at, settings):
    settings.PASSWORD_PROFILE = "asvs"
    assert change(cast.li, "correct horse battery", at) == "ok"
    user = User.objects.get(pk=cast.li.user_id)
    assert queries.is_expired(user, at + timedelta(days=900)) is False


def test_whole_password_is_checked(cast, at):
    long = "Ab1-" + "x" * 120
    assert change(cast.li, long, at) == "ok"
    assert attempt(at, password=long[:-1] + "y") == WRONG
    assert attempt(at, password=long) == "in"


def test_last_five_passwords_are_refused_the_sixth_is_free(cast, at):
    words = [f"Hall-{number}-desk" for number in range(6)]
    old = factories.PASSWORD
    for word in words:
        assert change(cast.li, word, at, old) == "ok"
        old = word
        at += timedelta(days=1)
    assert PasswordHistory.objects.filter(user=cast.li.user).count() == 6
    assert [change(cast.li, word, at, old) for word in words[1:]] == ["不能使用最近 5 次用过的密码"] * 5
    assert change(cast.li, words[0], at, old) == "ok"


def test_password_runs_out_after_90_days(cast, at):
    assert change(cast.li, "Hall-2026-desk", at) == "ok"
    user = User.objects.get(pk=cast.li.user_id)
    days = [queries.is_expired(user, at + timedelta(days=days)) for days in (89, 90)]
    assert days == [False, True]


def test_wrong_old_password_is_counted_like_a_login_failure(cast, at):
    assert [change(cast.li, "Hall-2026-desk", at, old="wrong") for _ in range(5)] == ["原密码不正确"] * 5
    assert change(cast.li, "Hall-2026-desk", at) == LOCKED


def test_hash_is_argon2id_at_19_mib(settings):
    settings.PASSWORD_HASHERS = ["shouwen.org.access.Argon2Hasher"]
    assert make_password("Hall-2026-desk").startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")


def test_login_renews_an_old_hash(cast, at, settings):
    settings.PASSWORD_HASHERS = ["shouwen.org.access.Argon2Hasher", "django.contrib.auth.hashers.MD5PasswordHasher"]
    assert attempt(at) == "in"
    assert User.objects.get(pk=cast.li.user_id).password.startswith("argon2$argon2id$v=19$m=19456")
    assert attempt(at) == "in"


def test_old_counters_are_forgotten_locked_ones_are_kept(cast, at):
    fail(at, 5)
    assert actions.forget_attempts(by=system(None), at=at) == 0
    assert actions.forget_attempts(by=system(None), at=at + timedelta(days=2)) == 2
