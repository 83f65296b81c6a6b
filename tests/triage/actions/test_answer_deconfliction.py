"""FIMU answers: who may, what each outcome clears, and what must be said."""

from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from agencies.models import Agency
from agencies.roles import RoleName
from audit.agents import Agent
from audit.context import recording
from audit.events import Event
from audit.models import EventRecord
from audit.refusals import Forbidden, NotNow
from people.clearance import is_cleared
from people.models import Clearance
from referrals.actions.detach_referral import detach_referral
from referrals.actions.exclude_colleague import exclude_colleague
from tests.at_once import at_once
from tests.making import agency_for, analyst_of, dispatch_to_authority, dispatch_to_police, officer_of, submitted
from tests.people.test_sights import named_only
from tests.referrals.at_the_desk import ABOUT_POLICE
from tests.triage.deconflicting import WHAT_TO_DO, answered, opened
from triage.models import CLEARING, Cause, Deconfliction, Outcome
from triage.states import DECONFLICTION
from triage.states import DeconflictionState as State

TODAY = timezone.localdate


@pytest.mark.parametrize("outcome", Outcome)
def test_an_answer_says_what_it_says_and_clears_only_where_it_may(referral, analyst, outcome):
    row = answered(opened(referral), outcome, by=analyst)
    row = Deconfliction.objects.get(pk=row.pk)
    assert (row.state, row.outcome, row.answered_by, row.instruction) == (State.ANSWERED, outcome, analyst, WHAT_TO_DO)
    assert row.agency == dispatch_to_police(referral).agency
    assert is_cleared(referral.person_id) is row.clears is (outcome in CLEARING)
    if row.clears:
        clearance = Clearance.objects.get()
        assert clearance.with_conditions is (outcome == Outcome.CONDITIONS)
        assert clearance.review_on == row.review_on
    event = EventRecord.objects.get(kind=Event.DECONFLICTION_ANSWERED)
    assert (event.object_id, event.ids) == (row.pk, {"referral": str(referral.pk)})


@pytest.mark.parametrize("outcome", [Outcome.HOLD, Outcome.REFER])
def test_a_hold_ends_what_was_cleared_by_somebody_quicker(referral, outcome):
    answered(opened(referral))
    answered(opened(referral, cause=Cause.NEW_INFORMATION), outcome)
    assert not is_cleared(referral.person_id)
    assert not Clearance.objects.filter(ended_at=None).exists()


def test_only_an_analyst_of_the_police_agency_that_has_it_answers(referral, officer, lead):
    police = dispatch_to_police(referral).agency
    far = analyst_of(agency_for(RoleName.FIMU_ANALYST, other_than=police))
    at_the_council = analyst_of(dispatch_to_authority(referral).agency)
    row = opened(referral)
    for by in (officer, lead, far, at_the_council):
        with pytest.raises(Forbidden):
            answered(row, by=by)
    assert Deconfliction.objects.get().is_open
    assert not is_cleared(referral.person_id)


def test_what_is_kept_to_named_people_is_answered_all_the_same(referral, analyst):
    named_only(referral)
    answered(opened(referral), by=analyst)
    assert is_cleared(referral.person_id)


@pytest.mark.usefixtures("db", "on_record")
def test_what_a_restricted_desk_has_its_own_analyst_answers_unless_excluded_by_name():
    referral = submitted(ABOUT_POLICE)
    desk = dispatch_to_police(referral).agency
    ordinary, kept, own = analyst_of(Agency.objects.get(code="ctp-north-east")), analyst_of(desk), analyst_of(desk)
    exclude_colleague(
        referral_id=referral.pk, user_id=kept.pk, why="His brother.", by=officer_of(desk), now=timezone.now()
    )
    row = opened(referral)
    for by in (ordinary, kept):
        with pytest.raises(Forbidden):
            answered(row, by=by)
    answered(row, by=own)
    assert is_cleared(referral.person_id)


@pytest.mark.parametrize("state", State)
def test_only_what_waits_is_answered(referral, analyst, state):
    row = opened(referral)
    if state == State.ANSWERED:
        answered(row, by=analyst)
    if state == State.REPLACED:
        opened(referral, cause=Cause.NEW_INFORMATION)
    row.refresh_from_db()
    if State.ANSWERED in DECONFLICTION.stages[state].to:
        assert answered(row, by=analyst).is_answered
    else:
        with pytest.raises(NotNow, match="meanwhile"):
            answered(row, by=analyst)


def test_what_is_about_another_person_by_now_is_not_answered(referral, analyst, officer):
    row = opened(referral)
    detach_referral(
        dispatch_id=dispatch_to_police(referral).pk, wrong_id=referral.person_id,
        right={"given_names": "Somebody", "adult_or_child": "child"}, reason="Another pupil.", by=officer,
        now=timezone.now(),
    )  # fmt: skip
    # The analyst answers nothing about a person whom their agency has no longer.
    with pytest.raises(Forbidden):
        answered(row, by=analyst)
    assert not Clearance.objects.exists()


@pytest.mark.parametrize("outcome", Outcome)
def test_what_is_not_plainly_clear_says_what_to_do(referral, analyst, outcome):
    row = opened(referral)
    if outcome == Outcome.CLEAR:
        assert answered(row, outcome, by=analyst, instruction=" ").instruction is None
    else:
        with pytest.raises(NotNow, match="are to do"):
            answered(row, outcome, by=analyst, instruction=" ")


@pytest.mark.parametrize(("days", "allowed"), [(-1, False), (0, False), (1, True), (365, True), (366, False)])
def test_an_answer_is_reviewed_within_a_year(referral, analyst, days, allowed):
    row = opened(referral)
    day = TODAY() + timedelta(days=days)
    if allowed:
        assert answered(row, by=analyst, review_on=day).review_on == day
    else:
        with pytest.raises(NotNow, match="within a year"):
            answered(row, by=analyst, review_on=day)


def test_eight_analysts_at_once_leave_one_answer(own_database):
    with recording(by=Agent.OPERATOR):
        row = opened(submitted())
        analysts = [analyst_of(dispatch_to_police(row.referral).agency) for _ in range(8)]

    def run(number, analyst):
        with recording(by=analyst):
            return answered(row, [Outcome.CLEAR, Outcome.HOLD][number % 2], by=analyst)

    given = at_once(*(partial(run, number, analyst) for number, analyst in enumerate(analysts)))
    (won,) = [each for each in given if isinstance(each, Deconfliction)]
    assert {type(each) for each in given} == {Deconfliction, NotNow}
    assert is_cleared(row.person_id) is won.clears
    assert Clearance.objects.count() == won.clears
