"""What was malicious or disproved is kept no longer than it must: the police team is asked to review that early."""

import pytest
from django.urls import reverse
from django.utils import timezone

from audit.agents import Agent
from audit.events import Event
from audit.models import EventRecord
from audit.refusals import Forbidden
from documents.storing import keep
from referrals.actions.add_document import add_document
from referrals.actions.finish_task import finish_task
from referrals.models import Task
from tests.documents.making import TEXT
from tests.making import dispatch_to_police, officer_of
from tests.triage.assessing import proposed, received, signed, supervisor_at, whole
from tests.triage.test_handlers import swept
from triage.actions.ask_for_early_review import WORDS, ask_for_early_review
from triage.actions.read_after_outcome import WORDS as READ
from triage.actions.reopen_outcome import reopen_outcome
from triage.models import TriageOutcome

pytestmark = pytest.mark.usefixtures("db", "on_record")


@pytest.fixture
def officer(referral):
    return received(referral)


@pytest.fixture
def boss(referral):
    return supervisor_at(dispatch_to_police(referral).agency, name="Verity Osei")


def disproved(referral, officer, boss):
    return signed(proposed(referral, whole(TriageOutcome.DISPROVED), by=officer), by=boss)


def asks(row, by=Agent.SWEEPER):
    return ask_for_early_review(assessment_id=row.pk, by=by, now=timezone.now())


def test_when_it_is_signed_the_police_team_has_an_early_review_to_do(client, referral, officer, boss):
    disproved(referral, officer, boss)
    assert not Task.objects.exists()
    swept()
    (task,) = Task.objects.all()
    police = dispatch_to_police(referral).agency
    assert (task.agency, task.owner, task.words, task.opened_by) == (police, None, str(WORDS), boss.pk)
    colleague = officer_of(police, name="Hester Quayle")
    client.force_login(colleague)
    home = client.get(reverse("desk:home")).content.decode()
    assert reverse("referrals:finish-task", args=[task.pk]) in home
    finish_task(task_id=task.pk, outcome="To be disposed of in March.", by=colleague, now=timezone.now())
    assert reverse("referrals:finish-task", args=[task.pk]) not in client.get(reverse("desk:home")).content.decode()


def test_it_is_asked_once_for_each_outcome(referral, officer, boss):
    row = disproved(referral, officer, boss)
    assert asks(row) == asks(row) == Task.objects.get()
    assert EventRecord.objects.filter(kind=Event.TASK_OPENED).count() == 1


def test_no_other_outcome_asks_for_one(referral, officer, boss):
    signed(proposed(referral, whole(TriageOutcome.NO_FURTHER_ACTION), by=officer), by=boss)
    swept()
    assert not Task.objects.exists()


def test_what_was_reopened_meanwhile_asks_for_none(referral, officer, boss):
    row = disproved(referral, officer, boss)
    reopen_outcome(assessment_id=row.pk, reason="The school rang again.", by=officer, now=timezone.now())
    assert asks(row) is None
    assert not Task.objects.exists()


def test_while_it_waits_what_comes_in_is_asked_to_be_read_all_the_same(referral, officer, boss):
    disproved(referral, officer, boss)
    swept()
    add_document(
        dispatch_id=dispatch_to_police(referral).pk, kept=keep("letter.txt", TEXT), source="", caveat="", by=officer,
        now=timezone.now(),
    )  # fmt: skip
    swept()
    assert {task.words for task in Task.objects.all()} == {str(WORDS), str(READ)}


def test_no_officer_asks_it(referral, officer, boss):
    row = disproved(referral, officer, boss)
    with pytest.raises(Forbidden):
        asks(row, by=officer)
