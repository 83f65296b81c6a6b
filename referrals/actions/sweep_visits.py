"""Visits that are over go."""

from datetime import datetime

from django.db.models import Q

from agencies.permissions import Permission, require
from audit.action import action
from audit.actors import Actor
from referrals.dialogue import IDLE, LONGEST
from referrals.models import ReferrerVisit

AT_ONCE = 500


@action
def sweep_visits(*, by: Actor, now: datetime) -> int:
    """Delete up to `AT_ONCE` visits that were left, or lasted too long; returns how many.

    Raises Forbidden when `by` may not sweep.
    """
    require(by, Permission.DRAFT_SWEEP)
    over = ReferrerVisit.objects.filter(Q(touched_at__lte=now - IDLE) | Q(began_at__lte=now - LONGEST))
    visits = list(over.order_by("touched_at", "pk").select_for_update(of=("self",), skip_locked=True)[:AT_ONCE])
    for visit in visits:
        visit.delete()
    return len(visits)
