"""One recipient hears of everything that is overdue, in one e-mail."""

from datetime import datetime, timedelta
from uuid import UUID

import structlog

from agencies.actions.send_notice import send_notice
from agencies.models import Agency, Notice, NoticeKind, User
from agencies.permissions import Permission, require
from audit.action import action
from audit.actors import Actor
from referrals.models import Dispatch, Reminder
from referrals.overdue_mail import details_of, still_concerns
from referrals.states import DispatchState

log = structlog.get_logger(__name__)

# Where nobody has entered a mailbox: looked at again after so long.
AGAIN = timedelta(hours=1)


@action
def send_reminders(*, to_agency_id: UUID, to_user_id: UUID | None, by: Actor, now: datetime) -> Notice | None:
    """Queue one e-mail with all due lines of one recipient; nothing about what was received meanwhile.

    Locks the dispatches, then the reminders. Of a recipient without an address the lines stay due.
    Returns the notice, None where there was nothing to say. Raises Forbidden when `by` may not cause mail.
    """
    require(by, Permission.NOTICE_SEND)
    pending = Reminder.objects.filter(done=None, due__lte=now, to_agency_id=to_agency_id, to_user_id=to_user_id)
    ids = list(pending.values_list("dispatch_id", flat=True))
    waiting = set(
        Dispatch.objects.select_for_update(of=("self",))
        .filter(pk__in=ids, state=DispatchState.SENT)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    rows = list(
        pending.filter(dispatch_id__in=ids)
        .select_for_update(of=("self",), skip_locked=True)
        .select_related("dispatch__referral", "dispatch__agency", "to_agency", "to_user")
        .order_by("due", "pk")
    )
    live = [row for row in rows if row.dispatch_id in waiting and still_concerns(row)]
    notice = None
    if live:
        notice = _notice(live, by=by, now=now)
        if notice is None:
            for row in live:
                row.changed(due=now + AGAIN)
    for row in rows:
        if row not in live:
            row.changed(done=now)
        elif notice is not None:
            row.changed(done=now, notice=notice)
    return notice


def _notice(rows: list[Reminder], *, by: Actor, now: datetime) -> Notice | None:
    first = rows[0]
    address = _address(first.to_agency, first.to_user)
    if not address:
        log.error("agency_has_no_mailbox", agency=str(first.to_agency_id))
        return None
    return send_notice(
        kind=NoticeKind.OVERDUE,
        about=first.to_agency_id,
        tells_of={row.dispatch.referral_id for row in rows},
        agency=first.to_agency,
        address=address,
        details=details_of(rows),
        once=f"overdue:{first.pk}",
        by=by,
        now=now,
    )


def _address(agency: Agency, user: User | None) -> str:
    return user.email if user else agency.email or agency.duty_email
