"""What was searched for is forgotten within the hour."""

from datetime import datetime

from agencies.permissions import Permission, require
from audit.action import action
from audit.actors import Actor
from referrals.models import Search
from referrals.models.search import KEPT

AT_ONCE = 500


@action
def forget_searches(*, by: Actor, now: datetime) -> int:
    """Delete up to `AT_ONCE` searches of more than an hour ago, but those that somebody holds; returns how many.

    Raises Forbidden when `by` may not sweep.
    """
    require(by, Permission.DRAFT_SWEEP)
    old = Search.objects.filter(made_at__lte=now - KEPT).order_by("made_at", "pk")
    searches = list(old.select_for_update(of=("self",), skip_locked=True)[:AT_ONCE])
    for search in searches:
        search.delete()
    return len(searches)
