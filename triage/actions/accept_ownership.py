"""An officer accepts that a police-led partnership is theirs."""

from datetime import datetime
from uuid import UUID

from agencies.models import User
from agencies.permissions import Permission
from audit.action import action
from audit.events import Event, happened
from triage.locking import lock_partnership
from triage.models import Partnership
from triage.partnerships import offered_of
from triage.permissions import check_can_assess
from triage.policies import check_is_asked, check_runs, check_signs_not
from triage.states import HandoverState, PartnershipState, PlannedState


@action
def accept_ownership(*, partnership_id: UUID, by: User, now: datetime) -> Partnership:
    """Accept it: from now on it is theirs, with what nobody has to do any more. Records PARTNERSHIP_ACCEPTED.

    Locks the record, the referral and the partnership.

    Raises:
        Partnership.DoesNotExist: there is none with this id.
        Forbidden: `by` works no partnerships of the police agency that has the referral.
        NotNow: it has ended, `by` is not asked any more, or has signed the outcome that is proposed.
    """
    row = lock_partnership(partnership_id)
    check_can_assess(by, Permission.PARTNERSHIP_WORK, row.referral)
    check_runs(row)
    handover = check_is_asked(offered_of(row), by)
    check_signs_not(by, row.referral)
    handover.move(HandoverState.ACCEPTED, at=now, by=by, answered_at=now, answered_by=by.pk)
    if row.is_waiting:
        row.move(PartnershipState.OPEN, at=now, by=by, owner=by)
    else:
        row.changed(owner=by)
    for planned in row.planned.filter(state=PlannedState.OPEN, owner=None).order_by("pk"):
        planned.changed(owner=by)
    happened(Event.PARTNERSHIP_ACCEPTED, row, by=by, now=now, referral=row.referral_id)
    return row
