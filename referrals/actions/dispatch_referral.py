"""A stored referral goes to those who must act on it."""

from datetime import datetime

from audit.action import action
from audit.actors import Actor
from audit.events import Event, happened
from referrals.actions.send_dispatch import send_dispatch
from referrals.models import Dispatch, Referral
from referrals.permissions import check_can_submit
from referrals.receivers import receivers
from referrals.routing import Route


@action
def dispatch_referral(*, referral: Referral, decided: Route, by: Actor, now: datetime) -> list[Dispatch]:
    """Send a referral to both receivers and record the event REFERRAL_SUBMITTED.

    Whoever stores a referral calls this in the same transaction, or later for one that was held back.

    Raises:
        Forbidden: `by` may not submit referrals.
        ImproperlyConfigured: there is no national desk to fall back on.
    """
    check_can_submit(by)
    sent = [send_dispatch(referral=referral, agency=agency, by=by, now=now) for agency in receivers(decided)]
    happened(Event.REFERRAL_SUBMITTED, referral, by=by, now=now)
    return sent
