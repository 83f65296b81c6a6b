"""The day is over through which an answer held: FIMU is asked again."""

from datetime import datetime
from uuid import UUID

from agencies.working_days import london_date
from audit.action import action
from audit.actors import Actor
from people.permissions import check_can_end_clearance
from triage.actions.open_deconfliction import open_deconfliction
from triage.locking import lock_deconfliction
from triage.models import Cause


@action
def review_deconfliction(*, deconfliction_id: UUID, by: Actor, now: datetime) -> bool:
    """Open another deconfliction where the review date of this one has passed; whether it had.

    Locks the record, the referral and its deconflictions. Nothing is done where it was asked again meanwhile.

    Raises:
        Deconfliction.DoesNotExist: there is none with this id.
        Forbidden: `by` asks for no deconfliction of its person.
    """
    row = lock_deconfliction(deconfliction_id)
    check_can_end_clearance(by, row.person_id)
    if row.review_due is None or row.review_due >= london_date(now):
        return False
    open_deconfliction(referral_id=row.referral_id, cause=Cause.REVIEW_DATE, by=by, now=now)
    return True
