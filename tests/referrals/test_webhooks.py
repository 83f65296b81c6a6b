"""What happens to a dispatch is told to the system of its agency: an id and a type, under one event id."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from agencies.actions.move_deliveries import move_deliveries
from agencies.models import Agency, Delivery
from agencies.tasks import sweep_webhooks
from audit import events
from audit.agents import Agent
from audit.events import Event
from audit.models import Entry, EventRecord
from audit.refusals import Forbidden
from audit.tasks import sweep_events
from people.actions.end_clearance import end_clearance
from referrals.actions.accept_offer import accept_offer
from referrals.actions.acknowledge_dispatch import acknowledge_dispatch
from referrals.actions.detach_referral import detach_referral
from referrals.actions.make_offer import make_offer
from referrals.models import Referral
from referrals.webhooks import CHANGING, dispatched_id, tell_receivers
from tests.agencies.hearing import endpoint_at, hearing, sweeping
from tests.audit.acts import within
from tests.making import TEACHER, cleared, dispatch_to_authority, dispatch_to_police, officer_of, submitted
from tests.receiver import receiving
from tests.referrals.api.calling import REFERRALS, Caller, agency_key

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


def test_that_contact_is_cleared_and_that_it_is_no_more_is_told_to_whoever_has_the_referral(receiver):
    hearing(receiver)
    referral = submitted()
    sweep_events()
    told = Delivery.objects.filter(type="referral.changed", subject=referral.pk)
    cleared(referral)
    sweep_events()
    assert told.count() == 1
    end_clearance(person_id=referral.person_id, by=Agent.SWEEPER, now=timezone.now())
    sweep_events()
    assert told.count() == 2


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


def test_who_takes_a_referral_over_hears_of_it_and_who_lost_it_too(receiver):
    referral = submitted()
    before = dispatch_to_authority(referral)
    officer, to = officer_of(before.agency), Agency.objects.get(code="E08000035")
    taker = officer_of(to)
    hearing(receiver)
    offer = make_offer(dispatch_id=before.pk, to_id=to.pk, reason="They live in Leeds.", by=officer, now=timezone.now())
    hearing_too, _ = endpoint_at(f"{receiver.url}/leeds", code=to.code)
    receiver.secret = ""
    sweep_events()
    sweep_webhooks()
    receiver.events.clear()
    after = accept_offer(offer_id=offer.pk, by=taker, now=timezone.now())
    sweep_events()
    sweep_webhooks()
    types = {row.type: row.endpoint_id for row in Delivery.objects.filter(event__in=list(receiver.events))}
    assert types.keys() == {"dispatch.transferred", "referral.dispatched", "dispatch.acknowledged"}
    assert types["referral.dispatched"] == types["dispatch.acknowledged"] == hearing_too.pk
    assert types["dispatch.transferred"] != hearing_too.pk
    assert str(dispatched_id(after.pk)) in receiver.events
    assert {told["subject"] for told in receiver.events.values()} == {str(referral.pk)}


def test_what_is_told_is_fetched_with_the_agencys_own_key_on_the_record_until_another_has_taken_over(receiver):
    hearing(receiver)
    referral = submitted()
    dispatch, to = dispatch_to_authority(referral), Agency.objects.get(code="E08000035")
    key, taker, officer = agency_key(dispatch.agency), officer_of(to), officer_of(dispatch.agency)
    sweep_events()
    sweep_webhooks()
    (told,) = receiver.events.values()
    address = f"{REFERRALS}/{told['subject']}"
    assert Caller(key).get(address).json()["reference"] == referral.reference
    assert Entry.objects.filter(kind=Entry.Kind.DISCLOSED, object_id=referral.pk).exists()
    assert Caller(None).get(address).status_code == 401, "the id alone is worth nothing"
    offer = make_offer(dispatch_id=dispatch.pk, to_id=to.pk, reason="Leeds.", by=officer, now=timezone.now())
    accept_offer(offer_id=offer.pk, by=taker, now=timezone.now())
    sweep_events()
    sweep_webhooks()
    assert [one["type"] for one in receiver.events.values()][-1] == "dispatch.transferred"
    assert Caller(key).get(address).status_code == 404


def test_after_a_referral_was_detached_its_events_concern_the_right_person(receiver):
    hearing(receiver)
    referral = submitted()
    sweep_events()
    wrong, dispatch = referral.person_id, dispatch_to_authority(referral)
    assert Delivery.objects.get().person == wrong
    detach_referral(
        dispatch_id=dispatch.pk, wrong_id=wrong, right={"given_names": "Somebody", "family_name": "Else"},
        reason="Another pupil of the same name.", by=officer_of(dispatch.agency), now=timezone.now(),
    )  # fmt: skip
    sweep_events()
    right = Referral.objects.get(pk=referral.pk).person_id
    assert right != wrong
    assert {row.person for row in Delivery.objects.all()} == {right}
    sweep_webhooks()
    assert sorted(told["type"] for told in receiver.events.values()) == ["referral.changed", "referral.dispatched"]
    assert "Somebody" not in str(receiver.calls)


def test_joining_two_referrals_is_told_of_each_under_an_id_of_its_own(receiver):
    hearing(receiver)
    earlier, later = submitted(), submitted({**TEACHER, "concern": "It is the same boy again, and the same words."})
    join = events.happened
    within(
        do=lambda: join(
            Event.REFERRALS_JOINED, earlier, by=Agent.OPERATOR, now=timezone.now(), earlier=earlier.pk, later=later.pk
        ),
        by=Agent.OPERATOR,
        now=timezone.now(),
    )
    sweep_events()
    sweep_webhooks()
    changed = [told["subject"] for told in receiver.events.values() if told["type"] == "referral.changed"]
    assert sorted(changed) == sorted([str(earlier.pk), str(later.pk)])


def test_who_may_not_cause_calls_moves_no_event():
    with pytest.raises(Forbidden):
        move_deliveries(subject=uuid4(), person=uuid4(), by=Agent.VISITOR, now=timezone.now())


def test_every_event_that_is_told_has_a_handler():
    for kind in CHANGING:
        assert "referrals.webhooks.tell_of_change" in events._handlers[kind]
