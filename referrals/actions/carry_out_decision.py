"""What was decided about a group happens to one referral of it."""

from datetime import datetime
from typing import cast
from uuid import UUID

from agencies.models import User
from audit.action import action
from audit.actors import Actor
from referrals.actions.reject_referral import reject_referral
from referrals.actions.release_referral import release_referral
from referrals.models import Flood, FloodOutcome, Quarantined
from referrals.permissions import check_can_decide_quarantine
from referrals.states import QuarantineState


@action
def carry_out_decision(*, quarantined_id: UUID, by: Actor, now: datetime) -> bool:
    """Release or reject one held referral in the name of the officer who decided about its group.

    Does nothing when another worker has it, or somebody was quicker. Returns whether it was done.
    Raises Forbidden when `by` may not decide about the quarantine.
    """
    check_can_decide_quarantine(by)
    rows = Quarantined.objects.select_related("flood__decided_by").select_for_update(of=("self",), skip_locked=True)
    row: Quarantined | None = rows.filter(
        pk=quarantined_id, state=QuarantineState.HELD, flood__carrying_out=True
    ).first()
    if row is None:
        return False
    flood: Flood = row.flood
    officer = cast(User, flood.decided_by)  # the database holds the two together
    carry_out = release_referral if flood.outcome == FloodOutcome.RELEASED else reject_referral
    carry_out(referral_id=row.referral_id, decided_by=officer, reason=flood.reason, by=by, now=now)
    return True
