"""A record is kept to named people no more."""

from datetime import datetime
from uuid import UUID

from agencies.models import Restriction, User
from agencies.policies import check_has_reason
from audit.action import action
from audit.events import Event, happened
from referrals.actions.end_accesses import end_accesses
from referrals.locking import lock_dispatch
from referrals.models import AccessKind
from referrals.permissions import check_can_restrict
from referrals.policies import check_is_restricted


@action
def lift_restriction(*, dispatch_id: UUID, reason: str, by: User, now: datetime) -> Restriction:
    """Let everybody of the agencies that have the referral know of it again. Locks referral, dispatch and restriction.

    Raises:
        Dispatch.DoesNotExist: there is none with this id.
        Forbidden: `by` does not supervise the dispatch's agency, or is not named.
        NotNow: it is not restricted to named people, or there is no reason.
    """
    dispatch = lock_dispatch(dispatch_id)
    check_can_restrict(by, dispatch)
    check_is_restricted(dispatch.referral)
    check_has_reason(reason)
    standing = Restriction.objects.select_for_update(of=("self",)).filter(closed=True, released_at=None)
    restriction: Restriction = standing.get(about=dispatch.referral_id)
    restriction.changed(released_at=now, released_by=by, release_reason=reason)
    end_accesses(referral=dispatch.referral, kinds=(AccessKind.NAMED,), by=by, now=now)
    happened(Event.RESTRICTION_LIFTED, dispatch.referral, by=by, now=now)
    return restriction
