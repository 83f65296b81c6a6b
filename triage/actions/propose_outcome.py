"""An officer proposes what a referral becomes, and a supervisor is to sign."""

from datetime import datetime
from uuid import UUID

from agencies.models import User
from agencies.permissions import Permission
from audit.action import action
from audit.agents import Agent
from audit.events import Event, happened
from people.actions.find_matches import find_matches
from triage.assessing import facts_of
from triage.gate import refusals
from triage.locking import lock_assessment
from triage.models import GatewayAssessment
from triage.permissions import check_can_assess
from triage.policies import check_gate_is_open, check_is_as_read, check_is_written
from triage.states import GatewayState


@action
def propose_outcome(*, assessment_id: UUID, read_at: datetime, by: User, now: datetime) -> GatewayAssessment:
    """Propose the outcome of what was read: `read_at` is the `written_at` of what the officer was shown.

    Looks once more who may be the same person: a second referral may have come in a moment ago. Locks the record,
    the referral and the assessment. Records OUTCOME_PROPOSED.

    Raises:
        GatewayAssessment.DoesNotExist: there is none with this id.
        Forbidden: `by` writes no assessments for the police agency that has the referral.
        NotNow: it is not being written, somebody else wrote in it meanwhile, or something stands in the way
            (`triage.gate`): all of it is said.
    """
    row = lock_assessment(assessment_id)
    dispatch = check_can_assess(by, Permission.GATEWAY_WRITE, row.referral)
    check_is_written(row)
    check_is_as_read(row, read_at)
    find_matches(person_id=row.person_id, by=Agent.SWEEPER, now=now)
    check_gate_is_open(refusals(facts_of(row, dispatch, by=by, now=now)))
    row.move(GatewayState.PROPOSED, at=now, by=by, round=row.round + 1, authors=row.authors_with(by))
    happened(Event.OUTCOME_PROPOSED, row, by=by, now=now, referral=row.referral_id)
    return row
