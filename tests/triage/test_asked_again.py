"""What is new, and a review date that has passed, ask FIMU again; until it answers nobody is cleared."""

from datetime import timedelta
from functools import partial
from unittest.mock import patch

import pytest
from django.urls import reverse
from django.utils import timezone

from audit.agents import Agent
from audit.events import Event
from audit.models import EventRecord
from audit.refusals import Forbidden
from documents.storing import keep
from people.actions.decide_match import decide_match
from people.actions.undo_match import undo_match
from people.clearance import is_cleared
from people.states import MatchState
from referrals.actions.add_document import add_document
from referrals.actions.join_referrals import join_referrals
from referrals.actions.undo_join import undo_join
from referrals.actions.write_note import write_note
from referrals.models import Join, JoinKind, NoteReaders
from tests.documents.making import TEXT
from tests.making import dispatch_to_authority, dispatch_to_police, officer_of
from tests.people.asking import Scene
from tests.people.pairs import AXEL, MISSPELT, found, match_of, officer_at
from tests.people.writing import away, housed, named, rang, related
from tests.referrals.views.test_adding import adds
from tests.referrals.views.test_referrers_page import Sent, uncounted
from tests.triage.deconflicting import answered, opened
from tests.triage.test_handlers import swept
from triage.actions.review_deconfliction import review_deconfliction
from triage.handlers import deconflict_again
from triage.models import Cause, Deconfliction, Outcome
from triage.selectors import latest_of
from triage.summary import summary_of
from triage.tasks import sweep_reviews

__all__ = ["uncounted"]
pytestmark = pytest.mark.usefixtures("db", "on_record")


def causes(referral):
    return list(referral.deconflictions.filter(state="open").values_list("cause", flat=True))


def asked_again(*referrals):
    """Whether FIMU is asked about each, and none is cleared: at once, not only when the worker has asked."""
    assert not any(is_cleared(each.person_id) for each in referrals)
    swept()
    return all(causes(each) == [Cause.NEW_INFORMATION] and not is_cleared(each.person_id) for each in referrals)


def test_names_addresses_whereabouts_and_documents_are_new(referral, lead):
    for write in (named, housed, away, document):
        answered(opened(referral))
        write(referral.person_id, lead) if write is not document else document(referral, lead)
        assert asked_again(referral)


def test_fimu_reads_what_is_new_since_it_answered_and_nothing_of_before(client, referral, lead, analyst):
    named(referral.person_id, lead)
    answered(opened(referral), by=analyst)
    document(referral, lead)
    swept()
    client.force_login(analyst)
    row = Deconfliction.objects.get(state="open")
    text = client.get(reverse("triage:deconfliction", args=[row.pk])).content.decode()
    assert "A document was added." in text and "Another name" not in text


def document(referral, lead):
    add_document(
        dispatch_id=dispatch_to_authority(referral).pk, kept=keep("words.txt", TEXT), source="", caveat="", by=lead,
        now=timezone.now(),
    )  # fmt: skip


def test_what_officers_note_who_is_near_and_whom_they_have_spoken_to_is_not(referral, lead):
    answered(opened(referral))
    rang(referral.person_id, lead)
    related(referral.person_id, lead)
    write_note(
        dispatch_id=dispatch_to_authority(referral).pk, text="Rang.", readers=NoteReaders.AGENCY, by=lead,
        now=timezone.now(),
    )  # fmt: skip
    swept()
    assert not causes(referral) and is_cleared(referral.person_id)


def test_what_another_agency_answers_is_new():
    scene = Scene()
    request = scene.ask()
    answered(opened(scene.referral))
    scene.answer(request)
    assert asked_again(scene.referral)


@pytest.mark.usefixtures("uncounted")
def test_what_the_referrer_adds_is_new():
    sent = Sent()
    answered(opened(sent.referral))
    adds(sent)
    assert asked_again(sent.referral)


def test_a_match_or_a_join_that_is_undone_is_new_for_both():
    one, other = found(AXEL), found(MISSPELT)
    officer = officer_at(one)
    match = match_of(one, other)
    decide_match(match_id=match.pk, said=MatchState.CONFIRMED, reason="A mother.", by=officer, now=timezone.now())
    join_referrals(
        dispatch_id=dispatch_to_authority(other).pk, other_id=dispatch_to_authority(one).pk,
        kind=JoinKind.SAME_CONCERN, reason="One concern.", by=officer, now=timezone.now(),
    )  # fmt: skip
    swept()
    for undo in (
        partial(undo_join, join_id=Join.objects.get().pk),
        partial(undo_match, match_id=match.pk),
    ):
        for each in (one, other):
            answered(opened(each))
        undo(reason="Cousins.", by=officer, now=timezone.now())
        assert asked_again(one, other)


