"""Two joined referrals count by themselves again."""

from datetime import datetime
from uuid import UUID

from agencies.models import NoticeKind, User
from agencies.policies import check_has_reason
from audit.action import action
from audit.events import Event, happened
from referrals.actions.tell_agencies import tell_agencies
from referrals.locking import lock_referrals
from referrals.models import Dispatch, Join
from referrals.permissions import check_can_undo_join
from referrals.policies import check_is_joined
from referrals.selectors import agencies_having_both


@action
def undo_join(*, join_id: UUID, reason: str, by: User, now: datetime) -> Join:
    """Undo a join, and tell those who have both. Locks both referrals, ids ascending, and the join.

    Raises:
        Join.DoesNotExist: there is none with this id.
        Forbidden: `by` is no officer of agencies that have both.
        NotNow: it was undone already, or there is no reason.
    """
    found = Join.objects.get(pk=join_id)
    locked = lock_referrals([found.earlier_id, found.later_id])
    join: Join = Join.objects.lock(join_id)
    join.earlier, join.later = locked[join.earlier_id], locked[join.later_id]
    theirs = list(Dispatch.objects.filter(referral__in=locked).select_related("agency"))
    check_can_undo_join(by, join, theirs)
    check_is_joined(join)
    check_has_reason(reason)
    join.changed(undone_at=now, undone_by=by, undone_reason=reason)
    tell_agencies(
        kind=NoticeKind.JOIN_UNDONE, about=join.pk, referral=join.later, other=join.earlier,
        agencies=agencies_having_both(join.earlier, join.later), by=by, now=now,
    )  # fmt: skip
    happened(Event.JOIN_UNDONE, join, by=by, now=now, earlier=join.earlier_id, later=join.later_id)
    return join
