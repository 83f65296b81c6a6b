"""The referrer comes back with reference and code alone, as somebody without a name or an address can."""

from datetime import datetime

from agencies.permissions import Permission, require
from audit.action import action
from audit.actors import Actor
from audit.refusals import Forbidden, refused_about
from referrals.actions.begin_visit import begin_visit
from referrals.holding import Holder
from referrals.models import Referral, ReferrerVisit
from referrals.reference import contact_code_matches
from referrals.succeeding import code_kept


@action
def come_back(*, reference: str, code: str, holder: Holder, by: Actor, now: datetime) -> ReferrerVisit:
    """Open the referrer's page in the holder's browser, for who answers now. Locks the referral.

    Raises Forbidden where the two do not belong together; whether there is such a referral is not told apart.
    """
    require(by, Permission.REFERRER_RETURN)
    # Locked before the code is asked for: whoever says that somebody else answers holds the referral.
    referral = Referral.objects.filter(reference=reference).defer("answers").select_for_update(of=("self",)).first()
    kept = code_kept(referral)
    with refused_about(referral.pk if referral else None):
        if not contact_code_matches(code, kept) or referral is None:
            raise Forbidden("Reference and code do not belong together.")  # for the ledger: nobody at the door is told
    return begin_visit(referral=referral, holder=holder, by=by, now=now)
