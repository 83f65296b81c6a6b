"""One referral goes to one agency: into its inbox at commit, and by e-mail to its mailbox."""

from datetime import datetime

from agencies.actions.send_notice import send_notice
from agencies.models import Agency, NoticeKind
from agencies.selectors import targets_of
from agencies.working_days import calendar_of
from audit.action import action
from audit.actors import Actor
from audit.waking import wake
from referrals.links import dispatch_link
from referrals.mailing import addresses_of
from referrals.models import Dispatch, Referral
from referrals.permissions import check_can_submit


@action
def send_dispatch(*, referral: Referral, agency: Agency, accepted: bool = False, by: Actor, now: datetime) -> Dispatch:
    """Put the referral in the agency's inbox and queue the e-mail that tells of it: reference and link only.

    `accepted`: the agency accepted it from another, so it knows, and knows the area to be its own.
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
    for number, address in enumerate([] if accepted else addresses_of(dispatch)):
        send_notice(
            kind=NoticeKind.NEW_REFERRAL,
            about=dispatch.pk,
            agency=agency,
            address=address,
            details={"reference": referral.reference, "link": dispatch_link(dispatch)},
            once=f"dispatch:{dispatch.pk}" + (f":{number}" if number else ""),
            by=by,
            now=now,
        )
    if referral.immediate:
        wake("referrals.tasks.sweep_alerts")
    return dispatch
