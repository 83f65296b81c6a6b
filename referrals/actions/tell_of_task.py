"""Whoever is given a task is told by e-mail: the referral's reference, and where to read what is asked."""

from datetime import datetime
from uuid import UUID

from agencies.actions.send_notice import send_notice
from agencies.models import NoticeKind
from agencies.permissions import Permission, require
from audit.action import action
from audit.actors import Actor
from referrals.actions.tell_agencies import tell_agencies
from referrals.links import referral_link
from referrals.models import Task


@action
def tell_of_task(*, task: Task, occasion: UUID, by: Actor, now: datetime) -> None:
    """Tell the owner, or where it is the whole team's the agency's mailbox. Who took it themselves is not told.

    `occasion` is the event by which they got it: of each they hear once. Raises Forbidden when `by` may cause no mail.
    """
    require(by, Permission.NOTICE_SEND)
    if task.owner is None:
        tell_agencies(
            kind=NoticeKind.NEW_TASK, about=occasion, referral=task.referral, agencies=[task.agency], by=by, now=now
        )
    elif task.owner.pk != by.pk:
        send_notice(
            kind=NoticeKind.NEW_TASK,
            about=task.pk,
            tells_of=[task.referral_id],
            agency=task.agency,
            address=task.owner.email,
            details={"reference": task.referral.reference, "link": referral_link(task.referral_id)},
            once=f"task:{occasion}",
            by=by,
            now=now,
        )
