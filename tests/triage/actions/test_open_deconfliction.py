"""A deconfliction is opened, suspends what was cleared, and overtakes the one that nobody has answered."""

from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from agencies.actions.set_targets import set_targets
from agencies.models import Agency
from agencies.targets import Targets
from agencies.working_days import Calendar, due_after
from audit.agents import Agent
from audit.context import recording
from audit.events import Event
from audit.models import EventRecord
from audit.refusals import Forbidden
from people.clearance import is_cleared
from referrals.models import Referral
from tests.at_once import at_once
from tests.audit.acts import entries_of, within
from tests.making import dispatch_to_police, officer_of, submitted
from tests.triage.deconflicting import answered, opened
from triage.actions.open_deconfliction import open_deconfliction
from triage.models import Cause, Deconfliction
from triage.states import DeconflictionState as State

ON_RECORD = pytest.mark.usefixtures("db", "on_record")


def states(referral):
    return sorted(referral.deconflictions.values_list("state", flat=True))


def test_it_asks_about_the_person_and_is_due_by_the_local_target_of_the_police(referral):
    police = dispatch_to_police(referral).agency
    set_targets(agency_id=police.pk, targets=Targets(deconflict_days=4), by=Agent.OPERATOR, now=timezone.now())
    now = timezone.now()
    row = opened(referral, now=now)
    assert (row.person_id, row.state, row.opened_by) == (referral.person_id, State.OPEN, Agent.SWEEPER.pk)
    assert row.due == due_after(now, 4, Calendar.ENGLAND_AND_WALES)
    assert row.is_overdue(row.due + timedelta(seconds=1)) and not row.is_overdue(row.due)
    event = EventRecord.objects.get(kind=Event.DECONFLICTION_OPENED)
    assert (event.object_id, event.subject, event.ids) == (
        row.pk, referral.person_id, {"referral": str(referral.pk)}
    )  # fmt: skip


def test_where_no_police_agency_has_it_the_default_target_holds(referral):
    dispatch = dispatch_to_police(referral)
    council = Agency.objects.get(code="E08000032")
    within(do=partial(dispatch.changed, agency=council), by=Agent.OPERATOR, now=timezone.now())
    now = timezone.now()
    assert opened(referral, now=now).due == due_after(now, 2, Calendar.ENGLAND_AND_WALES)


@pytest.mark.parametrize("cause", [Cause.NEW_INFORMATION, Cause.BEFORE_EXIT, Cause.REVIEW_DATE])
def test_what_was_cleared_is_so_no_more_until_it_is_answered_again(referral, cause):
    answered(opened(referral))
    assert is_cleared(referral.person_id)
    again = opened(referral, cause=cause)
    assert not is_cleared(referral.person_id)
    answered(again)
    assert is_cleared(referral.person_id)
    assert states(referral) == [State.ANSWERED, State.ANSWERED]


def test_one_that_waits_is_overtaken_and_the_new_one_is_due_when_that_was(referral):
    first = opened(referral, now=timezone.now() - timedelta(days=30))
    second = opened(referral, cause=Cause.NEW_INFORMATION)
    first.refresh_from_db()
    assert (first.state, first.overtaken_by, second.due) == (State.REPLACED, Agent.SWEEPER.pk, first.due)
    assert states(referral) == [State.OPEN, State.REPLACED]


def test_nobody_opens_one_about_somebody_elses_person(referral):
    stranger = officer_of(Agency.objects.get(code="E08000032"))
    for by in (stranger, Agent.MESSENGER, Agent.REFERRER):
        with pytest.raises(Forbidden):
            open_deconfliction(referral_id=referral.pk, cause=Cause.SUBMITTED, by=by, now=timezone.now())
    with pytest.raises(Referral.DoesNotExist):
        open_deconfliction(referral_id=uuid4(), cause=Cause.SUBMITTED, by=Agent.SWEEPER, now=timezone.now())
    assert not Deconfliction.objects.exists()


def test_the_ledger_has_it_under_the_persons_key(referral):
    (entry,) = entries_of(opened(referral).pk)
    assert (entry.subject, entry.verb) == (referral.person_id, "open_deconfliction")


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": State.ANSWERED},
        {"state": State.REPLACED},
        {"outcome": "clear"},
        {"cause": Cause.ASKED_FOR},
        {"reason": "He rang."},
    ],
)
def test_the_database_refuses_what_does_not_tell_the_truth(referral, wrong):
    row = opened(referral)
    with pytest.raises(IntegrityError), transaction.atomic():
        within(do=partial(row.changed, **wrong), by=Agent.OPERATOR, now=timezone.now())


def test_eight_at_once_leave_one_open(own_database):
    with recording(by=Agent.OPERATOR):
        referral = submitted()

    def run():
        with recording(by=Agent.SWEEPER):
            return opened(referral)

    assert {type(each) for each in at_once(*[run] * 8)} == {Deconfliction}
    assert states(referral) == [State.OPEN, *[State.REPLACED] * 7]
