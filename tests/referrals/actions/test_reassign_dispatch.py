"""A supervisor gives a referral to another colleague: with a reason, in the timeline, and only what is still there."""

from uuid import uuid4

import pytest
from django.utils import timezone

from agencies.models import Agency
from audit.events import Event
from audit.models import EventRecord
from audit.refusals import Forbidden, NotNow
from desk.timeline import timeline
from referrals.actions.assign_dispatch import assign_dispatch
from referrals.actions.reassign_dispatch import reassign_dispatch
from referrals.models import Dispatch, Reassignment
from referrals.selectors import dispatches, reasons_of
from tests.making import dispatch_to_police, officer_of
from tests.overdue import supervisor_of

pytestmark = pytest.mark.usefixtures("db", "on_record")
NOW = timezone.now()
WHY = "Tomasz knows her family."


@pytest.fixture
def boss(dispatch):
    return supervisor_of(dispatch.agency)


@pytest.fixture
def had_by(dispatch, boss):
    user = officer_of(dispatch.agency, name="Had It")
    assign_dispatch(dispatch_id=dispatch.pk, to_id=user.pk, by=boss, now=NOW)
    return user


@pytest.fixture
def to(dispatch):
    return officer_of(dispatch.agency, name="Gets It")


def reassign(dispatch, had_by, to, *, by, reason=WHY):
    return reassign_dispatch(
        dispatch_id=dispatch.pk, from_id=had_by.pk if had_by else None, to_id=to.pk, reason=reason, by=by, now=NOW
    )


def test_it_moves_with_its_reason_in_the_timeline_of_that_agency_only(dispatch, boss, had_by, to):
    reassign(dispatch, had_by, to, by=boss)
    stored = Dispatch.objects.get(pk=dispatch.pk)
    assert (stored.assigned_to, stored.assigned_by, stored.assigned_at) == (to, boss, NOW)
    row = Reassignment.objects.get()
    assert (row.from_user, row.to_user, row.reason, row.reassigned_by) == (had_by, to, WHY, boss)
    referral = dispatch.referral
    other = officer_of(dispatch_to_police(referral).agency)
    sent = dispatches(referral)
    for reader, reason in ((boss, WHY), (other, "")):
        moment = next(
            each for each in timeline(referral, sent, [], reasons_of(reader, referral)) if "Reassigned" in each.what
        )
        assert (moment.who, moment.why) == (boss.name, reason)
        assert to.name in moment.what


def test_what_was_nobodys_can_be_given_too(dispatch, boss, to):
    reassign(dispatch, None, to, by=boss)
    assert Reassignment.objects.get().from_user is None
    assert "was" not in EventRecord.objects.get(kind=Event.DISPATCH_REASSIGNED).ids


def test_what_somebody_assigned_meanwhile_stays_there(dispatch, boss, had_by, to):
    third = officer_of(dispatch.agency, name="Third")
    assign_dispatch(dispatch_id=dispatch.pk, to_id=third.pk, by=third, now=NOW)
    for before in (had_by, None):
        with pytest.raises(NotNow, match="meanwhile"):
            reassign(dispatch, before, to, by=boss)
    assert Dispatch.objects.get(pk=dispatch.pk).assigned_to == third


@pytest.mark.parametrize("reason", ["", " \n "])
def test_without_a_reason_nothing_moves(dispatch, boss, had_by, to, reason):
    with pytest.raises(NotNow, match="reason"):
        reassign(dispatch, had_by, to, by=boss, reason=reason)
    assert Dispatch.objects.get(pk=dispatch.pk).assigned_to == had_by


def test_only_a_supervisor_of_the_agency_does_it_and_only_to_a_colleague(dispatch, boss, had_by, to):
    for user in (had_by, supervisor_of(Agency.objects.get(code="E08000032"))):
        with pytest.raises(Forbidden):
            reassign(dispatch, had_by, to, by=user)
    with pytest.raises(Forbidden, match="does not work referrals"):
        reassign(dispatch, had_by, officer_of(Agency.objects.get(code="E08000032")), by=boss)
    with pytest.raises(Dispatch.DoesNotExist):
        reassign_dispatch(dispatch_id=uuid4(), from_id=None, to_id=to.pk, reason=WHY, by=boss, now=NOW)
