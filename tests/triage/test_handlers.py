"""A deconfliction opens by itself, with every referral and with every other person it turns out to be about."""

import pytest
from django.utils import timezone

from audit.agents import Agent
from audit.events import Event, handler_of
from audit.models import EventRecord, Handling
from people.clearance import is_cleared
from people.models import Clearance
from referrals.actions.detach_referral import detach_referral
from referrals.actions.release_restriction import release_restriction
from referrals.models import Referral
from tests.making import analyst_of, dispatch_to_police, officer_of, submitted
from tests.referrals.at_the_desk import ABOUT_POLICE
from tests.triage.deconflicting import answered
from triage.handlers import deconflict_again
from triage.models import Cause, Deconfliction
from triage.news import ASKS_AGAIN, NEWS
from triage.selectors import police_agency_of

pytestmark = pytest.mark.usefixtures("db", "on_record")


def swept():
    """Whatever the room does about what has happened."""
    for duty in Handling.objects.filter(handler__startswith="triage.", done=None).select_related("event"):
        handler_of(duty.event.kind, duty.handler)(duty.event, by=Agent.SWEEPER, now=timezone.now())
        Handling.objects.filter(pk=duty.pk).update(done=timezone.now())


def test_whatever_is_new_is_handled_under_the_name_by_which_the_gate_waits_for_it():
    assert {handler_of(kind, ASKS_AGAIN) for kind in NEWS} == {deconflict_again}


def test_every_referral_is_deconflicted_once_however_often_the_handler_runs():
    referral = submitted()
    assert Handling.objects.filter(event__kind=Event.REFERRAL_SUBMITTED, handler__startswith="triage.").count() == 1
    swept()
    event = EventRecord.objects.get(kind=Event.REFERRAL_SUBMITTED)
    handler_of(event.kind, "triage.handlers.deconflict_at_first")(event, by=Agent.SWEEPER, now=timezone.now())
    row = Deconfliction.objects.get()
    assert (row.referral_id, row.person_id, row.cause) == (referral.pk, referral.person_id, Cause.SUBMITTED)


def test_of_what_a_restricted_desk_sends_on_the_region_is_asked_and_nobody_is_contacted_before_it_answers():
    referral = submitted(ABOUT_POLICE)
    swept()
    answered(Deconfliction.objects.get())
    desk = dispatch_to_police(referral).agency
    release_restriction(referral_id=referral.pk, reason="No colleague.", by=officer_of(desk), now=timezone.now())
    assert not is_cleared(referral.person_id), "before the worker has asked"
    swept()
    row = Deconfliction.objects.get(state="open")
    assert row.cause == Cause.MOVED and not is_cleared(referral.person_id)
    region = police_agency_of(referral)
    assert region is not None and not region.is_restricted
    answered(row, by=analyst_of(region))
    assert is_cleared(referral.person_id)


def test_the_right_person_is_deconflicted_anew_and_the_wrong_one_cleared_no_more():
    referral = submitted()
    swept()
    answered(Deconfliction.objects.get())
    dispatch, wrong = dispatch_to_police(referral), referral.person_id
    detach_referral(
        dispatch_id=dispatch.pk, wrong_id=wrong, right={"given_names": "Somebody", "adult_or_child": "child"},
        reason="Another pupil.", by=officer_of(dispatch.agency), now=timezone.now(),
    )  # fmt: skip
    right = Referral.objects.get(pk=referral.pk).person_id
    assert not is_cleared(right), "before anything is handled"
    swept()
    assert not is_cleared(right) and not is_cleared(wrong)
    assert not Clearance.objects.filter(ended_at=None).exists()
    assert list(Deconfliction.objects.order_by("opened_at").values_list("person_id", "state", "cause")) == [
        (wrong, "answered", Cause.SUBMITTED),
        (right, "open", Cause.NEW_INFORMATION),
    ]
