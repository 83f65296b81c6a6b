"""The police begin to assess what a referral becomes."""

from datetime import datetime
from uuid import UUID

from agencies.models import User
from agencies.permissions import Permission
from audit.action import action
from referrals.locking import lock_whole
from referrals.policies import check_is_received
from triage.models import GatewayAssessment
from triage.permissions import check_can_assess
from triage.policies import check_has_none, check_none_is_of_another
from triage.selectors import latest_assessment


@action
def begin_assessment(*, referral_id: UUID, by: User, now: datetime) -> GatewayAssessment:
    """Open the gateway assessment of a referral, on the form in force. Locks the record and the referral.

    Raises:
        Referral.DoesNotExist: there is none with this id.
        Forbidden: `by` writes no assessments for the police agency that has the referral.
        NotNow: the police have not taken receipt, or one is under way or stands, also about the wrong person still.
    """
    referral = lock_whole(referral_id)
    dispatch = check_can_assess(by, Permission.GATEWAY_WRITE, referral)
    check_is_received(dispatch)
    check_none_is_of_another(referral)
    check_has_none(latest_assessment(referral))
    assessment = GatewayAssessment(
        referral=referral, person_id=referral.person_id, answers={}, authors=[by.pk], opened_at=now, opened_by=by,
        written_at=now, written_by=by,
    )  # fmt: skip
    assessment.save(force_insert=True)
    return assessment
