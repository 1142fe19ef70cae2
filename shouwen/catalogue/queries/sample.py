"""The sample catalogue that comes with Shouwen: one compact TOML file a field, marked 样例 wherever it is shown."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

AGENT_MATERIALS = ("授权委托书 | 1 | 0 | 窗口提供样式 | 情", "受托人居民身份证 | 1 | 1 | 公安派出所 | 情")
AGENT_SITUATIONS = ("谁来办理 | 本人办理", "谁来办理 | 委托他人办理 | +授权委托书；+受托人居民身份证")
FOLDER = Path(__file__).resolve().parent.parent / "sample"


@cache
def sample() -> dict[str, Any]:
    """The document of all fields: {"items": […], "fees": […]}, without days for the fees."""
    items: list[dict[str, Any]] = []
    fees: list[dict[str, Any]] = []
    for path in sorted(FOLDER.glob("*.toml")):
        found = tomllib.loads(path.read_text("utf-8"))
        shared = {"is_sample": True, **found.get("shared", {})}
        items += [{**shared, **_unfolded(item, path.stem)} for item in found.get("items", ())]
        fees += found.get("fees", ())
    return {"items": items, "fees": fees}


def _unfolded(item: dict[str, Any], place: str) -> dict[str, Any]:
    """The short spelling of the files.

    `limits` is "statutory/promised" in working days ("20/当日", "-/5"); `agent` adds the question who comes; a material is "name |
    originals | copies | where | marks" (情 conditional, 可 optional, 容 may follow), a situation "question | choice | +added；-removed",
    a step "name | department | days", a partner "department | task | days".
    """
    found = {**item, "place": f"{place}.toml“{item['name']}”"}
    statutory, promised = found.pop("limits").split("/")
    found["statutory_limit"] = statutory.strip("-")
    found |= {"promised_unit": "same_day"} if promised == "当日" else {"promised_limit": promised}
    if found.pop("agent", False):
        item = {
            **item,
            "materials": [*item["materials"], *AGENT_MATERIALS],
            "situations": [*AGENT_SITUATIONS, *item.get("situations", ())],
        }
    for part, unfold in (("materials", _material), ("situations", _situation), ("steps", _step), ("partners", _partner)):
        found[part] = [unfold([cell.strip() for cell in line.split("|")]) for line in item.get(part, ())]
    return found


def _material(cells: list[str]) -> dict[str, Any]:
    name, originals, copies, source, marks, sample, *_ = [*cells, "", "", "", "", "", ""]
    found: dict[str, Any] = {"name": name, "originals": originals, "copies": copies, "source": source, "sample": sample}
    necessity = {"情": "conditional", "可": "optional"}
    found["necessity"] = next((necessity[mark] for mark in marks if mark in necessity), "required")
    found["tolerance_allowed"] = "容" in marks
    return found


def _situation(cells: list[str]) -> dict[str, Any]:
    question, choice, effects, *_ = [*cells, "", ""]
    named = [one.strip() for one in effects.split("；") if one.strip()]
    return {
        "question": question,
        "choice": choice,
        "adds": [one[1:] for one in named if one[0] == "+"],
        "removes": [one[1:] for one in named if one[0] == "-"],
    }


def _step(cells: list[str]) -> dict[str, Any]:
    return {"name": cells[0], "department": cells[1], "limit": cells[2] if len(cells) > 2 else None}


def _partner(cells: list[str]) -> dict[str, Any]:
    return {"department": cells[0], "task": cells[1], "limit": cells[2]}
