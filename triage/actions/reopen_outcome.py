"""What a referral became is open again."""

from datetime import datetime
from uuid import UUID

from agencies.models import User
from agencies.permissions import Permission
from agencies.policies import check_has_reason
from audit.action import action
from audit.events import Event, happened
from triage.actions.open_deconfliction import open_deconfliction
from triage.locking import lock_assessment
from triage.models import Cause, GatewayAssessment
from triage.partnerships import running_about
from triage.permissions import check_can_assess
from triage.policies import check_is_signed
from triage.states import GatewayState


@action
def reopen_outcome(*, assessment_id: UUID, reason: str, by: User, now: datetime) -> GatewayAssessment:
    """Reopen it for a reason, and ask FIMU again; the assessment stays as it was signed, and another is begun.

    A police-led partnership runs on until another outcome is signed: FIMU is asked before that.

    Locks the record, the referral and the assessment. Records OUTCOME_REOPENED.

    Raises:
        GatewayAssessment.DoesNotExist: there is none with this id.
        Forbidden: `by` writes no assessments for the police agency that has the referral.
        NotNow: its outcome does not stand, or no reason is given.
    """
    row = lock_assessment(assessment_id)
    check_can_assess(by, Permission.GATEWAY_WRITE, row.referral)
    check_is_signed(row)
    check_has_reason(reason)
    row.move(GatewayState.REOPENED, at=now, by=by, reopened_reason=reason.strip())
    cause = Cause.ASKED_FOR if running_about(row.referral) is None else Cause.BEFORE_EXIT
    open_deconfliction(referral_id=row.referral_id, cause=cause, reason=reason.strip(), by=by, now=now)
    happened(Event.OUTCOME_REOPENED, row, by=by, now=now, referral=row.referral_id)
    return row
