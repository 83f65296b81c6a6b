"""Somebody is named as the owner of a police-led partnership."""

from datetime import datetime
from uuid import UUID

from agencies.actions.send_notice import send_notice
from agencies.models import NoticeKind, User
from agencies.policies import check_has_reason
from audit.action import action
from audit.events import Event, happened
from referrals.models import Dispatch
from triage.links import partnership_link
from triage.locking import lock_partnership
from triage.models import Handover
from triage.partnerships import offered_of
from triage.permissions import check_can_name_owner, check_can_own
from triage.policies import check_changes_owner, check_runs
from triage.states import HandoverState


@action
def offer_ownership(*, partnership_id: UUID, to_id: UUID, reason: str, by: User, now: datetime) -> Handover:
    """Ask an officer to own it, who is told by e-mail; until they accept whoever has it has it still.

    Whoever was asked before and has not answered is asked no more. Locks the record, the referral and the partnership.
    Records PARTNERSHIP_OFFERED.

    Raises:
        Partnership.DoesNotExist, User.DoesNotExist: there is none with this id.
        Forbidden: `by` neither owns it nor supervises, or the colleague does not work partnerships there.
        NotNow: it has ended, the colleague owns it or is asked already, or no reason is given.
    """
    row = lock_partnership(partnership_id)
    dispatch = check_can_name_owner(by, row)
    to: User = User.objects.get(pk=to_id)
    check_can_own(to, dispatch)
    check_runs(row)
    before = offered_of(row)
    check_changes_owner(row, to, before)
    check_has_reason(reason)
    if before is not None:
        before.move(HandoverState.TAKEN_BACK, at=now, by=by, answered_at=now, answered_by=by.pk)
    handover = Handover(partnership=row, to=to, reason=reason.strip(), offered_at=now, offered_by=by)
    handover.save(force_insert=True)
    happened(Event.PARTNERSHIP_OFFERED, row, by=by, now=now, referral=row.referral_id, to=to.pk)
    if to != by:
        _tell(handover, dispatch, by=by, now=now)
    return handover


def _tell(handover: Handover, dispatch: Dispatch, *, by: User, now: datetime) -> None:
    send_notice(
        kind=NoticeKind.PARTNERSHIP_OFFERED,
        about=handover.partnership_id,
        tells_of=[dispatch.referral_id],
        agency=dispatch.agency,
        address=handover.to.email,
        details={
            "reference": handover.partnership.referral.reference,
            "link": partnership_link(handover.partnership_id),
        },
        once=f"partnership-offered:{handover.pk}",
        by=by,
        now=now,
    )
