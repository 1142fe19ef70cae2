"""In from a file and out again; what a dry run says; what a bad row is told; the sample."""

from __future__ import annotations

import io
from datetime import date

import pytest
from openpyxl import Workbook, load_workbook

from shouwen.audit.models import Record
from shouwen.catalogue import actions, queries
from shouwen.catalogue.models import Fee, Item, ItemVersion
from shouwen.catalogue.queries.files import FORMAT, from_file
from shouwen.catalogue.queries.planning import plan
from shouwen.core.actors import system
from shouwen.core.errors import Refused

TODAY = date(2026, 11, 23)


@pytest.fixture
def by(cast, actor):
    return actor(cast.wang)


@pytest.fixture
def full(in_force, fee):
    """Two items with everything, and two fees."""
    version = in_force(conditions="第一行\n第二行", pause_grounds=["hearing"], extension_limit=10, extension_approver="head")
    in_force(
        name="=农村宅基地用地审批", aliases=[], handling="joint", counters=[], deliveries=["post", "door"], steps=[],
        partners=[{"department": "便民办", "task": "核查林地", "limit": 8}],
    )  # fmt: skip
    fee(version.item, reductions=[{"name": "低保对象", "percent": 50, "basis": "省目录"}], cap=5000)
    fee(name="邮寄费", unit="件", active_to="2027-06-01")


@pytest.mark.parametrize("kind", ["json", "xlsx"])
def test_what_was_exported_comes_back_as_no_change(center, full, by, at, kind: str):
    content = actions.export_catalogue(kind=kind, by=by, at=at)
    found = plan(center, from_file(content), TODAY)
    assert (found.problems, [change.kind for change in found.changes], found.fees, found.same_fees) == (
        [],
        ["same", "same"],
        [],
        2,
    )
    assert Record.objects.filter(center_id=center.pk).order_by("-seq")[0].verb == "catalogue.export"


@pytest.mark.parametrize("kind", ["json", "xlsx"])
def test_another_centre_takes_it_over_whole(cast, full, by, at, actor, kind: str):
    from tests import factories

    content = actions.export_catalogue(kind=kind, by=by, at=at)
    factories.counter(factories.department(cast.other_center, "民政所"), 3)
    there = actor(cast.zhao)
    actions.import_items(document=from_file(content), active_from=TODAY, by=there, at=at)
    again = plan(cast.other_center, from_file(content), TODAY)
    assert ([change.kind for change in again.changes], again.same_fees) == (["same", "same"], 2)
    assert actions.export_catalogue(kind="json", by=there, at=at).count(b'"name": "=') == 1


def test_a_dry_run_names_what_would_change_and_changes_nothing(center, full, document):
    items = [document(promised_limit=15, steps=[]), document(name="新事项")]
    found = plan(center, {"items": items}, TODAY)
    assert [(one.kind, one.entry.name) for one in found.changes] == [("changed", "最低生活保障申请"), ("new", "新事项")]
    told = {(one.label, one.before, one.after) for one in found.changes[0].differences}
    assert ("承诺时限", "20", "15") in told
    assert (Item.objects.of(center).count(), ItemVersion.objects.of(center).count()) == (2, 2)


def test_an_import_without_a_day_makes_drafts(center, full, document, by, at):
    actions.import_items(document={"items": [document(promised_limit=15, steps=[])]}, active_from=None, by=by, at=at)
    states = (
        ItemVersion.objects.of(center).filter(name="最低生活保障申请").order_by("number").values_list("state", "promised_limit")
    )
    assert list(states) == [("in_force", 20), ("draft", 15)]
    again = plan(center, {"items": [document()]}, TODAY)
    assert again.problems == ["第 1 个事项“最低生活保障申请”：“最低生活保障申请”已有未施行的草稿，请先施行或撤回"]


def test_one_bad_row_and_nothing_is_written(center, cast, document, by, at):
    items = [document(name="好的"), document(name="坏的", promised_limit=40)]
    with pytest.raises(Refused) as refused:
        actions.import_items(document={"items": items}, active_from=None, by=by, at=at)
    assert refused.value.message == "第 2 个事项“坏的”：承诺时限 40 个工作日长于法定时限 30 个工作日"
    assert Item.objects.of(center).count() == 0


def test_a_fee_of_old_begins_here_on_the_day_of_the_import(center, cast, by, at):
    row = {"name": "工本费", "amount": 500, "unit": "证", "basis": "省目录", "active_from": "2019-01-01"}
    for _ in range(2):
        actions.import_items(document={"fees": [row]}, active_from=None, by=by, at=at)
    assert list(Fee.objects.of(center).values_list("amount", "active_from")) == [(500, TODAY)]


def sheet(**tables: list[list]) -> bytes:
    book, out = Workbook(), io.BytesIO()
    book.remove(book.active)
    for name, rows in tables.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
    book.save(out)
    return out.getvalue()


HEAD = ["事项名称", "领域", "办件类型", "承办（牵头）部门", "法定时限", "承诺时限", "设定依据", "窗口"]
GOOD = ["高龄津贴", "民政服务", "承诺件", "民政所", 20, 7, "老年人权益保障法", "3"]


