"""What was to be done about a referral is done."""

from datetime import datetime
from uuid import UUID

from agencies.models import User
from agencies.policies import check_has_reason
from audit.action import action
from audit.events import Event, happened
from referrals.locking import lock_task
from referrals.models import Task
from referrals.permissions import check_can_finish
from referrals.policies import check_not_done


@action
def finish_task(*, task_id: UUID, outcome: str, by: User, now: datetime) -> Task:
    """Say what came of a task. Locks referral and task: the words are sealed for whoever the referral belongs to.

    Raises:
        Task.DoesNotExist: there is none with this id.
        Forbidden: `by` finishes no tasks of its agency, must not know of it, or it is a colleague's.
        NotNow: it is done already, or nothing was said.
    """
    task = lock_task(task_id)
    check_can_finish(by, task)
    check_not_done(task)
    check_has_reason(outcome)
    task.changed(done_at=now, done_by=by, outcome=outcome)
    happened(Event.TASK_FINISHED, task, by=by, now=now, referral=task.referral_id)
    return task
