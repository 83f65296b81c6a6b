"""Headquarters take a step out of a draft: from that version on it is asked no more."""

from datetime import datetime
from uuid import UUID

from agencies.models import User
from agencies.permissions import Permission, require
from audit.action import action
from triage.locking import lock_step
from triage.policies import check_is_drafted


@action
def retire_step(*, step_id: UUID, by: User, now: datetime) -> None:
    """Take a step out; in the versions before it stays. Locks the version and the step.

    Raises:
        Forbidden: `by` writes no standards.
        StandardStep.DoesNotExist: there is none with this id.
        NotNow: its version is published.
    """
    require(by, Permission.STANDARD_WRITE)
    step = lock_step(step_id)
    check_is_drafted(step.standard)
    step.delete()
