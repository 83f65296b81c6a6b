"""From the first word of a gateway assessment to its outcome: who may, in which order, and what is refused."""

from datetime import timedelta

import pytest
from django.utils import timezone

from agencies.models import Agency
from agencies.roles import RoleName
from audit.agents import Agent
from audit.events import Event
from audit.models import EventRecord
from audit.refusals import Forbidden, NotNow
from people.actions.answer_match_asking import answer_match_asking
from people.actions.ask_about_match import ask_about_match
from people.actions.decide_match import decide_match
from people.actions.find_matches import find_matches
from people.actions.withdraw_match_asking import withdraw_match_asking
from people.clearance import is_cleared
from people.models import Match, MatchBand
from people.states import MatchState
from referrals.actions.accept_offer import accept_offer
from referrals.actions.make_offer import make_offer
from tests.audit.acts import within
from tests.making import TEACHER, agency_for, dispatch_to_authority, dispatch_to_police, officer_of, submitted
from tests.people.pairs import AXEL, IN_CARDIFF, found, match_of, officer_at, pair
from tests.people.test_sights import named_only
from tests.people.writing import housed
from tests.referrals.opening import supervisor
from tests.triage.assessing import (
    deconflicted,
    is_signed_by_two,
    propose,
    proposed,
    received,
    rewritten,
    signed,
    supervisor_at,
    whole,
    written,
)
from tests.triage.deconflicting import answered, opened
from tests.triage.test_handlers import swept
from triage.actions.begin_assessment import begin_assessment
from triage.actions.deconflict_before_exit import deconflict_before_exit
from triage.actions.propose_outcome import propose_outcome
from triage.actions.return_assessment import return_assessment
from triage.actions.sign_outcome import sign_outcome
from triage.actions.write_assessment import write_assessment
from triage.gate import FRESH
from triage.models import Cause, GatewayAssessment, Outcome, Signposting, TriageOutcome
from triage.states import GatewayState as State

ON_RECORD = pytest.mark.usefixtures("db", "on_record")
WHY = "The service came back to us."


def now():
    return timezone.now()


def state_of(row):
    return GatewayAssessment.objects.get(pk=row.pk).state


def events():
    found = EventRecord.objects.filter(kind__startswith="outcome_").order_by("happened")
    return list(found.values_list("kind", flat=True))


@pytest.mark.parametrize("outcome", sorted(set(TriageOutcome) - {TriageOutcome.DUPLICATE}))
def test_an_outcome_is_written_proposed_and_signed_by_somebody_else(referral, outcome):
    row = proposed(referral, whole(outcome))
    assert state_of(row) == State.PROPOSED
    signed(row)
    row = GatewayAssessment.objects.get(pk=row.pk)
    assert (row.state, row.outcome, row.agency) == (State.SIGNED, outcome, dispatch_to_police(referral).agency)
    assert row.signed_at and row.signed_by not in (row.written_by, row.proposed_by)
    assert events() == [Event.OUTCOME_PROPOSED, Event.OUTCOME_SIGNED]
    assert row.asks_for_early_review is (outcome == TriageOutcome.DISPROVED)
    assert Signposting.objects.exists() is (outcome == TriageOutcome.SIGNPOSTED)


def test_nobody_begins_before_receipt_is_taken_or_where_one_is_under_way_or_stands(referral, officer):
    with pytest.raises(NotNow, match="Take receipt"):
        begin_assessment(referral_id=referral.pk, by=officer, now=now())
    received(referral, by=officer)
    row = begin_assessment(referral_id=referral.pk, by=officer, now=now())
    with pytest.raises(NotNow, match="has begun"):
        begin_assessment(referral_id=referral.pk, by=officer, now=now())
    deconflicted(referral)
    rewritten(row, whole(), by=officer)
    signed(propose(row, by=officer))
    with pytest.raises(NotNow, match="Reopen it first"):
        begin_assessment(referral_id=referral.pk, by=officer, now=now())


def test_only_the_police_that_have_it_assess_it_and_only_their_supervisors_sign(referral, officer, lead, analyst):
    police = dispatch_to_police(referral).agency
    far = supervisor_at(agency_for(RoleName.CTP_SUPERVISOR, other_than=police))
    council = supervisor(dispatch_to_authority(referral).agency.code)
    row = proposed(referral)
    for by in (lead, analyst, far, council, officer):
        with pytest.raises(Forbidden):
            signed(row, by=by)
    for by in (lead, analyst, far, council):
        with pytest.raises(Forbidden):
            begin_assessment(referral_id=referral.pk, by=by, now=now())
        with pytest.raises(Forbidden):
            return_assessment(assessment_id=row.pk, at_round=row.round, reason=WHY, by=by, now=now())
    assert state_of(row) == State.PROPOSED


