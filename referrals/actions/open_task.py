"""Somebody in a named role is given something to see done."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from agencies.actions.send_notice import send_notice
from agencies.models import Membership, NoticeKind, User
from agencies.roles import RoleName
from audit.action import action
from audit.actors import Actor
from referrals.links import referral_link
from referrals.mailing import officers_not_excluded
from referrals.models import Dispatch, Task, TaskKind
from referrals.permissions import check_can_submit


@action
def open_task(*, dispatch: Dispatch, kind: TaskKind, role: RoleName, by: Actor, now: datetime) -> Task:
    """Give `role` in the dispatch's agency a task about its referral, and tell each who holds it by e-mail.

    Where nobody does, or who does is excluded, the agency's other officers are told.
    Raises Forbidden when `by` may not submit.
    """
    check_can_submit(by)
    task = Task(
        referral=dispatch.referral,
        agency=dispatch.agency,
        role=role,
        kind=kind,
        due=now + timedelta(hours=settings.ALLEGATION_TASK_HOURS),
        opened_at=now,
        opened_by=by.pk,
    )
    task.save(force_insert=True)
    able = officers_not_excluded(dispatch)
    owners = [user for user in able if user.pk in _holding(role, dispatch, now)]
    for user in owners or able:
        _tell(task, user, by=by, now=now)
    return task


def _holding(role: RoleName, dispatch: Dispatch, now: datetime) -> set[object]:
    memberships = Membership.objects.in_force(timezone.localdate(now)).filter(role=role, agency=dispatch.agency)
    return set(memberships.values_list("user_id", flat=True))


def _tell(task: Task, user: User, *, by: Actor, now: datetime) -> None:
    send_notice(
        kind=NoticeKind.NEW_TASK,
        about=task.pk,
        tells_of=[task.referral_id],
        agency=task.agency,
        address=user.email,
        details={"reference": task.referral.reference, "link": referral_link(task.referral_id)},
        once=f"task:{task.pk}:{user.pk}",
        by=by,
        now=now,
    )
