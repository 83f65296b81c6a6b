"""An agency declines a referral that it was offered."""

from datetime import datetime
from uuid import UUID

from agencies.models import NoticeKind, User
from agencies.policies import check_has_reason
from audit.action import action
from audit.events import Event, happened
from referrals.actions.tell_agencies import tell_agencies
from referrals.locking import lock_offer
from referrals.models import Offer
from referrals.permissions import check_can_answer_offer
from referrals.policies import check_is_open
from referrals.states import OfferState


@action
def decline_offer(*, offer_id: UUID, reason: str, by: User, now: datetime) -> Offer:
    """Decline for one's agency: the one that offered stays responsible and is told, with where to read why.

    Locks referral, dispatch and offer.

    Raises:
        Offer.DoesNotExist: there is none with this id.
        Forbidden: `by` is no officer of the agency to which it is offered.
        NotNow: it was closed already, or there is no reason.
    """
    offer = lock_offer(offer_id)
    check_can_answer_offer(by, offer)
    check_is_open(offer)
    check_has_reason(reason)
    offer.move(OfferState.DECLINED, at=now, by=by, closed_at=now, closed_by=by, closing_reason=reason)
    tell_agencies(
        kind=NoticeKind.OFFER_DECLINED, about=offer.pk, referral=offer.dispatch.referral,
        agencies=[offer.dispatch.agency], by=by, now=now,
    )  # fmt: skip
    happened(Event.OFFER_DECLINED, offer, by=by, now=now, referral=offer.dispatch.referral_id, agency=offer.agency_id)
    return offer
