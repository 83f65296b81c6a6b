"""What somebody had to do who works it no more is the whole team's again."""

from datetime import datetime

from django.db.models import QuerySet

from audit.action import action
from audit.actors import Actor
from audit.events import Event, happened
from referrals.models import Task


@action
def release_tasks(*, tasks: QuerySet[Task], by: Actor, now: datetime) -> list[Task]:
    """Take the open ones among these tasks off whoever has them; returns those that somebody had.

    Locks them, ids ascending. A part of the actions by which somebody stops working them: they have checked who may.
    """
    owned = tasks.filter(done_at=None).exclude(owner=None).select_related("referral")
    released = list(owned.select_for_update(of=("self",)).order_by("pk"))
    for task in released:
        was = task.owner_id
        task.changed(owner=None)
        happened(Event.TASK_RELEASED, task, by=by, now=now, referral=task.referral_id, **({"was": was} if was else {}))
    return released
