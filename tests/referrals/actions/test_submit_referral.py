"""A draft becomes a referral once, wholly or not at all."""

import pytest
from django.db import connection
from django.utils import timezone

from agencies.actions.set_mailboxes import set_mailboxes
from agencies.delivery import message_for
from agencies.models import Agency, Notice
from audit.agents import Agent
from audit.models import Entry, EventRecord
from people.models import Person
from referrals.actions.submit_referral import submit_referral
from referrals.form import Incomplete
from referrals.models import Dispatch, Draft, Referral
from referrals.states import DispatchState
from tests.making import BROWSER, PUBLIC, TEACHER, draft_with, mail_queued, submitted

pytestmark = pytest.mark.usefixtures("db", "on_record")


def send(draft):
    return submit_referral(draft_id=draft.pk, holder=BROWSER, by=Agent.REFERRER, now=timezone.now())


def test_a_referral_goes_to_the_police_and_to_the_authority_of_the_persons_home():
    referral = submitted()
    assert {d.agency.code for d in referral.dispatches.all()} == {"ctp-north-east", "E08000038"}
    assert {d.state for d in referral.dispatches.all()} == {DispatchState.SENT}


def test_a_referral_without_an_address_goes_to_both_national_desks_flagged():
    referral = submitted(PUBLIC)
    codes = {d.agency.code for d in referral.dispatches.all()}
    assert codes == {"national-police-desk", "national-authority-desk"}
    assert referral.flagged and all(d.flagged for d in referral.dispatches.all())


def test_names_are_kept_exactly_as_typed():
    person = submitted().person
    assert (person.given_names, person.family_name) == ("Tomasz", "Ó Briain-Łukasik")


def test_sending_twice_shows_the_same_reference_and_code_and_stores_one_referral():
    draft = draft_with(TEACHER)
    first, second = send(draft), send(draft)
    assert first == second
    assert Referral.objects.count() == 1 and Dispatch.objects.count() == 2 and Person.objects.count() == 1


def test_a_sent_draft_keeps_no_answers():
    draft = draft_with(TEACHER)
    outcome = send(draft)
    again = Draft.objects.get(pk=draft.pk)
    assert again.answers == {} and again.outcome == vars(outcome)


@pytest.mark.parametrize("missing", ["danger", "concern", "how_known", "when_noticed", "adult_or_child", "told"])
def test_an_incomplete_draft_is_not_sent_and_leaves_nothing(missing):
    draft = draft_with({name: value for name, value in TEACHER.items() if name != missing})
    with pytest.raises(Incomplete):
        send(draft)
    assert not Referral.objects.exists() and not Person.objects.exists() and not EventRecord.objects.exists()


def test_every_row_that_is_stored_has_its_ledger_entry():
    referral = submitted()
    rows = [referral, referral.person, referral.referrer, *referral.dispatches.all()]
    for row in rows:
        entry = Entry.objects.get(object_id=row.pk, kind=Entry.Kind.CREATED)
        assert (entry.subject, entry.actor) == (referral.person_id, Agent.REFERRER.pk)


def test_answers_lie_encrypted_in_the_database():
    referral = submitted()
    with connection.cursor() as cursor:
        cursor.execute("SELECT answers FROM referrals_referral WHERE id = %s", [referral.pk])
        sealed = bytes(cursor.fetchone()[0])
    assert b"classmates" not in sealed
    assert Referral.objects.get(pk=referral.pk).answers["concern"] == TEACHER["concern"]


def test_an_immediate_referral_is_due_for_an_alert_at_once():
    referral = submitted({**TEACHER, "danger": "yes"})
    assert referral.immediate and all(d.alert_due for d in referral.dispatches.all())


def test_the_agencies_mail_holds_reference_and_link_only():
    barnsley = Agency.objects.get(code="E08000038")
    set_mailboxes(
        agency_id=barnsley.pk,
        email="prevent@barnsley.example",
        duty_email="",
        by=Agent.OPERATOR,
        now=timezone.now(),
    )
    referral = mail_queued(submitted())
    message = message_for(Notice.objects.get())
    text = f"{message.subject} {message.body}"
    assert referral.reference in text and str(referral.pk) in text
    assert not any(word in text for word in ("Tomasz", "Łukasik", "Hollybrook", "Ffion"))
