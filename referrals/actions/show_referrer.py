"""Somebody has who made a referral shown to them, although the referrer asked not to be named."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from agencies.models import User
from agencies.policies import check_has_reason
from audit.action import action
from audit.events import Event, happened
from referrals.locking import lock_dispatch
from referrals.models import ReferrerShown
from referrals.permissions import check_can_show_referrer
from referrals.policies import check_is_masked


@action
def show_referrer(*, dispatch_id: UUID, reason: str, by: User, now: datetime) -> ReferrerShown:
    """Show `by` until the end of the day who made the referral of a dispatch. Asked twice on a day, the first counts.

    Locks referral and dispatch. Whoever has the referral sees on its timeline that it was shown, and to whom.

    Raises:
        Dispatch.DoesNotExist: there is none with this id.
        Forbidden: `by` may not have it shown for the dispatch's agency.
        NotNow: the referrer did not mind, or there is no reason.
    """
    dispatch = lock_dispatch(dispatch_id)
    check_can_show_referrer(by, dispatch)
    check_is_masked(dispatch.referral)
    check_has_reason(reason)
    day = timezone.localdate(now)
    before: ReferrerShown | None = ReferrerShown.objects.filter(dispatch=dispatch, shown_by=by, day=day).first()
    if before is not None:
        return before
    row = ReferrerShown(dispatch=dispatch, reason=reason, day=day, shown_at=now, shown_by=by)
    row.save(force_insert=True)
    happened(Event.REFERRER_SHOWN, dispatch, by=by, now=now, referral=dispatch.referral_id, reason=row.pk)
    return row
