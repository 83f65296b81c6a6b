"""An officer or an analyst asks FIMU about a referral's person, and says why."""

from datetime import datetime
from uuid import UUID

from agencies.models import User
from agencies.policies import check_has_reason
from audit.action import action
from people.permissions import check_can_end_clearance
from referrals.locking import lock_whole
from triage.actions.open_deconfliction import open_deconfliction
from triage.models import Cause, Deconfliction


@action
def ask_for_deconfliction(*, referral_id: UUID, reason: str, by: User, now: datetime) -> Deconfliction:
    """Open a deconfliction because of what `reason` says, which FIMU reads. What was cleared is suspended until then.

    Locks the record, the referral and its deconflictions. Records DECONFLICTION_OPENED.

    Raises:
        Referral.DoesNotExist: there is none with this id.
        Forbidden: `by` neither works the person nor answers about them.
        NotNow: there is no reason.
    """
    referral = lock_whole(referral_id)
    check_can_end_clearance(by, referral.person_id)
    check_has_reason(reason)
    opened: Deconfliction = open_deconfliction(
        referral_id=referral_id, cause=Cause.ASKED_FOR, reason=reason.strip(), by=by, now=now
    )
    return opened
