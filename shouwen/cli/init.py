"""`shouwen init`: build or upgrade the database and give the one-time address that opens a centre."""

from __future__ import annotations

from django.conf import settings
from django.core.management import call_command
from django.urls import reverse

from shouwen.cli.parser import Parser
from shouwen.core import clock
from shouwen.core.actors import Actor, system
from shouwen.core.errors import Refused
from shouwen.org import actions, queries
from shouwen.org.models import Center


def main(argv: list[str]) -> int:
    """Migrate, then print a setup address valid 24 hours, or a new one-time secret for somebody locked out of everything."""
    parser = Parser("init", "建立或升级数据库,给出一次性的开通地址。没有默认账号,也没有默认密码。")
    parser.add_argument(
        "--address", default=f"http://localhost:{settings.PORT}", metavar="网址", help="别人访问本机的地址,写进开通地址里"
    )
    parser.add_argument(
        "--kind",
        default="township",
        choices=[kind.value for kind in Center.Kind if kind != Center.Kind.VILLAGE],
        help="中心类型:township 乡镇(街道,默认)、county 县、city 市",
    )
    parser.add_argument("--reset", metavar="账号", help="不开通中心,只为该账号生成一次性口令(安全管理员忘记密码时用)")
    given = parser.parse_args(argv)
    call_command("migrate", interactive=False, verbosity=0)
    if given.reset:
        return reset(given.reset)
    code = actions.invite_center(kind=given.kind, by=Actor(kind="system", label="shouwen init"), at=clock.now())
    print("数据库已就绪。请启动服务(shouwen serve),再用浏览器打开下面的地址开通中心:\n")
    print(f"    {given.address.rstrip('/')}{reverse('desk:setup', args=[code])}\n")
    print("地址 24 小时内有效,只能用一次;过期了再运行一次 shouwen init。")
    return 0


def reset(username: str) -> int:
    """The way back in when no security administrator can log in; on record like any other reset."""
    user = queries.account(username)
    member = queries.member_of(user) if user else None
    if member is None:
        raise Refused(f"没有“{username}”这个账号")
    slip = actions.issue_secret(member=member, by=system(member.center, "shouwen init"), at=clock.now())
    print(f"{slip.name}(账号 {slip.username})的一次性口令:{slip.secret}")
    print(f"有效至 {clock.local(slip.until):%Y-%m-%d %H:%M},只能登录一次,登录后须立即设定新密码。")
    return 0
