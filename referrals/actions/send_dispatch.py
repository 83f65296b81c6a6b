"""One referral goes to one agency: into its inbox at commit."""

from datetime import datetime

from agencies.models import Agency
from agencies.selectors import targets_of
from agencies.working_days import calendar_of
from audit.access import disclosed_to
from audit.action import action
from audit.actors import Actor
from audit.waking import wake
from referrals.models import Dispatch, Referral
from referrals.permissions import check_can_submit


@action
def send_dispatch(*, referral: Referral, agency: Agency, accepted: bool = False, by: Actor, now: datetime) -> Dispatch:
    """Put the referral in the agency's inbox. Its mailbox and its system are told from the event of who calls this.

    `accepted`: the agency accepted it from another, and knows the area to be its own.
    An immediate referral is due for its first alert at once. The agency's local target decides when receipt is due.
    Raises Forbidden when `by` may not submit.
    """
    check_can_submit(by)
    due = targets_of(agency).acknowledge_by(now, immediate=referral.immediate, calendar=calendar_of(agency.code))
    dispatch = Dispatch(
        referral=referral,
        agency=agency,
        immediate=referral.immediate,
        flagged=referral.flagged and not accepted,
        sent_at=now,
        sent_by=by.pk,
        alert_due=now if referral.immediate else None,
        acknowledge_by=due,
        remind_due=due,
    )
    dispatch.save(force_insert=True)
    disclosed_to(agency.pk, dispatch, form="dispatch")
    if referral.immediate:
        wake("referrals.tasks.sweep_alerts")
    return dispatch
