"""The referrer says online that a referral was sent in error, or withdraws it."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from agencies.permissions import Permission, require
from audit.action import action
from audit.actors import Actor
from audit.refusals import Forbidden, refused_about
from referrals.actions.record_withdrawal import record_withdrawal
from referrals.locking import lock_referral
from referrals.models import Referral, ToldBy, Withdrawal, WithdrawalKind
from referrals.reference import contact_code_matches
from referrals.succeeding import code_kept


@action
def withdraw_referral(
    *, reference: str, code: str, kind: WithdrawalKind, reason: str, by: Actor, now: datetime
) -> Withdrawal:
    """Put it on record for the referrer, who is known by reference and contact code. Locks the referral.

    Raises:
        Forbidden: the two do not belong together; whether there is such a referral is not told apart.
        NotNow: it is recorded already, or there is no reason.
    """
    require(by, Permission.REFERRAL_WITHDRAW)
    found = Referral.objects.filter(reference=reference).defer("answers").first()
    kept = code_kept(found)
    with refused_about(found.pk if found else None):
        if not contact_code_matches(code, kept) or found is None:
            raise Forbidden(_("Reference and code do not belong together."))
    referral = lock_referral(found.pk)
    return record_withdrawal(referral=referral, kind=kind, told_how=ToldBy.FORM, reason=reason, by=by, now=now)
