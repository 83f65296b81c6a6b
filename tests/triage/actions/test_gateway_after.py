"""What comes after a gateway assessment was signed, what ends it, and what the database holds of it."""

from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from audit.agents import Agent
from audit.context import recording
from audit.refusals import Forbidden, NotNow
from people.clearance import is_cleared
from people.models import Match
from people.states import MatchState
from referrals.actions.decide_withdrawal import decide_withdrawal
from referrals.actions.detach_referral import detach_referral
from referrals.actions.exclude_colleague import exclude_colleague
from referrals.actions.join_referrals import join_referrals
from referrals.actions.report_withdrawal import report_withdrawal
from referrals.actions.resume_referral import resume_referral
from referrals.models import JoinKind, Task, ToldBy, WithdrawalKind
from referrals.states import WithdrawalState
from tests.at_once import at_once
from tests.audit.acts import within
from tests.making import TEACHER, dispatch_to_authority, dispatch_to_police, officer_of, submitted
from tests.referrals.at_the_desk import ABOUT_POLICE
from tests.triage.assessing import (
    deconflicted,
    propose,
    proposed,
    received,
    rewritten,
    signed,
    supervisor_at,
    whole,
    written,
)
from tests.triage.deconflicting import answered
from tests.triage.test_handlers import swept
from triage.actions.begin_assessment import begin_assessment
from triage.actions.deconflict_detached import deconflict_detached
from triage.actions.record_service_answer import record_service_answer
from triage.actions.reopen_outcome import reopen_outcome
from triage.actions.return_assessment import return_assessment
from triage.models import GatewayAssessment, GatewaySignature, Signposting, TriageOutcome
from triage.models.signposting import ServiceSaid
from triage.states import GatewayState as State
from triage.states import SignpostingState

WHY = "The service came back to us."


def now():
    return timezone.now()


def state_of(row):
    return GatewayAssessment.objects.get(pk=row.pk).state


def test_an_outcome_is_reopened_with_a_reason_and_fimu_is_asked_again(referral):
    officer = received(referral)
    row = signed(proposed(referral, by=officer))
    with pytest.raises(NotNow, match="reason"):
        reopen_outcome(assessment_id=row.pk, reason=" ", by=officer, now=now())
    reopen_outcome(assessment_id=row.pk, reason="The school rang again.", by=officer, now=now())
    row = GatewayAssessment.objects.get(pk=row.pk)
    assert (row.state, row.reopened_by, row.reopened_reason) == (State.REOPENED, officer, "The school rang again.")
    assert not is_cleared(referral.person_id)
    with pytest.raises(NotNow, match="stands can be reopened"):
        reopen_outcome(assessment_id=row.pk, reason="Once more.", by=officer, now=now())
    assert begin_assessment(referral_id=referral.pk, by=officer, now=now()).is_draft


def test_a_duplicate_is_of_a_referral_that_officers_joined_with_it(referral):
    other = submitted({**TEACHER, "concern": "Told by a second teacher of the school."})
    officer = received(referral)
    deconflicted(referral)
    row = written(referral, whole(TriageOutcome.DUPLICATE, duplicate_of=other), by=officer)
    for match in Match.objects.all():
        within(do=partial(match.changed, state=MatchState.LEFT_OPEN), by=officer, now=now())
    with pytest.raises(NotNow, match="Give the reference of the other referral"):
        propose(row, by=officer)
    dispatch = dispatch_to_police(referral)
    join_referrals(
        dispatch_id=dispatch.pk, other_id=dispatch_to_police(other).pk, kind=JoinKind.DUPLICATE, reason=WHY, by=officer,
        now=now(),
    )  # fmt: skip
    swept()
    for each in (referral, other):
        answered(each.deconflictions.get(state="open"))
    rewritten(row, whole(TriageOutcome.DUPLICATE, duplicate_of=other), by=officer)
    assert propose(row, by=officer).is_proposed
    received(other, by=officer)
    deconflicted(other)
    round_about = written(other, whole(TriageOutcome.DUPLICATE, duplicate_of=referral), by=officer)
    with pytest.raises(NotNow, match="not be a duplicate itself"):
        propose(round_about, by=officer)


