"""Another police agency accepts a referral: its own FIMU is asked, and what another one cleared is cleared no more."""

import pytest
from django.utils import timezone

from agencies.models import Agency
from people.clearance import is_cleared
from referrals.actions.accept_offer import accept_offer
from referrals.actions.make_offer import make_offer
from tests.making import analyst_of, dispatch_to_authority, dispatch_to_police, officer_of, submitted
from tests.triage.deconflicting import answered, opened
from tests.triage.test_handlers import swept
from triage.models import Cause, Deconfliction
from triage.selectors import to_answer
from triage.states import DeconflictionState

pytestmark = pytest.mark.usefixtures("db", "on_record")
NOW = timezone.now()


def moved(dispatch, to):
    accepted(dispatch, to)
    swept()


def accepted(dispatch, to):
    """Another agency has it, and the worker has not heard of that yet."""
    officer = officer_of(Agency.objects.get(code=to))
    offer = make_offer(
        dispatch_id=dispatch.pk, to_id=officer.agencies[0].pk, reason="Moved.", by=officer_of(dispatch.agency), now=NOW
    )
    accept_offer(offer_id=offer.pk, by=officer, now=NOW)


def test_the_new_regions_fimu_is_asked_and_contact_is_not_cleared_until_it_answers():
    referral = submitted()
    first = answered(opened(referral))
    assert is_cleared(referral.person_id)
    accepted(dispatch_to_police(referral), "ctp-wales")
    assert not is_cleared(referral.person_id), "before the worker has asked"
    swept()
    assert not is_cleared(referral.person_id)
    analyst = analyst_of(Agency.objects.get(code="ctp-wales"))
    (waiting,) = to_answer(analyst)
    assert (waiting.cause, waiting.referral) == (Cause.MOVED, referral)
    assert not to_answer(analyst_of(first.agency)).exists()
    answered(waiting, by=analyst)
    assert is_cleared(referral.person_id)


def test_one_that_waits_is_overtaken_and_keeps_its_day():
    referral = submitted()
    first = opened(referral)
    moved(dispatch_to_police(referral), "ctp-wales")
    first.refresh_from_db()
    last = Deconfliction.objects.get(referral=referral, state=DeconflictionState.OPEN)
    assert (first.state, last.due) == (DeconflictionState.REPLACED, first.due)


def test_where_the_council_changes_what_the_police_said_stands():
    referral = submitted()
    answered(opened(referral))
    accepted(dispatch_to_authority(referral), "E08000032")
    assert is_cleared(referral.person_id)
    swept()
    assert is_cleared(referral.person_id)
