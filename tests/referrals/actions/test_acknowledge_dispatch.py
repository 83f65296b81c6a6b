"""Taking receipt: by an officer of the agency, once, with a name and a time."""

from datetime import timedelta
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from agencies.models import Agency
from audit.agents import Agent
from audit.context import recording
from audit.events import Event
from audit.models import Entry, EventRecord
from audit.refusals import Forbidden, NotNow
from referrals.actions.acknowledge_dispatch import acknowledge_dispatch
from referrals.models import Dispatch
from referrals.permissions import can_acknowledge
from referrals.states import DispatchState
from tests.at_once import at_once
from tests.audit.acts import entries_of, within
from tests.making import TEACHER, dispatch_to_authority, dispatch_to_police, officer_of, submitted

ON_RECORD = pytest.mark.usefixtures("db", "on_record")
NOW = timezone.now()


def acknowledge(dispatch, *, by, now=NOW):
    return acknowledge_dispatch(dispatch_id=dispatch.pk, by=by, now=now)


@pytest.fixture
def dispatch():
    return dispatch_to_authority(submitted({**TEACHER, "danger": "yes"}))


@ON_RECORD
def test_an_officer_of_the_agency_takes_receipt(dispatch):
    officer = officer_of(dispatch.agency)
    acknowledge(dispatch, by=officer)
    stored = Dispatch.objects.get(pk=dispatch.pk)
    assert (stored.state, stored.acknowledged_at, stored.acknowledged_by, stored.alert_due) == (
        DispatchState.ACKNOWLEDGED,
        NOW,
        officer,
        None,
    )
    event = EventRecord.objects.get(kind=Event.DISPATCH_ACKNOWLEDGED)
    assert (event.object_id, event.actor, event.subject) == (dispatch.pk, officer.pk, dispatch.referral.person_id)
    entry = entries_of(dispatch.pk)[-1]
    assert (entry.kind, entry.verb, entry.actor) == (Entry.Kind.CHANGED, "acknowledge_dispatch", officer.pk)


@ON_RECORD
def test_the_other_agency_still_waits(dispatch):
    acknowledge(dispatch, by=officer_of(dispatch.agency))
    other = dispatch_to_police(dispatch.referral)
    assert (other.state, other.acknowledged_by) == (DispatchState.SENT, None)
    assert other.alert_due is not None


@ON_RECORD
@pytest.mark.parametrize("state", DispatchState)
def test_only_a_waiting_dispatch_can_be_acknowledged(dispatch, state):
    first, second = officer_of(dispatch.agency, name="Wren Castellane"), officer_of(dispatch.agency)
    if state == DispatchState.SENT:
        assert acknowledge(dispatch, by=second).state == DispatchState.ACKNOWLEDGED
        return
    acknowledge(dispatch, by=first)
    with pytest.raises(NotNow, match="Wren Castellane has already taken receipt"):
        acknowledge(dispatch, by=second)
    assert Dispatch.objects.get(pk=dispatch.pk).acknowledged_by == first


@ON_RECORD
def test_nobody_else_takes_receipt_and_the_attempt_is_on_the_record(dispatch):
    strangers: list[Any] = [
        officer_of(Agency.objects.get(code="E08000032")),
        officer_of(dispatch_to_police(dispatch.referral).agency),
        officer_of(Agency.objects.get(code="system")),
        Agent.SWEEPER,
    ]
    for stranger in strangers:
        with pytest.raises(Forbidden):
            acknowledge(dispatch, by=stranger)
        entry = entries_of(dispatch.pk)[-1]
        assert (entry.kind, entry.actor) == (Entry.Kind.REFUSED, stranger.pk)
    assert Dispatch.objects.get(pk=dispatch.pk).state == DispatchState.SENT


@ON_RECORD
def test_an_absent_dispatch_is_absent():
    with pytest.raises(Dispatch.DoesNotExist):
        acknowledge_dispatch(dispatch_id=uuid4(), by=officer_of(Agency.objects.get(code="E08000038")), now=NOW)


def test_sixteen_officers_at_once_leave_one_receipt(own_database):
    with recording(by=Agent.OPERATOR):
        dispatch = dispatch_to_authority(submitted())
        officers = [officer_of(dispatch.agency, name=f"Officer {number}") for number in range(16)]

    def take(officer):
        with recording(by=officer):
            return acknowledge(dispatch, by=officer)

    results = at_once(*(partial(take, officer) for officer in officers))
    taken = [result for result in results if isinstance(result, Dispatch)]
    refused = [result for result in results if isinstance(result, NotNow)]
    assert (len(taken), len(refused)) == (1, 15), results
    winner: Any = Dispatch.objects.select_related("acknowledged_by").get(pk=dispatch.pk).acknowledged_by
    assert winner == taken[0].acknowledged_by
    assert all(winner.name in str(refusal) for refusal in refused)
    assert EventRecord.objects.filter(kind=Event.DISPATCH_ACKNOWLEDGED).count() == 1
    kinds = [entry.kind for entry in entries_of(dispatch.pk)]
    assert kinds.count(Entry.Kind.CHANGED) == 1
    assert kinds.count(Entry.Kind.REFUSED) == 15


@ON_RECORD
def test_who_left_the_agency_meanwhile_cannot_take_receipt_with_an_open_page():
    dispatch = dispatch_to_authority(submitted())
    officer = officer_of(dispatch.agency)
    assert can_acknowledge(officer, dispatch)  # the page was drawn, and their memberships read
    membership = officer.memberships.get()
    within(
        do=lambda: membership.changed(ends_on=timezone.localdate() - timedelta(days=1)),
        by=Agent.OPERATOR,
        now=timezone.now(),
    )
    with pytest.raises(Forbidden):
        acknowledge_dispatch(dispatch_id=dispatch.pk, by=officer, now=timezone.now())
