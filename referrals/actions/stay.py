"""The referrer goes on reading: their page stays open."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from audit.action import action
from audit.actors import Actor
from referrals.dialogue import IDLE, LONGEST
from referrals.holding import Holder
from referrals.models import ReferrerVisit

EVERY = timedelta(minutes=1)


def visits_of(holder: Holder, *, now: datetime) -> QuerySet[ReferrerVisit]:
    """The visit that is open in the holder's browser, with its referral, whose answers nobody here reads."""
    living = ReferrerVisit.objects.filter(touched_at__gt=now - IDLE, began_at__gt=now - LONGEST)
    found: QuerySet[ReferrerVisit] = living.filter(browser=holder.browser).exclude(browser="")
    return found.select_related("referral").defer("referral__answers")


def visit_of(holder: Holder, *, by: Actor, now: datetime) -> ReferrerVisit | None:
    """The open visit, which this keeps open; None where nobody has entered here, or has been away too long."""
    visit = visits_of(holder, now=now).first()
    if visit is not None and visit.touched_at <= now - EVERY:
        stay(holder=holder, by=by, now=now)
    return visit


@action
def stay(*, holder: Holder, by: Actor, now: datetime) -> None:
    """Note once a minute that the page is in use."""
    for visit in visits_of(holder, now=now).select_for_update(of=("self",)):
        visit.changed(touched_at=now)
