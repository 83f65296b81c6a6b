"""Police and council of a referral are of different areas now: the other side is asked whether its half moves too."""

from datetime import datetime

from django.utils import timezone

from agencies.geography import Gazetteer
from agencies.selectors import targets_of
from agencies.working_days import calendar_of
from audit.action import action
from audit.actors import Actor
from audit.events import Event, happened
from referrals.actions.tell_of_task import tell_of_task
from referrals.models import Dispatch, Task, TaskKind
from referrals.other_side import asks_to_follow, other_side


@action
def ask_other_side(*, dispatch: Dispatch, by: Actor, now: datetime) -> Task | None:
    """Give the other side's team a task where its area no longer goes with the one that has accepted; else None.

    A part of `accept_offer`, which holds the referral's lock. Nothing moves by it: the other side offers its half, or
    says in the task why it stays. Raises Forbidden when `by` may cause no mail.
    """
    other = other_side(dispatch)
    places = Gazetteer.at(timezone.localdate(now))
    words = asks_to_follow(dispatch.agency, other.agency, places) if other else ""
    if other is None or not words:
        return None
    due = targets_of(other.agency).finish_by(now, calendar=calendar_of(other.agency.code))
    task = Task(
        referral=dispatch.referral, agency=other.agency, kind=TaskKind.WORK, words=words, due=due, opened_at=now,
        opened_by=by.pk,
    )  # fmt: skip
    task.save(force_insert=True)
    event = happened(Event.TASK_OPENED, task, by=by, now=now, referral=dispatch.referral_id)
    tell_of_task(task=task, occasion=event.pk, by=by, now=now)
    return task
