"""What comes in after an outcome was signed stands on home until somebody has read it or reopened the referral."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from audit.agents import Agent
from audit.refusals import Forbidden
from documents.storing import keep
from referrals.actions.add_document import add_document
from referrals.actions.assign_dispatch import assign_dispatch
from referrals.actions.finish_task import finish_task
from referrals.models import Task
from tests.documents.making import TEXT
from tests.making import dispatch_to_police
from tests.triage.assessing import deconflicted, proposed, received, signed, supervisor_at
from tests.triage.deconflicting import answered, opened
from tests.triage.test_handlers import swept
from triage.actions.read_after_outcome import WORDS, read_after_outcome
from triage.actions.reopen_outcome import reopen_outcome
from triage.models import Cause, Outcome

pytestmark = pytest.mark.usefixtures("db", "on_record")


@pytest.fixture
def officer(referral):
    return received(referral)


@pytest.fixture
def row(referral, officer):
    """An outcome that stands, of a referral that is the officer's."""
    dispatch = dispatch_to_police(referral)
    assign_dispatch(dispatch_id=dispatch.pk, to_id=officer.pk, by=officer, now=timezone.now())
    made = signed(proposed(referral, by=officer))
    swept()
    assert not Task.objects.exists()
    return made


def filed(referral, officer):
    """A document comes in."""
    add_document(
        dispatch_id=dispatch_to_police(referral).pk, kept=keep("letter.txt", TEXT), source="", caveat="", by=officer,
        now=timezone.now(),
    )  # fmt: skip
    swept()


def home(client, user):
    client.force_login(user)
    return client.get(reverse("desk:home")).content.decode()


def test_it_is_asked_of_whom_it_is_assigned_to_once_and_goes_when_they_say_they_read_it(client, row, referral, officer):
    filed(referral, officer)
    task = Task.objects.get()
    assert (task.owner, task.words, task.agency) == (officer, str(WORDS), dispatch_to_police(referral).agency)
    assert referral.reference in home(client, officer)
    answered(referral.deconflictions.get(state="open"), Outcome.CLEAR)
    swept()
    assert Task.objects.count() == 1, "one waits already"
    finish_task(task_id=task.pk, outcome="Read: it changes nothing.", by=officer, now=timezone.now())
    assert not Task.objects.filter(done_at=None).exists()


@pytest.mark.parametrize(
    ("cause", "outcome", "asked"),
    [
        (Cause.NEW_INFORMATION, Outcome.CLEAR, True),
        (Cause.REVIEW_DATE, Outcome.HOLD, True),
        (Cause.REVIEW_DATE, Outcome.CLEAR, False),
    ],
)
def test_what_fimu_answers_after_the_outcome_is_read_but_for_a_review_that_changes_nothing(
    row, referral, cause, outcome, asked
):
    answered(opened(referral, cause=cause), outcome)
    swept()
    assert Task.objects.exists() is asked


def test_nothing_is_asked_before_an_outcome_and_after_it_is_reopened(referral, officer, row):
    reopen_outcome(assessment_id=row.pk, reason="The school rang again.", by=officer, now=timezone.now())
    filed(referral, officer)
    assert not Task.objects.exists()


def test_what_came_in_before_it_was_signed_is_not_news(row, referral):
    before = row.signed_at - timedelta(seconds=1)
    ask = {"referral_id": referral.pk, "by": Agent.SWEEPER, "now": timezone.now()}
    assert read_after_outcome(happened=before, **ask) is None
    assert read_after_outcome(happened=timezone.now(), **ask) == Task.objects.get()


def test_no_officer_asks_it(row, referral, officer):
    with pytest.raises(Forbidden):
        read_after_outcome(referral_id=referral.pk, happened=timezone.now(), by=officer, now=timezone.now())


def test_what_is_nobodys_stands_on_the_home_of_the_whole_team(client, referral, officer):
    deconflicted(referral)
    signed(proposed(referral, by=officer))
    filed(referral, officer)
    assert Task.objects.get().owner is None
    assert referral.reference in home(client, supervisor_at(dispatch_to_police(referral).agency, name="Wilf Oduya"))
