"""`shouwen close-month`: take a month to frozen, posted or final, in the name of an account ("1.2")."""

from __future__ import annotations

from datetime import date, datetime

from shouwen.assessment import actions
from shouwen.assessment import queries as assessment
from shouwen.assessment.models import Month
from shouwen.cli.centers import HELP, center_of
from shouwen.cli.parser import Parser
from shouwen.core import clock
from shouwen.core.actors import Actor
from shouwen.core.errors import Refused
from shouwen.org import queries as org

STEPS = {"frozen": actions.freeze, "posted": actions.post, "final": actions.finalise}
STATES = tuple(STEPS)
ORDER = ("provisional", *STATES)


def main(argv: list[str]) -> int:
    """Each step is one transaction: killed in between, the month stands at the last whole step."""
    parser = Parser("close-month", "月度考核截止:归集、冻结,或一直办到公示、定案。有任何不能计分的情形就停下并说明。")
    parser.add_argument("month", metavar="月份", help="写作 2026-10")
    parser.add_argument("--center", required=True, metavar="中心", help=HELP)
    parser.add_argument(
        "--state", choices=STATES, default="frozen", help="办到哪一步:frozen 冻结(默认)、posted 公示、final 定案"
    )
    parser.add_argument("--by", required=True, metavar="账号", help="以谁的名义办理,须是该中心的考核员")
    arguments = parser.parse_args(argv)
    at = clock.now()
    by = acting(arguments.center, arguments.by, at)
    month = close(first_day(arguments.month), arguments.state, by=by, at=at)
    print(f"{month}考核已{dict(Month.State.choices)[month.state].removeprefix('已')}")
    return 0


def close(first: date, state: str, *, by: Actor, at: datetime) -> Month:
    """From where the month stands to `state`. Refused when it stands there already: somebody else was quicker."""
    month = actions.collect(month=first, by=by, at=at)
    if ORDER.index(month.state) >= ORDER.index(state):
        raise Refused(f"{month}{month.get_state_display()},已被他人处理")
    for step in STATES[ORDER.index(month.state) : STATES.index(state) + 1]:
        STEPS[step](month=month, by=by, at=at)
        month = assessment.month_of(by.center, first) or month
    return month


def first_day(text: str) -> date:
    """The first day of "2026-10"; Refused for anything else."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        raise Refused(f"月份应写作 2026-10 的样子:{text}") from None


def acting(center: str, account: str, at: datetime) -> Actor:
    """The person behind an account, at work in that centre. Refused when there is none."""
    user = org.account(account)
    member = org.member_of(user) if user is not None and user.is_active else None
    if member is None or member.center_id != center_of(center).pk:
        raise Refused(f"账号“{account}”不属于这个中心,或已停用")
    return org.actor_of(member, at)
