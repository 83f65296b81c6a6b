"""One referral goes to one agency: into its inbox at commit, and by e-mail to its mailbox."""

from datetime import datetime

from agencies.actions.send_notice import send_notice
from agencies.models import Agency, NoticeKind
from audit.action import action
from audit.actors import Actor
from audit.waking import wake
from referrals.links import dispatch_link
from referrals.models import Dispatch, Referral
from referrals.permissions import check_can_submit


@action
def send_dispatch(*, referral: Referral, agency: Agency, by: Actor, now: datetime) -> Dispatch:
    """Put the referral in the agency's inbox and queue the e-mail that tells of it: reference and link only.

    An immediate referral is due for its first alert at once. Raises Forbidden when `by` may not submit.
    """
    check_can_submit(by)
    dispatch = Dispatch(
        referral=referral,
        agency=agency,
        immediate=referral.immediate,
        flagged=referral.flagged,
        sent_at=now,
        sent_by=by.pk,
        alert_due=now if referral.immediate else None,
    )
    dispatch.save(force_insert=True)
    if agency.email:
        send_notice(
            kind=NoticeKind.NEW_REFERRAL,
            about=dispatch.pk,
            agency=agency,
            address=agency.email,
            details={"reference": referral.reference, "link": dispatch_link(dispatch)},
            once=f"dispatch:{dispatch.pk}",
            by=by,
            now=now,
        )
    if referral.immediate:
        wake("referrals.tasks.sweep_alerts")
    return dispatch
