"""An officer of the national desk decides about a whole group at once."""

from datetime import datetime
from uuid import UUID

from agencies.models import User
from audit.action import action
from audit.waking import wake
from referrals.models import Flood, FloodOutcome
from referrals.permissions import check_can_decide_quarantine
from referrals.policies import check_awaits_decision, check_says_why


@action
def decide_flood(*, flood_id: UUID, outcome: FloodOutcome, reason: str, by: User, now: datetime) -> Flood:
    """Decide about all that are held now; the sweep carries it out, one referral in each transaction.

    What comes later is held anew after a rejection, and sent on after a release.

    Raises:
        Flood.DoesNotExist: there is none with this id.
        Forbidden: `by` is no officer of a national desk.
        NotNow: nothing is held any more, the last decision is still being carried out, or a rejection has no reason.
    """
    flood: Flood = Flood.objects.lock(flood_id)
    check_can_decide_quarantine(by)
    check_awaits_decision(flood)
    check_says_why(outcome, reason)
    flood.changed(outcome=outcome, reason=reason, decided_at=now, decided_by=by, carrying_out=True)
    wake("referrals.tasks.sweep_quarantine")
    return flood