def test_nothing_is_a_duplicate_of_what_nobody_works_any_more(referral):
    other = submitted({**TEACHER, "concern": "Told by a second teacher of the school."})
    officer = received(referral)
    received(other, by=officer)
    ends = whole(TriageOutcome.NO_FURTHER_ACTION)
    ended = written(other, ends, by=officer)
    for match in Match.objects.all():
        within(do=partial(match.changed, state=MatchState.LEFT_OPEN), by=officer, now=now())
    join_referrals(
        dispatch_id=dispatch_to_police(referral).pk, other_id=dispatch_to_police(other).pk, kind=JoinKind.DUPLICATE,
        reason=WHY, by=officer, now=now(),
    )  # fmt: skip
    swept()
    for each in (referral, other):
        answered(each.deconflictions.get(state="open"))
    signed(signed(propose(rewritten(ended, ends, by=officer), by=officer)))
    row = written(referral, whole(TriageOutcome.DUPLICATE, duplicate_of=other), by=officer)
    with pytest.raises(NotNow, match="must be worked still"):
        propose(row, by=officer)


def test_what_was_signed_as_withdrawn_is_decided_and_to_go_on_is_read_by_somebody(referral):
    officer = received(referral)
    row = signed(proposed(referral, whole(TriageOutcome.WITHDRAWN), by=officer))
    found, dispatch = referral.withdrawals.get(), dispatch_to_police(referral)
    assert (found.state, found.decided_by) == (WithdrawalState.STOPPED, row.signed_by)
    swept()
    assert not Task.objects.exists(), "what the signature itself has decided is no news"
    resume_referral(withdrawal_id=found.pk, dispatch_id=dispatch.pk, reason="He rang again.", by=officer, now=now())
    swept()
    assert "Something new has come in since the outcome was signed" in Task.objects.get().words


def test_what_has_an_outcome_is_not_stopped_until_that_is_reopened(referral):
    officer = received(referral)
    row = signed(proposed(referral, by=officer))
    found, dispatch = withdrawn(referral), dispatch_to_police(referral)
    decide = partial(decide_withdrawal, withdrawal_id=found.pk, dispatch_id=dispatch.pk, reason=WHY, by=officer)
    with pytest.raises(NotNow, match="outcome of this referral is signed"):
        decide(go_on=False, now=now())
    reopen_outcome(assessment_id=row.pk, reason=WHY, by=officer, now=now())
    assert decide(go_on=False, now=now()).is_stopped


def test_with_what_has_an_outcome_the_police_may_go_on(referral):
    officer = received(referral)
    signed(proposed(referral, by=officer))
    found, dispatch = withdrawn(referral), dispatch_to_police(referral)
    going = decide_withdrawal(
        withdrawal_id=found.pk, dispatch_id=dispatch.pk, go_on=True, reason=WHY, by=officer, now=now()
    )
    assert going.state == WithdrawalState.CONTINUED


def withdrawn(referral):
    """The council was told by telephone."""
    dispatch = dispatch_to_authority(referral)
    return report_withdrawal(
        dispatch_id=dispatch.pk, kind=WithdrawalKind.WITHDRAWN, told_how=ToldBy.TELEPHONE, reason="Rang us.",
        by=officer_of(dispatch.agency), now=now(),
    )  # fmt: skip


def test_before_the_worker_has_ended_what_is_about_the_wrong_person_nobody_begins_anew(referral):
    officer = received(referral)
    proposed(referral, by=officer)
    detach_referral(
        dispatch_id=dispatch_to_police(referral).pk, wrong_id=referral.person_id, right={"given_names": "Halina"},
        reason=WHY, by=officer, now=now(),
    )  # fmt: skip
    with pytest.raises(NotNow, match="Try again in a minute"):
        begin_assessment(referral_id=referral.pk, by=officer, now=now())
    swept()
    assert begin_assessment(referral_id=referral.pk, by=officer, now=now()).is_draft


