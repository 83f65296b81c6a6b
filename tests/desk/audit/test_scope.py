"""What an auditor may read of the ledger, and what not."""

from datetime import timedelta
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from agencies.actions.end_membership import end_membership
from agencies.models import Agency
from agencies.roles import RoleName
from audit.access import looked
from audit.agents import Agent
from audit.context import recording
from audit.models import Entry
from audit.refusals import Refused
from desk.audit.selectors import auditable_referrals, auditable_users, entries_for
from people.actions.add_name import add_name
from people.actions.decide_match import decide_match
from people.actions.find_matches import find_matches
from people.actions.strike_out import strike_out
from people.models import NameKind, Readers
from people.states import MatchState
from referrals.actions.acknowledge_dispatch import acknowledge_dispatch
from referrals.actions.detach_note import detach_note
from referrals.actions.detach_referral import detach_referral
from referrals.actions.end_access import end_access
from referrals.actions.join_referrals import join_referrals
from referrals.actions.lift_restriction import lift_restriction
from referrals.actions.make_offer import make_offer
from referrals.actions.release_restriction import release_restriction
from referrals.actions.restrict_record import restrict_record
from referrals.actions.review_emergency import review_emergency
from referrals.actions.take_back_offer import take_back_offer
from referrals.actions.write_note import write_note
from referrals.models import AccessKind, JoinKind, NoteReaders
from referrals.selectors import can_read
from tests.audit.acts import within
from tests.desk.audit.reading import opened, page, read_by, refuses, sentences
from tests.making import (
    BARNSLEY,
    TEACHER,
    dispatch_to_authority,
    dispatch_to_police,
    has_too,
    officer_of,
    reread,
    submitted,
)
from tests.people.pairs import AXEL, MISSPELT, match_of
from tests.people.writing import named
from tests.referrals.at_the_desk import ABOUT_POLICE, officer_at
from tests.referrals.opening import shared, supervisor

pytestmark = pytest.mark.usefixtures("db", "on_record")


@pytest.fixture
def elsewhere():
    """A referral that the council does not have."""
    return submitted({**TEACHER, "postcode": "CF10 3AT"})


def looks_of(reader, user):
    return read_by(reader, actor=user.pk, kind=Entry.Kind.VIEWED)


def restricted(referral, boss, *named):
    dispatch = dispatch_to_authority(referral)
    police = officer_of(dispatch_to_police(referral).agency)
    those = [boss.pk, police.pk, *(user.pk for user in named)]
    restrict_record(dispatch_id=dispatch.pk, named=those, reason="A councillor’s child.", by=boss, now=timezone.now())
    return dispatch


def test_an_auditor_reads_what_the_agencys_people_did(auditor, officer, referral):
    opened(referral, by=officer)
    assert looks_of(auditor, officer)


def test_an_auditor_reads_what_anybody_did_about_the_people_the_agency_has(auditor, stranger, referral):
    opened(referral, by=stranger)
    assert looks_of(auditor, stranger)


def test_what_an_agencys_people_did_elsewhere_is_read_without_a_way_there(client, auditor, officer, elsewhere):
    opened(elsewhere, by=officer)
    (line,) = looks_of(auditor, officer)
    assert f"opened referral {elsewhere.reference}, to which they were not assigned" in line.said
    assert line.referral is None and not line.words
    assert refuses(client, auditor, "audit-referral", elsewhere.pk)


def test_an_auditor_reads_nothing_of_what_others_did_about_others(auditor, national, stranger, elsewhere):
    opened(elsewhere, by=stranger)
    assert not looks_of(auditor, stranger) and looks_of(national, stranger)


def test_what_somebody_did_before_they_came_or_after_they_left_is_not_their_agencys(auditor, elsewhere):
    came_and_left = officer_of(Agency.objects.get(code=BARNSLEY), name="Wren Castellane")
    opened(elsewhere, by=came_and_left)
    assert len(looks_of(auditor, came_and_left)) == 1
    boss = supervisor(BARNSLEY)
    end_membership(membership_id=came_and_left.memberships.get().pk, by=boss, now=timezone.now())
    opened(elsewhere, by=came_and_left)
    assert len(looks_of(auditor, came_and_left)) == 1
    later = officer_of(Agency.objects.get(code=BARNSLEY), name="Wren the later")
    begins = {"starts_on": timezone.localdate() + timedelta(days=1)}
    within(do=partial(later.memberships.get().changed, **begins), by=Agent.OPERATOR, now=timezone.now())
    opened(elsewhere, by=later)
    assert not looks_of(auditor, later)


