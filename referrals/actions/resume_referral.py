"""The police take up again what they had stopped."""

from datetime import datetime
from uuid import UUID

from agencies.models import NoticeKind, User
from agencies.policies import check_has_reason
from audit.action import action
from audit.events import Event, happened
from referrals.actions.tell_agencies import tell_agencies
from referrals.locking import lock_withdrawal
from referrals.models import Withdrawal
from referrals.permissions import check_can_decide_withdrawal
from referrals.policies import check_may_be_decided
from referrals.selectors import agencies_concerned
from referrals.states import WithdrawalState


@action
def resume_referral(*, withdrawal_id: UUID, dispatch_id: UUID, reason: str, by: User, now: datetime) -> Withdrawal:
    """Go on after all. `dispatch_id` is the police's. Locks referral, dispatch and withdrawal.

    Raises:
        Withdrawal.DoesNotExist, Dispatch.DoesNotExist: there is none with this id.
        Forbidden: `by` is no officer of the police agency that has the referral.
        NotNow: it is not stopped, or there is no reason.
    """
    withdrawal, dispatch = lock_withdrawal(withdrawal_id, dispatch_id)
    check_can_decide_withdrawal(by, dispatch)
    check_may_be_decided(withdrawal, dispatch, WithdrawalState.RESUMED)
    check_has_reason(reason)
    withdrawal.move(WithdrawalState.RESUMED, at=now, by=by, resumed_reason=reason)
    tell_agencies(
        kind=NoticeKind.REFERRAL_RESUMED, about=withdrawal.pk, referral=dispatch.referral,
        agencies=agencies_concerned(dispatch.referral), by=by, now=now,
    )  # fmt: skip
    happened(Event.WITHDRAWAL_RESUMED, withdrawal, by=by, now=now, referral=dispatch.referral_id)
    return withdrawal
