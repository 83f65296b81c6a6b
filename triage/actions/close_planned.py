"""What was planned in a police-led partnership is done, or dropped."""

from datetime import datetime
from uuid import UUID

from agencies.models import User
from agencies.policies import check_has_reason
from audit.action import action
from audit.events import Event, happened
from triage.locking import lock_planned
from triage.models import PlannedAction
from triage.models.plan import BecameOfIt
from triage.permissions import check_can_close
from triage.policies import check_is_to_do, check_runs


@action
def close_planned(*, planned_id: UUID, became: BecameOfIt, reason: str, by: User, now: datetime) -> PlannedAction:
    """Say what became of it: what came of it, or why nobody does it. Records PARTNERSHIP_ACTION_CLOSED.

    Locks the record, the referral, the partnership and the action.

    Raises:
        PlannedAction.DoesNotExist: there is none with this id.
        Forbidden: `by` neither is to do it nor owns the partnership.
        NotNow: the partnership has ended, somebody has said so already, or nothing is told.
    """
    planned = lock_planned(planned_id)
    check_can_close(by, planned)
    check_runs(planned.partnership)
    check_is_to_do(planned)
    check_has_reason(reason)
    planned.move(became, at=now, by=by, closed_at=now, closed_by=by, reason=reason.strip())
    row = planned.partnership
    happened(Event.PARTNERSHIP_ACTION_CLOSED, row, by=by, now=now, referral=row.referral_id)
    return planned
