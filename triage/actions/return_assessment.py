"""A supervisor does not sign, and says what is missing."""

from datetime import datetime
from uuid import UUID

from agencies.models import User
from agencies.permissions import Permission
from agencies.policies import check_has_reason
from audit.action import action
from audit.events import Event, happened
from triage.locking import lock_assessment
from triage.models import GatewayAssessment
from triage.permissions import check_can_assess
from triage.policies import check_is_proposed
from triage.states import GatewayState


@action
def return_assessment(*, assessment_id: UUID, at_round: int, reason: str, by: User, now: datetime) -> GatewayAssessment:
    """Give it back to be written further; what was signed of this round counts no more.

    Whoever wrote it may take it back so, too. Locks the record, the referral and the assessment.

    Raises:
        GatewayAssessment.DoesNotExist: there is none with this id.
        Forbidden: `by` writes or signs no assessments for the police agency that has the referral.
        NotNow: it has moved on, or no reason is given.
    """
    row = lock_assessment(assessment_id)
    check_can_assess(by, Permission.GATEWAY_WRITE, row.referral)
    check_is_proposed(row, at_round)
    check_has_reason(reason)
    row.move(GatewayState.DRAFT, at=now, by=by, returned_at=now, returned_by=by, returned_reason=reason.strip())
    happened(Event.OUTCOME_RETURNED, row, by=by, now=now, referral=row.referral_id)
    return row
