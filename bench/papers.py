"""Papers of the counter as PDF, each time with another number and name as in the hall. Bar for the acceptance notice: 20 ms after the first.

They are set inside the transaction that takes their number, so this is also how long the centre's series is held.
"""

from __future__ import annotations

from itertools import count
from statistics import median
from time import perf_counter
from typing import Any

from bench import Row
from bench.close_month import ready

ROUNDS = 40
NUMBERS = count(1)


def run() -> list[Row]:
    ready()
    from shouwen.documents import queries
    from tests.documents import case_samples as cases
    from tests.documents import counter_samples as counter

    render = queries.render_pdf
    render("acceptance", another(cases.acceptance()))
    papers: list[tuple[str, str, dict[str, Any], str]] = [
        ("受理通知书（5 项材料）", "acceptance", cases.acceptance(), "≤ 20 毫秒"),
        ("受理通知书（12 项材料）", "acceptance", cases.acceptance(12), "≤ 20 毫秒"),
        ("一次性告知书", "one_time_notice", cases.one_time_notice(), ""),
        ("联办件流转单", "joint_flow", cases.joint_flow(), ""),
        ("收费收据", "fee_receipt", counter.fee_receipt(), ""),
        ("排队号小票", "queue_slip", counter.queue_slip(), ""),
    ]
    return [
        Row(f"{words} PDF，第一份之后（{ROUNDS} 份的中位）", median(times(render, name, data)), "毫秒", bar)
        for words, name, data, bar in papers
    ]


def times(render: Any, name: str, data: dict[str, Any]) -> list[float]:
    """Milliseconds of each, the data made beforehand."""
    found = []
    for fresh in [another(data) for _ in range(ROUNDS)]:
        start = perf_counter()
        render(name, fresh)
        found.append((perf_counter() - start) * 1000)
    return found


def another(data: dict[str, Any]) -> dict[str, Any]:
    """The same paper for somebody else: what was set before helps little."""
    number = next(NUMBERS)
    name = "陈王李赵周吴郑孙钱冯"[number % 10] + "桂芳志伟春梅建国"[number % 8]
    frame = data["frame"] | {"number": f"青山便服受〔2026〕{number}号", "code": f"WS-4T8W-{number:05}"}
    who = {"number": f"A{number:03}"} if "ahead" in data else {"payer" if "payer" in data else "applicant": name}
    return data | {"frame": frame} | who
