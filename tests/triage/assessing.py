"""Gateway assessments for tests: written whole, proposed, signed, each as the pages do it."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils import timezone

from agencies.models import Agency, User
from agencies.roles import RoleName
from audit.agents import Agent
from referrals.actions.acknowledge_dispatch import acknowledge_dispatch
from referrals.actions.report_withdrawal import report_withdrawal
from referrals.models import Referral, ToldBy, WithdrawalKind
from tests.making import dispatch_to_police, make_user, officer_of
from tests.triage.deconflicting import answered, opened
from triage.actions.begin_assessment import begin_assessment
from triage.actions.propose_outcome import propose_outcome
from triage.actions.sign_outcome import sign_outcome
from triage.actions.write_assessment import Assessed, write_assessment
from triage.gateway_form import FORMS, LATEST
from triage.models import Deconfliction, GatewayAssessment, NoConcerns, Outcome, TriageOutcome
from triage.models.outcome import GOES_ON, TAKES_NO_CONCERNS, TAKES_WITHDRAWAL, ClosingReason
from triage.selectors import latest_of


def supervisor_at(agency: Agency, *, name: str = "Rosalind Achebe") -> User:
    """A CTP supervisor."""
    return make_user(agency=agency, role=RoleName.CTP_SUPERVISOR, name=name, by=Agent.OPERATOR, now=timezone.now())


def received(referral: Referral, *, by: User | None = None) -> User:
    """Receipt is taken by an officer of the police, who is returned."""
    dispatch = dispatch_to_police(referral)
    officer = by or officer_of(dispatch.agency, name="Idris Falkingham")
    acknowledge_dispatch(dispatch_id=dispatch.pk, by=officer, now=timezone.now())
    return officer


def whole(outcome: TriageOutcome = TriageOutcome.CHANNEL, **instead: Any) -> Assessed:
    """Everything that the form asks for this outcome."""
    other = TriageOutcome.NO_FURTHER_ACTION if outcome in GOES_ON else TriageOutcome.CHANNEL
    said = Assessed(
        outcome=outcome,
        considered=(other,),
        answers={each.code: f"Words about {each.code}." for each in FORMS[LATEST] if each.is_due(outcome)},
        rationale="What the school saw fits no other explanation.",
        agrees=True,
        no_concerns=NoConcerns.NO if outcome in GOES_ON else NoConcerns.YES,
        reasons=(ClosingReason.EXPLAINED,) if outcome in TAKES_NO_CONCERNS else (),
    )
    return replace(said, **instead)


def deconflicted(referral: Referral, outcome: Outcome = Outcome.CLEAR, **more: Any) -> Deconfliction:
    """FIMU has answered about it."""
    row: Deconfliction = answered(opened(referral), outcome, **more)
    return row


def written(referral: Referral, assessed: Assessed | None = None, *, by: User) -> GatewayAssessment:
    """An assessment that is begun and written."""
    row: GatewayAssessment = begin_assessment(referral_id=referral.pk, by=by, now=timezone.now())
    return rewritten(row, assessed or whole(), by=by)


def rewritten(row: GatewayAssessment, assessed: Assessed, *, by: User) -> GatewayAssessment:
    """The same, written anew with FIMU's latest answer at hand."""
    row = GatewayAssessment.objects.select_related("referral").get(pk=row.pk)
    latest = latest_of(row.referral)
    told = replace(assessed, weighed=latest.pk) if latest and assessed.weighed is None else assessed
    return write_assessment(assessment_id=row.pk, assessed=told, read_at=row.written_at, by=by, now=timezone.now())


def reported(referral: Referral, kind: str, *, by: User) -> None:
    """An officer was told that it was sent in error, or is withdrawn."""
    report_withdrawal(
        dispatch_id=dispatch_to_police(referral).pk, kind=WithdrawalKind(kind), told_how=ToldBy.TELEPHONE,
        reason="The head teacher rang and explained it.", by=by, now=timezone.now(),
    )  # fmt: skip


def propose(row: GatewayAssessment, *, by: User) -> GatewayAssessment:
    """Proposed as it stands, by somebody who has just read it."""
    read_at = GatewayAssessment.objects.get(pk=row.pk).written_at
    return propose_outcome(assessment_id=row.pk, read_at=read_at, by=by, now=timezone.now())


def proposed(referral: Referral, assessed: Assessed | None = None, *, by: User | None = None) -> GatewayAssessment:
    """Received, cleared, written and proposed: by `by`, or by a new officer who takes receipt."""
    officer = by or received(referral)
    if latest_of(referral) is None:
        deconflicted(referral)
    if assessed and assessed.outcome in TAKES_WITHDRAWAL:
        reported(referral, assessed.outcome, by=officer)
    row = written(referral, assessed, by=officer)
    return propose(row, by=officer)


def signed(row: GatewayAssessment, *, by: User | None = None, now: datetime | None = None) -> GatewayAssessment:
    """Signed once, by a supervisor who did not write it."""
    row = GatewayAssessment.objects.select_related("referral").get(pk=row.pk)
    boss = by or supervisor_at(dispatch_to_police(row.referral).agency)
    return sign_outcome(
        assessment_id=row.pk, at_round=row.round, reason="I read all of it, and agree.", by=boss,
        now=now or timezone.now(),
    )  # fmt: skip


def is_signed_by_two(row: GatewayAssessment) -> None:
    """One signature is not enough, a second is."""
    signed(row)
    assert GatewayAssessment.objects.get(pk=row.pk).is_proposed
    signed(row)
    assert GatewayAssessment.objects.get(pk=row.pk).is_signed


def at_each_stage(referrals: list[Referral], *, by: User) -> list[GatewayAssessment]:
    """Of three referrals that `by` took receipt of: one being written, one proposed, one signed."""
    for referral in referrals:
        deconflicted(referral)
    first, second, third = referrals
    waits = proposed(second, by=by)
    stands = signed(proposed(third, whole(TriageOutcome.SIGNPOSTED), by=by))
    return [written(first, by=by), waits, stands]
