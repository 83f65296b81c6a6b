"""The referrer follows a one-time link from an e-mail, and uses it by a button."""

from datetime import datetime

from agencies.permissions import Permission, require
from audit.action import action
from audit.actors import Actor
from referrals.actions.begin_visit import begin_visit
from referrals.dialogue import WRONG_CODES
from referrals.holding import Holder, keyed_hash
from referrals.locking import lock_referral
from referrals.models import ReferrerLink, ReferrerVisit
from referrals.reached import is_verified
from referrals.reference import contact_code_matches
from referrals.succeeding import code_kept


@action
def follow_link(*, token: str, code: str, holder: Holder, by: Actor, now: datetime) -> ReferrerVisit | None:
    """Use a link up and open the page in the holder's browser; None if link and code open nothing.

    The first link of a referral opens with its code only, which shows that who reads the mail has sent the referral;
    later ones open by themselves. A wrong code is counted, which is why it is no refusal: that would be rolled back.
    The fifth closes the link. Locks referral and link. Raises Forbidden when `by` is not a referrer.
    """
    require(by, Permission.REFERRER_RETURN)
    waiting = ReferrerLink.objects.filter(used_at=None, expires_at__gt=now, wrong_codes__lt=WRONG_CODES)
    found = waiting.filter(link=keyed_hash(token, of="referrer"))
    about = found.values_list("referral_id", flat=True).first()
    # First the referral: whoever says that somebody else answers holds it, and ends this link.
    referral = lock_referral(about) if about else None
    link: ReferrerLink | None = found.select_for_update(of=("self",)).first() if referral else None
    if referral is None or link is None:
        return None
    if not is_verified(referral) and not contact_code_matches(code, code_kept(referral)):
        if code:
            link.changed(wrong_codes=link.wrong_codes + 1)
        return None
    link.changed(used_at=now, used_by=by.pk)
    return begin_visit(referral=referral, holder=holder, by=by, now=now)
