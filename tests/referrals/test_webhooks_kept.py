"""An agency's own system hears nothing of a restricted record, and all that it missed once that is lifted."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from agencies.actions.replay_delivery import replay_delivery
from agencies.models import Agency, Delivery
from agencies.selectors import endpoints, undelivered_events
from agencies.tasks import sweep_webhooks
from audit.agents import Agent
from audit.tasks import sweep_events
from referrals.actions.acknowledge_dispatch import acknowledge_dispatch
from referrals.actions.detach_referral import detach_referral
from referrals.actions.lift_restriction import lift_restriction
from referrals.actions.release_restriction import release_restriction
from referrals.actions.report_withdrawal import report_withdrawal
from referrals.actions.restrict_record import restrict_record
from referrals.models import ToldBy, WithdrawalKind
from referrals.webhooks import dispatched_id
from tests.agencies.administering import administrator
from tests.agencies.hearing import hearing, sweeping
from tests.audit.acts import within
from tests.making import dispatch_to_authority, dispatch_to_police, officer_of, submitted
from tests.receiver import receiving
from tests.referrals.api.calling import REFERRALS, Caller, agency_key
from tests.referrals.opening import supervisor

pytestmark = pytest.mark.usefixtures("db", "on_record")
BARNSLEY, WHY = "E08000038", "The person is the child of a councillor."


class Case:
    """A referral of which the council's own system has still to be told, and the council's supervisor."""

    def __init__(self, receiver) -> None:
        self.receiver = receiver
        self.endpoint = hearing(receiver)
        self.referral = submitted()
        self.ours = dispatch_to_authority(self.referral)
        self.boss = supervisor(BARNSLEY)
        self.police = officer_of(dispatch_to_police(self.referral).agency)
        sweep_events()

    def restrict(self) -> None:
        """From now on it is the supervisor's and one officer's of the police."""
        named = [self.police.pk]
        restrict_record(dispatch_id=self.ours.pk, named=named, reason=WHY, by=self.boss, now=timezone.now())
        sweep_events()

    def lift(self) -> None:
        """From now on it is everybody's of the agencies that have it."""
        lift_restriction(dispatch_id=self.ours.pk, reason="He is not.", by=self.boss, now=timezone.now())
        sweep_events()

    def heard(self) -> list[str]:
        """What the council's system has been told once every event that may go has gone, in order."""
        sweep_webhooks()
        assert {told["subject"] for told in self.receiver.events.values()} <= {str(self.referral.pk)}
        return [told["type"] for told in self.receiver.events.values()]


def counted() -> tuple[int, int]:
    """How many events administrators see waiting and given up."""
    found: Any = endpoints().get()
    return found.waiting, found.given_up


@pytest.fixture
def case():
    with receiving() as receiver:
        yield Case(receiver)


def test_what_waited_when_it_was_restricted_is_told_once_that_is_lifted_and_not_before(case):
    key = agency_key(case.ours.agency)
    address = f"{REFERRALS}/{case.referral.pk}"
    case.restrict()
    assert case.heard() == [] and Caller(key).get(address).status_code == 404
    case.lift()
    assert sorted(case.heard()) == ["referral.changed", "referral.dispatched"]
    assert str(dispatched_id(case.ours.pk)) in case.receiver.events
    assert Caller(key).get(address).status_code == 200


def test_what_happened_while_it_was_restricted_is_told_once_that_is_lifted_and_not_before(case):
    assert case.heard() == ["referral.dispatched"]
    case.restrict()
    acknowledge_dispatch(dispatch_id=case.ours.pk, by=case.boss, now=timezone.now())
    kind, told_how = WithdrawalKind.IN_ERROR, ToldBy.TELEPHONE
    report_withdrawal(
        dispatch_id=case.ours.pk, kind=kind, told_how=told_how, reason=WHY, by=case.boss, now=timezone.now()
    )
    sweep_events()
    assert case.heard() == ["referral.dispatched"]
    case.lift()
    missed = ["dispatch.acknowledged", "referral.changed", "referral.changed"]
    assert sorted(case.heard()[1:]) == missed


