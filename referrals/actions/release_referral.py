"""A held referral goes to its receivers after all."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from agencies.geography import Gazetteer
from agencies.models import User
from audit.action import action
from audit.actors import Actor
from audit.events import Event, happened
from referrals.actions.dispatch_referral import dispatch_referral
from referrals.models import Quarantined
from referrals.permissions import check_can_decide_quarantine
from referrals.routing import route
from referrals.states import QuarantineState


@action
def release_referral(*, referral_id: UUID, decided_by: User, reason: str = "", by: Actor, now: datetime) -> Quarantined:
    """Dispatch a referral that was held, or rejected by mistake: what is due is counted from now.

    `decided_by` is the officer; `by` is the same, or the sweeper that carries out what was decided about a whole group.
    It is routed as on the day it was submitted. Records REFERRAL_RELEASED, and REFERRAL_SUBMITTED with the dispatches.

    Raises:
        Quarantined.DoesNotExist: it was never held.
        Forbidden: `by` is no officer of a national desk.
        NotNow: it has been released.
    """
    row: Quarantined = (
        Quarantined.objects.select_related("referral").select_for_update(of=("self",)).get(referral=referral_id)
    )
    check_can_decide_quarantine(by)
    row.move(QuarantineState.RELEASED, at=now, by=decided_by, reason=reason)
    referral = row.referral
    decided = route(referral.answers, Gazetteer.at(timezone.localdate(referral.submitted_at)))
    happened(Event.REFERRAL_RELEASED, referral, by=decided_by, now=now)
    dispatch_referral(referral=referral, decided=decided, by=by, now=now)
    return row
