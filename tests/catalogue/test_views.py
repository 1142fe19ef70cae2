"""Pages of the catalogue: what each person may see and do there; the public's guides and fees."""

from __future__ import annotations

import json
from datetime import date
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shouwen.catalogue import actions, queries
from shouwen.catalogue.models import Fee, ItemVersion
from shouwen.catalogue.queries.files import FORMAT

TODAY, LATER = date(2026, 11, 23), date(2026, 12, 1)


def text(answer) -> str:
    return unescape(answer.content.decode())


def names(answer) -> list[str]:
    return [row.name for row in answer.context["rows"].items]


def test_items_are_found_while_typing(client_for, zhang, in_force):
    in_force()
    in_force(name="个体工商户登记", aliases=["营业执照"], field="market")
    browser = client_for(zhang)
    whole = browser.get(reverse("catalogue:items"), {"q": "yyzz"})
    piece = browser.get(reverse("catalogue:items"), {"q": "db"}, headers={"HX-Request": "true"})
    assert (names(whole), names(piece), "<h1>" in text(whole), "<h1>" in text(piece)) == (
        ["个体工商户登记"],
        ["最低生活保障申请"],
        True,
        False,
    )


@pytest.mark.parametrize(
    ("view", "found"), [("", ["施行的"]), ("drafts", ["草稿中的"]), ("ended", ["停了的"]), ("nonsense", ["施行的"])]
)
def test_items_by_what_they_are_now(client_for, cast, actor, in_force, document, at, view: str, found: list[str]):
    in_force(name="施行的")
    actions.create_item(document=document(name="草稿中的"), by=actor(cast.wang), at=at)
    actions.end_version(version=in_force(name="停了的"), active_to=TODAY, by=actor(cast.wang), at=at)
    assert names(client_for(cast.zhang).get(reverse("catalogue:items"), {"view": view})) == found


def test_an_item_shows_its_versions_and_what_changed(client_for, cast, actor, in_force, document, at):
    version = in_force()
    draft = actions.start_draft(item=version.item, by=actor(cast.wang), at=at)
    actions.edit_draft(draft=draft, document=document(promised_limit=25), by=actor(cast.wang), at=at)
    browser = client_for(cast.zhang)
    held = browser.get(reverse("catalogue:item", args=[version.item.code])).context["page"]
    drafted = browser.get(reverse("catalogue:version", args=[draft.code])).context["page"]
    assert (held.promised, held.changes) == ("20 个工作日", [])
    assert [(one.label, one.before, one.after) for one in drafted.changes] == [("承诺时限", "20", "25")]


def posted(browser, url: str, **changes: str) -> dict:
    """What the browser would send for the editor as it is shown, with a few fields changed."""
    editor = browser.get(url).context["editor"]
    forms = [editor.item, *(row for table in editor.tables.values() for row in (table.management_form, *table.forms))]
    data = {}
    for form in forms:
        for field in form:
            value = field.value()
            if value or (value == 0 and value is not False):
                data[field.html_name] = value
    return data | changes


def test_an_unchanged_draft_saved_is_an_unchanged_draft(client_for, cast, actor, in_force, at):
    version = in_force()
    draft = actions.start_draft(item=version.item, by=actor(cast.wang), at=at)
    browser, url = client_for(cast.wang), reverse("catalogue:edit", args=[draft.code])
    before = draft.draft_document
    answer = browser.post(url, posted(browser, url))
    draft.refresh_from_db()
    assert (answer.status_code, draft.draft_document) == (302, before)


def test_the_editor_changes_rows_of_every_table(client_for, cast, actor, in_force, at):
    draft = actions.start_draft(item=in_force().item, by=actor(cast.wang), at=at)
    browser, url = client_for(cast.wang), reverse("catalogue:edit", args=[draft.code])
    changes = {"materials-3-name": "", "materials-4-name": "户口簿", "materials-4-copies": "1", "steps-1-limit": "18"}
    browser.post(url, posted(browser, url, **changes))
    draft.refresh_from_db()
    kept = draft.draft_document
    assert [one["name"] for one in kept["materials"]] == ["申请书", "居民身份证", "授权委托书", "户口簿"]
    assert kept["steps"][1]["limit"] == 18


def test_a_promise_longer_than_the_law_comes_back_with_everything_typed_3_3(client_for, wang, cast):
    """ "3.3": the editor names the fault and its clause, and loses nothing."""
    browser, url = client_for(wang), reverse("catalogue:new")
    changes = {"name": "新事项", "department": "民政所", "statutory_limit": "5", "promised_limit": "6", "legal_basis": "某法",
               "field": "civil", "official_kind": "promised"}  # fmt: skip
    answer = browser.post(url, posted(browser, url, **changes))
    assert (answer.status_code, "承诺时限 6 个工作日长于法定时限 5 个工作日（依据〔三(三)〕）" in text(answer)) == (409, True)
    assert ('value="新事项"' in text(answer), ItemVersion.objects.of(cast.center).count()) == (True, 0)


