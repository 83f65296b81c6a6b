"""A held referral is not sent on. It stays stored, under its reference."""

from datetime import datetime
from uuid import UUID

from agencies.models import User
from audit.action import action
from audit.actors import Actor
from audit.events import Event, happened
from referrals.models import FloodOutcome, Quarantined
from referrals.permissions import check_can_decide_quarantine
from referrals.policies import check_says_why
from referrals.states import QuarantineState


@action
def reject_referral(*, referral_id: UUID, decided_by: User, reason: str, by: Actor, now: datetime) -> Quarantined:
    """Take a referral out of the queue without sending it. Nothing is deleted; it can still be released.

    `decided_by` is the officer; `by` is the same, or the sweeper that carries out what was decided about a whole group.

    Raises:
        Quarantined.DoesNotExist: it was never held.
        Forbidden: `by` is no officer of a national desk.
        NotNow: it has been released or rejected, or no reason is given.
    """
    row: Quarantined = (
        Quarantined.objects.select_related("referral").select_for_update(of=("self",)).get(referral=referral_id)
    )
    check_can_decide_quarantine(by)
    check_says_why(FloodOutcome.REJECTED, reason)
    row.move(QuarantineState.REJECTED, at=now, by=decided_by, reason=reason)
    happened(Event.REFERRAL_REJECTED, row.referral, by=decided_by, now=now)
    return row
