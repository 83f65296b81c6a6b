"""Events that wait are not told any more: the agencies that would hear of them have lost the referral."""

from datetime import datetime
from uuid import UUID

from agencies.models import Delivery
from agencies.permissions import Permission, require
from audit.action import action
from audit.actors import Actor


@action
def withdraw_deliveries(*, subject: UUID, by: Actor, now: datetime) -> int:
    """Delete every event about `subject` that no receiver took; returns how many. Locks them.

    Raises Forbidden when `by` may not cause calls.
    """
    require(by, Permission.WEBHOOK_SEND)
    rows = list(Delivery.objects.filter(subject=subject, done=None).select_for_update(of=("self",)).order_by("pk"))
    for row in rows:
        row.delete()
    return len(rows)
