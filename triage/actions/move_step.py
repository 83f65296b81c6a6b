"""Headquarters put the steps of a draft in another order."""

from datetime import datetime
from uuid import UUID

from agencies.models import User
from agencies.permissions import Permission, require
from audit.action import action
from triage.locking import lock_step
from triage.models import StandardStep
from triage.policies import check_is_drafted


@action
def move_step(*, step_id: UUID, up: bool, by: User, now: datetime) -> StandardStep:
    """Let a step and the one before or after it, of the same moment, change places; at the end nothing is done.

    Locks the version and the steps.

    Raises:
        Forbidden: `by` writes no standards.
        StandardStep.DoesNotExist: there is none with this id.
        NotNow: its version is published.
    """
    require(by, Permission.STANDARD_WRITE)
    step = lock_step(step_id)
    check_is_drafted(step.standard)
    order = list(step.standard.steps.filter(moment=step.moment).select_for_update(of=("self",)))
    beside = order.index(step) + (-1 if up else 1)
    if 0 <= beside < len(order):
        other, here = order[beside], step.position
        step.changed(position=other.position)
        other.changed(position=here)
    return step
