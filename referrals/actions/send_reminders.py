"""One recipient hears of everything that is overdue, in one e-mail."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import structlog
from django.conf import settings

from agencies.actions.send_notice import send_notice
from agencies.models import Agency, Notice, NoticeKind, User
from agencies.permissions import Permission, can, require
from agencies.restricted import is_hidden_from, is_named_only
from agencies.working_days import LONDON
from audit.action import action
from audit.actors import Actor
from referrals.links import dispatch_link
from referrals.mailing import is_kept
from referrals.models import Dispatch, Reminder, Step, Withdrawal
from referrals.models.withdrawal import STOPPED
from referrals.states import DispatchState, WithdrawalState

log = structlog.get_logger(__name__)

# Where nobody has entered a mailbox: looked at again after so long.
AGAIN = timedelta(hours=1)


@action
def send_reminders(*, to_agency_id: UUID, to_user_id: UUID | None, by: Actor, now: datetime) -> Notice | None:
    """Queue one e-mail with all due lines of one recipient; nothing about what was received or stopped meanwhile.

    Locks the dispatches, then the reminders. Of a recipient without an address the lines stay due.
    Returns the notice, None where there was nothing to say. Raises Forbidden when `by` may not cause mail.
    """
    require(by, Permission.NOTICE_SEND)
    pending = Reminder.objects.filter(done=None, due__lte=now, to_agency_id=to_agency_id, to_user_id=to_user_id)
    ids = list(pending.values_list("dispatch_id", flat=True))
    waiting = set(
        Dispatch.objects.select_for_update(of=("self",))
        .filter(pk__in=ids, state=DispatchState.SENT)
        .exclude(STOPPED)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    rows = list(
        pending.filter(dispatch_id__in=ids)
        .select_for_update(of=("self",), skip_locked=True)
        .select_related("dispatch__referral", "dispatch__agency", "to_agency", "to_user")
        .order_by("due", "pk")
    )
    live = [row for row in rows if row.dispatch_id in waiting and _still_concerns(row)]
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


def overdue_lines(notice: Notice) -> dict[str, Any] | None:
    """What the e-mail says at the moment of sending: only what waits still; None when nothing does."""
    waiting = Dispatch.objects.filter(reminders__notice=notice, state=DispatchState.SENT).exclude(STOPPED)
    rows = list(
        Reminder.objects.filter(notice=notice, dispatch__in=waiting)
        .select_related("dispatch__referral", "dispatch__agency", "to_agency", "to_user")
        .order_by("due", "pk")
    )
    rows = [row for row in rows if _still_concerns(row)]
    return details_of(rows) if rows else None


def details_of(rows: list[Reminder]) -> dict[str, Any]:
    """References, agencies and times by step: nothing of any person."""
    open_ones = Withdrawal.objects.filter(state=WithdrawalState.REPORTED)
    withdrawn = set(
        open_ones.filter(referral__in=[row.dispatch.referral_id for row in rows]).values_list("referral_id", flat=True)
    )
    return {
        "count": len(rows),
        "link": f"{settings.CASEWORK_BASE_URL}/casework/inbox/?waiting=overdue",
        "page": f"{settings.CASEWORK_BASE_URL}/casework/waiting/",
        **{step.value: [_line(row.dispatch, step, withdrawn) for row in rows if row.step == step] for step in Step},
    }


def _line(dispatch: Dispatch, step: Step, withdrawn: set[UUID]) -> dict[str, str | bool]:
    """The national desk gets no link: it may count what waits elsewhere, not open it.

    While the police have to decide about a withdrawal, the line says so: they take receipt first.
    """
    line: dict[str, str | bool] = {
        "undecided": dispatch.referral_id in withdrawn,
        "reference": dispatch.referral.reference,
        "agency": dispatch.agency.name,
        "due": _said(dispatch.acknowledge_by),
        "sent": _said(dispatch.sent_at),
    }
    return line if step == Step.DESK else {**line, "link": dispatch_link(dispatch)}


def _said(moment: datetime | None) -> str:
    return f"{moment.astimezone(LONDON):%-d %B %Y, %H:%M}" if moment else ""


def _still_concerns(row: Reminder) -> bool:
    """A supervisor who has stopped being one hears nothing more; of what is kept from some, who may not know of it."""
    if row.to_user is None:
        return not is_named_only(row.dispatch.referral_id)
    needed = Permission.DISPATCH_READ if is_kept(row.dispatch) else Permission.DISPATCH_SUPERVISE
    may = can(row.to_user, needed, agency=row.to_agency)
    return may and not is_hidden_from(row.to_user, row.dispatch.referral_id)


def _notice(rows: list[Reminder], *, by: Actor, now: datetime) -> Notice | None:
    first = rows[0]
    address = _address(first.to_agency, first.to_user)
    if not address:
        log.error("agency_has_no_mailbox", agency=str(first.to_agency_id))
        return None
    return send_notice(
        kind=NoticeKind.OVERDUE,
        about=first.to_agency_id,
        agency=first.to_agency,
        address=address,
        details=details_of(rows),
        once=f"overdue:{first.pk}",
        by=by,
        now=now,
    )


def _address(agency: Agency, user: User | None) -> str:
    return user.email if user else agency.email or agency.duty_email
