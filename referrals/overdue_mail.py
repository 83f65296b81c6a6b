"""What the e-mail about overdue referrals says: references, agencies and times, as they are when it is sent."""

from datetime import datetime
from typing import Any
from uuid import UUID

from agencies.models import Notice
from agencies.permissions import Permission, can
from agencies.restricted import is_hidden_from, is_named_only
from agencies.working_days import LONDON
from referrals.links import dispatch_link, inbox_link, waiting_link
from referrals.mailing import is_kept
from referrals.models import Dispatch, Reminder, Step, Withdrawal
from referrals.states import DispatchState, WithdrawalState


def overdue_lines(notice: Notice) -> dict[str, Any] | None:
    """What the e-mail says at the moment of sending: only what waits still; None when nothing does."""
    waiting = Dispatch.objects.filter(reminders__notice=notice, state=DispatchState.SENT)
    rows = list(
        Reminder.objects.filter(notice=notice, dispatch__in=waiting)
        .select_related("dispatch__referral", "dispatch__agency", "to_agency", "to_user")
        .order_by("due", "pk")
    )
    rows = [row for row in rows if still_concerns(row)]
    notice.tells_of = sorted({row.dispatch.referral_id for row in rows})
    return details_of(rows) if rows else None


def details_of(rows: list[Reminder]) -> dict[str, Any]:
    """References, agencies and times by step: nothing of any person."""
    open_ones = Withdrawal.objects.filter(state=WithdrawalState.REPORTED)
    withdrawn = set(
        open_ones.filter(referral__in=[row.dispatch.referral_id for row in rows]).values_list("referral_id", flat=True)
    )
    return {
        "count": len(rows),
        "link": inbox_link(narrowed="waiting=overdue"),
        "page": waiting_link(),
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


def still_concerns(row: Reminder) -> bool:
    """A supervisor who has stopped being one hears nothing more; of what is kept from some, who may not know of it."""
    if row.to_user is None:
        return not is_named_only(row.dispatch.referral_id)
    needed = Permission.DISPATCH_READ if is_kept(row.dispatch) else Permission.DISPATCH_SUPERVISE
    may = can(row.to_user, needed, agency=row.to_agency)
    return may and not is_hidden_from(row.to_user, row.dispatch.referral_id)
