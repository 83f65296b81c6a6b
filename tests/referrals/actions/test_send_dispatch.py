"""A referral goes to an agency: in its inbox at commit, once."""

import pytest
from django.db import IntegrityError
from django.utils import timezone

from agencies.models import Agency
from audit.agents import Agent
from audit.refusals import Forbidden
from referrals.actions.send_dispatch import send_dispatch
from referrals.models import Dispatch
from referrals.states import DispatchState
from tests.making import TEACHER, officer_of, submitted

pytestmark = pytest.mark.usefixtures("db", "on_record")
NOW = timezone.now()
ELSEWHERE = "E08000032"


@pytest.fixture
def elsewhere():
    return Agency.objects.get(code=ELSEWHERE)


def send(referral, agency, *, by=Agent.REFERRER):
    return send_dispatch(referral=referral, agency=agency, by=by, now=NOW)


@pytest.mark.parametrize("danger", ["yes", "no"])
def test_it_waits_in_the_inbox_and_alerts_at_once_if_immediate(elsewhere, danger):
    dispatch = send(submitted({**TEACHER, "danger": danger}), elsewhere)
    stored = Dispatch.objects.get(pk=dispatch.pk)
    assert (stored.state, stored.sent_at, stored.sent_by) == (DispatchState.SENT, NOW, Agent.REFERRER.pk)
    assert (stored.immediate, stored.alert_due) == ((True, NOW) if danger == "yes" else (False, None))


def test_an_agency_gets_a_referral_once(elsewhere):
    referral = submitted()
    send(referral, elsewhere)
    with pytest.raises(IntegrityError):
        send(referral, elsewhere)
    assert Dispatch.objects.filter(referral=referral, agency=elsewhere).count() == 1


def test_who_may_not_submit_sends_nothing(elsewhere):
    with pytest.raises(Forbidden):
        send(submitted(), elsewhere, by=officer_of(Agency.objects.get(code="system")))
