"""A question left on the public page: somebody of the hall answers for it from that moment, whatever the hour ("4.2")."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from shouwen.core.actors import Actor
from shouwen.core.clock import local
from shouwen.core.errors import Refused
from shouwen.org import queries as org
from shouwen.reception import queries
from shouwen.reception.actions.opening import take_down
from shouwen.reception.models import Inquiry

PER_HOUR = 6
"""Questions from one network in an hour; a shared connection of a village still gets through."""


@transaction.atomic
def ask_online(
    *, subject: str, text: str = "", name: str = "", phone: str = "", token: str, by: Actor, at: datetime
) -> Inquiry:
    """Take a citizen's question; it falls to the person on duty, else a leader, who is told at once ("4.2", "4.3.1").

    Counted exactly under the centre's lock, by a keyed digest of the network: Refused beyond six an hour. The same `token`
    again gives the same inquiry. Effects as `open_inquiry`.
    """
    org.lock_center(by.center)
    known = token and Inquiry.objects.of(by.center).filter(token=token).exists()
    recent = Inquiry.objects.of(by.center).filter(network=by.network, received_at__gt=at - timedelta(hours=1))
    if not known and by.network and recent.count() >= PER_HOUR:
        raise Refused("这个网络一小时内留言较多,请稍后再来,或直接打电话、到窗口问", "4.3.1")
    item = queries.items_by_name(by.center, local(at).date()).get(subject.strip())
    who = {"name": name or "网上来人", "phone": phone} if name.strip() or phone else None
    return take_down(
        who=who,
        channel=Inquiry.Channel.ONLINE,
        subjects=[(item, subject)],
        text=text,
        token=token,
        network=by.network,
        by=by,
        at=at,
    )
