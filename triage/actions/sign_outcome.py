"""A supervisor signs what a referral becomes: nobody their own."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from agencies.models import User
from agencies.permissions import Permission
from agencies.policies import check_has_reason
from agencies.selectors import targets_of
from agencies.working_days import calendar_of
from audit.action import action
from audit.agents import Agent
from audit.events import Event, happened
from people.actions.find_matches import find_matches
from referrals.actions.decide_withdrawal import decide_withdrawal
from referrals.models import Dispatch
from referrals.states import WithdrawalState
from triage.actions.end_partnership import end_partnership
from triage.actions.open_partnership import open_partnership
from triage.assessing import facts_of, signatures_for
from triage.gate import refusals
from triage.locking import lock_assessment
from triage.models import EndedBy, GatewayAssessment, GatewaySignature, Signposting, Source, TriageOutcome
from triage.models.outcome import TAKES_WITHDRAWAL
from triage.partnerships import running_about
from triage.permissions import check_can_assess, check_signs_for_others
from triage.policies import check_gate_is_open, check_is_proposed
from triage.states import GatewayState


@action
def sign_outcome(*, assessment_id: UUID, at_round: int, reason: str, by: User, now: datetime) -> GatewayAssessment:
    """Sign it as it was proposed in this round. With the last signature that is needed the outcome stands.

    Then a police-led partnership opens, runs on, or ends, and what was reported as withdrawn is decided.

    Everything is asked again that was asked when it was proposed: what has come in since stands in the way, and so does
    whoever is found to be likely the same person. Locks the record, the referral and the assessment. Records
    OUTCOME_SIGNED once it stands.

    Raises:
        GatewayAssessment.DoesNotExist: there is none with this id.
        Forbidden: `by` is no supervisor of the police agency that has the referral, or wrote in it, or has signed it.
        NotNow: it has moved on, no reason is given, or something stands in the way (`triage.gate`).
    """
    row = lock_assessment(assessment_id)
    dispatch = check_can_assess(by, Permission.GATEWAY_SIGN, row.referral)
    check_signs_for_others(by, row)
    check_is_proposed(row, at_round)
    check_has_reason(reason)
    find_matches(person_id=row.person_id, by=Agent.SWEEPER, now=now)
    check_gate_is_open(refusals(facts_of(row, dispatch, by=by, now=now)))
    signature = GatewaySignature(assessment=row, round=row.round, signed_at=now, signed_by=by, reason=reason.strip())
    signature.save(force_insert=True)
    if row.signatures.filter(round=row.round).count() >= signatures_for(row, by=by):
        _decide(row, dispatch, by=by, now=now)
    return row


def _decide(row: GatewayAssessment, dispatch: Dispatch, *, by: User, now: datetime) -> None:
    if row.outcome in TAKES_WITHDRAWAL:
        _stop(row, dispatch, by=by, now=now)
    row.move(GatewayState.SIGNED, at=now, by=by, agency=dispatch.agency)
    if row.outcome == TriageOutcome.SIGNPOSTED:
        agency = dispatch.agency
        due = targets_of(agency).answer_request_by(now, calendar=calendar_of(agency.code))
        Signposting(assessment=row, due=due).save(force_insert=True)
    happened(Event.OUTCOME_SIGNED, row, by=by, now=now, referral=row.referral_id)
    running, police_led = running_about(row.referral), row.outcome == TriageOutcome.POLICE_LED
    if police_led and running is None:
        open_partnership(referral_id=row.referral_id, source=Source.GATEWAY, by=by, now=now)
    elif running is not None and not police_led:
        end_partnership(partnership_id=running.pk, how=EndedBy.OUTCOME, outcome=row, by=by, now=now)


def _stop(row: GatewayAssessment, dispatch: Dispatch, *, by: User, now: datetime) -> None:
    """The police have decided: nobody waits for that any more, and to go on takes a reason."""
    for withdrawal in row.referral.withdrawals.filter(state=WithdrawalState.REPORTED):
        decide_withdrawal(
            withdrawal_id=withdrawal.pk, dispatch_id=dispatch.pk, go_on=False,
            reason=_("The outcome was signed: {outcome}.").format(outcome=row.get_outcome_display()),
            by=by, now=now,
        )  # fmt: skip
