"""The service to which a person was signposted accepts or declines."""

from datetime import datetime
from uuid import UUID

from agencies.models import User
from agencies.permissions import Permission
from agencies.policies import check_has_reason
from audit.action import action
from audit.events import Event, happened
from triage.locking import lock_signposting
from triage.models import Signposting
from triage.models.signposting import ServiceSaid
from triage.permissions import check_can_assess
from triage.policies import check_is_signed


@action
def record_service_answer(
    *, signposting_id: UUID, said: ServiceSaid, reason: str, by: User, now: datetime
) -> Signposting:
    """Put on record what the service said, and who said it. One that declines has to be decided again: it comes up.

    Locks the record, the referral, the assessment and the signposting. Records SERVICE_ANSWERED.

    Raises:
        Signposting.DoesNotExist: there is none with this id.
        Forbidden: `by` writes no assessments for the police agency that has the referral.
        NotNow: the outcome was reopened, the service has said so already, or nothing is told.
    """
    row = lock_signposting(signposting_id)
    check_can_assess(by, Permission.GATEWAY_WRITE, row.assessment.referral)
    check_is_signed(row.assessment)
    check_has_reason(reason)
    row.move(said, at=now, by=by, answered_at=now, answered_by=by, reason=reason.strip())
    happened(Event.SERVICE_ANSWERED, row, by=by, now=now, referral=row.assessment.referral_id)
    return row
