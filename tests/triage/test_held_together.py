"""Whoever would be contacted together is cleared together; nothing is signed while FIMU is asked about one of them."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from audit.refusals import Forbidden, NotNow
from audit.tasks import sweep_events
from people.actions.decide_match import decide_match
from people.clearance import is_cleared
from people.models import Match
from people.states import MatchState
from referrals.actions.acknowledge_dispatch import acknowledge_dispatch
from referrals.actions.ask_referrer import ask_referrer
from referrals.actions.join_referrals import join_referrals
from referrals.actions.release_restriction import release_restriction
from referrals.models import JoinKind, Task, TaskKind
from referrals.states import QuestionState
from tests.making import TEACHER, analyst_of, dispatch_to_police, officer_of, submitted
from tests.people.pairs import AXEL, MISSPELT, found, match_of
from tests.people.planning import planned
from tests.referrals.at_the_desk import ABOUT_POLICE
from tests.triage.assessing import propose, proposed, received, signed, whole, written
from tests.triage.deconflicting import answered, opened
from triage.models import Cause, Deconfliction, Outcome, TriageOutcome
from triage.selectors import to_answer, to_sign

pytestmark = pytest.mark.usefixtures("db", "on_record")
NICKNAMED = {**TEACHER, "given_names": "Lanky", "family_name": "Unknown"}


def joined(one, other, kind, by):
    join_referrals(
        dispatch_id=dispatch_to_police(one).pk, other_id=dispatch_to_police(other).pk, kind=kind,
        reason="The same boy.", by=by, now=timezone.now(),
    )  # fmt: skip
    sweep_events()


def fimu_answers(referral, *outcome, **said):
    return answered(Deconfliction.objects.get(referral=referral, state="open"), *outcome, **said)


@pytest.fixture
def two():
    """Two referrals, of which no machine knows that they are about one boy, and who received the first."""
    one, other = found(AXEL), found(NICKNAMED)
    sweep_events()
    assert not Match.objects.exists()
    return one, other, received(one)


@pytest.mark.parametrize("kind", JoinKind)
@pytest.mark.parametrize("second", [None, Outcome.HOLD, Outcome.REFER])
def test_what_holds_one_of_two_joined_referrals_holds_the_other(two, kind, second):
    one, other, officer = two
    joined(one, other, kind, officer)
    fimu_answers(one)
    if second:
        fimu_answers(other, second)
    question = ask_referrer(
        dispatch_id=dispatch_to_police(one).pk, words="On which day?", by=officer, now=timezone.now()
    )
    assert question.state == QuestionState.HELD
    with pytest.raises(NotNow):
        proposed(one, whole(TriageOutcome.CHANNEL), by=officer)


def test_what_was_authorised_about_one_of_two_joined_referrals_is_suspended_with_the_other(two):
    one, other, officer = two
    joined(one, other, JoinKind.SAME_CONCERN, officer)
    for each in (one, other):
        fimu_answers(each)
    visit = planned(other.person_id, officer)
    answered(opened(one, cause=Cause.NEW_INFORMATION), Outcome.HOLD)
    visit.refresh_from_db()
    assert visit.is_suspended


def test_two_joined_referrals_that_are_both_cleared_go_on(two):
    one, other, officer = two
    joined(one, other, JoinKind.SAME_CONCERN, officer)
    for each in (one, other):
        fimu_answers(each)
    assert is_cleared(one.person_id) and is_cleared(other.person_id)
    assert proposed(one, whole(TriageOutcome.CHANNEL), by=officer).is_proposed


def test_nothing_closes_as_a_duplicate_of_somebody_elses_referral_because_the_two_tell_of_one_concern(two):
    one, other, officer = two
    joined(one, other, JoinKind.SAME_CONCERN, officer)
    for each in (one, other):
        fimu_answers(each)
    with pytest.raises(NotNow, match="Officers must have confirmed that both are about one person"):
        proposed(one, whole(TriageOutcome.DUPLICATE, duplicate_of=other), by=officer)


def test_while_fimu_is_asked_about_another_referral_of_the_person_nothing_is_proposed():
    one, other = found(AXEL), found(MISSPELT)
    officer = received(one)
    decide_match(
        match_id=match_of(one, other).pk, said=MatchState.CONFIRMED, reason="Same mother.", by=officer,
        now=timezone.now(),
    )  # fmt: skip
    sweep_events()
    fimu_answers(one, Outcome.HOLD)
    row = written(one, whole(TriageOutcome.POLICE_LED), by=officer)
    with pytest.raises(NotNow, match="about which FIMU is asked now"):
        propose(row, by=officer)
    fimu_answers(other, Outcome.HOLD)
    assert propose(row, by=officer).is_proposed


def test_whoever_came_in_a_moment_ago_is_found_before_an_outcome_is_signed():
    first = submitted(AXEL)
    sweep_events()
    fimu_answers(first)
    row = proposed(first, whole(TriageOutcome.NO_FURTHER_ACTION))
    submitted(MISSPELT)
    with pytest.raises(NotNow, match="likely to be the same person"):
        signed(row)


def test_a_hold_whose_review_date_is_over_is_no_answer_to_weigh():
    referral = submitted(AXEL)
    sweep_events()
    fimu_answers(referral, Outcome.HOLD, review_on=timezone.localdate() + timedelta(days=1))
    officer = received(referral)
    row = written(referral, whole(TriageOutcome.POLICE_LED), by=officer)
    with (
        time_machine.travel(timezone.now() + timedelta(days=2), tick=False),
        pytest.raises(NotNow, match="about which FIMU is asked now"),
    ):
        propose(row, by=officer)
    assert propose(row, by=officer).is_proposed


def test_after_a_release_the_region_decides_and_not_the_restricted_desk():
    referral = submitted(ABOUT_POLICE)
    sweep_events()
    fimu_answers(referral)
    first = dispatch_to_police(referral)
    boss = officer_of(first.agency)
    acknowledge_dispatch(dispatch_id=first.pk, by=boss, now=timezone.now())
    sent = release_restriction(referral_id=referral.pk, reason="No colleague.", by=boss, now=timezone.now())
    sweep_events()
    region = next(dispatch for dispatch in sent if dispatch.agency.is_police)
    officer = received_at(region)
    before, after = analyst_of(first.agency), analyst_of(region.agency)
    assert not to_answer(before).exists() and to_answer(after).exists()
    with pytest.raises(Forbidden):
        fimu_answers(referral, by=before)
    fimu_answers(referral, by=after)
    row = propose(written(referral, whole(TriageOutcome.NO_FURTHER_ACTION), by=officer), by=officer)
    assert not to_sign(boss).exists()
    with pytest.raises(Forbidden):
        signed(row, by=boss)
    assert signed(row).is_signed
    sweep_events()
    answered(opened(referral, cause=Cause.NEW_INFORMATION), Outcome.HOLD, by=after)
    sweep_events()
    assert Task.objects.get(kind=TaskKind.WORK).agency == region.agency


def received_at(dispatch):
    officer = officer_of(dispatch.agency, name="Idris Falkingham")
    acknowledge_dispatch(dispatch_id=dispatch.pk, by=officer, now=timezone.now())
    return officer
