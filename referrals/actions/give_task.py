"""An officer asks a colleague, or the whole team, to do something about a referral of their agency."""

from datetime import date, datetime
from uuid import UUID

from agencies.models import User
from agencies.permissions import Permission
from agencies.policies import check_has_reason
from agencies.selectors import targets_of
from agencies.working_days import calendar_of, end_of
from audit.action import action
from audit.events import Event, happened
from referrals.actions.tell_of_task import tell_of_task
from referrals.locking import lock_dispatch
from referrals.models import Task, TaskKind
from referrals.permissions import check_can, check_can_hand
from referrals.policies import check_due_ahead


@action
def give_task(
    *, dispatch_id: UUID, owner_id: UUID | None, words: str, due_on: date | None, by: User, now: datetime
) -> Task:
    """Give a task to a colleague, or without `owner_id` to the whole team of the dispatch's agency, and tell them.

    It is due at the end of the day that was chosen, else by the agency's local target as it is now. Locks referral and
    dispatch.

    Raises:
        Dispatch.DoesNotExist, User.DoesNotExist: there is none with this id.
        Forbidden: `by` is no officer of the agency that has the referral, or the colleague finishes no tasks there.
        NotNow: nothing was said, or the day is past.
    """
    dispatch = lock_dispatch(dispatch_id)
    check_can(by, Permission.TASK_OPEN, dispatch)
    check_has_reason(words)
    calendar = calendar_of(dispatch.agency.code)
    due = end_of(due_on) if due_on else targets_of(dispatch.agency).finish_by(now, calendar=calendar)
    check_due_ahead(due, now)
    owner: User | None = User.objects.get(pk=owner_id) if owner_id else None
    task = Task(
        referral=dispatch.referral, agency=dispatch.agency, owner=owner, kind=TaskKind.WORK, words=words,
        due=due, due_chosen=due_on is not None, opened_at=now, opened_by=by.pk,
    )  # fmt: skip
    check_can_hand(by, task, owner)
    task.save(force_insert=True)
    to = {"to": owner.pk} if owner else {}
    event = happened(Event.TASK_OPENED, task, by=by, now=now, referral=task.referral_id, **to)
    tell_of_task(task=task, occasion=event.pk, by=by, now=now)
    return task
