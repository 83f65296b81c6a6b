"""A supervisor gives a referral to another colleague, with the reason."""

from datetime import datetime
from uuid import UUID

from agencies.models import User
from agencies.policies import check_has_reason
from audit.action import action
from audit.events import Event, happened
from referrals.locking import lock_dispatch
from referrals.models import Dispatch, Reassignment
from referrals.permissions import check_can_reassign
from referrals.policies import check_still_assigned_to


@action
def reassign_dispatch(
    *, dispatch_id: UUID, from_id: UUID | None, to_id: UUID, reason: str, by: User, now: datetime
) -> Dispatch:
    """Move a dispatch from one colleague (None: from nobody) to another of the same agency. Locks referral
    and dispatch.

    Raises:
        Dispatch.DoesNotExist, User.DoesNotExist: there is none with this id.
        Forbidden: `by` does not supervise the agency, or the colleague does not work there.
        NotNow: somebody else has it meanwhile, or there is no reason.
    """
    dispatch = lock_dispatch(dispatch_id)
    to: User = User.objects.get(pk=to_id)
    check_can_reassign(by, dispatch, to)
    check_still_assigned_to(dispatch, from_id)
    check_has_reason(reason)
    dispatch.changed(assigned_to=to, assigned_at=now, assigned_by=by)
    row = Reassignment(
        dispatch=dispatch, from_user_id=from_id, to_user=to, reason=reason, reassigned_at=now, reassigned_by=by
    )
    row.save(force_insert=True)
    ids = {"to": to.pk} if from_id is None else {"to": to.pk, "was": from_id}
    happened(Event.DISPATCH_REASSIGNED, dispatch, by=by, now=now, referral=dispatch.referral_id, reason=row.pk, **ids)
    return dispatch
