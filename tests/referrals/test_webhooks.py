"""What happens to a dispatch is told to the system of its agency: an id and a type, under one event id."""

from datetime import timedelta

import pytest
from django.utils import timezone

from agencies.models import Delivery
from agencies.tasks import sweep_webhooks
from audit.agents import Agent
from audit.events import _handlers
from audit.models import EventRecord
from audit.tasks import sweep_events
from referrals.actions.acknowledge_dispatch import acknowledge_dispatch
from referrals.webhooks import TOLD, dispatched_id, tell_receivers
from tests.agencies.hearing import hearing, sweeping
from tests.audit.acts import within
from tests.making import TEACHER, dispatch_to_authority, dispatch_to_police, officer_of, submitted
from tests.receiver import receiving

pytestmark = pytest.mark.usefixtures("db", "on_record")
PERSONAL = [value for value in TEACHER.values() if isinstance(value, str) and len(value) > 5]


@pytest.fixture
def receiver():
    with receiving() as made:
        yield made


def test_the_system_of_an_agency_hears_of_its_referral_and_of_no_other(receiver):
    hearing(receiver)
    referral = submitted()
    submitted({**TEACHER, "postcode": "BD1 1HX"})
    sweep_events()
    assert sweep_webhooks() == 1
    ((_headers, body),) = receiver.calls
    ((event, told),) = receiver.events.items()
    assert told["type"] == "referral.dispatched" and told["subject"] == str(referral.pk)
    assert event == str(dispatched_id(dispatch_to_authority(referral).pk))
    for personal in (*PERSONAL, referral.reference, "Barnsley", str(referral.person_id)):
        assert personal not in body.decode()
    assert Delivery.objects.get().person == referral.person_id


def test_both_agencies_hear_of_it_each_under_an_id_of_its_own(receiver):
    hearing(receiver)
    referral = submitted()
    hearing(receiver, code=dispatch_to_police(referral).agency.code)
    receiver.secret = ""
    sweep_events()
    assert sweep_webhooks() == 2
    assert len(receiver.events) == 2
    assert {told["subject"] for told in receiver.events.values()} == {str(referral.pk)}


def test_a_handler_that_runs_again_makes_no_second_event(receiver):
    hearing(receiver)
    referral = submitted()
    sweep_events()
    event = EventRecord.objects.get(object_id=referral.pk)
    within(do=lambda: tell_receivers(event, by=Agent.SWEEPER, now=timezone.now()), by=Agent.SWEEPER, now=timezone.now())
    assert Delivery.objects.count() == 1


def test_receipt_is_told_to_the_agency_that_took_it(receiver):
    hearing(receiver)
    referral = submitted()
    for dispatch in (dispatch_to_authority(referral), dispatch_to_police(referral)):
        acknowledge_dispatch(dispatch_id=dispatch.pk, by=officer_of(dispatch.agency), now=timezone.now())
    sweep_events()
    assert sweep_webhooks() == 2
    assert sorted(told["type"] for told in receiver.events.values()) == ["dispatch.acknowledged", "referral.dispatched"]
    assert {told["subject"] for told in receiver.events.values()} == {str(referral.pk)}


@pytest.mark.parametrize("fault", ["hang", "drop", 503])
def test_a_receiver_that_takes_a_referral_and_fails_to_say_so_for_76_hours_ends_with_it_once(receiver, fault, settings):
    settings.WEBHOOK_SECONDS = 0.3
    hearing(receiver)
    start, referral = timezone.now(), submitted()
    sweep_events()
    receiver.answer = fault
    sweeping(start=start, lasting=timedelta(hours=76), every=timedelta(hours=4))
    assert len(receiver.calls) > 5
    receiver.answer = 204
    sweeping(start=start + timedelta(hours=76), lasting=timedelta(hours=3), every=timedelta(minutes=30))
    assert [told["subject"] for told in receiver.events.values()] == [str(referral.pk)]
    assert Delivery.objects.get().done


def test_every_event_that_is_told_has_a_handler():
    for kind in TOLD:
        assert "referrals.webhooks.tell_of_dispatch" in _handlers[kind]
