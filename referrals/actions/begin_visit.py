"""The referrer has shown who they are: their page opens in this browser."""

from datetime import datetime

from audit.action import action
from audit.actors import Actor
from audit.events import Event, happened
from referrals.holding import Holder
from referrals.models import Referral, ReferrerVisit


@action
def begin_visit(*, referral: Referral, holder: Holder, by: Actor, now: datetime) -> ReferrerVisit:
    """Open the page in the holder's browser, in which no other then is open. Records the event REFERRER_RETURNED."""
    for before in ReferrerVisit.objects.filter(browser=holder.browser).select_for_update():
        before.delete()
    visit = ReferrerVisit(referral=referral, browser=holder.browser, began_at=now, touched_at=now)
    visit.save(force_insert=True)
    happened(Event.REFERRER_RETURNED, referral, by=by, now=now)
    return visit
