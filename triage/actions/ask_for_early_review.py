"""A referral was malicious or disproved: the police team is asked to review early how long its record is kept."""

from datetime import datetime
from uuid import UUID, uuid5

from django.utils.translation import gettext_lazy as _

from agencies.permissions import Permission, require
from agencies.selectors import targets_of
from agencies.working_days import calendar_of
from audit.action import action
from audit.actors import Actor
from audit.events import Event, happened
from referrals.actions.tell_of_task import tell_of_task
from referrals.models import Dispatch, Task, TaskKind
from triage.locking import lock_assessment
from triage.models import GatewayAssessment
from triage.selectors import police_dispatch_of

WORDS = _(
    "The outcome that was signed is “malicious or disproved”. Have it reviewed early how long this record is kept, and"
    " say here what was decided."
)


@action
def ask_for_early_review(*, assessment_id: UUID, by: Actor, now: datetime) -> Task | None:
    """Give it to the team of the police agency that has the referral, in the name of whoever signed; once for each.

    None where the outcome asks for none, or stands no more. Locks the record, the referral and the assessment.

    Raises:
        GatewayAssessment.DoesNotExist: there is none with this id.
        Forbidden: `by` may not ask: handlers do.
    """
    require(by, Permission.REFERRER_LINK)
    row = lock_assessment(assessment_id)
    dispatch = police_dispatch_of(row.referral)
    if dispatch is None or not row.is_signed or not row.asks_for_early_review:
        return None
    pk = uuid5(row.pk, "early review")
    before: Task | None = Task.objects.filter(pk=pk).first()
    return before or _give(pk, row, dispatch, by=by, now=now)


def _give(pk: UUID, row: GatewayAssessment, dispatch: Dispatch, *, by: Actor, now: datetime) -> Task:
    due = targets_of(dispatch.agency).finish_by(now, calendar=calendar_of(dispatch.agency.code))
    task = Task(
        id=pk, referral=row.referral, agency=dispatch.agency, kind=TaskKind.WORK, words=str(WORDS), due=due,
        opened_at=now, opened_by=row.signed_by_id or by.pk,
    )  # fmt: skip
    task.save(force_insert=True)
    event = happened(Event.TASK_OPENED, task, by=by, now=now, referral=task.referral_id)
    tell_of_task(task=task, occasion=event.pk, by=by, now=now)
    return task
