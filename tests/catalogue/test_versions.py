"""An item's life: drafts, versions that never overlap, and what runs keeping its own ("3.3", L39)."""

from __future__ import annotations

from datetime import date

import pytest

from shouwen.audit.models import Record
from shouwen.catalogue import actions, queries
from shouwen.catalogue.models import ItemVersion, Material
from shouwen.core.errors import Refused

TODAY, LATER, LAST = date(2026, 11, 23), date(2026, 12, 1), date(2027, 1, 1)


def validity(item) -> list[tuple]:
    return [(one.number, one.state, one.active_from, one.active_to) for one in queries.versions(item)]


def test_a_draft_holds_for_nobody_until_it_is_put_in_force(center, wang, actor, document, at):
    draft = actions.create_item(document=document(), by=actor(wang), at=at)
    before = queries.version_in_force(center, draft.item.code, TODAY)
    actions.put_in_force(draft=draft, active_from=TODAY, by=actor(wang), at=at)
    after = queries.version_in_force(center, draft.item.code, TODAY)
    assert (before, after.pk, Material.objects.of(center).count()) == (None, draft.pk, 4)
    verbs = list(Record.objects.filter(center_id=center.pk).order_by("seq").values_list("verb", flat=True))
    assert verbs[-2:] == ["catalogue.create", "catalogue.enact"]


def test_a_new_version_ends_the_one_before_it_on_its_first_day(center, wang, actor, in_force, document, at):
    first = in_force()
    draft = actions.start_draft(item=first.item, by=actor(wang), at=at)
    actions.edit_draft(draft=draft, document=document(promised_limit=25), by=actor(wang), at=at)
    actions.put_in_force(draft=draft, active_from=LATER, by=actor(wang), at=at)
    found = [queries.version_in_force(center, first.item.code, on).promised_limit for on in (TODAY, date(2026, 11, 30), LATER)]
    assert (validity(first.item), found) == (
        [(2, "in_force", LATER, None), (1, "ended", TODAY, LATER)],
        [20, 20, 25],
    )


@pytest.mark.parametrize("active_from", [TODAY, LATER])
def test_versions_never_overlap(wang, actor, in_force, at, active_from: date):
    version = in_force(LATER)
    draft = actions.start_draft(item=version.item, by=actor(wang), at=at)
    with pytest.raises(Refused) as refused:
        actions.put_in_force(draft=draft, active_from=active_from, by=actor(wang), at=at)
    assert refused.value.message == "“最低生活保障申请”已有自 2026-12-01 起施行的版本，新版本须晚于这一天"


def test_what_runs_keeps_its_version_3_3(center, wang, actor, in_force, document, at):
    """ "3.3": a case goes on under the limits and materials it was received under."""
    running = in_force()
    draft = actions.start_draft(item=running.item, by=actor(wang), at=at)
    actions.edit_draft(
        draft=draft, document=document(promised_limit=10, materials=[], situations=[], steps=[]), by=actor(wang), at=at
    )
    actions.put_in_force(draft=draft, active_from=LATER, by=actor(wang), at=at)
    running.refresh_from_db()
    assert (queries.limit_of(running, "promised").n, [line.name for line in queries.checklist(running)]) == (
        20,
        ["申请书", "居民身份证", "照片"],
    )
    assert queries.checklist(draft) == []


def test_an_edited_draft_leaves_the_version_in_force_alone(center, wang, actor, in_force, document, at):
    version = in_force()
    draft = actions.start_draft(item=version.item, by=actor(wang), at=at)
    actions.edit_draft(draft=draft, document=document(name="低保申请"), by=actor(wang), at=at)
    held = queries.version_in_force(center, version.item.code, TODAY)
    assert (held.pk, held.name, held.item.name, draft.name) == (version.pk, "最低生活保障申请", "最低生活保障申请", "低保申请")


