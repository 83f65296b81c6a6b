"""Who signs an outcome, and how many: nobody their own, and two where one might overlook most."""

from dataclasses import replace

import pytest
from django.urls import reverse
from django.utils import timezone

from agencies.models import User
from audit.agents import Agent
from audit.refusals import Forbidden, NotNow
from people.actions.decide_match import decide_match
from people.actions.find_matches import find_matches
from people.models import Match, MatchBand
from people.states import MatchState
from referrals.repeats import repeats_of
from tests.audit.acts import within
from tests.making import TEACHER, dispatch_to_police, submitted
from tests.people.pairs import AXEL, match_of, officer_at, pair
from tests.people.writing import housed
from tests.triage.assessing import (
    deconflicted,
    is_signed_by_two,
    propose,
    proposed,
    received,
    reported,
    rewritten,
    signed,
    supervisor_at,
    whole,
    written,
)
from tests.triage.deconflicting import answered, opened
from tests.triage.test_handlers import swept
from triage.actions.return_assessment import return_assessment
from triage.assessing import signatures_for
from triage.models import GatewayAssessment, GatewaySignature, TriageOutcome
from triage.states import GatewayState as State

ON_RECORD = pytest.mark.usefixtures("db", "on_record")
WHY = "The same mother."
ABOUT_A_COLLEAGUE = {"work_and_family": ["police"]}


def now():
    return timezone.now()


def state_of(row):
    return GatewayAssessment.objects.get(pk=row.pk).state


def asked_about_both(*referrals):
    """FIMU was asked again, since one is said to be the other, and answers."""
    for each in referrals:
        deconflicted(each)
    swept()
    for each in referrals:
        answered(each.deconflictions.get(state="open"))


def same_pupil(referral, *, said, by):
    """Another referral of the same pupil was sent, and an officer says of the likely match what it is."""
    match = Match.objects.get(band=MatchBand.LIKELY)
    return decide_match(match_id=match.pk, said=said, seen_as=match.state, reason=WHY, by=by, now=now())


def test_nobody_signs_what_they_wrote_in_or_proposed(referral):
    boss = supervisor_at(dispatch_to_police(referral).agency)
    officer = received(referral)
    deconflicted(referral)
    row = written(referral, by=boss)
    rewritten(row, whole(), by=officer)
    propose(row, by=officer)
    with pytest.raises(Forbidden, match="Nobody signs what they wrote"):
        signed(row, by=boss)
    another = submitted({**TEACHER, "given_names": "Halina", "family_name": "Vane"})
    other = proposed(another, by=received(another, by=boss))
    with pytest.raises(Forbidden, match="Nobody signs what they wrote"):
        signed(other, by=boss)


def test_two_supervisors_sign_where_a_likely_match_was_left_open(referral):
    again = submitted({**TEACHER, "concern": "Another day, the same pupil spoke of it again."})
    officer = received(again)
    find_matches(person_id=again.person_id, by=officer, now=now())
    same_pupil(again, said=MatchState.LEFT_OPEN, by=officer)
    deconflicted(again)
    is_signed_by_two(proposed(again, by=officer))


def test_two_supervisors_sign_for_somebody_who_was_referred_before(referral):
    again = submitted({**TEACHER, "concern": "Another day, the same pupil spoke of it again."})
    officer = received(again)
    find_matches(person_id=again.person_id, by=officer, now=now())
    same_pupil(again, said=MatchState.CONFIRMED, by=officer)
    asked_about_both(referral, again)
    is_signed_by_two(proposed(again, by=officer))


def test_two_supervisors_sign_where_the_officer_disagrees_with_fimu(referral):
    row = proposed(referral, whole(agrees=False))
    agency = dispatch_to_police(referral).agency
    first = supervisor_at(agency)
    signed(row, by=first)
    assert state_of(row) == State.PROPOSED
    with pytest.raises(Forbidden, match="You have signed"):
        signed(row, by=first)
    signed(row, by=supervisor_at(agency, name="Anwen Sutcliffe"))
    assert state_of(row) == State.SIGNED
    assert GatewaySignature.objects.count() == 2


@pytest.mark.parametrize(("age", "why"), [("8", "under 10"), ("", "how old the person is")])
def test_a_child_who_is_or_may_be_under_ten_takes_childrens_services_and_two_supervisors(db, on_record, age, why):
    young = submitted({**TEACHER, "approximate_age": age})
    officer = received(young)
    deconflicted(young)
    row = written(young, by=officer)
    with pytest.raises(NotNow, match=why):
        propose(row, by=officer)
    said = whole()
    rewritten(row, replace(said, answers={**said.answers, "childrens_services": "Ms Vane agrees, 3 May."}), by=officer)
    is_signed_by_two(propose(row, by=officer))


