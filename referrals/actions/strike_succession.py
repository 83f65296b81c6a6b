"""A succession was recorded in error: it is struck, and stays to be seen so."""

from datetime import datetime
from uuid import UUID

from agencies.models import User
from agencies.policies import check_has_reason
from audit.action import action
from audit.events import Event, happened
from referrals.actions.close_page import close_page
from referrals.locking import lock_succession
from referrals.models import Succession
from referrals.permissions import check_can_settle_succession
from referrals.policies import check_succession_stands
from referrals.succeeding import standing


@action
def strike_succession(*, succession_id: UUID, reason: str, by: User, now: datetime) -> Succession:
    """Let whoever answered before answer again, with the code that they had. Locks referral and succession.

    Nobody is told: they come with reference and code, or ask for a link. Records SUCCESSION_STRUCK.

    Raises:
        Succession.DoesNotExist: there is none with this id.
        Forbidden: `by` is no officer of an agency that has the referral.
        NotNow: it is not the one that stands, or there is no reason.
    """
    row = lock_succession(succession_id)
    check_can_settle_succession(by, row)
    check_succession_stands(row, standing(row.referral_id))
    check_has_reason(reason)
    row.changed(struck_at=now, struck_by=by, struck_reason=reason)
    close_page(referral=row.referral, by=by, now=now)
    happened(Event.SUCCESSION_STRUCK, row, by=by, now=now, referral=row.referral_id)
    return row