def test_a_promise_longer_than_the_law_is_refused_3_3(wang, actor, document, at):
    """ "3.3": the promise never exceeds the statutory limit (L10)."""
    with pytest.raises(Refused) as refused:
        actions.create_item(document=document(promised_limit=31), by=actor(wang), at=at)
    assert (refused.value.message, refused.value.clause) == ("承诺时限 31 个工作日长于法定时限 30 个工作日", "3.3")


def test_an_item_may_not_take_anothers_name(wang, actor, in_force, document, at):
    in_force()
    with pytest.raises(Refused, match="已有名为“最低生活保障申请”的事项"):
        actions.create_item(document=document(), by=actor(wang), at=at)


def test_past_days_are_not_rewritten(wang, actor, document, at):
    draft = actions.create_item(document=document(), by=actor(wang), at=at)
    with pytest.raises(Refused, match="施行日不能早于今天"):
        actions.put_in_force(draft=draft, active_from=date(2026, 11, 22), by=actor(wang), at=at)


def test_ending_an_item_leaves_it_readable_and_not_findable(center, wang, actor, in_force, at):
    version = in_force()
    actions.end_version(version=version, active_to=LATER, by=actor(wang), at=at)
    found = [queries.version_in_force(center, version.item.code, on) for on in (TODAY, LATER)]
    assert ([one and one.pk for one in found], queries.search(center, "低保", LATER)) == ([version.pk, None], [])


def test_calling_off_a_version_whose_time_has_not_come_lets_the_one_before_go_on(wang, actor, in_force, at):
    first = in_force()
    draft = actions.start_draft(item=first.item, by=actor(wang), at=at)
    actions.put_in_force(draft=draft, active_from=LATER, by=actor(wang), at=at)
    actions.end_version(version=draft, active_to=LATER, by=actor(wang), at=at)
    assert validity(first.item) == [(2, "ended", LATER, LATER), (1, "in_force", TODAY, None)]


@pytest.mark.parametrize("way", ["put_in_force", "edit_draft", "withdraw_draft"])
def test_a_draft_is_settled_once(wang, actor, document, at, way: str):
    by = actor(wang)
    draft = actions.create_item(document=document(), by=by, at=at)
    actions.withdraw_draft(draft=draft, by=by, at=at)
    more = {"put_in_force": {"active_from": TODAY}, "edit_draft": {"document": document()}, "withdraw_draft": {}}[way]
    with pytest.raises(Refused, match="已被他人处理"):
        getattr(actions, way)(draft=draft, by=by, at=at, **more)


def test_an_item_has_one_draft_at_a_time_and_a_new_one_after_it_was_withdrawn(wang, actor, in_force, at):
    version, by = in_force(), actor(wang)
    first = actions.start_draft(item=version.item, by=by, at=at)
    with pytest.raises(Refused, match="已有草稿"):
        actions.start_draft(item=version.item, by=by, at=at)
    actions.withdraw_draft(draft=first, by=by, at=at)
    assert actions.start_draft(item=version.item, by=by, at=at).number == 3


def test_a_department_that_is_gone_by_then_is_refused(cast, actor, document, at):
    draft = actions.create_item(document=document(), by=actor(cast.wang), at=at)
    type(cast.civil).objects.of(cast.center).filter(pk=cast.civil.pk).update(active_to=LATER)
    with pytest.raises(Refused, match="本中心没有“民政所”这个部门"):
        actions.put_in_force(draft=draft, active_from=LATER, by=actor(cast.wang), at=at)


def test_who_may_write_and_who_may_decide(cast, he, actor, document, at):
    draft = actions.create_item(document=document(), by=actor(he), at=at)
    for member, act, more in (
        (cast.zhang, actions.edit_draft, {"document": document()}),
        (cast.sun, actions.withdraw_draft, {}),
        (he, actions.put_in_force, {"active_from": TODAY}),
        (cast.zhao, actions.put_in_force, {"active_from": TODAY}),
    ):
        with pytest.raises(Refused):
            act(draft=draft, by=actor(member), at=at, **more)
    assert ItemVersion.objects.of(cast.center).get().state == "draft"
