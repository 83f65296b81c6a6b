"""The referrer asks for another link to their page, by reference and e-mail address."""

import hmac
from datetime import datetime

from agencies.actions.send_notice import send_notice
from agencies.models import Notice, NoticeKind
from agencies.permissions import Permission, require
from audit.action import action
from audit.actors import Actor
from audit.refusals import Forbidden, refused_about
from referrals.actions.make_referrer_link import make_referrer_link
from referrals.holding import keyed_hash
from referrals.locking import lock_referral
from referrals.models import Referral
from referrals.reached import address_now
from referrals.succeeding import code_kept


@action
def send_referrer_link(*, reference: str, email: str, by: Actor, now: datetime) -> Notice:
    """Send a new link to the address of who answers for the referral now. Locks the referral.

    That is the one that was given with it, or that of who succeeds the referrer, once they were invited.

    Raises Forbidden where reference and address do not belong together; whether there is such a referral is not told.
    """
    require(by, Permission.REFERRER_RETURN)
    pk = Referral.objects.filter(reference=reference).values_list("pk", flat=True).first()
    with refused_about(pk):
        referral = lock_referral(pk) if pk else None
        address = address_now(referral) if referral else ""
        if referral is None or not _same(email, address) or not code_kept(referral):
            raise Forbidden("Reference and address do not belong together.")  # for the ledger, not for who asks
    link = make_referrer_link(referral=referral, by=by, now=now)
    return send_notice(
        kind=NoticeKind.REFERRER_LINK,
        about=referral.pk,
        tells_of=[referral.pk],
        key_of=referral.person_id,
        address=address,
        details={"reference": referral.reference, "link": link},
        language=referral.language,
        once=f"referrer-link:{keyed_hash(link, of='notice')}",
        by=by,
        now=now,
    )


def _same(given: str, kept: str) -> bool:
    typed, known = given.strip().casefold(), kept.strip().casefold()
    return bool(known) and hmac.compare_digest(typed.encode(), known.encode())