def test_of_an_adult_whose_age_nobody_knows_childrens_services_are_not_asked(db, on_record):
    grown = submitted({**TEACHER, "adult_or_child": "adult", "approximate_age": ""})
    signed(proposed(grown))
    assert state_of(GatewayAssessment.objects.get()) == State.SIGNED


def test_what_was_given_back_is_signed_anew_whoever_signed_before(referral):
    officer = received(referral)
    row = proposed(referral, whole(agrees=False), by=officer)
    first = supervisor_at(dispatch_to_police(referral).agency)
    signed(row, by=first)
    row = GatewayAssessment.objects.get(pk=row.pk)
    return_assessment(assessment_id=row.pk, at_round=row.round, reason="Say what the school saw.", by=first, now=now())
    row = GatewayAssessment.objects.get(pk=row.pk)
    assert (row.state, row.returned_by, row.returned_reason) == (State.DRAFT, first, "Say what the school saw.")
    again = propose(row, by=officer)
    signed(again, by=first)
    assert state_of(row) == State.PROPOSED


@ON_RECORD
def test_two_sign_for_a_repeat_that_is_kept_from_them_and_are_not_told_why():
    earlier, later = pair(earlier={**AXEL, **ABOUT_A_COLLEAGUE})
    officer = received(later)
    kept = match_of(earlier, later)
    by = officer_at(earlier)
    decide_match(match_id=kept.pk, said=MatchState.CONFIRMED, seen_as=kept.state, reason=WHY, by=by, now=now())
    asked_about_both(earlier, later)
    row = proposed(later, by=officer)
    assert not repeats_of(officer, [row.referral])[later.pk]
    is_signed_by_two(row)


def test_two_sign_for_the_first_of_two_as_well(referral):
    again = submitted({**TEACHER, "concern": "Another day, the same pupil spoke of it again."})
    officer = received(referral)
    find_matches(person_id=again.person_id, by=officer, now=now())
    same_pupil(again, said=MatchState.CONFIRMED, by=officer)
    asked_about_both(referral, again)
    is_signed_by_two(proposed(referral, by=officer))


def test_nothing_is_signed_before_fimu_is_asked_about_what_is_new_of_anybody_on_the_record(referral, lead):
    again = submitted({**TEACHER, "concern": "Another day, the same pupil spoke of it again."})
    officer = received(again)
    find_matches(person_id=again.person_id, by=officer, now=now())
    same_pupil(again, said=MatchState.CONFIRMED, by=officer)
    asked_about_both(referral, again)
    row = proposed(again, by=officer)
    housed(referral.person_id, lead)
    with pytest.raises(NotNow, match="Something has come in"):
        signed(row)


def test_two_sign_where_the_police_desk_asks_for_it_in_what_it_answered_last(client, referral, analyst):
    officer = received(referral)
    deconflicted(referral, two_sign=True)
    row = proposed(referral, by=officer)
    assert signatures_for(row, by=officer) == 2
    return_assessment(assessment_id=row.pk, at_round=row.round, reason=WHY, by=officer, now=now())
    asked = opened(referral)
    client.force_login(analyst)
    page = client.get(reverse("triage:deconfliction", args=[asked.pk]))
    assert page.context["form"]["two_sign"].value(), "whoever lets it go means to"
    answered(asked)
    rewritten(row, whole(), by=officer)
    signed(propose(row, by=officer))
    assert state_of(row) == State.SIGNED


def test_whoever_recorded_that_it_was_sent_in_error_does_not_sign_that(referral):
    boss = supervisor_at(dispatch_to_police(referral).agency)
    deconflicted(referral)
    reported(referral, TriageOutcome.IN_ERROR, by=boss)
    officer = received(referral)
    row = propose(written(referral, whole(TriageOutcome.IN_ERROR), by=officer), by=officer)
    with pytest.raises(Forbidden, match="You recorded that it was sent in error"):
        signed(row, by=boss)


def test_whoever_sent_the_referral_does_not_sign_what_becomes_of_it(referral):
    row = proposed(referral)
    boss = supervisor_at(dispatch_to_police(referral).agency)
    within(do=lambda: boss.changed(email=TEACHER["referrer_email"].upper()), by=Agent.OPERATOR, now=now())
    with pytest.raises(Forbidden, match="You sent the referral"):
        signed(row, by=User.objects.get(pk=boss.pk))
    signed(row)
    assert state_of(row) == State.SIGNED
