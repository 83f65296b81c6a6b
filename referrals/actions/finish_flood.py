"""What was decided about a group has been carried out."""

from datetime import datetime
from uuid import UUID

from audit.action import action
from audit.actors import Actor
from referrals.models import Flood
from referrals.permissions import check_can_decide_quarantine
from referrals.quarantine import undecided_of


@action
def finish_flood(*, flood_id: UUID, by: Actor, now: datetime) -> bool:
    """Note that nothing the decision was about is held any more. Returns whether that is so.

    Raises Forbidden when `by` may not decide about the quarantine.
    """
    flood: Flood = Flood.objects.lock(flood_id)
    check_can_decide_quarantine(by)
    if not flood.carrying_out or undecided_of(flood).exists():
        return False
    flood.changed(carrying_out=False)
    return True
