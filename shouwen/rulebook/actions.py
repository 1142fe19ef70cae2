"""The only place that writes rulebooks: adopt, draft, change, try, put in force, confirm ("1.10")."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Max, Q

from shouwen.audit.actions import record
from shouwen.core.actors import Actor
from shouwen.core.clock import local
from shouwen.core.errors import Refused, taken
from shouwen.org import queries as org
from shouwen.org.models import Decision
from shouwen.rulebook import queries
from shouwen.rulebook.models import Rulebook
from shouwen.rules import scoring

CLAUSE = "1.10"
MAY_DRAFT = frozenset({"director", "assessor", "leader"})
MAY_ENACT = frozenset({"leader", "director"})
MAX_BYTES = 500_000
STANDING = (Rulebook.State.IN_FORCE, Rulebook.State.ENDED)


@transaction.atomic
def adopt_founding(*, center: Any, active_from: date, by: Actor, at: datetime) -> Rulebook:
    """Put the founding rulebook in force as the centre's first version, every reading at its default.

    Refused when the centre has a version in force already. Effects: Rulebook, audit "rulebook.adopt". 依据: 一(十) ("1.10")
    """
    center = org.lock_center(center)
    if by.kind != "system" and (by.center is None or by.center.pk != center.pk):
        raise Refused("没有找到,或这项内容不属于您所在的中心")
    if Rulebook.objects.of(center).filter(state__in=STANDING).exists():
        raise Refused("本中心已有施行的制度,请另起草案", CLAUSE)
    draft = _write(center, text=queries.founding_text(), note="创始制度", based_on=None, by=by, at=at)
    _enact(draft, active_from, by, at)
    record(by=by, at=at, verb="rulebook.adopt", obj=draft, detail={"from": active_from.isoformat()})
    return draft


@transaction.atomic
def start_draft(*, of: Rulebook | None = None, note: str = "", by: Actor, at: datetime) -> Rulebook:
    """A draft: a copy of a version (that in force today unless told otherwise). Effects: Rulebook, audit "rulebook.draft"."""
    _require(by, MAY_DRAFT, "起草")
    center = org.lock_center(by.center)
    if of is None:
        version = queries.in_force(center, local(at).date())
        if version is None:
            raise Refused("本中心还没有施行的制度,请先从文件或样本起草", CLAUSE)
        of = version.record
    _same_center(by, of)
    of = Rulebook.objects.of(center).get(pk=of.pk)
    draft = _write(center, text=of.text, note=note, based_on=of, by=by, at=at)
    record(by=by, at=at, verb="rulebook.draft", obj=draft, detail={"of": of.code})
    return draft


@transaction.atomic
def import_toml(*, text: str, note: str = "", by: Actor, at: datetime) -> Rulebook:
    """A draft from a TOML file. Refused, naming the place, when it is no rulebook. Audit "rulebook.import"."""
    _require(by, MAY_DRAFT, "起草")
    center = org.lock_center(by.center)
    _checked(text, kinds=True)
    draft = _write(center, text=text, note=note, based_on=None, by=by, at=at)
    record(by=by, at=at, verb="rulebook.import", obj=draft, detail={"digest": draft.digest})
    return draft


@transaction.atomic
def load_sample(*, name: str, by: Actor, at: datetime) -> Rulebook:
    """A draft from a sample that comes with Shouwen ("founding", "02", …). Audit "rulebook.sample"."""
    _require(by, MAY_DRAFT, "起草")
    center = org.lock_center(by.center)
    try:
        text = queries.sample_text(name)
    except KeyError:
        raise Refused("没有这个样本") from None
    draft = _write(center, text=text, note=f"样本 {name}", based_on=None, by=by, at=at)
    record(by=by, at=at, verb="rulebook.sample", obj=draft, label=name)
    return draft


@transaction.atomic
def change_draft(*, draft: Rulebook, document: Mapping[str, Any], changed: str = "", by: Actor, at: datetime) -> Rulebook:
    """Replace a draft's content. Refused, naming every place, when it is no rulebook any more.

    `changed` says in words what was changed, for the trail. Effects: content, audit "rulebook.change"; a trial run of the
    former content no longer counts.
    """
    _require(by, MAY_DRAFT, "起草")
    _same_center(by, draft)
    text = scoring.dump_toml(document)
    title = _checked(text, kinds=True)
    moved = (
        Rulebook.objects.of(by.center)
        .filter(pk=draft.pk, state=Rulebook.State.DRAFT, digest=draft.digest)
        .update(text=text, digest=queries.digest_of(text), title=title, changed_at=at)
    )
    if moved != 1:
        raise taken()
    record(
        by=by,
        at=at,
        verb="rulebook.change",
        obj=draft,
        label=title,
        detail={"changed": changed, "digest": queries.digest_of(text)},
    )
    draft.refresh_from_db()
    return draft


@transaction.atomic
def note_trial(*, draft: Rulebook, note: str, by: Actor, at: datetime) -> None:
    """The present content was tried on past months (`note` names them), or is left untried for the reason in `note`.

    Refused without a word. Effects: tried_*, audit "rulebook.trial".
    """
    _require(by, MAY_DRAFT, "试算")
    _same_center(by, draft)
    if not note.strip():
        raise Refused("不试算须写明理由", CLAUSE)
    fields = {"tried_digest": F("digest"), "tried_note": note.strip()[:300], "tried_by": by.label, "tried_at": at}
    if Rulebook.objects.of(by.center).filter(pk=draft.pk, state=Rulebook.State.DRAFT).update(**fields) != 1:
        raise taken()
    record(by=by, at=at, verb="rulebook.trial", obj=draft, label=note.strip()[:200])


@transaction.atomic
def put_in_force(*, draft: Rulebook, active_from: date, by: Actor, at: datetime) -> Rulebook:
    """The draft holds from a day on and ends the version before it; versions never overlap.

    Decided by the leader or the director, and not by the one who drafted it. Refused before a trial run was looked at or
    left out for a reason, and from a day already covered by a later version. Past months that are frozen keep their
    version: `assessment` calls this only from a day after the latest of them. Audit "rulebook.enact". 依据: 一(十) ("1.10")
    """
    _require(by, MAY_ENACT, "批准施行")
    _same_center(by, draft)
    org.lock_center(by.center)
    draft = Rulebook.objects.of(by.center).select_for_update(no_key=True).get(pk=draft.pk)
    if draft.state != Rulebook.State.DRAFT:
        raise taken()
    if by.is_self(draft.drafter):
        raise Refused("起草人不能自己批准施行,请由另一位负责人批准", CLAUSE)
    if not draft.is_tried:
        raise Refused("请先在以往月份上试算并看过结果,或写明不试算的理由", CLAUSE)
    _checked(draft.text, kinds=True)
    _enact(draft, active_from, by, at)
    detail = {"from": active_from.isoformat(), "trial": draft.tried_note}
    record(by=by, at=at, verb="rulebook.enact", obj=draft, detail=detail)
    return draft


@transaction.atomic
def withdraw_draft(*, draft: Rulebook, by: Actor, at: datetime) -> None:
    """The draft is given up; it stays on record. Audit "rulebook.withdraw"."""
    _require(by, MAY_DRAFT, "撤回草案")
    _same_center(by, draft)
    live = Rulebook.objects.of(by.center).filter(pk=draft.pk, state=Rulebook.State.DRAFT)
    if live.update(state=Rulebook.State.WITHDRAWN, changed_at=at) != 1:
        raise taken()
    record(by=by, at=at, verb="rulebook.withdraw", obj=draft)


@transaction.atomic
def confirm(*, version: Rulebook, decision: Decision, by: Actor, at: datetime) -> None:
    """The leadership meeting confirmed the readings of this version: papers no longer say 未经班子会确认.

    Refused for a decision of another kind. Effects: decision, audit "rulebook.confirm".
    """
    _require(by, MAY_DRAFT, "登记班子会确认")
    _same_center(by, version)
    _same_center(by, decision)
    if decision.kind != Decision.Kind.READINGS:
        raise Refused("请选用“确认制度读法”的班子会决定", CLAUSE)
    rows = Rulebook.objects.of(by.center).filter(
        pk=version.pk, decision__isnull=True, state__in=[*STANDING, Rulebook.State.DRAFT]
    )
    if rows.update(decision=decision) != 1:
        raise taken()
    record(by=by, at=at, verb="rulebook.confirm", obj=version, label=decision.code)


def _require(by: Actor, roles: frozenset[str], what: str) -> None:
    if by.kind != "system" and not by.has(*roles):
        raise Refused(
            f"{what}制度须由考核员、中心负责人或分管领导办理"
            if roles is MAY_DRAFT
            else f"{what}制度须由中心负责人或分管领导办理",
            CLAUSE,
        )


def _same_center(by: Actor, row: Any) -> None:
    if by.center is None or row.center_id != by.center.pk:
        raise Refused("没有找到,或这项内容不属于您所在的中心")


def _checked(text: str, *, kinds: bool = False) -> str:
    """The title of a text that is a rulebook; Refused with every fault otherwise.

    With `kinds`, a kind of fact nobody reports is a fault too; a copy of what stands is not asked, so that it can be mended.
    """
    if len(text.encode()) > MAX_BYTES:
        raise Refused(f"制度文件超过 {MAX_BYTES // 1000} KB,不像是一份制度", CLAUSE)
    try:
        document, _ = queries.parsed(text)
    except scoring.BadRulebook as error:
        raise _faulty(error.problems) from None
    if kinds and (problems := scoring.kind_problems(document)):
        raise _faulty(problems)
    return str(document.get("title") or document.get("name") or "制度")[:80]


def _faulty(problems: Sequence[scoring.Problem]) -> Refused:
    shown = [str(problem) for problem in problems]
    more = f";另有 {len(shown) - 6} 处" if len(shown) > 6 else ""
    return Refused("制度内容有误:" + ";".join(shown[:6]) + more, CLAUSE)


def _write(center: Any, *, text: str, note: str, based_on: Rulebook | None, by: Actor, at: datetime) -> Rulebook:
    title = _checked(text)
    last = Rulebook.objects.of(center).aggregate(last=Max("number"))["last"] or 0
    return Rulebook.objects.create(
        center=center,
        number=last + 1,
        title=title,
        text=text,
        digest=queries.digest_of(text),
        note=note.strip()[:300],
        based_on=based_on,
        drafted_by=by.label,
        drafter=by.member,
        drafted_at=at,
        changed_at=at,
    )


def _enact(draft: Rulebook, active_from: date, by: Actor, at: datetime) -> None:
    """End what reaches into the new version's time, then let it hold."""
    standing = Rulebook.objects.of(draft.center_id).filter(state__in=STANDING)
    if standing.filter(active_from__gte=active_from).filter(~Q(active_to=F("active_from"))).exists():
        raise Refused("施行日须晚于现行版本的施行日", CLAUSE)
    reaching = Q(active_to__isnull=True) | Q(active_to__gt=active_from)
    standing.filter(reaching).update(active_to=active_from, state=Rulebook.State.ENDED)
    moved = Rulebook.objects.of(draft.center_id).filter(pk=draft.pk, state=Rulebook.State.DRAFT)
    if moved.update(state=Rulebook.State.IN_FORCE, active_from=active_from, enacted_by=by.label, enacted_at=at) != 1:
        raise taken()
    draft.refresh_from_db()
