"""What is assigned to somebody leads to what is to be done next, and leaves the police when its outcome is signed."""

import pytest
from django.urls import reverse
from django.utils import timezone

from desk.my_work.assigned import assigned
from desk.my_work.shape import Section
from referrals.actions.assign_dispatch import assign_dispatch
from tests.making import dispatch_to_authority, dispatch_to_police, officer_of, submitted
from tests.triage.assessing import deconflicted, proposed, received, signed, written

pytestmark = pytest.mark.usefixtures("db", "on_record")


@pytest.fixture
def referral():
    return submitted()


@pytest.fixture
def officer(referral):
    officer = received(referral)
    given(dispatch_to_police(referral), officer)
    return officer


def given(dispatch, user):
    assign_dispatch(dispatch_id=dispatch.pk, to_id=user.pk, by=user, now=timezone.now())


def row_of(user):
    pile = assigned(user, now=timezone.now())
    return pile.rows[0] if pile and pile.rows else None


def test_before_contact_is_cleared_it_leads_to_the_referral_and_afterwards_to_the_gateway(referral, officer):
    assert row_of(officer).address == reverse("desk:referral", args=[referral.pk])
    deconflicted(referral)
    found = row_of(officer)
    assert found.address == reverse("triage:begin-gateway", args=[referral.pk])
    assert str(found.next_step) == "Begin the gateway assessment"
    row = written(referral, by=officer)
    assert row_of(officer).address == reverse("triage:gateway", args=[row.pk])
    assert row_of(officer).section == Section.DUE


def test_what_is_proposed_waits_for_a_supervisor_and_what_is_signed_leaves_the_police(referral, officer):
    row = proposed(referral, by=officer)
    assert (row_of(officer).address, row_of(officer).section) == (
        reverse("triage:gateway", args=[row.pk]),
        Section.WAITING,
    )
    signed(row)
    assert row_of(officer) is None


def test_whoever_has_it_at_the_council_reads_the_outcome_once_it_is_signed(referral, officer):
    lead = officer_of(dispatch_to_authority(referral).agency)
    given(dispatch_to_authority(referral), lead)
    row = proposed(referral, by=officer)
    assert "Channel" not in str(row_of(lead).why)
    signed(row)
    found = row_of(lead)
    assert "Passed to Channel" in str(found.why)
    assert found.address == reverse("desk:referral", args=[referral.pk])
