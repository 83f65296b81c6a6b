"""The referrer says that something about the handling worries them."""

from datetime import datetime
from uuid import uuid5

from agencies.permissions import Permission, require
from agencies.selectors import targets_of
from agencies.working_days import calendar_of
from audit.action import action
from audit.actors import Actor
from audit.events import Event, happened
from referrals.actions.stay import visits_of
from referrals.actions.tell_of_worry import tell_of_worry
from referrals.holding import Holder
from referrals.locking import lock_referral
from referrals.models import Dispatch, ReferrerVisit, Worry
from referrals.models.dispatch import STANDING
from referrals.policies import check_has_words


@action
def raise_worry(*, text: str, form_id: str, holder: Holder, by: Actor, now: datetime) -> list[Worry]:
    """Put it before those who supervise each agency that has the referral. Locks the referral.

    `form_id` is the page's own: sent twice, it is raised once. Records the event WORRY_RAISED.

    Raises:
        ReferrerVisit.DoesNotExist: nothing is open there.
        Forbidden: `by` is no referrer.
        NotNow: nothing was said.
    """
    require(by, Permission.REFERRER_RETURN)
    visit: ReferrerVisit = visits_of(holder, now=now).get()
    check_has_words(text)
    referral = lock_referral(visit.referral_id)
    having = Dispatch.objects.filter(STANDING, referral=referral).select_related("agency").order_by("pk")
    rows = []
    for dispatch in having:
        agency, pk = dispatch.agency, uuid5(referral.pk, f"{form_id}:{dispatch.agency_id}")
        if referral.worries.filter(pk=pk).exists():
            continue
        due = targets_of(agency).finish_by(now, calendar=calendar_of(agency.code))
        row = Worry(id=pk, referral=referral, agency=agency, words=text, due=due, raised_at=now, raised_by=by.pk)
        row.save(force_insert=True)
        dispatch.referral = referral
        tell_of_worry(worry=row, dispatch=dispatch, by=by, now=now)
        rows.append(row)
    if rows:
        happened(Event.WORRY_RAISED, referral, by=by, now=now)
    return rows
