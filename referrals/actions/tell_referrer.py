"""An officer releases words to a professional referrer."""

from datetime import datetime
from uuid import UUID

from agencies.models import User
from agencies.permissions import Permission
from audit.action import action
from audit.events import Event, happened
from people.policies import check_is_cleared
from referrals.locking import lock_dispatch, lock_whole
from referrals.models import Dispatch, Message
from referrals.permissions import check_can
from referrals.policies import check_is_professional, check_not_told_today
from referrals.reached import is_verified
from referrals.released import Released


@action
def tell_referrer(*, dispatch_id: UUID, words: Released, by: User, now: datetime) -> Message:
    """Show one of the templates on the referrer's page, and tell them that something is there.

    Locks record, person, referral and dispatch. Records the event REFERRER_TOLD.

    Raises:
        Dispatch.DoesNotExist: there is none with this id.
        Forbidden: `by` is no officer of an agency that has the referral.
        NotNow: contact is not cleared, the referrer is no professional whose address is verified, or they were told the
            same today.
    """
    lock_whole(Dispatch.objects.values_list("referral_id", flat=True).get(pk=dispatch_id))
    dispatch = lock_dispatch(dispatch_id)
    check_can(by, Permission.REFERRER_ASK, dispatch)
    check_is_professional(dispatch.referral.referrer, verified=is_verified(dispatch.referral))
    check_not_told_today(dispatch.referral, words, now=now)
    check_is_cleared(dispatch.referral.person_id)
    message = Message(
        referral=dispatch.referral, agency=dispatch.agency, words=Released(words), released_at=now, released_by=by
    )
    message.save(force_insert=True)
    happened(Event.REFERRER_TOLD, message, by=by, now=now, referral=dispatch.referral_id)
    return message
