"""An agency takes its offer of a referral back."""

from datetime import datetime
from uuid import UUID

from agencies.models import NoticeKind, User
from agencies.permissions import Permission
from agencies.policies import check_has_reason
from audit.action import action
from audit.events import Event, happened
from referrals.actions.tell_agencies import tell_agencies
from referrals.locking import lock_offer
from referrals.models import Offer
from referrals.permissions import check_can
from referrals.policies import check_is_open
from referrals.states import OfferState


@action
def take_back_offer(*, offer_id: UUID, reason: str, by: User, now: datetime) -> Offer:
    """Take an offer of one's own agency back; the other loses sight of the referral and is told so.

    Locks referral, dispatch and offer.

    Raises:
        Offer.DoesNotExist: there is none with this id.
        Forbidden: `by` is no officer of the agency that offers.
        NotNow: it was closed already, or there is no reason.
    """
    offer = lock_offer(offer_id)
    check_can(by, Permission.OFFER_MAKE, offer.dispatch)
    check_is_open(offer)
    check_has_reason(reason)
    offer.move(OfferState.TAKEN_BACK, at=now, by=by, closed_at=now, closed_by=by, closing_reason=reason)
    tell_agencies(
        kind=NoticeKind.OFFER_TAKEN_BACK, about=offer.pk, referral=offer.dispatch.referral,
        agencies=[offer.agency], by=by, now=now,
    )  # fmt: skip
    happened(Event.OFFER_TAKEN_BACK, offer, by=by, now=now, referral=offer.dispatch.referral_id, agency=offer.agency_id)
    return offer
