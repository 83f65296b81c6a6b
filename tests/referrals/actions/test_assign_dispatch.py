"""A referral is made somebody's work, by and within the agency it was sent to."""

from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from agencies.models import Agency, User
from audit.agents import Agent
from audit.events import Event
from audit.models import EventRecord
from audit.refusals import Forbidden
from referrals.actions.assign_dispatch import assign_dispatch
from referrals.models import Dispatch
from tests.audit.acts import within
from tests.making import dispatch_to_police, officer_of

pytestmark = pytest.mark.usefixtures("db", "on_record")
NOW = timezone.now()


def assign(dispatch, to, *, by):
    return assign_dispatch(dispatch_id=dispatch.pk, to_id=to.pk, by=by, now=NOW)


@pytest.mark.parametrize("to_oneself", [True, False])
def test_a_colleague_or_oneself_is_made_responsible(dispatch, lead, to_oneself):
    colleague = lead if to_oneself else officer_of(dispatch.agency, name="Wren Castellane")
    assign(dispatch, colleague, by=lead)
    stored = Dispatch.objects.get(pk=dispatch.pk)
    assert (stored.assigned_to, stored.assigned_at, stored.assigned_by) == (colleague, NOW, lead)
    event = EventRecord.objects.get(kind=Event.DISPATCH_ASSIGNED)
    assert (UUID(event.ids["to"]), event.actor) == (colleague.pk, lead.pk)


def test_it_can_be_given_to_somebody_else_later(dispatch, lead):
    colleague = officer_of(dispatch.agency, name="Wren Castellane")
    assign(dispatch, lead, by=lead)
    assign(dispatch, colleague, by=lead)
    assert Dispatch.objects.get(pk=dispatch.pk).assigned_to == colleague
    assert EventRecord.objects.filter(kind=Event.DISPATCH_ASSIGNED).count() == 2


def test_nobody_outside_the_agency_is_made_responsible(dispatch, lead):
    police = officer_of(dispatch_to_police(dispatch.referral).agency)
    administrator = officer_of(Agency.objects.get(code="system"))
    gone = officer_of(dispatch.agency, name="Gone")
    within(do=lambda: gone.changed(is_active=False), by=Agent.OPERATOR, now=NOW)
    for nobody in (police, administrator, gone):
        with pytest.raises(Forbidden, match="does not work referrals of your agency"):
            assign(dispatch, nobody, by=lead)
    assert Dispatch.objects.get(pk=dispatch.pk).assigned_to is None


def test_nobody_outside_the_agency_assigns(dispatch, lead):
    for stranger in (officer_of(dispatch_to_police(dispatch.referral).agency), Agent.SWEEPER):
        with pytest.raises(Forbidden):
            assign(dispatch, lead, by=stranger)
    assert Dispatch.objects.get(pk=dispatch.pk).assigned_to is None


def test_what_is_absent_is_absent(dispatch, lead):
    with pytest.raises(User.DoesNotExist):
        assign_dispatch(dispatch_id=dispatch.pk, to_id=uuid4(), by=lead, now=NOW)
    with pytest.raises(Dispatch.DoesNotExist):
        assign_dispatch(dispatch_id=uuid4(), to_id=lead.pk, by=lead, now=NOW)
