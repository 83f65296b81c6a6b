"""The referral turned out to be about somebody else: what was assessed is not about its person."""

from datetime import datetime
from uuid import UUID

from audit.action import action
from audit.actors import Actor
from triage.models import GatewayAssessment
from triage.states import GatewayState


@action
def overtake_assessments(*, referral_id: UUID, wrong_id: UUID, by: Actor, now: datetime) -> None:
    """End what was written, proposed or signed about the wrong person, with whom it stays.

    A part of `deconflict_detached`, which holds the locks and has asked.
    """
    standing = (GatewayState.DRAFT, GatewayState.PROPOSED, GatewayState.SIGNED)
    found = GatewayAssessment.objects.filter(referral=referral_id, person=wrong_id, state__in=standing)
    for row in found.order_by("pk").select_for_update(of=("self",)):
        row.move(GatewayState.OVERTAKEN, at=now, by=by, overtaken_at=now, overtaken_by=by.pk)
