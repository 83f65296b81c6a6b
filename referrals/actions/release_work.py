"""What was assigned to somebody who left is nobody's again, and so are their tasks; the supervisors are told."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from agencies.actions.send_notice import send_notice
from agencies.models import Agency, NoticeKind, User
from agencies.permissions import Permission, can, require
from agencies.restricted import is_named_only
from agencies.selectors import holding
from audit.action import action
from audit.actors import Actor
from audit.events import Event, happened
from referrals.actions.release_tasks import release_tasks
from referrals.actions.unassign_dispatches import unassign_dispatches
from referrals.links import inbox_link
from referrals.models import Dispatch, Task
from referrals.models.dispatch import STANDING


@action
def release_work(*, user_id: UUID, agency_id: UUID, once: str, by: Actor, now: datetime) -> int:
    """Take everything of an agency's off a user who no longer reads its referrals; returns how many dispatches.

    Locks the dispatches and then the tasks, ids ascending. `once` names the occasion for the e-mail to the supervisors
    (to the agency's mailbox where there are none). Raises Forbidden when `by` may not release work.
    """
    require(by, Permission.DISPATCH_RELEASE)
    user: User = User.objects.get(pk=user_id)
    agency: Agency = Agency.objects.get(pk=agency_id)
    if can(user, Permission.DISPATCH_READ, agency=agency):
        return 0
    theirs = Dispatch.objects.filter(STANDING, assigned_to=user, agency=agency)
    released = unassign_dispatches(dispatches=theirs, by=by, now=now)
    for dispatch in released:
        happened(Event.DISPATCH_RELEASED, dispatch, by=by, now=now, referral=dispatch.referral_id, was=user.pk)
    tasks = release_tasks(tasks=Task.objects.filter(owner=user, agency=agency), by=by, now=now)
    about = {dispatch.referral_id for dispatch in released} | {task.referral_id for task in tasks}
    told = {referral for referral in about if not is_named_only(referral)}
    if told:
        _tell(agency, told, once=once, by=by, now=now)
    return len(released)


def _tell(agency: Agency, about: set[UUID], *, once: str, by: Actor, now: datetime) -> None:
    if agency.is_restricted:  # its mailbox may be read by somebody who must not know of one of them
        return
    supervisors = holding(agency, Permission.DISPATCH_SUPERVISE, on=timezone.localdate(now))
    addresses = [user.email for user in supervisors] or [agency.email]
    for number, address in enumerate(address for address in addresses if address):
        send_notice(
            kind=NoticeKind.WORK_RELEASED,
            about=agency.pk,
            tells_of=about,
            agency=agency,
            address=address,
            details={"count": len(about), "link": inbox_link(narrowed="assigned=nobody")},
            once=f"released:{once}:{number}",
            by=by,
            now=now,
        )
