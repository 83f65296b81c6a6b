"""A colleague of the agency is made responsible for a referral."""

from datetime import datetime
from uuid import UUID

from agencies.models import User
from audit.action import action
from audit.events import Event, happened
from referrals.locking import lock_dispatch
from referrals.models import Dispatch
from referrals.permissions import check_can_assign


@action
def assign_dispatch(*, dispatch_id: UUID, to_id: UUID, by: User, now: datetime) -> Dispatch:
    """Assign a dispatch to a colleague (or oneself). Locks referral and dispatch: nobody is excluded meanwhile.

    Raises:
        Dispatch.DoesNotExist, User.DoesNotExist: there is none with this id.
        Forbidden: `by` may not assign in this agency, or the colleague does not work there.
    """
    dispatch = lock_dispatch(dispatch_id)
    to: User = User.objects.get(pk=to_id)
    check_can_assign(by, dispatch, to)
    dispatch.changed(assigned_to=to, assigned_at=now, assigned_by=by)
    happened(Event.DISPATCH_ASSIGNED, dispatch, by=by, now=now, referral=dispatch.referral_id, to=to.pk)
    return dispatch
