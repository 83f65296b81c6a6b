"""Wrong person: a referral goes over to the right one with all that stands beside it; so does a single note."""

from datetime import timedelta
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.utils import timezone

from agencies.actions.add_membership import add_membership
from agencies.models import Notice, NoticeKind
from agencies.roles import RoleName
from audit.agents import Agent
from audit.context import recording
from audit.events import Event
from audit.fields import SealedField
from audit.keys import KeyDestroyed, destroy_key
from audit.ledger import read_payload
from audit.models import Entry, EventRecord
from audit.refusals import Forbidden, NotNow, OffTheRecord
from audit.tasks import sweep_events
from people.models import Person, SearchRow
from referrals.actions.detach_note import detach_note
from referrals.actions.detach_referral import detach_referral
from referrals.actions.join_referrals import join_referrals
from referrals.actions.make_offer import make_offer
from referrals.actions.report_withdrawal import report_withdrawal
from referrals.actions.write_note import write_note
from referrals.models import (
    Detachment,
    Join,
    JoinKind,
    Note,
    NoteDetachment,
    NoteReaders,
    Offer,
    Referral,
    Referrer,
    ToldBy,
    Withdrawal,
    WithdrawalKind,
)
from referrals.models.belonging import Belonging
from referrals.resealing import sealed_beside
from referrals.selectors import readable_notes
from tests.at_once import at_once
from tests.audit.acts import entries_of, within
from tests.house.rooms import our_models
from tests.house.shadow import differences
from tests.making import TEACHER, dispatch_to_authority, dispatch_to_police, officer_of, submitted, with_mailboxes

ON_RECORD = pytest.mark.usefixtures("db", "on_record")
NOW = timezone.now()
RIGHT = {"given_names": "Aled", "family_name": "Brzozowski", "adult_or_child": "child"}
WHY = "The school mixed up two pupils of the same class."


def detach(dispatch, *, by, wrong_id=None, reason=WHY, right=RIGHT):
    wrong_id = wrong_id or dispatch.referral.person_id
    return detach_referral(dispatch_id=dispatch.pk, wrong_id=wrong_id, right=right, reason=reason, by=by, now=NOW)


def write(dispatch, lead, text="Spoke to the school nurse.", readers=NoteReaders.RECIPIENTS):
    return write_note(dispatch_id=dispatch.pk, text=text, readers=readers, by=lead, now=NOW)


@ON_RECORD
def test_who_had_nothing_to_do_with_it_is_no_longer_found_by_its_address_or_telephone(lead):
    told = {**TEACHER, "person_phone": "07700 900123", "address": "17 Bramley Street"}
    dispatch = dispatch_to_authority(submitted(told))
    wrong = SearchRow.objects.get(person=dispatch.referral.person_id)
    detachment = detach(dispatch, by=lead)
    right, after = SearchRow.objects.get(person=detachment.right_id), SearchRow.objects.get(pk=wrong.pk)
    assert (right.facts, right.told_in) == (wrong.facts, wrong.told_in)
    assert after.facts == ""
    assert not set(after.keys) & set(wrong.facts.split())
    assert "p:S701GW" in after.keys, "their own row is untouched"


@ON_RECORD
def test_the_answers_stay_as_given_and_belong_to_somebody_else(dispatch, lead):
    given = dict(dispatch.referral.answers)
    wrong_id = dispatch.referral.person_id
    detachment = detach(dispatch, by=lead)
    referral = Referral.objects.select_related("person").get(pk=dispatch.referral_id)
    assert referral.answers == given
    assert (referral.person.given_names, referral.person_id) == ("Aled", detachment.right_id)
    assert (detachment.wrong_id, detachment.reason, detachment.detached_by) == (wrong_id, WHY, lead)
    assert Person.objects.get(pk=wrong_id).given_names == "Tomasz"
    assert not Referral.objects.filter(person=wrong_id).exists()
    with pytest.raises(OffTheRecord):
        within(do=referral.save, by=lead, now=NOW)


