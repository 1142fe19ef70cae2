"""Opening, closing, cleaning and what is missed."""

from datetime import date, timedelta

import pytest

from shouwen.audit.queries import records
from shouwen.core.actors import system
from shouwen.core.errors import Refused
from shouwen.duty import actions, models, queries
from shouwen.notifications.models import Message

GOOD = {"spotless": True, "tidy": True, "spit_free": True, "clutter_free": True}
DAY = date(2026, 11, 23)


def sweep(shift, at):
    return actions.sweep(start=DAY, end=DAY, by=system(shift.center), at=at)


def found(shift):
    return [
        (fact.kind, fact.subject == shift.member.code, fact.status, fact.reason)
        for fact in queries.facts(shift.center, DAY, DAY)
    ]


def faultless(shift, li, zhang, actor, hm):
    """A day on which everything is done in time, up to the successor's confirmation."""
    by = actor(li)
    actions.open_doors(shift=shift, by=by, at=hm("8:17"))
    for moment in ("8:28", "14:05", "17:02"):
        actions.check_cleaning(shift=shift, points=GOOD, by=by, at=hm(moment))
    shift.refresh_from_db()
    actions.close_doors(shift=shift, windows_shut=True, power_off=True, by=by, at=hm("17:33"))
    handover = actions.give(
        shift=shift,
        receiver=zhang,
        open_matters=["查岗答复"],
        seals="受理专用章 1 枚",
        keys="大门 2 把",
        equipment="正常",
        by=by,
        at=hm("17:40"),
    )
    actions.confirm(handover=handover, by=actor(zhang), at=hm("17:45"))


def test_1_3_4_a_door_opened_late_is_the_rostered_persons_fact(shift, li, actor, hm):
    actions.open_doors(shift=shift, by=actor(li), at=hm("8:24"))
    assert (sweep(shift, hm("8:25")), found(shift)) == (1, [("door", True, "verified", "应 08:20 前开门,08:24 开门")])


def test_a_day_done_in_time_leaves_no_fact(shift, li, zhang, actor, hm):
    faultless(shift, li, zhang, actor, hm)
    assert (sweep(shift, hm("9:00", 25)), found(shift)) == (0, [])


def test_sweeping_twice_notes_nothing_twice(shift, hm):
    assert (sweep(shift, hm("23:00")), sweep(shift, hm("23:30"))) == (6, 0)


def test_1_3_6_an_inspection_that_finds_fault_is_one_fact_naming_all_of_it(shift, chen, actor, hm):
    points = GOOD | {"tidy": False, "spit_free": False}
    actions.check_cleaning(shift=shift, points=points, note_text="东侧墙角", by=actor(chen), at=hm("10:30"))
    assert found(shift) == [("cleaning", True, "verified", "10:30 检查:不整齐、有痰迹(东侧墙角)")]


def test_1_3_6_the_duty_persons_own_round_never_accuses_them(shift, li, actor, hm):
    actions.check_cleaning(shift=shift, points=GOOD | {"spotless": False}, by=actor(li), at=hm("8:28"))
    shift.refresh_from_db()
    assert (found(shift), len(shift.rounds)) == ([], 1)


def test_an_inspection_that_finds_fault_without_words_or_photo_is_refused(shift, chen, actor, hm):
    with pytest.raises(Refused, match="拍照或写明情况"):
        actions.check_cleaning(shift=shift, points=GOOD | {"spotless": False}, by=actor(chen), at=hm("10:30"))


def test_opening_twice_one_wins_and_the_other_is_told(shift, li, actor, hm):
    actions.open_doors(shift=shift, by=actor(li), at=hm("8:17"))
    with pytest.raises(Refused, match="已被他人处理"):
        actions.open_doors(shift=shift, by=actor(li), at=hm("8:18"))
    assert models.OpeningCheck.objects.of(shift.center).count() == 1


def test_another_day_cannot_be_opened_or_closed(shift, li, actor, hm):
    with pytest.raises(Refused, match="当天"):
        actions.open_doors(shift=shift, by=actor(li), at=hm("8:17", 24))
    with pytest.raises(Refused, match="先登记开门"):
        actions.close_doors(shift=shift, windows_shut=True, power_off=True, by=actor(li), at=hm("17:31"))


def test_a_record_that_cures_a_breach_withdraws_it(shift, li, actor, hm):
    sweep(shift, hm("8:25"))
    models.Shift.objects.of(shift.center).filter(pk=shift.pk).update(opened_at=hm("8:17"))
    sweep(shift, hm("8:26"))
    assert found(shift) == [("door", True, "withdrawn", "应 08:20 前开门,没有开门记录")]


def test_1_9_nobody_decides_their_own_and_a_waived_breach_counts_for_nothing(shift, li, zhou, actor, hm):
    sweep(shift, hm("8:25"))
    breach = models.Breach.objects.of(shift.center).get()
    actions.reply(breach=breach, text="钥匙在前一天值班人处,8:10 已到门口", by=actor(li), at=hm("9:00"))
    assert found(shift)[0][2] == "pending"
    with pytest.raises(Refused, match="他人核实"):
        actions.decide(breach=breach, upheld=False, text="情况属实", by=actor(li), at=hm("9:30"))
    actions.decide(breach=breach, upheld=False, text="钥匙确未交接", by=actor(zhou), at=hm("9:30"))
    assert found(shift)[0][2] == "rejected"


def test_1_9_a_breach_of_an_earlier_month_waived_later_is_told_to_the_assessor(shift, li, zhou, sun, actor, hm):
    sweep(shift, hm("8:25"))
    noted = models.Breach.objects.of(shift.center).get()
    later = hm("9:30") + timedelta(days=40)
    actions.reply(breach=noted, text="钥匙已当面交接", by=actor(li), at=later)
    actions.decide(breach=noted, upheld=False, text="监控可见", by=actor(zhou), at=later)
    told = Message.objects.of(shift.center).filter(transport="in_app", title="以前月份的值守问题不予扣分")
    assert [one.to for one in told] == [sun]


def test_every_step_leaves_its_audit_row(shift, li, zhang, actor, hm):
    faultless(shift, li, zhang, actor, hm)
    verbs = [row.verb for row in records(shift.center) if row.verb.startswith("duty.")]
    assert list(reversed(verbs)) == [
        "duty.open",
        *["duty.cleaning"] * 3,
        "duty.close",
        "duty.handover.give",
        "duty.handover.confirm",
    ]
