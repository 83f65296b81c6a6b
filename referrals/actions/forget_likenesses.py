"""What referrals looked like is forgotten once nothing is compared with it any more."""

from datetime import datetime, timedelta

from agencies.permissions import Permission, require
from audit.action import action
from audit.actors import Actor
from referrals.models import Likeness

KEPT = timedelta(hours=1)


@action
def forget_likenesses(*, by: Actor, now: datetime) -> int:
    """Delete the rows of more than an hour ago, and return how many. Raises Forbidden when `by` may not sweep."""
    require(by, Permission.DRAFT_SWEEP)
    gone, _by_model = Likeness.objects.filter(seen_at__lte=now - KEPT).delete()
    return gone
