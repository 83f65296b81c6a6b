"""It is put on record that a referral was sent in error or is withdrawn; the police are asked."""

from datetime import datetime

from agencies.models import Agency, NoticeKind
from agencies.permissions import Permission, require
from agencies.policies import check_has_reason
from audit.action import action
from audit.actors import Actor
from audit.events import Event, happened
from referrals.actions.tell_agencies import tell_agencies
from referrals.models import Referral, ToldBy, Withdrawal, WithdrawalKind
from referrals.policies import check_may_be_withdrawn
from referrals.selectors import agencies_concerned


@action
def record_withdrawal(
    *,
    referral: Referral,
    kind: WithdrawalKind,
    told_how: ToldBy,
    reason: str,
    agency: Agency | None = None,
    by: Actor,
    now: datetime,
) -> Withdrawal:
    """Store it beside a locked referral and tell everybody who has that. Nothing stops by this: the police decide.

    `agency` is whose officer says so; without one it is the referrer.

    Raises:
        Forbidden: `by` may not report withdrawals.
        NotNow: it is recorded already, or there is no reason.
    """
    require(by, Permission.WITHDRAWAL_REPORT if agency else Permission.REFERRAL_WITHDRAW, agency=agency)
    check_may_be_withdrawn(referral)
    check_has_reason(reason)
    withdrawal = Withdrawal(
        referral=referral,
        kind=kind,
        told_how=told_how,
        agency=agency,
        reason=reason,
        reported_at=now,
        reported_by=by.pk,
    )
    withdrawal.save(force_insert=True)
    tell_agencies(
        kind=NoticeKind.WITHDRAWAL_REPORTED, about=withdrawal.pk, referral=referral,
        agencies=agencies_concerned(referral), by=by, now=now,
    )  # fmt: skip
    happened(Event.WITHDRAWAL_REPORTED, withdrawal, by=by, now=now, referral=referral.pk)
    return withdrawal
