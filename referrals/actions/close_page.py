"""Every way to a referrer's page that was open is closed: somebody else answers, or another code does."""

from datetime import datetime

from audit.action import action
from audit.actors import Actor
from referrals.models import Referral, ReferrerLink, ReferrerVisit


@action
def close_page(*, referral: Referral, by: Actor, now: datetime) -> None:
    """End the links of a locked referral that wait, and the visits: their browsers are asked who they are, as ever.

    A part of the actions that say who may open it: they have checked who may.
    """
    for link in ReferrerLink.objects.filter(referral=referral, used_at=None, expires_at__gt=now).select_for_update():
        link.changed(expires_at=now)
    for visit in ReferrerVisit.objects.filter(referral=referral).select_for_update():
        visit.delete()
