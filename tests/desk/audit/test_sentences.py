"""The ledger in sentences: who, for whom, what, of which referral, whether it was theirs, and why."""

from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from agencies.actions.deactivate_user import deactivate_user
from audit.access import looked
from audit.actions.record_migrations import Done, record_migrations
from audit.agents import Agent
from audit.context import recording
from audit.keys import destroy_key
from audit.ledger import read_payload
from audit.models import Entry
from audit.refusals import Forbidden
from desk.audit.selectors import entries_about, entries_for
from desk.audit.sentences import fields_in_words
from referrals.actions.acknowledge_dispatch import acknowledge_dispatch
from referrals.actions.assign_dispatch import assign_dispatch
from referrals.actions.join_referrals import join_referrals
from referrals.actions.submit_referral import submit_referral
from referrals.actions.write_note import write_note
from referrals.holding import Holder
from referrals.models import JoinKind, NoteReaders, Referral
from referrals.reference import new_reference
from tests.audit.acts import rename, within
from tests.desk.audit.reading import opened, read_by, sentences
from tests.making import TEACHER, dispatch_to_authority, officer_of, submitted
from tests.referrals.drafting import begun
from tests.referrals.looking import WORDS, stated

pytestmark = pytest.mark.usefixtures("db", "on_record")


def said(reader, **where):
    """The latest sentence."""
    return sentences(reader, **where)[0]


def test_a_look_says_who_for_whom_at_what_and_that_it_was_not_theirs(auditor, stranger, referral):
    opened(referral, by=stranger)
    office = stranger.agencies[0].name
    expected = f"Adeel Kershaw ({office}) opened referral {referral.reference}, to which they were not assigned."
    assert said(auditor, actor=stranger.pk) == expected


def test_it_says_what_was_given_as_purpose_that_day(auditor, officer, referral):
    stated(referral, by=officer)
    opened(referral, by=officer)
    (line,) = read_by(auditor, actor=officer.pk, kind=Entry.Kind.VIEWED)
    assert (line.why, line.words) == ("Covering for a colleague", WORDS)
    other = submitted()
    opened(other, by=officer)
    assert read_by(auditor, actor=officer.pk, kind=Entry.Kind.VIEWED)[0].why == ""


def test_a_change_says_which_fields_and_never_what_they_say(auditor, officer, dispatch):
    acknowledge_dispatch(dispatch_id=dispatch.pk, by=officer, now=timezone.now())
    told = said(auditor, object_type="referrals.dispatch", kind=Entry.Kind.CHANGED)
    assert f"took receipt (referral {dispatch.referral.reference}). Changed: the receipt of a referral" in told
    assert "(acknowledged at, acknowledged by, remind due, state)" in told
    write_note(dispatch_id=dispatch.pk, text="Quagmire", readers=NoteReaders.AGENCY, by=officer, now=timezone.now())
    told = said(auditor, object_type="referrals.note")
    assert told.endswith(f"wrote a note (referral {dispatch.referral.reference}). Added: a note.")
    assert not any("Quagmire" in each or "Tomasz" in each for each in sentences(auditor))


def test_a_refusal_says_what_was_tried(client, auditor, stranger, dispatch):
    client.force_login(stranger)
    client.get(dispatch.get_absolute_url())
    assert said(auditor, kind=Entry.Kind.REFUSED).endswith(
        "tried to open what does not exist, or is not for them to know about "
        f"(referral {dispatch.referral.reference}), and was refused."
    )
    colleague = officer_of(auditor.agencies[0], name="Wren Castellane")
    client.force_login(colleague)
    client.get("/casework/quarantine/")
    assert said(auditor, kind=Entry.Kind.REFUSED) == (
        f"Wren Castellane ({auditor.agencies[0].name}) tried to open a page that their role does not open, "
        "and was refused."
    )


def test_what_is_sent_says_to_whom_and_is_no_look(auditor, referral, council):
    told = sentences(auditor, kind=Entry.Kind.DISCLOSED)
    assert (
        f"The referrer () sent a referral to an agency (referral {referral.reference}). Disclosed to {council.name}."
        in told
    )
    assert not any("assigned" in each for each in told)


@pytest.mark.parametrize(
    ("details", "expected"),
    [
        ({"referrals": []}, "looked at a list of referrals."),
        ({"notices": []}, "looked at e-mails that could not be delivered."),
        ({"dispatches": [], "key": "1"}, "fetched a list of referrals by the API."),
        ({}, "looked at a list."),
    ],
)
def test_a_list_says_what_it_listed_and_not_how_many(auditor, officer, details, expected):
    looked(kind=Entry.Kind.LISTED, by=officer, now=timezone.now(), **details)
    assert said(auditor, actor=officer.pk).endswith(expected)


def test_two_referrals_that_were_joined_are_said_to_have_been_put_together(auditor, officer, referral):
    other = submitted()
    ours, theirs = (dispatch_to_authority(each) for each in (referral, other))
    for each in (ours, theirs):
        acknowledge_dispatch(dispatch_id=each.pk, by=officer, now=timezone.now())
    why: dict[str, Any] = {"kind": JoinKind.DUPLICATE, "reason": "The same words."}
    join_referrals(dispatch_id=ours.pk, other_id=theirs.pk, **why, by=officer, now=timezone.now())
    told = sentences(auditor, kind=Entry.Kind.COMBINED)
    assert len(told) == 2 and all(each.endswith("Put together with another: a referral.") for each in told)
    assert all(f"(referral {each.reference})" in "".join(told) for each in (referral, other))


