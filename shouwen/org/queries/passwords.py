"""What is wrong with a password, in words: the 等保 profile or the ASVS profile, one setting apart."""

from __future__ import annotations

import unicodedata
from datetime import datetime, timedelta
from functools import lru_cache

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import CommonPasswordValidator

from shouwen.org.models import Center, PasswordHistory, User

SHORTEST, LONGEST, REMEMBERED = 10, 128, 5
CLASSES = 3
LIFE = timedelta(days=90)


def normalised(password: str) -> str:
    """One spelling for what an input method may write full-width or half-width; nothing is cut off."""
    return unicodedata.normalize("NFKC", password)


@lru_cache(maxsize=1)
def common() -> frozenset[str]:
    """The 20,000 passwords everybody tries first, in lower case."""
    return frozenset(CommonPasswordValidator().passwords)


def classes(password: str) -> int:
    """How many of: lower case, upper case, digits, anything else (signs, 汉字)."""
    kinds = {
        "lower" if sign.isascii() and sign.islower() else
        "upper" if sign.isascii() and sign.isupper() else
        "digit" if sign.isdigit() else "other"
        for sign in password
    }  # fmt: skip
    return len(kinds)


def password_problems(password: str, *, username: str, center: Center, name: str = "", user: User | None = None) -> list[str]:
    """Every reason to refuse a new password; empty when it is good. Former passwords are looked up for `user`."""
    text = normalised(password)
    folded = text.casefold()
    found = []
    if len(text) < SHORTEST:
        found.append(f"密码至少 {SHORTEST} 个字符")
    if len(text) > LONGEST:
        return [f"密码最多 {LONGEST} 个字符"]
    if settings.PASSWORD_PROFILE == "djbh" and classes(text) < CLASSES:
        found.append("密码须含大写字母、小写字母、数字、其他符号中的至少三类")
    if folded in common() or folded.rstrip("0123456789!@#.") in common() or len(set(folded)) < 4:
        found.append("这是人人都会先猜的密码,请换一个")
    for word, what in (
        (username, "账号"),
        (name, "姓名"),
        (center.name, "中心名称"),
        (center.short_name, "地名"),
        (center.pinyin, "地名拼音"),
    ):
        if len(word) >= 2 and word.casefold() in folded:
            found.append(f"密码里不能有{what}")
    if not found and user is not None and settings.PASSWORD_PROFILE == "djbh" and was_used(text, user):
        found.append(f"不能使用最近 {REMEMBERED} 次用过的密码")
    return found


def was_used(text: str, user: User) -> bool:
    """True when it is the present password or one of the last five."""
    former = PasswordHistory.objects.filter(user=user).order_by("-set_at").values_list("password", flat=True)[:REMEMBERED]
    return any(check_password(text, encoded) for encoded in {user.password, *former})


def runs_out(user: User) -> datetime | None:
    """When the password must be changed; None in the ASVS profile or while no own password is set."""
    if settings.PASSWORD_PROFILE != "djbh" or user.password_at is None:
        return None
    return user.password_at + LIFE


def password_rules() -> list[str]:
    """What is asked of a password, to be read before choosing one."""
    rules = [f"{SHORTEST} 至 {LONGEST} 个字符,可以用汉字,可以粘贴"]
    if settings.PASSWORD_PROFILE == "djbh":
        rules.append("含大写字母、小写字母、数字、其他符号(含汉字)中的至少三类")
        rules.append(f"每 {LIFE.days} 天更换一次,不重复最近 {REMEMBERED} 次用过的")
    return [*rules, "不含账号、姓名、中心名称、地名及其拼音,不是常见密码"]
