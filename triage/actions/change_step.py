"""Headquarters change a step of a draft."""

from datetime import datetime
from uuid import UUID

from agencies.models import User
from agencies.permissions import Permission, require
from audit.action import action
from triage.locking import lock_step
from triage.models import Moment, StandardStep
from triage.policies import check_is_drafted


@action
def change_step(
    *, step_id: UUID, moment: Moment, words: str, guidance: str, required: bool, by: User, now: datetime
) -> StandardStep:
    """Say otherwise what a step asks; its code stays. Locks the version and the step.

    Raises:
        Forbidden: `by` writes no standards.
        StandardStep.DoesNotExist: there is none with this id.
        NotNow: its version is published.
    """
    require(by, Permission.STANDARD_WRITE)
    step = lock_step(step_id)
    check_is_drafted(step.standard)
    return step.changed(moment=moment, words=words, guidance=guidance, required=required)
