"""A clause and its citation: "1.3.1" is 〔一(三)1〕. The founding document's part 1, in short, for notices and explanations."""

from __future__ import annotations

import re
from functools import lru_cache

DIGITS = "零一二三四五六七八九"

PART_ONE = {
    "1.0": "杜绝到岗不到位、懒散懈怠现象,提高工作效能,为群众提供良好的办事场所",
    "1.1": "对实际在岗人员按工作日逐月考核,每月10分,每分的金额由班子会确定",
    "1.2": "考核结果每月张榜公示",
    "1.3": "下列各项每次扣1分,累计5次以上的,每次双倍扣分",
    "1.3.1": "迟到",
    "1.3.2": "早退",
    "1.3.3": "上班时间玩游戏",
    "1.3.4": "未按时开门、关门",
    "1.3.5": "值日交接不及时",
    "1.3.6": "未打扫或未及时打扫卫生;大厅由值日人员负责,须时刻洁净、整齐、无痰迹、无杂物堆放",
    "1.4": "下列各项每次扣2分,累计5次以上的,每次双倍扣分",
    "1.4.1": "旷工(病事假事先请准的除外:半天以内向中心领导请假,半天以上书面请假并安排代班)",
    "1.4.2": "上班时间找不到人",
    "1.5": "当月得分为负的,当月在全镇干部中公开通报批评",
    "1.6": "全年总分不足90分的,取消当年评先评优资格",
    "1.7": "全年总分不足90分且为中心末位的,视具体情况次年列为待岗;条管单位人员由党委、政府建议上级部门调离",
    "1.8": "部门当月得分为负的,在全镇干部中通报批评",
    "1.9": "由党政办负责执行;执行人在考核中弄虚作假的,加倍扣除其本应扣当事人的分数,年终目标考核奖同分扣减",
    "1.10": "自公布之日起执行",
}


def chinese(number: int) -> str:
    """A number below 100 as in 第十二条: 12 is 十二."""
    tens, ones = divmod(number, 10)
    if tens == 0:
        return DIGITS[ones]
    return ("" if tens == 1 else DIGITS[tens]) + "十" + (DIGITS[ones] if ones else "")


@lru_cache(maxsize=10_000)
def bare(clause: str | None) -> str:
    """The citation without its brackets: "1.3.1" is 一(三)1, "4.3.2.1" is 四(三)2(1); other texts stay as they are."""
    if not clause:
        return ""
    if not re.fullmatch(r"\d{1,2}(\.\d{1,2}){0,4}", clause):
        return clause
    parts = [int(part) for part in clause.split(".")]
    text = chinese(parts[0])
    if len(parts) > 1:
        text += f"({chinese(parts[1])})" if parts[1] else ""
    if len(parts) > 2:
        text += str(parts[2])
    return text + "".join(f"({part})" for part in parts[3:])


@lru_cache(maxsize=10_000)
def cite(clause: str | None) -> str:
    """The citation as printed: 〔一(三)1〕; empty for no clause."""
    text = bare(clause)
    return f"〔{text}〕" if text else ""