def test_nobody_reads_what_they_did_themselves(client, auditor, national, referral):
    for reader in (auditor, national):
        page(client, reader, "audit")
        assert not entries_for(reader).filter(actor=reader.pk).exists()
        assert not auditable_users(reader).filter(pk=reader.pk).exists()
        assert refuses(client, reader, "audit-user", reader.pk)
        assert "What you did yourself is left out" in page(client, reader, "audit")
    assert any("looked at the ledger" in said for said in sentences(national, actor=auditor.pk))


def test_of_a_join_with_a_restricted_record_nothing_is_told(auditor, national, officer, referral):
    boss, other = supervisor(BARNSLEY), submitted()
    for each in (referral, other):
        acknowledge_dispatch(dispatch_id=dispatch_to_authority(each).pk, by=officer, now=timezone.now())
    ours, theirs = dispatch_to_authority(referral), dispatch_to_authority(other)
    said: dict[str, Any] = {"kind": JoinKind.DUPLICATE, "reason": "The same words."}
    join_referrals(dispatch_id=ours.pk, other_id=theirs.pk, **said, by=officer, now=timezone.now())
    told = partial(Entry.objects.filter, verb="join_referrals")
    for reader in (auditor, national):
        assert entries_for(reader).filter(pk__in=told()).exclude(object_type="agencies.notice").count() == 3
    restricted(other, boss)
    for reader in (auditor, national):
        assert not entries_for(reader).filter(pk__in=told()).exists()


def test_of_a_match_with_a_restricted_record_nothing_is_told_not_even_by_what_was_done_to_the_other(auditor, national):
    referrals = []
    for answers in (AXEL, MISSPELT):
        with recording(by=Agent.OPERATOR):
            referrals.append(submitted(answers))
    earlier, later = referrals
    with recording(by=Agent.SWEEPER):
        find_matches(person_id=later.person_id, by=Agent.SWEEPER, now=timezone.now())
    match, lead = match_of(earlier, later), officer_of(dispatch_to_authority(later).agency)
    with recording(by=lead):
        decide_match(
            match_id=match.pk, said=MatchState.CONFIRMED, reason="The same mother.", by=lead, now=timezone.now()
        )
    told = Entry.objects.filter(verb="decide_match")
    others = told.filter(object_type="people.person", object_id=later.person_id)
    assert told.filter(object_id=match.pk).exists() and others.exists(), "the other is on another record since"
    for reader in (auditor, national):
        assert entries_for(reader).filter(pk__in=told).count() > 2
    boss = supervisor(BARNSLEY)
    dispatch = restricted(earlier, boss)
    for reader in (auditor, national):
        assert not entries_for(reader).filter(pk__in=told).exists()
        assert not any(earlier.reference in line.said for line in read_by(reader))
        assert entries_for(reader).filter(subject=later.person_id).exists(), "what else was done to it is read"
    lift_restriction(dispatch_id=dispatch.pk, reason="It was a mistake.", by=boss, now=timezone.now())
    assert entries_for(national).filter(pk__in=told).exists()


@pytest.mark.parametrize("everything", [False, True])
def test_a_restricted_record_is_as_if_it_were_not_there(client, auditor, national, officer, referral, everything):
    reader = national if everything else auditor
    boss = supervisor(BARNSLEY)
    before = entries_for(reader).filter(subject=referral.person_id).count()
    opened(referral, by=officer)
    assert entries_for(reader).filter(subject=referral.person_id).count() > before > 0
    dispatch = restricted(referral, boss)
    looked(kind=Entry.Kind.SEARCHED, by=officer, now=timezone.now(), reference=referral.reference)
    told = entries_for(reader)
    assert not told.filter(subject=referral.person_id).exists()
    assert not told.filter(object_id__in=[referral.pk, dispatch.pk]).exists()
    assert not auditable_referrals(reader).filter(pk=referral.pk).exists()
    assert refuses(client, reader, "audit-referral", referral.pk)
    assert not any(referral.reference in line.said for line in read_by(reader))
    client.force_login(reader)
    lift_restriction(dispatch_id=dispatch.pk, reason="It was a mistake.", by=boss, now=timezone.now())
    assert told.filter(subject=referral.person_id).exists()


def test_a_restricted_record_that_is_opened_by_name_is_read(auditor, national, officer, referral):
    boss = supervisor(BARNSLEY)
    dispatch = restricted(referral, boss)
    opened(referral, by=boss)
    for reader in (auditor, national):
        assert not looks_of(reader, boss)
        shared(dispatch, reader, by=boss, kind=AccessKind.REVIEW)
        assert looks_of(reader, boss)


