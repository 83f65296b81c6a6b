"""Nobody took receipt in time: who is to hear of it is written down."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from agencies.models import Agency, User
from agencies.permissions import Permission, require
from agencies.selectors import holding, targets_of
from audit.action import action
from audit.actors import Actor
from audit.events import Event, happened
from referrals.mailing import is_kept, officers_not_excluded
from referrals.models import Dispatch, Reminder, Step
from referrals.reminding import desk_code, next_due, steps_of
from referrals.states import DispatchState

EVENTS = {
    Step.AGENCY: Event.DISPATCH_REMINDED,
    Step.SUPERVISOR: Event.DISPATCH_RAISED_WITH_SUPERVISOR,
    Step.DESK: Event.DISPATCH_RAISED_WITH_DESK,
}


@action
def raise_overdue(*, dispatch_id: UUID, by: Actor, now: datetime) -> bool:
    """Take every step whose time has come: the agency, its supervisors, the national desk, each once ever.

    Locks the dispatch; does nothing when another worker holds it or it is not due. One that waits no longer is only
    struck off. That the police have stopped ends no duty of the council: it is chased as before. The e-mails
    follow from the reminders (send_reminders), one for each recipient.
    Returns whether a step was taken. Raises Forbidden when `by` may not cause mail.
    """
    require(by, Permission.NOTICE_SEND)
    dispatch: Dispatch | None = (
        Dispatch.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("agency", "referral")
        .filter(pk=dispatch_id, remind_due__lte=now)
        .first()
    )
    if dispatch is None:
        return False
    if dispatch.state != DispatchState.SENT:
        dispatch.changed(remind_due=None)
        return False
    targets, before = targets_of(dispatch.agency), dispatch.reminded
    due = dispatch.remind_due
    while due is not None and due <= now:
        _take(steps_of(dispatch)[dispatch.reminded], dispatch, due, by=by, now=now)
        dispatch.reminded += 1
        due = next_due(dispatch, targets)
    dispatch.changed(reminded=dispatch.reminded, remind_due=due)
    return dispatch.reminded > before


def _take(step: Step, dispatch: Dispatch, due: datetime, *, by: Actor, now: datetime) -> None:
    for agency, user in _recipients(step, dispatch, now=now):
        Reminder(dispatch=dispatch, step=step, to_agency=agency, to_user=user, due=due).save(force_insert=True)
    happened(EVENTS[step], dispatch, by=by, now=now, referral=dispatch.referral_id)


def _recipients(step: Step, dispatch: Dispatch, *, now: datetime) -> list[tuple[Agency, User | None]]:
    """A mailbox, or the supervisors; where an agency has none of these, who stands in for it.

    Of what is kept from some, each officer who may know of it: somebody who may not could read the mailbox.
    """
    agency = dispatch.agency
    if is_kept(dispatch):
        return [(agency, user) for user in officers_not_excluded(dispatch)]
    if step == Step.DESK or (step == Step.AGENCY and not agency.email):
        return [(Agency.objects.get(code=desk_code(agency)), None)]
    supervisors: list[User] = []
    if step == Step.SUPERVISOR:
        supervisors = list(holding(agency, Permission.DISPATCH_SUPERVISE, on=timezone.localdate(now)))
    return [(agency, user) for user in supervisors] or [(agency, None)]
