"""The police decide whether to go on with a referral that was withdrawn or sent in error."""

from datetime import datetime
from uuid import UUID

from agencies.models import NoticeKind, User
from audit.action import action
from audit.events import Event, happened
from referrals.actions.tell_agencies import tell_agencies
from referrals.locking import lock_withdrawal
from referrals.models import Withdrawal
from referrals.permissions import check_can_decide_withdrawal
from referrals.policies import check_has_reason, check_may_be_decided
from referrals.selectors import agencies_concerned
from referrals.states import WithdrawalState


@action
def decide_withdrawal(
    *, withdrawal_id: UUID, dispatch_id: UUID, go_on: bool, reason: str, by: User, now: datetime
) -> Withdrawal:
    """Go on with the referral, or stop. `dispatch_id` is the police's. Locks referral, dispatch and withdrawal.

    Nothing is deleted, and the authority's duty to keep people safe goes on: its dispatch is not touched. What the
    police do next asks `selectors.is_stopped`.

    Raises:
        Withdrawal.DoesNotExist, Dispatch.DoesNotExist: there is none with this id.
        Forbidden: `by` is no officer of the police agency that has the referral.
        NotNow: the police have not taken receipt, it has been decided, or there is no reason.
    """
    withdrawal, dispatch = lock_withdrawal(withdrawal_id, dispatch_id)
    check_can_decide_withdrawal(by, dispatch)
    state = WithdrawalState.CONTINUED if go_on else WithdrawalState.STOPPED
    check_may_be_decided(withdrawal, dispatch, state)
    check_has_reason(reason)
    withdrawal.move(state, at=now, by=by, decided_at=now, decided_by=by, decision=reason)
    kind = Event.WITHDRAWAL_CONTINUED if go_on else Event.WITHDRAWAL_STOPPED
    tell_agencies(
        kind=NoticeKind.WITHDRAWAL_DECIDED, about=withdrawal.pk, referral=dispatch.referral,
        agencies=agencies_concerned(dispatch.referral), by=by, now=now,
    )  # fmt: skip
    happened(kind, withdrawal, by=by, now=now, referral=dispatch.referral_id)
    return withdrawal
