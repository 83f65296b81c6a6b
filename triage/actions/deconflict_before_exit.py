"""FIMU is asked once more before a referral ends."""

from datetime import datetime
from uuid import UUID

from agencies.models import User
from agencies.permissions import Permission
from audit.action import action
from triage.actions.open_deconfliction import open_deconfliction
from triage.locking import lock_assessment
from triage.models import Cause, Deconfliction
from triage.permissions import check_can_assess
from triage.policies import check_is_written


@action
def deconflict_before_exit(*, assessment_id: UUID, by: User, now: datetime) -> Deconfliction:
    """Ask again about the referral of an assessment that is being written. Locks record, referral and assessment.

    Raises:
        GatewayAssessment.DoesNotExist: there is none with this id.
        Forbidden: `by` writes no assessments for the police agency that has the referral.
        NotNow: it is not being written.
    """
    row = lock_assessment(assessment_id)
    check_can_assess(by, Permission.GATEWAY_WRITE, row.referral)
    check_is_written(row)
    opened: Deconfliction = open_deconfliction(referral_id=row.referral_id, cause=Cause.BEFORE_EXIT, by=by, now=now)
    return opened
