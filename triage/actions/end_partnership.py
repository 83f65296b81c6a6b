"""A police-led partnership is over."""

from datetime import datetime
from uuid import UUID

from audit.action import action
from audit.actors import Actor
from audit.events import Event, happened
from triage.locking import lock_partnership
from triage.models import EndedBy, GatewayAssessment, Partnership
from triage.partnerships import offered_of
from triage.states import HandoverState, PartnershipState


@action
def end_partnership(
    *, partnership_id: UUID, how: EndedBy, outcome: GatewayAssessment | None, by: Actor, now: datetime
) -> Partnership:
    """End it, by the `outcome` that was signed or because the referral is about somebody else; no officer can alone.

    A part of `sign_outcome` and `deconflict_detached`, which have asked. Who was asked to own it is asked no more.
    Locks the record, the referral and the partnership. Records PARTNERSHIP_ENDED.

    Raises:
        Partnership.DoesNotExist: there is none with this id.
        NotNow: it has ended.
    """
    row = lock_partnership(partnership_id)
    offered = offered_of(row)
    if offered is not None:
        offered.move(HandoverState.TAKEN_BACK, at=now, by=by, answered_at=now, answered_by=by.pk)
    row.move(
        PartnershipState.ENDED, at=now, by=by, ended_at=now, ended_by=by.pk, ended_how=how, ended_with=outcome,
        review_on=None,
    )  # fmt: skip
    happened(Event.PARTNERSHIP_ENDED, row, by=by, now=now, referral=row.referral_id)
    return row
