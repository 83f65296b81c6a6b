"""A task is taken back: it need not be done any more."""

from datetime import datetime
from uuid import UUID

from agencies.models import User
from agencies.policies import check_has_reason
from audit.action import action
from audit.events import Event, happened
from referrals.locking import lock_task
from referrals.models import Task
from referrals.permissions import check_can_take_back
from referrals.policies import check_is_work, check_not_done


@action
def take_back_task(*, task_id: UUID, reason: str, by: User, now: datetime) -> Task:
    """End a task undone, with the reason. Locks referral and task.

    Raises:
        Task.DoesNotExist: there is none with this id.
        Forbidden: it is a colleague's, and `by` neither gave it nor supervises the agency.
        NotNow: it is done, belongs to a role, or there is no reason.
    """
    task = lock_task(task_id)
    check_can_take_back(by, task)
    check_is_work(task)
    check_not_done(task)
    check_has_reason(reason)
    task.changed(done_at=now, done_by=by, outcome=reason, taken_back=True)
    happened(Event.TASK_TAKEN_BACK, task, by=by, now=now, referral=task.referral_id)
    return task
