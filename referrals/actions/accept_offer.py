"""Another agency takes a referral over; from then on it is absent to the one that offered it."""

from datetime import datetime
from uuid import UUID

from agencies.models import Agency, NoticeKind, User
from audit.action import action
from audit.events import Event, happened
from people.actions.hand_over_requests import hand_over_requests
from people.locking import lock_persons
from referrals.actions.acknowledge_dispatch import acknowledge_dispatch
from referrals.actions.ask_other_side import ask_other_side
from referrals.actions.pass_tasks import pass_tasks
from referrals.actions.send_dispatch import send_dispatch
from referrals.actions.tell_agencies import tell_agencies
from referrals.locking import lock_offer
from referrals.models import Dispatch, Offer
from referrals.permissions import check_can_answer_offer
from referrals.policies import check_is_open
from referrals.selectors import agencies_having
from referrals.states import DispatchState, OfferState


@action
def accept_offer(*, offer_id: UUID, by: User, now: datetime) -> Dispatch:
    """Accept for one's agency, which takes receipt at the same time; returns its dispatch.

    Locks person, referral, dispatch and offer. The agency that offered loses the referral and is told so, by reference
    only; the other side of the referral is told who has it now. What it had asked other agencies about the person goes
    over too, and what was still to be done. Where its area and that of the other side do not go together any more, the
    other side is asked whether its half moves too.

    Raises:
        Offer.DoesNotExist: there is none with this id.
        Forbidden: `by` is no officer of the agency to which it is offered.
        NotNow: it was accepted, declined or taken back already.
    """
    lock_persons(Offer.objects.filter(pk=offer_id).values_list("dispatch__referral__person", flat=True))
    offer = lock_offer(offer_id)
    before = offer.dispatch
    check_can_answer_offer(by, offer)
    check_is_open(offer)
    before.move(DispatchState.TRANSFERRED, at=now, by=by, alert_due=None, remind_due=None)
    after = send_dispatch(referral=before.referral, agency=offer.agency, accepted=True, by=by, now=now)
    offer.move(OfferState.ACCEPTED, at=now, by=by, closed_at=now, closed_by=by, became=after)
    happened(
        Event.OFFER_ACCEPTED, offer, by=by, now=now,
        referral=before.referral_id, agency=offer.agency_id, dispatch=after.pk,
    )  # fmt: skip
    pass_tasks(referral=before.referral, by=by, now=now)
    ask_other_side(dispatch=after, by=by, now=now)
    after = acknowledge_dispatch(dispatch_id=after.pk, by=by, now=now)
    person_id = before.referral.person_id
    hand_over_requests(person_id=person_id, before=before.agency, after=offer.agency, by=by, now=now)
    _tell(offer, before, by=by, now=now)
    return after


def _tell(offer: Offer, before: Dispatch, *, by: User, now: datetime) -> None:
    others: list[Agency] = [each for each in agencies_having(before.referral) if each.pk != offer.agency_id]
    for kind, agencies in ((NoticeKind.OFFER_ACCEPTED, [before.agency]), (NoticeKind.RECEIVER_CHANGED, others)):
        tell_agencies(kind=kind, about=offer.pk, referral=before.referral, agencies=agencies, by=by, now=now)
