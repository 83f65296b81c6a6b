"""An officer was told, or noticed, that a referral was sent in error or is withdrawn."""

from datetime import datetime
from uuid import UUID

from agencies.models import User
from agencies.permissions import Permission
from audit.action import action
from referrals.actions.record_withdrawal import record_withdrawal
from referrals.locking import lock_dispatch
from referrals.models import ToldBy, Withdrawal, WithdrawalKind
from referrals.permissions import check_can


@action
def report_withdrawal(
    *, dispatch_id: UUID, kind: WithdrawalKind, told_how: ToldBy, reason: str, by: User, now: datetime
) -> Withdrawal:
    """Put it on record for one's agency. Locks referral and dispatch.

    Raises:
        Dispatch.DoesNotExist: there is none with this id.
        Forbidden: `by` is no officer of an agency that has the referral.
        NotNow: it is recorded already, or there is no reason.
    """
    dispatch = lock_dispatch(dispatch_id)
    check_can(by, Permission.WITHDRAWAL_REPORT, dispatch)
    return record_withdrawal(
        referral=dispatch.referral,
        kind=kind,
        told_how=told_how,
        reason=reason,
        agency=dispatch.agency,
        by=by,
        now=now,
    )
