"""Whoever works a referral is asked to read what its referrer has added, or what else has come in."""

from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agencies.permissions import Permission, require
from agencies.selectors import targets_of
from agencies.working_days import calendar_of
from audit.action import action
from audit.actors import Actor
from audit.events import Event, happened
from referrals.actions.tell_of_task import tell_of_task
from referrals.locking import lock_dispatch
from referrals.models import Task, TaskKind

ADDED = _("The referrer has added to what they told us. Read it, and say what you made of it.")


@action
def ask_to_read(*, dispatch_id: UUID, words: str | Promise = ADDED, by: Actor, now: datetime) -> Task | None:
    """Give a task to whom the referral is assigned, else to the whole team; None where one waits for them already.

    Locks referral and dispatch. Raises Forbidden when `by` may not ask: handlers do.
    """
    require(by, Permission.REFERRER_LINK)
    dispatch = lock_dispatch(dispatch_id)
    asked = dispatch.referral.tasks.filter(agency=dispatch.agency, opened_by=by.pk, done_at=None, kind=TaskKind.WORK)
    if asked.exists():
        return None
    due = targets_of(dispatch.agency).finish_by(now, calendar=calendar_of(dispatch.agency.code))
    task = Task(
        referral=dispatch.referral, agency=dispatch.agency, owner=dispatch.assigned_to, kind=TaskKind.WORK,
        words=str(words), due=due, opened_at=now, opened_by=by.pk,
    )  # fmt: skip
    task.save(force_insert=True)
    to = {"to": dispatch.assigned_to.pk} if dispatch.assigned_to else {}
    event = happened(Event.TASK_OPENED, task, by=by, now=now, referral=task.referral_id, **to)
    tell_of_task(task=task, occasion=event.pk, by=by, now=now)
    return task
