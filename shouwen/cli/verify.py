"""`shouwen verify`: is the audit trail whole? One line a centre; status 1 when anything was touched."""

from __future__ import annotations

from shouwen.audit import queries as trail
from shouwen.audit.models import INSTALLATION
from shouwen.cli.parser import Parser
from shouwen.org import queries as org


def main(argv: list[str]) -> int:
    """Read every chain from its first record and compare it with its end and with the anchor file (等保 8.1.4.3 c)."""
    Parser("verify", "核对审计链:改过、删过、插过、调换过、截断过、换成旧备份,都查得出。").parse_args(argv)
    names = {center.pk: center.name for center in org.centers()} | {INSTALLATION: "全装置（不属于任何中心）"}
    anchors = trail.read_anchors()
    whole = True
    for chain in trail.chains():
        report = trail.verify(chain, anchors)
        whole &= show(f"{names.get(chain, f'中心 {chain}')}：{report.rows} 条", report.problems, report.found)
    problems = trail.verify_anchors(anchors)
    whole &= show(f"留锚文件：{anchors.lines} 行", problems, len(problems))
    print("审计链完整。" if whole else "审计链不完整：请保留现场，不要继续写入，报审计管理员和上级核查。")
    return 0 if whole else 1


def show(title: str, problems: list[trail.Problem], found: int) -> bool:
    """Print one chain's state; True when it is whole."""
    print(f"{title}，{'完整' if not found else f'发现 {found} 处问题'}")
    for problem in problems:
        print(f"  {problem.text}")
    if found > len(problems):
        print(f"  ……其余 {found - len(problems)} 处从略")
    return not found
