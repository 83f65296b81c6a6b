"""An officer does not take a police-led partnership, and says why."""

from datetime import datetime
from uuid import UUID

from agencies.actions.send_notice import send_notice
from agencies.models import NoticeKind, User
from agencies.permissions import Permission
from agencies.policies import check_has_reason
from audit.action import action
from audit.events import Event, happened
from referrals.models import Dispatch
from triage.links import partnership_link
from triage.locking import lock_partnership
from triage.mailing import of_whoever_offered
from triage.models import Handover, Partnership
from triage.partnerships import offered_of
from triage.permissions import check_can_assess
from triage.policies import check_is_asked, check_runs
from triage.states import HandoverState


@action
def decline_ownership(*, partnership_id: UUID, reason: str, by: User, now: datetime) -> Partnership:
    """Decline it: whoever had it has it still, and whoever asked is told by e-mail.

    Records PARTNERSHIP_DECLINED. Locks the record, the referral and the partnership.

    Raises:
        Partnership.DoesNotExist: there is none with this id.
        Forbidden: `by` works no partnerships of the police agency that has the referral.
        NotNow: it has ended, `by` is not asked any more, or no reason is given.
    """
    row = lock_partnership(partnership_id)
    dispatch = check_can_assess(by, Permission.PARTNERSHIP_WORK, row.referral)
    check_runs(row)
    handover = check_is_asked(offered_of(row), by)
    check_has_reason(reason)
    handover.move(HandoverState.DECLINED, at=now, by=by, answered_at=now, answered_by=by.pk, answer=reason.strip())
    happened(Event.PARTNERSHIP_DECLINED, row, by=by, now=now, referral=row.referral_id)
    if handover.offered_by != by:
        _tell(handover, dispatch, by=by, now=now)
    return row


def _tell(handover: Handover, dispatch: Dispatch, *, by: User, now: datetime) -> None:
    row = handover.partnership
    for number, address in enumerate(of_whoever_offered(handover.offered_by, dispatch, now=now)):
        send_notice(
            kind=NoticeKind.PARTNERSHIP_DECLINED,
            about=row.pk,
            tells_of=[row.referral_id],
            agency=dispatch.agency,
            address=address,
            details={"reference": row.referral.reference, "link": partnership_link(row.pk)},
            once=f"partnership-declined:{handover.pk}:{number}",
            by=by,
            now=now,
        )
