"""A stored referral goes to those who must act on it."""

from datetime import datetime

from django.core.exceptions import ImproperlyConfigured

from agencies.models import Agency
from audit.action import action
from audit.actors import Actor
from audit.events import Event, happened
from referrals.actions.send_dispatch import send_dispatch
from referrals.models import Dispatch, Referral
from referrals.permissions import check_can_submit
from referrals.routing import NATIONAL_AUTHORITY_DESK, NATIONAL_POLICE_DESK, Route


@action
def dispatch_referral(*, referral: Referral, decided: Route, by: Actor, now: datetime) -> list[Dispatch]:
    """Send a referral to both receivers and record the event REFERRAL_SUBMITTED.

    Whoever stores a referral calls this in the same transaction, or later for one that was held back.

    Raises:
        Forbidden: `by` may not submit referrals.
        ImproperlyConfigured: there is no national desk to fall back on.
    """
    check_can_submit(by)
    sent = [send_dispatch(referral=referral, agency=agency, by=by, now=now) for agency in _receivers(decided)]
    happened(Event.REFERRAL_SUBMITTED, referral, by=by, now=now)
    return sent


def _receivers(decided: Route) -> list[Agency]:
    """The police agency and the authority, ids ascending; the national desk for one that is not set up yet.

    Raises ImproperlyConfigured when a national desk is missing: nothing is stored that would not be delivered.
    """
    pairs = {decided.police: NATIONAL_POLICE_DESK, decided.authority: NATIONAL_AUTHORITY_DESK}
    known = {agency.code: agency for agency in Agency.objects.filter(code__in={*pairs, *pairs.values()})}
    receivers = [known.get(code) or known.get(desk) for code, desk in pairs.items()]
    if None in receivers:
        raise ImproperlyConfigured("Run `manage.py load_places`: the national desks are missing.")
    return sorted((agency for agency in receivers if agency), key=lambda agency: agency.pk)
