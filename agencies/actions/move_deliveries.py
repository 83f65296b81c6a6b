"""Events about a referral concern whom the referral describes, also after that was put right."""

from datetime import datetime
from uuid import UUID

from agencies.models import Delivery
from agencies.permissions import Permission, require
from audit.action import action
from audit.actors import Actor


@action
def move_deliveries(*, subject: UUID, person: UUID, by: Actor, now: datetime) -> int:
    """Let every event about `subject` concern `person`, so that the one it did not describe can be disposed of.

    Locks them; returns how many moved. Raises Forbidden when `by` may not cause calls.
    """
    require(by, Permission.WEBHOOK_SEND)
    wrong = Delivery.objects.filter(subject=subject).exclude(person=person).exclude(person=None)
    rows = list(wrong.select_for_update(of=("self",)).order_by("pk"))
    for row in rows:
        row.changed(person=person)
    return len(rows)
