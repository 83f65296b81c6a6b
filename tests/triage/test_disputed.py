"""FIMU finds on its home page that an officer disagrees with what it answered, as long as that matters."""

import pytest
from django.urls import reverse
from django.utils import timezone

from agencies.models import Agency
from desk.my_work.deconflictions import answers_disputed
from tests.making import analyst_of, dispatch_to_police, reread
from tests.triage.assessing import proposed, received, signed, supervisor_at, whole
from tests.triage.deconflicting import answered, opened
from triage.actions.return_assessment import return_assessment
from triage.models import Cause

pytestmark = pytest.mark.usefixtures("db", "on_record")
WORDS = "does not agree with this answer"


@pytest.fixture
def officer(referral):
    return received(referral)


@pytest.fixture
def row(referral, officer):
    """Proposed by an officer who disagrees."""
    return proposed(referral, whole(agrees=False), by=officer)


def shown(analyst):
    pile = answers_disputed(reread(analyst), now=timezone.now())
    return pile.rows if pile else []


def test_fimu_of_the_region_is_led_to_what_it_answered_and_told_that_an_officer_disagrees(client, row, analyst):
    (each,) = shown(analyst)
    assert each.address == reverse("triage:deconfliction", args=[row.weighed_id])
    assert "disagrees with what you answered" in str(each.why)
    client.force_login(analyst)
    assert each.address in client.get(reverse("desk:home")).content.decode()
    assert WORDS in client.get(each.address).content.decode()


def test_where_the_officer_agrees_there_is_nothing_to_tell(client, referral, officer, analyst):
    row = proposed(referral, by=officer)
    assert not shown(analyst)
    client.force_login(analyst)
    page = client.get(reverse("triage:deconfliction", args=[row.weighed_id])).content.decode()
    assert WORDS not in page


def test_no_officer_and_no_other_region_is_told(row, officer):
    elsewhere = analyst_of(Agency.objects.get(code="ctp-south-east"))
    assert answers_disputed(reread(officer), now=timezone.now()) is None
    assert not shown(elsewhere)


def test_it_is_gone_once_two_supervisors_have_signed(referral, row, analyst):
    agency = dispatch_to_police(referral).agency
    signed(row, by=supervisor_at(agency))
    assert len(shown(analyst)) == 1, "one signature is not enough"
    signed(row, by=supervisor_at(agency, name="Anwen Sutcliffe"))
    assert not shown(analyst)


def test_it_is_gone_once_it_is_given_back(row, officer, analyst):
    reason = "Ring them first."
    return_assessment(assessment_id=row.pk, at_round=row.round, reason=reason, by=officer, now=timezone.now())
    assert not shown(analyst)


def test_it_is_gone_once_fimu_has_answered_again(referral, row, analyst):
    asked = opened(referral, cause=Cause.NEW_INFORMATION)
    assert len(shown(analyst)) == 1
    answered(asked, by=analyst)
    assert not shown(analyst)
