"""Typefaces: which the standard asks for, which this machine has, what stands in for the missing ones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

import manimgx_fonts_cjk
from django.conf import settings

from shouwen.documents.queries.press import Apart, press
from shouwen.documents.queries.typesetter import Typesetter

FLOOR = Path(manimgx_fonts_cjk.__file__).parent
FLOOR_FAMILY = "Noto Sans CJK SC"
SONG = (
    "SimSun",
    "宋体",
    "NSimSun",
    "STSong",
    "Noto Serif CJK SC",
    "Noto Serif SC",
    "Source Han Serif SC",
    "Source Han Serif CN",
)


@dataclass(frozen=True, slots=True)
class Face:
    """A class of type GB/T 9704 names: `right` are the families that are it, `stand_ins` what comes nearest, best first."""

    name: str
    used_for: str
    right: tuple[str, ...]
    stand_ins: tuple[str, ...] = ()


FACES = {
    "title": Face(
        "方正小标宋",
        "标题、发文机关标志",
        ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "方正小标宋简体", "方正小标宋_GBK", "FZXiaoBiaoSong-B05S_GBK"),
        ("STZhongsong", "华文中宋", *SONG),
    ),
    "body": Face(
        "仿宋_GB2312", "正文", ("FangSong_GB2312", "仿宋_GB2312", "FangSong", "仿宋", "STFangsong", "FZFangSong-Z02S"), SONG
    ),
    "song": Face("宋体", "页码", SONG),
    "black": Face(
        "黑体",
        "一级小标题",
        ("SimHei", "黑体", "STHeiti", "Heiti SC", "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC"),
    ),
}


@dataclass(frozen=True, slots=True)
class StandIn:
    """`required` is absent and `stand_in` is printed in its place."""

    required: str
    used_for: str
    stand_in: str

    def __str__(self) -> str:
        return f"本机没有{self.required}（{self.used_for}），以 {self.stand_in} 代替"


def typesetter() -> Typesetter | Apart:
    """With the floor, the machine's typefaces, and what the centre put into the data folder's `fonts`."""
    return press(str(FLOOR), str(own_folder()))


def warm() -> None:
    """Have typefaces read before something is locked: a press that has left takes a fifth of a second to come back."""
    typesetter().families()


def own_folder() -> Path:
    """Where a township puts the typefaces it is licensed for; they cannot come with the software."""
    folder = Path(settings.DATA_DIR) / "fonts"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def choose(families: Iterable[str]) -> dict[str, str]:
    """Face → the family to print with, of those there are; names are compared without case."""
    present = {family.casefold(): family for family in families}
    found = {}
    for name, face in FACES.items():
        here = [present[family.casefold()] for family in (*face.right, *face.stand_ins) if family.casefold() in present]
        found[name] = here[0] if here else FLOOR_FAMILY
    return found


@cache
def chosen() -> dict[str, str]:
    """Face → family on this machine."""
    return choose(typesetter().families())


def stand_ins(choice: dict[str, str]) -> list[StandIn]:
    """Where a choice departs from the class of type the standard names."""
    right = {name: {family.casefold() for family in face.right} for name, face in FACES.items()}
    return [
        StandIn(FACES[name].name, FACES[name].used_for, one)
        for name, one in choice.items()
        if one.casefold() not in right[name]
    ]


@cache
def is_stand_in(face: str) -> bool:
    return FACES[face].name in {one.required for one in missing_fonts()}


def missing_fonts() -> list[StandIn]:
    """What a paper made here must own up to; empty on a machine that has everything."""
    return stand_ins(chosen())


def stand_in_rows() -> list[dict[str, str]]:
    """The same for keeping with a paper."""
    return [asdict(one) for one in missing_fonts()]