def test_who_is_kept_from_the_referral_does_nothing_with_its_assessment(referral):
    row = proposed(referral)
    boss = supervisor_at(dispatch_to_police(referral).agency)
    named_only(referral)
    with pytest.raises(Forbidden):
        signed(row, by=boss)


def test_what_a_colleague_has_rewritten_is_not_proposed_unread(referral, officer):
    received(referral, by=officer)
    deconflicted(referral)
    read = written(referral, by=officer)
    rewritten(
        read, whole(TriageOutcome.POLICE_LED), by=officer_of(dispatch_to_police(referral).agency, name="Una Vane")
    )
    with pytest.raises(NotNow, match="Una Vane has written in it meanwhile"):
        propose_outcome(assessment_id=read.pk, read_at=read.written_at, by=officer, now=now())
    assert propose(read, by=officer).outcome == TriageOutcome.POLICE_LED


def test_nothing_is_proposed_before_fimu_has_answered_nor_signed_once_it_is_asked_again(referral):
    officer = received(referral)
    row = written(referral, by=officer)
    with pytest.raises(NotNow, match="FIMU has not answered"):
        propose(row, by=officer)
    deconflicted(referral)
    with pytest.raises(NotNow, match="what FIMU answered last"):
        propose(row, by=officer)
    rewritten(row, whole(), by=officer)
    row = propose(row, by=officer)
    asked = opened(referral, cause=Cause.NEW_INFORMATION)
    with pytest.raises(NotNow, match="FIMU has not answered"):
        signed(row)
    answered(asked)
    with pytest.raises(NotNow, match="what FIMU answered last"):
        signed(row)
    return_assessment(assessment_id=row.pk, at_round=row.round, reason=WHY, by=officer, now=now())
    rewritten(row, whole(), by=officer)
    signed(propose(row, by=officer))
    assert state_of(row) == State.SIGNED


def test_nothing_is_signed_between_what_is_new_and_the_worker_that_asks_fimu_about_it(referral, lead):
    row = proposed(referral)
    housed(referral.person_id, lead)
    with pytest.raises(NotNow, match="Something has come in"):
        signed(row)
    swept()
    with pytest.raises(NotNow, match="FIMU has not answered"):
        signed(row)


def test_another_region_signs_nothing_before_its_own_fimu_is_asked(referral):
    swept()
    answered(referral.deconflictions.get())
    row, wales = proposed(referral), Agency.objects.get(code="ctp-wales")
    there = officer_of(wales, name="Nerys Vane")
    before = dispatch_to_police(referral)
    offer = make_offer(
        dispatch_id=before.pk, to_id=wales.pk, reason="He moved.", by=officer_of(before.agency), now=now()
    )
    accept_offer(offer_id=offer.pk, by=there, now=now())
    with pytest.raises(NotNow, match="Something has come in"):
        signed(row, by=supervisor_at(wales))


@pytest.mark.parametrize("answer", [Outcome.HOLD, Outcome.REFER])
def test_while_contact_is_held_only_a_police_led_partnership_is_proposed(referral, answer):
    officer = received(referral)
    deconflicted(referral, answer)
    row = written(referral, by=officer)
    with pytest.raises(NotNow, match="Contact is held"):
        propose(row, by=officer)
    rewritten(row, whole(TriageOutcome.POLICE_LED), by=officer)
    signed(propose(row, by=officer))
    assert state_of(row) == State.SIGNED


def test_before_an_end_fimu_is_asked_once_more_where_its_answer_is_old(referral):
    officer = received(referral)
    deconflicted(referral, now=now() - FRESH - timedelta(days=1))
    row = written(referral, whole(TriageOutcome.NO_FURTHER_ACTION), by=officer)
    with pytest.raises(NotNow, match="more than 28 days ago"):
        propose(row, by=officer)
    asked = deconflict_before_exit(assessment_id=row.pk, by=officer, now=now())
    assert asked.cause == Cause.BEFORE_EXIT and not is_cleared(referral.person_id)
    answered(asked)
    rewritten(row, whole(TriageOutcome.NO_FURTHER_ACTION), by=officer)
    propose(row, by=officer)


def test_everything_that_is_missing_is_said_at_once(referral):
    officer = received(referral)
    row = begin_assessment(referral_id=referral.pk, by=officer, now=now())
    with pytest.raises(NotNow) as refused:
        propose(row, by=officer)
    for words in ("FIMU has not answered", "what the referral becomes", "rationale", "such grounds"):
        assert words in str(refused.value)


def same_pupil(referral, *, said, by):
    """Another referral of the same pupil was sent, and an officer says of the likely match what it is."""
    match = Match.objects.get(band=MatchBand.LIKELY)
    return decide_match(match_id=match.pk, said=said, seen_as=match.state, reason=WHY, by=by, now=now())