@pytest.mark.parametrize("said", [MatchState.CONFIRMED, MatchState.REJECTED, MatchState.LEFT_OPEN])
def test_a_match_is_new_for_both_where_it_is_confirmed(said):
    one, other = found(AXEL), found(MISSPELT)
    for each in (one, other):
        answered(opened(each))
    decide_match(
        match_id=match_of(one, other).pk, said=said, reason="A mother.", by=officer_at(one), now=timezone.now()
    )
    if said == MatchState.CONFIRMED:
        assert asked_again(one, other)
    else:
        swept()
        assert not causes(one) and is_cleared(other.person_id)


def test_two_referrals_that_are_joined_are_both_asked_about():
    one, other = found(AXEL), found(MISSPELT)
    for each in (one, other):
        answered(opened(each))
    join_referrals(
        dispatch_id=dispatch_to_authority(other).pk, other_id=dispatch_to_authority(one).pk,
        kind=JoinKind.SAME_CONCERN, reason="One concern.", by=officer_at(one), now=timezone.now(),
    )  # fmt: skip
    assert asked_again(one, other)


def test_what_was_never_asked_about_is_not_asked_about_again(referral, lead):
    named(referral.person_id, lead)
    event = EventRecord.objects.get(kind=Event.PERSON_NAMED)
    deconflict_again(event, by=Agent.SWEEPER, now=timezone.now())
    assert not Deconfliction.objects.exists()


@pytest.mark.parametrize("outcome", [Outcome.CLEAR, Outcome.HOLD])
@pytest.mark.parametrize(("days", "asks"), [(1, False), (2, True)])
def test_a_review_date_that_has_passed_asks_once(referral, outcome, days, asks):
    row = answered(opened(referral), outcome, review_on=timezone.localdate() + timedelta(days=1))
    later = timezone.now() + timedelta(days=days)
    with patch("triage.tasks.timezone.now", return_value=later):
        assert sweep_reviews() == asks
        assert sweep_reviews() == 0
    assert causes(referral) == [Cause.REVIEW_DATE] * asks
    row.refresh_from_db()
    assert (row.review_due is None) is asks
    assert row.is_answered


def test_an_answer_that_was_overtaken_is_not_reviewed_and_a_failure_keeps_no_other_waiting(referral):
    row = answered(opened(referral), review_on=timezone.localdate() + timedelta(days=1))
    opened(referral, cause=Cause.NEW_INFORMATION)
    later = timezone.now() + timedelta(days=9)
    assert not review_deconfliction(deconfliction_id=row.pk, by=Agent.SWEEPER, now=later)
    stranger = officer_of(dispatch_to_police(found({**AXEL, "postcode": "CF10 3NQ"})).agency)
    with pytest.raises(Forbidden):
        review_deconfliction(deconfliction_id=row.pk, by=stranger, now=later)
    answered(Deconfliction.objects.get(state="open"), review_on=timezone.localdate() + timedelta(days=1))
    with (
        patch("triage.tasks.timezone.now", return_value=later),
        patch("triage.tasks.review_deconfliction", side_effect=RuntimeError),
    ):
        assert sweep_reviews() == 0


def test_of_two_that_one_sweep_opens_the_last_counts_and_its_answer_is_seen(referral, lead):
    moment = timezone.now()
    first = opened(referral, now=moment)
    last = opened(referral, cause=Cause.NEW_INFORMATION, now=moment)
    late = opened(referral, cause=Cause.NEW_INFORMATION, now=moment - timedelta(seconds=40))
    assert first.opened_at < last.opened_at < late.opened_at
    answered(late, Outcome.CONDITIONS, instruction="Never near the father.")
    seen = summary_of(lead, referral, [dispatch_to_authority(referral)])
    assert [row.instruction for row in seen.rows if row.instruction] == ["Never near the father."]
    last_of_all = latest_of(referral)
    assert last_of_all is not None and last_of_all.is_answered
