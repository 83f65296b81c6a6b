"""What is still to be done about a referral goes over with it, to the team of the agency that has it now."""

from datetime import datetime

from audit.action import action
from audit.actors import Actor
from audit.events import Event, happened
from referrals.actions.tell_of_task import tell_of_task
from referrals.models import Referral, TaskKind
from referrals.selectors import agencies_having


@action
def pass_tasks(*, referral: Referral, by: Actor, now: datetime) -> None:
    """Give each open task of an agency that no longer has the referral to the one of the same side that does.

    A part of the actions by which a referral changes hands, which hold its lock. The task is the new team's, nobody's
    by name, with the day it had; they are told.
    """
    having = {agency.pk: agency for agency in agencies_having(referral)}
    left = referral.tasks.filter(done_at=None, kind=TaskKind.WORK).exclude(agency__in=having.values())
    for task in left.select_related("agency").order_by("pk"):
        heir = next((each for each in having.values() if each.is_police == task.agency.is_police), None)
        if heir is None:
            continue
        task.referral = referral
        task.changed(agency=heir, owner=None)
        event = happened(Event.TASK_RELEASED, task, by=by, now=now, referral=referral.pk, agency=heir.pk)
        tell_of_task(task=task, occasion=event.pk, by=by, now=now)