@ON_RECORD
def test_when_the_wrong_persons_key_is_gone_nothing_of_the_referral_is_lost(dispatch, lead):
    """Everything that can stand beside a referral is there, and opens without the wrong person's key."""
    referral = dispatch.referral
    sweep_events()
    write(dispatch, lead)
    gone = write(dispatch, lead, "Wrong tab.")
    detach_note(note_id=gone.pk, reason="Another pupil.", by=lead, now=NOW)
    officer = officer_of(type(dispatch.agency).objects.get(code="E08000032"))
    make_offer(dispatch_id=dispatch.pk, to_id=officer.agencies[0].pk, reason="Moved.", by=lead, now=NOW)
    earlier = dispatch_to_authority(submitted({**TEACHER}, now=NOW - timedelta(days=3)))
    join_referrals(
        dispatch_id=dispatch.pk, other_id=earlier.pk, kind=JoinKind.DUPLICATE, reason="Twice.", by=lead, now=NOW
    )
    report_withdrawal(
        dispatch_id=dispatch.pk,
        kind=WithdrawalKind.WITHDRAWN,
        told_how=ToldBy.TELEPHONE,
        reason="Rang us.",
        by=lead,
        now=NOW,
    )
    wrong_id = referral.person_id
    detach(dispatch, by=lead)
    with recording(by=Agent.OPERATOR):
        within(do=lambda: destroy_key(wrong_id), by=Agent.OPERATOR, now=NOW)
        read = Referral.objects.get(pk=referral.pk)
        assert read.answers["given_names"] == "Tomasz"
        assert Referrer.objects.get(referral=read).email == TEACHER["referrer_email"]
        assert {note.text for note in Note.objects.filter(referral=read)} == {
            "Spoke to the school nurse.",
            "Wrong tab.",
        }
        assert Offer.objects.get().reason == "Moved."
        assert Join.objects.get().reason == "Twice."
        assert Withdrawal.objects.get().reason == "Rang us."
        assert NoteDetachment.objects.get().reason == "Another pupil."
        assert Detachment.objects.get().reason == WHY
        assert Notice.objects.get(kind=NoticeKind.CONFIRMATION, about=referral.pk).address == TEACHER["referrer_email"]
        old = apps.get_model("referrals", "NoteEvent").objects.order_by("pgh_id")[0]
        with pytest.raises(KeyDestroyed):
            _ = old.text


@ON_RECORD
def test_history_shows_every_version_as_it_was(dispatch, lead):
    write(dispatch, lead)
    detach(dispatch, by=lead)
    with recording(by=Agent.OPERATOR):
        for name, field, said in (
            ("NoteEvent", "text", "Spoke to the school nurse."),
            ("ReferrerEvent", "name", TEACHER["referrer_name"]),
        ):
            versions = apps.get_model("referrals", name).objects.order_by("pgh_id")
            assert [getattr(version, field) for version in versions] == [said, said]
        referrals = apps.get_model("referrals", "ReferralEvent").objects.filter(pgh_obj_id=dispatch.referral_id)
        assert [version.answers["given_names"] for version in referrals] == ["Tomasz", "Tomasz"]
        assert len({version.person_id for version in referrals}) == 2


@ON_RECORD
def test_who_had_the_page_open_meanwhile_still_reads_the_note(dispatch, lead):
    write(dispatch, lead)
    before = Referral.objects.select_related("person").get(pk=dispatch.referral_id)
    detach(dispatch, by=lead)
    assert [note.text for note in readable_notes(lead, before)] == ["Spoke to the school nurse."]


def privacy(model: Any) -> Any:
    return model.Privacy


def test_no_model_that_is_sealed_with_a_referral_is_forgotten():
    sealed = {
        model
        for model in our_models()
        if any(isinstance(field, SealedField) for field in model._meta.concrete_fields)
        and (privacy(model).person or "").endswith(("referral__person", "later__person", "content_object__person"))
    }
    assert sealed == {model for model in our_models() if issubclass(model, Belonging)}
    names = sealed_beside.__code__.co_names
    assert {model.__name__ for model in sealed} <= set(names)


@ON_RECORD
def test_both_agencies_are_told_and_the_ledger_of_both_persons_tells_it(dispatch, lead):
    mailboxes = {with_mailboxes(each.agency).email for each in dispatch.referral.dispatches.select_related("agency")}
    detachment = detach(dispatch, by=lead)
    told = Notice.objects.filter(kind=NoticeKind.REFERRAL_DETACHED)
    assert {notice.address for notice in told} == mailboxes
    event = EventRecord.objects.get(kind=Event.REFERRAL_DETACHED)
    assert (event.subject, event.ids["wrong"]) == (detachment.right_id, str(detachment.wrong_id))
    about_wrong = entries_of(detachment.wrong_id)[-1]
    assert (about_wrong.verb, about_wrong.subject) == ("detach_referral", detachment.wrong_id)
    assert read_payload(about_wrong)["right"] == str(detachment.right_id)
    about_referral = entries_of(dispatch.referral_id)[-1]
    assert about_referral.subject == detachment.right_id


@ON_RECORD
def test_what_was_sealed_anew_is_on_the_ledger_row_by_row_although_no_word_of_it_changed(dispatch, lead):
    note = write(dispatch, lead)
    detachment = detach(dispatch, by=lead)
    for row in (note, dispatch.referral.referrer):
        entry = entries_of(row.pk)[-1]
        assert (entry.kind, entry.verb, entry.subject) == (Entry.Kind.CHANGED, "detach_referral", detachment.right_id)
        assert read_payload(entry) == {"changes": {}}
    assert differences() == []