@pytest.mark.parametrize(
    ("rows", "parts", "problems"),
    [
        ([GOOD], [], []),
        ([[*GOOD[:1], "民政", *GOOD[2:]]], [], ["“事项”页第 2 行：领域没有“民政”这一种，可填：社会保障、医疗保障、民政服务、卫生健康、残疾人服务、农业农村、自然资源与建设、市场监管、退役军人、户籍与综合"]),
        ([GOOD, [*GOOD[:3], "水利站", *GOOD[4:]]], [], ["事项“高龄津贴”在文件里出现了两次", "“事项”页第 3 行：本中心没有“水利站”这个部门"]),
        ([[*GOOD[:5], "七天", *GOOD[6:]]], [], ["“事项”页第 2 行：承诺时限应是 0 至 3650 的整数，不是“七天”"]),
        ([[*GOOD[:6], "", "9"]], [], ["“事项”页第 2 行：没有填设定依据"]),
        ([[*GOOD[:7], "9号"]], [], ["“事项”页第 2 行：本中心没有 9 号窗口"]),
        ([GOOD], [["高龄津贴", "户口簿", "一份"]], ["“材料”页第 2 行：原件应是 0 至 3650 的整数，不是“一份”"]),
    ],
)  # fmt: skip
def test_a_bad_row_is_told_by_sheet_and_line(center, cast, rows, parts, problems: list[str]):
    content = sheet(事项=[HEAD, *rows], 材料=[["事项名称", "材料", "原件"], *parts])
    assert plan(center, from_file(content), TODAY).problems == problems


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"hello", "文件既不是 .xlsx 表格，也不是 JSON；旧格式 .xls 请另存为 .xlsx 后再传"),
        (b"[" * 100_000, "文件既不是 .xlsx 表格，也不是 JSON；旧格式 .xls 请另存为 .xlsx 后再传"),
        (b'{"items": []}', f"不是首问的事项目录文件（缺少 format: {FORMAT}）"),
        (b"PK\x03\x04 broken", "表格已损坏，读不出来；请重新另存为 .xlsx 后再传"),
        (sheet(事项=[["事项名称", "工资"]]), "“事项”页表头里不认识“工资”"),
        (sheet(别的=[["事项名称"]]), "表格里没有“事项”这一页，请使用导出的表格填写"),
        (sheet(事项=[["事项名称"], ["=1+1"]]), "“事项”页单元格 A2 是公式，请改成固定的文字"),
        (
            sheet(事项=[HEAD, GOOD], 材料=[["事项名称", "材料"], ["低保", "户口簿"]]),
            "“材料”页第 2 行：事项名称与“事项”页对不上",
        ),
        (b"x" * (4 * 1024 * 1024 + 1), "文件超过 4 MB，请分开导入"),
    ],
)
def test_what_is_no_catalogue_is_refused_in_words(content: bytes, words: str):
    with pytest.raises(Refused) as refused:
        from_file(content)
    assert refused.value.message == words


@pytest.mark.parametrize(
    "raw",
    [
        {"items": "x"},
        {"items": [1]},
        {"items": [{"name": "a", "materials": 3}]},
        {"fees": [1, {}]},
        {"fees": 5},
        {"fees": [{"name": "a", "reductions": 7}]},
    ],
)
def test_odd_json_is_a_fault_not_a_crash(center, cast, raw: dict):
    assert plan(center, {"format": FORMAT, **raw}, TODAY).problems != []


def test_the_export_cannot_run_as_a_formula(full, by, at):
    book = load_workbook(io.BytesIO(actions.export_catalogue(kind="xlsx", by=by, at=at)))
    cells = {cell.data_type for page in book for row in page.iter_rows() for cell in row if cell.value is not None}
    assert (cells, [row[1].value for row in book["事项"]["A2:B3"]]) == ({"s"}, ["'=农村宅基地用地审批", "最低生活保障申请"])


def test_the_sample_fills_an_empty_centre_and_is_marked(center, cast, at):
    found = actions.load_sample(by=system(center), at=at)
    rows = list(queries.items(center, TODAY))
    kinds = {(row.official_kind, row.handling) for row in rows}
    assert (len(rows) >= 60, len({row.field for row in rows}), {row.is_sample for row in rows}) == (True, 10, {True})
    assert {("immediate", "ordinary"), ("promised", "joint"), ("promised", "reported_up")} <= kinds
    assert (Fee.objects.of(center).count(), any(row.is_silence_approved for row in rows)) == (len(found.fees), True)
    assert queries.search(center, "db", TODAY)[0].name == "最低生活保障申请"
    assert all(row.materials.exists() and row.legal_basis for row in rows)


def test_the_sample_leaves_what_the_centre_has_alone_and_comes_once(center, in_force, by, at):
    mine = in_force(legal_basis="本镇自己的依据")
    actions.load_sample(by=by, at=at)
    count = ItemVersion.objects.of(center).count()
    again = actions.load_sample(by=by, at=at)
    mine.refresh_from_db()
    assert (mine.is_sample, ItemVersion.objects.of(center).count(), again.of("new"), again.fees) == (False, count, [], [])


def test_who_may_import(cast, he, actor, document, at):
    given = {"items": [document()]}
    for member, day in ((cast.zhang, None), (he, TODAY)):
        with pytest.raises(Refused):
            actions.import_items(document=given, active_from=day, by=actor(member), at=at)
    actions.import_items(document=given, active_from=None, by=actor(he), at=at)
    assert ItemVersion.objects.of(cast.center).get().state == "draft"