def test_what_was_restricted_for_longer_than_a_call_is_tried_is_tried_as_long_after_it(case):
    case.restrict()
    with time_machine.travel(timezone.now() + timedelta(days=30), tick=True):
        case.lift()
        case.receiver.answer = 503
        assert sweep_webhooks() == 0 and case.receiver.calls and not undelivered_events()
        case.receiver.answer = 204
        sweeping(start=timezone.now(), lasting=timedelta(hours=1), every=timedelta(minutes=5))
    assert sorted(case.heard()) == ["referral.changed", "referral.dispatched"]


def test_beside_what_is_restricted_all_else_is_counted_and_told(case):
    case.restrict()
    other = submitted()
    sweep_events()
    assert counted() == (1, 0)
    assert sweep_webhooks() == 1 and sweep_webhooks() == 0
    assert {told["subject"] for told in case.receiver.events.values()} == {str(other.pk)}


def test_while_others_fail_for_days_what_is_restricted_is_not_given_up(case):
    case.restrict()
    submitted()
    sweep_events()
    case.receiver.answer = 503
    with time_machine.travel(timezone.now() + timedelta(days=8), tick=True):
        sweep_webhooks()
        assert Delivery.objects.get(subject=case.referral.pk).dead is None
        assert undelivered_events().count() == 1


def test_administrators_see_no_event_about_what_is_restricted_and_sending_it_again_waits(client, case):
    event = Delivery.objects.get()
    within(
        do=lambda: event.changed(dead=timezone.now(), last_error="timed_out"), by=Agent.MESSENGER, now=timezone.now()
    )
    client.force_login(administrator())
    pages = [reverse("agencies:webhooks"), reverse("agencies:endpoint", args=[case.endpoint.pk])]
    assert all(str(event.event) in client.get(page).content.decode() for page in pages)
    case.restrict()
    assert not any(str(event.event) in client.get(page).content.decode() for page in pages)
    assert counted() == (0, 0)
    replay_delivery(delivery_id=event.pk, by=Agent.OPERATOR, now=timezone.now())
    assert case.heard() == [] and counted() == (0, 0)
    case.lift()
    assert sorted(case.heard()) == ["referral.changed", "referral.dispatched"]


def test_what_waits_about_a_restricted_record_waits_still_once_it_is_about_somebody_else(case):
    case.restrict()
    somebody = {"given_names": "Somebody", "family_name": "Else", "adult_or_child": "adult"}
    detach_referral(
        dispatch_id=case.ours.pk, wrong_id=case.referral.person_id, right=somebody, reason=WHY, by=case.boss,
        now=timezone.now(),
    )  # fmt: skip
    sweep_events()
    case.lift()
    assert "referral.dispatched" in case.heard()


def test_of_what_went_to_the_restricted_desks_the_systems_hear_again_when_it_is_sent_on(case):
    namesake = {"given_names": "Casimir", "family_name": "Thistlewood", "adult_or_child": "adult"}
    officer_of(Agency.objects.get(code="E08000032"), name="Casimir Thistlewood")
    detach_referral(
        dispatch_id=case.ours.pk, wrong_id=case.referral.person_id, right=namesake, reason=WHY, by=case.boss,
        now=timezone.now(),
    )  # fmt: skip
    assert case.heard() == []
    sweep_events()
    assert not Delivery.objects.exists()
    desk = case.referral.dispatches.filter(agency__kind__startswith="restricted").first()
    release_restriction(referral_id=case.referral.pk, reason=WHY, by=officer_of(desk.agency), now=timezone.now())
    sweep_events()
    assert case.heard() == ["referral.dispatched"]
    assert str(dispatched_id(case.ours.pk)) not in case.receiver.events
