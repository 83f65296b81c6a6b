"""A task goes from one colleague to another, or to the whole team; or somebody takes what is nobody's."""

from datetime import datetime
from uuid import UUID

from agencies.models import User
from audit.action import action
from audit.events import Event, happened
from referrals.actions.tell_of_task import tell_of_task
from referrals.locking import lock_task
from referrals.models import Task
from referrals.permissions import check_can_hand
from referrals.policies import check_changes_hands, check_is_work, check_not_done


@action
def hand_task(*, task_id: UUID, to_id: UUID | None, by: User, now: datetime) -> Task:
    """Make a colleague the owner, or without `to_id` the whole team, and tell them. Locks referral and task.

    Raises:
        Task.DoesNotExist, User.DoesNotExist: there is none with this id.
        Forbidden: it is a colleague's and `by` neither gave it nor covers or supervises, or `to_id` finishes no tasks.
        NotNow: it is done, belongs to a role, or is with them already.
    """
    task = lock_task(task_id)
    to: User | None = User.objects.get(pk=to_id) if to_id else None
    check_can_hand(by, task, to)
    check_is_work(task)
    check_not_done(task)
    check_changes_hands(task, to)
    people = {"to": to, "was": task.owner}
    task.changed(owner=to)
    ids = {role: user.pk for role, user in people.items() if user}
    event = happened(Event.TASK_HANDED, task, by=by, now=now, referral=task.referral_id, **ids)
    tell_of_task(task=task, occasion=event.pk, by=by, now=now)
    return task