def test_a_draft_is_put_in_force_and_later_stopped_from_its_page(client_for, he, cast, actor, document, at):
    draft = actions.create_item(document=document(), by=actor(he), at=at)
    director = client_for(cast.wang)
    director.post(reverse("catalogue:enact", args=[draft.code]), {"active_from": "2026-11-23"})
    director.post(reverse("catalogue:end", args=[draft.code]), {"active_to": "2026-12-01"})
    draft.refresh_from_db()
    assert (draft.state, draft.active_from, draft.active_to, draft.enacted_by) == ("ended", TODAY, LATER, "王主任")


def test_an_import_is_first_read_then_written(client_for, cast, document):
    browser, url = client_for(cast.wang), reverse("catalogue:imports")
    file = SimpleUploadedFile("a.json", json.dumps({"format": FORMAT, "items": [document()]}).encode())
    dry = browser.post(url, {"file": file})
    assert (len(dry.context["plan"].of("new")), ItemVersion.objects.of(cast.center).count()) == (1, 0)
    given = {"document": dry.context["confirm"]["document"].value(), "active_from": "2026-11-23"}
    assert browser.post(url, given)["Location"] == reverse("catalogue:items")
    assert ItemVersion.objects.of(cast.center).get().state == "in_force"


def test_bad_rows_of_an_import_are_listed_and_cannot_be_confirmed(client_for, he, document):
    file = SimpleUploadedFile("a.json", json.dumps({"format": FORMAT, "items": [document(promised_limit=99)]}).encode())
    page = text(client_for(he).post(reverse("catalogue:imports"), {"file": file}))
    assert ("有 1 处要改" in page, "照此写入" in page) == (True, False)


def test_the_sample_is_loaded_by_a_press(client_for, wang, center):
    client_for(wang).post(reverse("catalogue:sample"))
    assert queries.search(center, "db", TODAY)[0].is_sample is True


def test_a_fee_is_entered_in_yuan_and_kept_in_fen_3_5(client_for, wang, center, in_force):
    """ "3.5": with its basis and validity; the receipt's sum is computed from it."""
    item = in_force().item
    row = {"item": item.code, "name": "工本费", "yuan": "12.5", "unit": "证", "basis": "省目录", "active_from": "2026-11-23",
           "reductions": "低保对象 100% 省目录"}  # fmt: skip
    client_for(wang).post(reverse("catalogue:fees"), row)
    fee = Fee.objects.of(center).get()
    assert (fee.amount, fee.item, queries.charge(fee, 1, ["低保对象"]).amount) == (1250, item, 0)


@pytest.mark.parametrize("who", ["zhang", "sun"])
def test_who_may_only_read(request, client_for, in_force, fee, who: str):
    version, row = in_force(), fee()
    browser = client_for(request.getfixturevalue(who))
    gets = [("items", []), ("item", [version.item.code]), ("version", [version.code]), ("fees", [])]
    assert [browser.get(reverse(f"catalogue:{name}", args=args)).status_code for name, args in gets] == [200] * 4
    closed = [("new", []), ("imports", []), ("export", ["json"]), ("edit", [version.code])]
    assert {browser.get(reverse(f"catalogue:{name}", args=args)).status_code for name, args in closed} == {409}
    posts = [("start", [version.item.code]), ("end", [version.code]), ("end_fee", [row.code]), ("sample", [])]
    assert {browser.post(reverse(f"catalogue:{name}", args=args)).status_code for name, args in posts} == {409}


def test_another_centre_gets_404_and_sees_nothing(client_for, zhao, in_force, fee):
    version, row = in_force(), fee()
    browser = client_for(zhao)
    gets = [("item", version.item.code), ("version", version.code), ("edit", version.code)]
    assert [browser.get(reverse(f"catalogue:{name}", args=[code])).status_code for name, code in gets] == [404] * 3
    posts = [
        ("start", version.item.code),
        ("enact", version.code),
        ("end", version.code),
        ("withdraw", version.code),
        ("end_fee", row.code),
    ]
    assert [browser.post(reverse(f"catalogue:{name}", args=[code])).status_code for name, code in posts] == [404] * 5
    assert [list(browser.get(reverse(f"catalogue:{name}")).context["rows"].items) for name in ("items", "fees")] == [[], []]


@pytest.mark.parametrize("name", ["catalogue:items", "catalogue:fees", "public:guides", "public:fees"])
def test_lists_ask_the_same_number_of_queries_for_one_and_for_three(client_for, wang, center, in_force, fee, name: str):
    browser, url = client_for(wang), reverse(name, args=[center.code] if name.startswith("public") else [])
    counts = []
    for number in (1, 2):
        for index in range(number):
            fee(in_force(name=f"事项{number}{index}").item)
        with CaptureQueriesContext(connection) as asked:
            browser.get(url)
        counts.append(len(asked))
    assert (counts[0], counts[0] <= 12) == (counts[1], True)