def test_a_record_that_is_opened_to_an_officer_is_not_opened_to_them_as_an_auditor(council, stranger, referral):
    boss = supervisor(BARNSLEY)
    has_too(stranger, RoleName.AUDITOR, Agency.objects.get(kind="home_office"))
    opened(referral, by=boss)
    assert looks_of(reread(stranger), boss)
    dispatch = restricted(referral, boss)
    shared(dispatch, stranger, by=boss)
    assert can_read(stranger, referral.pk) and not looks_of(reread(stranger), boss)


def test_an_absent_and_a_kept_referral_ask_the_database_the_same(auditor, referral, django_assert_num_queries):
    restricted(referral, supervisor(BARNSLEY))
    for pk in (referral.pk, uuid4()):
        with django_assert_num_queries(2):
            assert not auditable_referrals(auditor, [pk]).exists()
        auditor.__dict__.pop("_memberships")


def test_what_is_at_a_restricted_desk_is_nobodys_and_afterwards_the_desks_deeds_stay_there(auditor, national):
    kept = submitted(ABOUT_POLICE)
    by = officer_at("restricted-police-desk", name="Rhian Oyelaran")
    opened(kept, by=by)
    for reader in (auditor, national):
        assert not entries_for(reader).filter(subject=kept.person_id).exists()
    release_restriction(referral_id=kept.pk, reason="No colleague.", by=by, now=timezone.now())
    assert looks_of(national, by)
    assert auditable_referrals(auditor).filter(pk=kept.pk).exists()
    assert not entries_for(auditor).filter(actor=by.pk).exists()
    assert not entries_for(auditor).filter(object_type="agencies.restriction").exists()


def test_what_was_done_while_a_referral_was_held_to_be_anothers_is_read_with_it(auditor, officer, referral, dispatch):
    acknowledge_dispatch(dispatch_id=dispatch.pk, by=officer, now=timezone.now())
    opened(referral, by=officer)
    detach_referral(
        dispatch_id=dispatch.pk,
        wrong_id=referral.person_id,
        right={"adult_or_child": "child", "given_names": "Somebody"},
        reason="A namesake.",
        by=officer,
        now=timezone.now(),
    )
    assert f"opened referral {referral.reference}" in looks_of(auditor, officer)[0].said
    restricted(referral, supervisor(BARNSLEY), officer)
    assert not looks_of(auditor, officer)


def test_other_agencies_people_are_not_looked_through(client, auditor, national, stranger, officer):
    assert refuses(client, auditor, "audit-user", stranger.pk)
    assert stranger.name in page(client, national, "audit-user", stranger.pk)
    assert officer.name in page(client, auditor, "audit-user", officer.pk)


@pytest.mark.parametrize("everything", [False, True])
def test_what_was_tried_in_vain_about_what_stands_beside_a_restricted_record_is_not_told(
    auditor, national, officer, stranger, referral, everything
):
    reader, boss, now = national if everything else auditor, supervisor(BARNSLEY), timezone.now()
    dispatch = dispatch_to_authority(referral)
    acknowledge_dispatch(dispatch_id=dispatch.pk, by=officer, now=now)
    note = write_note(dispatch_id=dispatch.pk, text="Words", readers=NoteReaders.AGENCY, by=officer, now=now)
    offer = make_offer(
        dispatch_id=dispatch.pk, to_id=stranger.agencies[0].pk, reason="They moved.", by=officer, now=now
    )
    take_back_offer(offer_id=offer.pk, by=officer, reason="They stay.", now=now)
    written = named(referral.person_id, officer)
    access = shared(dispatch, national, by=boss, kind=AccessKind.REVIEW)
    end_access(access_id=access.pk, by=boss, now=now)

    def told():
        for do in (
            partial(detach_note, note_id=note.pk, reason=""),
            partial(review_emergency, access_id=access.pk, justified=True, words="Yes."),
            partial(take_back_offer, offer_id=offer.pk, reason="They stay."),
            partial(strike_out, written_id=written.pk, reason=""),
            partial(
                add_name,
                person_id=referral.person_id,
                agency_id=dispatch.agency_id,
                kind=NameKind.ALIAS,
                name="",
                source="",
                readers=Readers.AGENCY,
            ),
        ):
            with pytest.raises(Refused):
                do(by=officer, now=now)
        refused = entries_for(reader).filter(kind=Entry.Kind.REFUSED, actor=officer.pk)
        return set(refused.values_list("object_id", flat=True))

    assert told() == {note.pk, access.pk, offer.pk, written.pk, referral.person_id}
    restricted(referral, boss)
    assert told() == set()