def test_what_was_assessed_of_the_wrong_person_stays_with_them_and_decides_nothing(referral):
    officer = received(referral)
    row = proposed(referral, by=officer)
    wrong = referral.person_id
    detach_referral(
        dispatch_id=dispatch_to_police(referral).pk, wrong_id=wrong,
        right={"given_names": "Halina", "adult_or_child": "child"}, reason="Two pupils of one name.", by=officer,
        now=now(),
    )  # fmt: skip
    with pytest.raises(NotNow, match="somebody else"):
        signed(row)
    deconflict_detached(referral_id=referral.pk, wrong_id=wrong, by=Agent.SWEEPER, now=now())
    row = GatewayAssessment.objects.get(pk=row.pk)
    assert (row.state, row.person_id) == (State.OVERTAKEN, wrong)
    assert begin_assessment(referral_id=referral.pk, by=officer, now=now()).is_draft


def test_nothing_is_written_in_what_was_proposed_or_is_about_somebody_else(referral):
    officer = received(referral)
    row = proposed(referral, by=officer)
    with pytest.raises(NotNow, match="not being written any more"):
        rewritten(row, whole(), by=officer)
    return_assessment(assessment_id=row.pk, at_round=1, reason=WHY, by=officer, now=now())
    detach_referral(
        dispatch_id=dispatch_to_police(referral).pk, wrong_id=referral.person_id,
        right={"given_names": "Halina", "adult_or_child": "child"}, reason="Two pupils of one name.", by=officer,
        now=now(),
    )  # fmt: skip
    with pytest.raises(NotNow, match="somebody else since"):
        rewritten(row, whole(), by=officer)


def test_a_service_that_declines_comes_up_again_until_it_accepts_or_the_referral_is_reopened(referral):
    officer = received(referral)
    row = signed(proposed(referral, whole(TriageOutcome.SIGNPOSTED), by=officer))
    made = Signposting.objects.get()
    for said, state in (("declined", SignpostingState.DECLINED), ("accepted", SignpostingState.ACCEPTED)):
        record_service_answer(
            signposting_id=made.pk, said=ServiceSaid(said), reason="Ms Vane, by telephone.", by=officer, now=now()
        )
        assert Signposting.objects.get().state == state
    reopen_outcome(assessment_id=row.pk, reason="They never came.", by=officer, now=now())
    with pytest.raises(NotNow):
        record_service_answer(
            signposting_id=made.pk, said=ServiceSaid.DECLINED, reason="Ms Vane.", by=officer, now=now()
        )


def test_an_officer_who_was_excluded_by_name_signs_nothing_at_a_restricted_desk(db, on_record):
    referral = submitted(ABOUT_POLICE)
    desk = dispatch_to_police(referral).agency
    writes, kept, signs = (officer_of(desk, name=name) for name in ("Ivo Lund", "Hope Ansell", "Wyn Adair"))
    row = proposed(referral, by=received(referral, by=writes))
    exclude_colleague(referral_id=referral.pk, user_id=kept.pk, why="His brother.", by=writes, now=now())
    with pytest.raises(Forbidden):
        signed(row, by=kept)
    assert signed(row, by=signs).is_signed


def test_of_many_supervisors_at_once_one_makes_the_outcome_stand(own_database):
    with recording(by=Agent.OPERATOR):
        referral = submitted()
        agency = dispatch_to_police(referral).agency
        row = proposed(referral)
        bosses = [supervisor_at(agency) for _ in range(4)]

    def run(boss):
        with recording(by=boss):
            return signed(row, by=boss)

    given = at_once(*(partial(run, boss) for boss in bosses))
    assert sum(isinstance(each, GatewayAssessment) for each in given) == 1
    assert sum(isinstance(each, NotNow) for each in given) == 3
    assert GatewaySignature.objects.count() == 1


def test_the_database_holds_no_outcome_without_rationale_and_signature(referral):
    row = proposed(referral)
    boss = supervisor_at(dispatch_to_police(referral).agency)
    changes: tuple[dict[str, Any], ...] = (
        {"rationale": None},
        {"outcome": ""},
        {"agrees": None},
        {"no_concerns": ""},
        {"considered": []},
        {"state": State.SIGNED},
        {"proposed_by": None},
    )
    for change in changes:
        found = GatewayAssessment.objects.get(pk=row.pk)
        with pytest.raises(IntegrityError), transaction.atomic():
            within(do=partial(found.changed, **change), by=boss, now=now())