def test_a_likely_match_is_decided_before_anything_is_proposed_or_signed(referral):
    officer = received(referral)
    deconflicted(referral)
    early = proposed(submitted({**TEACHER, "given_names": "Halina", "family_name": "Vane"}))
    submitted({**TEACHER, "concern": "Another day, the same pupil spoke of it again."})
    row = written(referral, by=officer)
    with pytest.raises(NotNow, match="likely to be the same person"):
        propose(row, by=officer)
    same_pupil(referral, said=MatchState.REJECTED, by=officer)
    row = propose(row, by=officer)
    assert row.is_proposed
    submitted({**TEACHER, "concern": "A third time, and louder."})
    find_matches(person_id=referral.person_id, by=officer, now=now())
    with pytest.raises(NotNow, match="likely to be the same person"):
        signed(row)
    assert signed(early).is_signed, "whom nobody resembles is held up by nothing"


@ON_RECORD
def test_a_likely_match_of_anybody_on_the_record_is_decided_before_anything_is_proposed():
    earlier, later = pair()
    third = found({**AXEL, "given_names": "Halina", "family_name": "Vane", "postcode": "S71 1AA"})
    officer = received(later)
    same_pupil(later, said=MatchState.CONFIRMED, by=officer)
    one, other = sorted((earlier.person_id, third.person_id))
    Match.objects.filter(one=one, other=other).exists() or within(
        do=Match(one_id=one, other_id=other, band=MatchBand.LIKELY, found_at=now(), found_by=officer.pk).save,
        by=Agent.OPERATOR,
        now=now(),
    )
    for each in (earlier, later):
        deconflicted(each)
    row = written(later, by=officer)
    with pytest.raises(NotNow, match="likely to be the same person"):
        propose(row, by=officer)


@ON_RECORD
def test_nothing_ends_before_another_area_that_was_asked_has_answered_and_two_sign_what_goes_on():
    earlier, later = pair(earlier={**AXEL, **IN_CARDIFF}, later=AXEL)
    officer, there = received(later), officer_at(earlier)
    deconflicted(later)
    asking = ask_about_match(match_id=match_of(earlier, later).pk, by=officer, now=now())
    row = written(later, whole(TriageOutcome.NO_FURTHER_ACTION), by=officer)
    with pytest.raises(NotNow, match="Nothing ends before it answers"):
        propose(row, by=officer)
    goes_on = propose(rewritten(row, whole(), by=officer), by=officer)
    signed(goes_on)
    assert state_of(row) == State.PROPOSED, "who it may be is not known, and somebody was referred before"
    return_assessment(assessment_id=row.pk, at_round=goes_on.round, reason=WHY, by=officer, now=now())
    answer_match_asking(asking_id=asking.pk, accept=False, reason="Not the same school.", by=there, now=now())
    rewritten(row, whole(TriageOutcome.NO_FURTHER_ACTION), by=officer)
    is_signed_by_two(propose(row, by=officer))


@ON_RECORD
def test_asking_another_area_decides_nothing_once_it_is_withdrawn():
    earlier, later = pair(earlier={**AXEL, **IN_CARDIFF}, later=AXEL)
    officer = received(later)
    deconflicted(later)
    asking = ask_about_match(match_id=match_of(earlier, later).pk, by=officer, now=now())
    row = written(later, by=officer)
    propose(row, by=officer)
    withdraw_match_asking(asking_id=asking.pk, reason="No time.", by=officer, now=now())
    with pytest.raises(NotNow, match="likely to be the same person"):
        signed(row)


def test_what_has_moved_on_since_it_was_read_is_not_signed(referral):
    officer = received(referral)
    row = proposed(referral, by=officer)
    return_assessment(assessment_id=row.pk, at_round=row.round, reason=WHY, by=officer, now=now())
    rewritten(row, whole(TriageOutcome.POLICE_LED), by=officer)
    propose(row, by=officer)
    row.round = 1
    boss = supervisor_at(dispatch_to_police(referral).agency)
    with pytest.raises(NotNow, match="moved on since you read it"):
        sign_outcome(assessment_id=row.pk, at_round=1, reason="I read all of it.", by=boss, now=now())


def test_nobody_overwrites_what_a_colleague_wrote_meanwhile(referral, officer):
    received(referral, by=officer)
    row = begin_assessment(referral_id=referral.pk, by=officer, now=now())
    seen = row.written_at
    rewritten(row, whole(), by=officer_of(dispatch_to_police(referral).agency, name="Anwen Sutcliffe"))
    with pytest.raises(NotNow, match="Anwen Sutcliffe has written in it"):
        write_assessment(assessment_id=row.pk, assessed=whole(), read_at=seen, by=officer, now=now())