def test_a_search_names_only_a_referral_that_the_auditor_may_know(auditor, officer, referral):
    for reference in (referral.reference, "2222-2222"):
        looked(kind=Entry.Kind.SEARCHED, by=officer, now=timezone.now(), referrals=[], reference=reference)
    unknown, known = sentences(auditor, kind=Entry.Kind.SEARCHED)
    assert known.endswith(f"searched for referral {referral.reference}.") and unknown.endswith("for a referral.")


def test_who_is_gone_and_who_is_nobody_is_named_so(national, council, referral):
    class Somebody:
        pk = uuid4()

    opened(referral, by=Somebody())
    assert said(national, actor=Somebody.pk).startswith("An account that no longer exists () opened")
    assert any(each.startswith("The referrer () submitted a referral") for each in sentences(national))


def test_an_action_that_is_no_more_is_called_by_its_old_name(national, council, officer):
    rename(agency_id=council.pk, name="Barnsley Council", by=officer, now=timezone.now())
    told = said(national, actor=officer.pk)
    assert told.endswith("did “rename”. Changed: an agency, Barnsley Council (name).")
    assert fields_in_words("gone.model", ["some_field"]) == "some field"


def test_a_migration_is_told_by_its_name(national):
    undone = Done("audit.0006_sealing", undone=True)
    record_migrations(done=[undone], by=Agent.OPERATOR, now=timezone.now())
    assert said(national, kind=Entry.Kind.MIGRATION_UNDONE) == (
        "An operator () migrated the database. Undone: audit.0006_sealing."
    )
    assert said(national, object_type="audit.0001_initial").endswith("Applied: audit.0001_initial.")


def test_what_was_disposed_of_is_told_without_what_it_said(national, officer, referral):
    stated(referral, by=officer)
    opened(referral, by=officer)
    within(do=partial(destroy_key, referral.person_id), by=Agent.SWEEPER, now=timezone.now())
    (line,) = read_by(national, actor=officer.pk, kind=Entry.Kind.VIEWED)
    assert line.why and not line.words


def own_work(officer, *, anonymous):
    draft = begun(Holder(officer), {**TEACHER, "entry": "own_work", "anonymous": anonymous})
    submit_referral(draft_id=draft.pk, holder=Holder(officer), by=officer, now=timezone.now())
    return Referral.objects.get(draft_id=draft.pk)


def test_an_officer_who_asked_not_to_be_named_as_referrer_is_named_nowhere(client, national, council):
    named, unnamed = officer_of(council, name="Wren Castellane"), officer_of(council, name="Tomos Achebe")
    own_work(named, anonymous="no")
    kept = own_work(unnamed, anonymous="yes")
    submitting = {"object_type": "referrals.referral", "kind": Entry.Kind.CREATED}
    assert said(national, **submitting, actor=named.pk).startswith("Wren Castellane")
    assert said(national, **submitting, actor=unnamed.pk).startswith("The referrer ()")
    with recording(by=unnamed):  # another request than that in which they submitted it
        opened(kept, by=unnamed)
    assert said(national, kind=Entry.Kind.VIEWED).startswith("Tomos Achebe")


def test_what_an_operator_did_says_why(national, officer):
    with recording(by=Agent.OPERATOR, reason="Left on Friday, says <b>personnel</b>"):
        deactivate_user(user_id=officer.pk, by=Agent.OPERATOR, now=timezone.now())
    told = said(national, actor=Agent.OPERATOR.pk, object_id=officer.pk)
    assert told.endswith("They gave as reason: “Left on Friday, says <b>personnel</b>”.")


def test_a_refused_try_at_what_stands_beside_a_referral_is_found_with_the_referral(auditor, officer, stranger):
    referral, other = submitted(), submitted()
    for each in (referral, other):
        with pytest.raises(Forbidden):
            assign_dispatch(
                dispatch_id=dispatch_to_authority(each).pk, to_id=stranger.pk, by=officer, now=timezone.now()
            )
    (entry,) = entries_about(entries_for(auditor), referral).filter(kind=Entry.Kind.REFUSED)
    assert (entry.actor, entry.object_id) == (officer.pk, dispatch_to_authority(referral).pk)


def test_a_reference_that_is_tried_on_a_page_is_on_the_record_also_where_no_action_was_called(
    client, national, officer
):
    dispatch = dispatch_to_authority(submitted())
    client.force_login(officer)
    asked = {"reference": new_reference(), "kind": JoinKind.DUPLICATE, "reason": "Both name the school."}
    answer = client.post(reverse("referrals:join", args=[dispatch.pk]), asked)
    assert "None of your agencies has a referral" in answer.content.decode()
    (entry,) = Entry.objects.filter(kind=Entry.Kind.REFUSED, actor=officer.pk)
    assert (entry.verb, entry.object_id) == ("_refuse", dispatch.pk)
    assert read_payload(entry)["reference"] == asked["reference"]
    assert "do what its page says cannot be done" in said(national, actor=officer.pk, kind=Entry.Kind.REFUSED)
