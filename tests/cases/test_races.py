"""Two people at the same case in the same moment, in real connections ("3.3", "4.3.2")."""

from __future__ import annotations

import threading

import pytest
from django.db import connection

from shouwen.cases import actions
from shouwen.cases.models import Case, Event
from shouwen.core.errors import Refused
from shouwen.documents.models import Document
from tests.cases.hall import ALL, fresh, when


def together(*calls):
    """Run the calls at once; what each returned or was refused with."""
    gate, found = threading.Barrier(len(calls)), [None] * len(calls)

    def run(place, call):
        try:
            gate.wait()
            found[place] = call()
        except Refused as refused:
            found[place] = refused
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=one) for one in enumerate(calls)]
    [one.start() for one in threads]
    [one.join() for one in threads]
    return found


@pytest.mark.django_db(transaction=True)
def test_of_two_decisions_at_once_one_holds(hall):
    case = hall.accepted("11-23 09:00")
    one, other = fresh(case), fresh(case)
    found = together(
        lambda: hall.do("decide_case", one, "11-24 09:00", decision="granted"),
        lambda: hall.do("decide_case", other, "11-24 09:00", decision="refused", opinion="不符合"),
    )
    kinds = Event.objects.of(hall.center).filter(case=case, kind="decide").count()
    papers = Document.objects.of(hall.center).filter(kind="completion").count()
    assert (sum(isinstance(one, Refused) for one in found), kinds, papers) == (1, 1, 1)


@pytest.mark.django_db(transaction=True)
def test_the_same_form_sent_by_two_clicks_at_once_is_one_case_and_one_number(hall):
    at = when("11-23 09:00")
    matter = hall.matter(at)
    send = {"matter": matter, "version": hall.item, "person": hall.person, "lines": ALL, "token": "t-2", "by": hall.actor()}
    found = together(*[lambda: actions.receive_case(at=at, **send)] * 4)
    receipts = Document.objects.of(hall.center).filter(kind="receipt").count()
    assert (len({one.pk for one in found}), Case.objects.of(hall.center).count(), receipts) == (1, 1, 1)
