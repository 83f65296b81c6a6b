"""A referral came to the wrong area: its agency offers it to another."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from agencies.models import Agency, NoticeKind, User
from agencies.permissions import Permission
from agencies.policies import check_has_reason
from agencies.selectors import targets_of
from agencies.working_days import calendar_of
from audit.action import action
from audit.events import Event, happened
from referrals.actions.tell_agencies import tell_agencies
from referrals.locking import lock_dispatch
from referrals.models import Offer, OfferCause
from referrals.permissions import check_can
from referrals.policies import check_may_be_offered


@action
def make_offer(
    *,
    dispatch_id: UUID,
    to_id: UUID,
    reason: str,
    cause: OfferCause = OfferCause.ELSEWHERE,
    by: User,
    now: datetime,
) -> Offer:
    """Offer a dispatch to another agency of the same side, which sees a preview from now on.

    Locks referral and dispatch. The agency that offers stays responsible: receipt and alerts go on until the other
    accepts. The preview says `cause`; the words of `reason` are read once it has accepted. National desks allocate
    flagged referrals to an area in the same way.

    Raises:
        Dispatch.DoesNotExist, Agency.DoesNotExist: there is none with this id.
        Forbidden: `by` is no officer of the agency that has it.
        NotNow: it is on offer already, or that agency cannot take it.
    """
    dispatch = lock_dispatch(dispatch_id)
    check_can(by, Permission.OFFER_MAKE, dispatch)
    to: Agency = Agency.objects.get(pk=to_id)
    check_has_reason(reason)
    check_may_be_offered(dispatch, to, timezone.localdate(now))
    due = targets_of(to).acknowledge_by(now, immediate=dispatch.immediate, calendar=calendar_of(to.code))
    offer = Offer(
        dispatch=dispatch, agency=to, cause=cause, reason=reason, answer_due=due, offered_at=now, offered_by=by
    )
    offer.save(force_insert=True)
    tell_agencies(
        kind=NoticeKind.OFFER_MADE, about=offer.pk, referral=dispatch.referral, agencies=[to],
        urgent=dispatch.immediate, by=by, now=now,
    )  # fmt: skip
    happened(Event.OFFER_MADE, offer, by=by, now=now, referral=dispatch.referral_id, agency=to.pk)
    return offer
