"""Who comes to 青山镇: names, telephones and cards that are sound in form and nobody's."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

from shouwen.core.actors import Actor
from shouwen.reception import actions as reception

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = [
    "秀兰",
    "建国",
    "桂英",
    "志强",
    "玉梅",
    "海军",
    "小红",
    "国平",
    "春花",
    "永福",
    "丽华",
    "文斌",
    "素芬",
    "长根",
    "金凤",
    "立新",
    "雪梅",
    "德明",
    "爱华",
    "水生",
    "红霞",
    "光荣",
    "月娥",
    "少华",
    "翠萍",
    "家宝",
    "凤英",
    "振东",
    "晓燕",
    "大勇",
    "彩云",
    "福生",
    "美玲",
    "卫东",
    "桂花",
    "新民",
    "婷婷",
    "浩然",
    "子涵",
    "俊杰",
]
VILLAGES = ("青山村", "石桥村", "柳溪村", "大坪村", "茶园村", "青山社区")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def card(chance: random.Random) -> str:
    """An identity card number with a right check digit and a district code that does not exist."""
    born = date(1945, 1, 1) + timedelta(days=chance.randrange(60 * 365))
    body = f"000000{born:%Y%m%d}{chance.randrange(1, 999):03d}"
    return body + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True)) % 11]


def register(count: int, by: Actor, at: Any, seed: int = 7) -> list[Any]:
    """So many people of the township, through the register's own door."""
    chance, names = random.Random(seed), set()
    people: list[Any] = []
    while len(people) < count:
        name = chance.choice(SURNAMES) + chance.choice(GIVEN)
        if name in names:
            continue
        names.add(name)
        people.append(
            reception.register_person(
                name=name,
                id_kind="id_card",
                id_number=card(chance),
                confirmed=True,
                phone=f"199{chance.randrange(100_000_000):08d}",
                address=f"青山镇{chance.choice(VILLAGES)}{chance.choice('一二三四五六')}组",
                by=by,
                at=at,
            )
        )
    return people
