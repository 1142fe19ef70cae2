"""Every table of the site as a sheet: nothing in it can run, taking it is on record, and a clerk gets none."""

from __future__ import annotations

import io

import openpyxl
import pytest

from shouwen.audit.queries import records
from tests.security import routes

HEADS = {
    "org:export": "姓名",
    "duty:month_export": "日期",
    "duty:breaches_export": "日期",
    "attendance:month_export": "部门",
    "attendance:leaves_export": "编号",
    "attendance:checks_export": "时间",
    "attendance:corrections_export": "姓名",
    "assessment:month_export": "名次",
    "assessment:ledger_export": "编号",
    "assessment:year_export": "名次",
    "assessment:objections_export": "提出时间",
    "assessment:agenda_export": "通报月份",
    "catalogue:export": "编号",
}


def addresses(town) -> dict[str, str]:
    return {route.name: routes.address(route, town) for route in routes.routes() if route.name.endswith("export")}


def test_every_export_of_the_site_is_known_here(town):
    assert set(addresses(town)) - {"rulebook:export"} == set(HEADS)


def test_each_export_is_a_plain_sheet_and_on_record_once(town):
    client, found = town.client("周丽"), {}
    for name, head in HEADS.items():
        before = records(town.center).count()
        answer = client.get(addresses(town)[name])
        cells = [cell for line in openpyxl.load_workbook(io.BytesIO(answer.content)).active.iter_rows() for cell in line]
        firsts = [cell.value for cell in cells if cell.column == 1 and cell.row < 3]
        noted = [row.verb.rpartition(".")[2] for row in records(town.center)[: records(town.center).count() - before]]
        found[name] = (head in firsts, [cell.value for cell in cells if cell.data_type == "f"], noted)
    assert found == dict.fromkeys(HEADS, (True, [], ["export"]))


@pytest.mark.parametrize("name", sorted(HEADS))
def test_a_clerk_takes_no_table_away(town, name: str):
    answer = town.client("李明").get(addresses(town)[name])
    assert (answer.status_code, answer.headers["Content-Type"]) == (409, "text/html; charset=utf-8")