@ON_RECORD
def test_only_an_officer_who_has_it_detaches_with_a_reason_and_once(dispatch, lead):
    wrong_id = dispatch.referral.person_id
    for stranger in (officer_of(type(dispatch.agency).objects.get(code="E08000032")), Agent.SWEEPER):
        with pytest.raises(Forbidden):
            detach(dispatch, by=stranger)
    with pytest.raises(NotNow, match="reason"):
        detach(dispatch, by=lead, reason=" ")
    detach(dispatch, by=lead)
    with pytest.raises(NotNow, match="put this right already"):
        detach(dispatch, by=lead, wrong_id=wrong_id)
    police = officer_of(dispatch_to_police(dispatch.referral).agency)
    referral = Referral.objects.get(pk=dispatch.referral_id)
    detach(dispatch_to_police(referral), by=police, right={**RIGHT, "given_names": "Elis"})
    assert Detachment.objects.count() == 2


def test_detached_by_many_at_once_while_notes_are_written_nothing_is_lost(own_database):
    with recording(by=Agent.OPERATOR):
        dispatch = dispatch_to_authority(submitted())
        officers = [officer_of(dispatch.agency) for _ in range(8)]
        wrong_id = dispatch.referral.person_id

    def run(officer, do):
        with recording(by=officer):
            return do(officer)

    works = [partial(run, officer, lambda by: detach(dispatch, by=by, wrong_id=wrong_id)) for officer in officers[:3]]
    works += [partial(run, officer, lambda by: write(dispatch, by)) for officer in officers[3:]]
    results = at_once(*works)
    assert sorted(type(result).__name__ for result in results[:3]) == ["Detachment", "NotNow", "NotNow"], results
    assert all(isinstance(result, Note) for result in results[3:]), results
    assert Person.objects.count() == 2
    with recording(by=Agent.OPERATOR):
        within(do=lambda: destroy_key(wrong_id), by=Agent.OPERATOR, now=NOW)
        assert [note.text for note in Note.objects.all()] == ["Spoke to the school nurse."] * 5


@ON_RECORD
@pytest.mark.parametrize("readers", NoteReaders)
def test_a_note_is_taken_away_and_stands_beside_the_right_referral(dispatch, lead, readers):
    other = dispatch_to_authority(submitted())
    police = officer_of(dispatch_to_police(dispatch.referral).agency)
    for each in (dispatch.agency, police.agencies[0]):
        with_mailboxes(each)
    note = write(dispatch, lead, readers=readers)
    detachment = detach_note(note_id=note.pk, to_dispatch_id=other.pk, reason="Wrong tab.", by=lead, now=NOW)
    assert readable_notes(lead, dispatch.referral) == []
    (moved,) = readable_notes(lead, other.referral)
    assert (moved.text, moved.written_by, moved.written_at) == (note.text, lead, note.written_at)
    assert readable_notes(police, other.referral) == []
    assert detachment.became_id == moved.pk
    told = Notice.objects.filter(kind=NoticeKind.NOTE_DETACHED)
    assert told.count() == (2 if readers == NoteReaders.RECIPIENTS else 1)
    assert EventRecord.objects.filter(kind__in=[Event.NOTE_DETACHED, Event.NOTE_MOVED_HERE]).count() == 2


@ON_RECORD
def test_a_note_is_taken_away_by_its_own_agency_once_and_not_to_where_it_stands(dispatch, lead):
    note = write(dispatch, lead)
    away = partial(detach_note, note_id=note.pk, reason="Wrong tab.", now=NOW)
    police_dispatch = dispatch_to_police(dispatch.referral)
    police = officer_of(police_dispatch.agency)
    for stranger in (police, officer_of(type(dispatch.agency).objects.get(code="system"))):
        with pytest.raises(Forbidden):
            away(by=stranger)
    elsewhere = dispatch_to_authority(submitted({**TEACHER, "postcode": "BD1 1HX"}))
    with pytest.raises(Forbidden):
        away(by=lead, to_dispatch_id=elsewhere.pk)
    police_only = dispatch_to_police(submitted({**TEACHER, "postcode": "BD1 1HX"}))
    of_both = officer_of(dispatch.agency)
    add_membership(
        user_id=of_both.pk, agency_id=police_only.agency_id, role=RoleName.CTP_OFFICER, by=Agent.OPERATOR, now=NOW
    )
    with pytest.raises(Forbidden):
        away(by=of_both, to_dispatch_id=police_only.pk)
    with pytest.raises(NotNow, match="beside this referral already"):
        away(by=lead, to_dispatch_id=dispatch.pk)
    with pytest.raises(NotNow, match="reason"):
        away(by=lead, reason=" ")
    assert away(by=lead).became is None
    with pytest.raises(NotNow, match="detached already"):
        away(by=lead)
    with pytest.raises(Note.DoesNotExist):
        away(by=lead, note_id=uuid4())
