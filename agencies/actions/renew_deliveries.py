"""Events about a referral that nobody was told while it was restricted are tried as if they were new."""

from datetime import datetime
from uuid import UUID

from agencies.models import Delivery
from agencies.permissions import Permission, require
from agencies.webhooks.queueing import SWEEP
from audit.action import action
from audit.actors import Actor
from audit.waking import wake


@action
def renew_deliveries(*, subject: UUID, by: Actor, now: datetime) -> int:
    """Let the time of every event about `subject` that waits begin anew; returns how many. Locks them.

    Raises Forbidden when `by` may not cause calls.
    """
    require(by, Permission.WEBHOOK_SEND)
    waiting = Delivery.objects.filter(subject=subject, done=None, dead=None)
    rows = list(waiting.select_for_update(of=("self",)).order_by("pk"))
    for row in rows:
        row.changed(since=now)
    wake(SWEEP)
    return len(rows)
