"""Whose key seals a restriction and a file after the referral went over to somebody else, whatever came before."""

import pytest
from django.utils import timezone

from agencies.actions.reseal_restriction import reseal_restriction
from agencies.models import Exclusion, Restriction
from agencies.restricted import is_hidden_from
from audit.agents import Agent
from audit.context import recording
from audit.keys import KeyDestroyed, destroy_key
from audit.refusals import Forbidden
from documents.actions.conclude_scan import conclude_scan
from documents.clamd import Verdict
from documents.models import Document
from documents.selectors import opened
from people.models import Person
from referrals.actions.detach_referral import detach_referral
from referrals.actions.exclude_colleague import exclude_colleague
from referrals.actions.release_restriction import release_restriction
from referrals.actions.submit_referral import submit_referral
from referrals.models import Referral
from tests.audit.acts import within
from tests.documents.making import TEXT, added, judged_clean, uploaded
from tests.making import BROWSER, TEACHER, dispatch_to_authority, draft_with, officer_of, submitted
from tests.referrals.at_the_desk import ABOUT_POLICE, COUNCIL, POLICE, officer_at

pytestmark = pytest.mark.usefixtures("db", "on_record")
NOW = timezone.now()
RIGHT = {"given_names": "Aled", "family_name": "Brzozowski", "adult_or_child": "child"}
RELEASED = "Another man of the same name."


def detach(dispatch, *, by):
    wrong_id = Referral.objects.get(pk=dispatch.referral_id).person_id
    return detach_referral(dispatch_id=dispatch.pk, wrong_id=wrong_id, right=RIGHT, reason="Mixed up.", by=by, now=NOW)


def without_the_key_of(person_id):
    """The wrong person is disposed of: what only their key opened is gone."""
    within(do=lambda: destroy_key(person_id), by=Agent.OPERATOR, now=NOW)
    return recording(by=Agent.OPERATOR)


def sent_with_file(answers):
    draft = draft_with(answers)
    file_id = uploaded(draft).pk
    submit_referral(draft_id=draft.pk, holder=BROWSER, by=Agent.REFERRER, now=NOW)
    return Referral.objects.get(draft_id=draft.pk), file_id


def release(referral, *, by):
    release_restriction(referral_id=referral.pk, reason=RELEASED, by=by, now=NOW)


def dispatch_to(code, referral):
    return referral.dispatches.select_related("agency", "referral").get(agency__code=code)


def test_a_restriction_stands_for_the_same_people_and_is_sealed_for_the_right_person():
    referral = submitted(ABOUT_POLICE)
    officer, colleague = officer_at(POLICE), officer_at(COUNCIL, name="Dominik Adeyemi")
    exclude_colleague(referral_id=referral.pk, user_id=colleague.pk, why="His cousin.", by=officer, now=NOW)
    named = Restriction.objects.get().names
    detachment = detach(dispatch_to(POLICE, referral), by=officer)
    assert Restriction.objects.get().person == detachment.right_id
    with without_the_key_of(detachment.wrong_id):
        assert Restriction.objects.get().names == {**named, "others": ["Aled Brzozowski"]}
        assert Exclusion.objects.get().why == "His cousin."
    assert is_hidden_from(colleague, referral.pk) and not is_hidden_from(officer, referral.pk)
    within(do=lambda: destroy_key(detachment.right_id), by=Agent.OPERATOR, now=NOW)
    with recording(by=Agent.OPERATOR), pytest.raises(KeyDestroyed):
        _ = Restriction.objects.get().names


@pytest.mark.parametrize("released_first", [True, False])
def test_why_it_was_released_goes_over_too(released_first):
    referral, officer = submitted(ABOUT_POLICE), officer_at(POLICE)
    if released_first:
        release(referral, by=officer)
    detachment = detach(dispatch_to(POLICE, referral), by=officer)
    if not released_first:
        release(referral, by=officer)
    with without_the_key_of(detachment.wrong_id):
        restriction = Restriction.objects.get()
        assert (restriction.release_reason, restriction.is_released) == (RELEASED, True)


def test_where_nothing_is_restricted_nothing_is_resealed():
    referral, other = submitted(), submitted(ABOUT_POLICE)
    reseal_restriction(about=referral.pk, right_id=other.person_id, by=officer_at(POLICE), now=NOW)
    assert Restriction.objects.get().person == other.person_id


def test_only_who_may_detach_reseals():
    referral = submitted(ABOUT_POLICE)
    with pytest.raises(Forbidden):
        reseal_restriction(about=referral.pk, right_id=referral.person_id, by=Agent.SWEEPER, now=NOW)


def test_files_sent_and_files_added_open_for_the_right_person_alone_also_when_detached_twice():
    referral, sent = sent_with_file(TEACHER)
    dispatch = dispatch_to_authority(referral)
    lead = officer_of(dispatch.agency)
    beside = added(dispatch, lead).pk
    first = detach(dispatch, by=lead)
    later = added(dispatch_to_authority(referral), lead).pk
    second = detach(dispatch_to_authority(referral), by=lead)
    for file_id in (sent, beside, later):
        judged_clean(file_id)
    for wrong in (first.wrong_id, first.right_id):
        with without_the_key_of(wrong):
            for document in Document.objects.all():
                assert document.person_id == second.right_id
                assert (b"".join(opened(document)), document.name) == (TEXT, "notes.txt")
    assert Document.objects.get(pk=beside).caveat == "Not for the family"
    within(do=lambda: destroy_key(second.right_id), by=Agent.OPERATOR, now=NOW)
    with recording(by=Agent.OPERATOR), pytest.raises(KeyDestroyed):
        list(opened(Document.objects.get(pk=sent)))


def test_a_restricted_referrals_file_opens_after_detaching_and_releasing_for_who_gets_it_then():
    referral, file_id = sent_with_file(ABOUT_POLICE)
    desk = officer_at(POLICE)
    detachment = detach(dispatch_to(POLICE, referral), by=desk)
    release(referral, by=desk)
    judged_clean(file_id)
    ordinary = dispatch_to("E08000038", referral)
    later = added(ordinary, officer_of(ordinary.agency)).pk
    with without_the_key_of(detachment.wrong_id):
        judged_clean(later)
        for document in Document.objects.filter(pk__in=[file_id, later]):
            assert b"".join(opened(document)) == TEXT
            assert document.person_id == detachment.right_id


def test_a_refused_file_goes_over_without_bytes_or_key():
    referral, file_id = sent_with_file(TEACHER)
    dispatch = dispatch_to_authority(referral)
    conclude_scan(file_id=file_id, verdict=Verdict.INFECTED, by=Agent.SWEEPER, now=NOW)
    detachment = detach(dispatch, by=officer_of(dispatch.agency))
    with without_the_key_of(detachment.wrong_id):
        document = Document.objects.get(pk=file_id)
        assert (document.name, document.key, document.is_refused) == ("notes.txt", None, True)
    assert Person.objects.count() == 2
