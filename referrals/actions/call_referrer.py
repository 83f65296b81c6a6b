"""The referrer is told that there is something on their page, and by no word what."""

from datetime import datetime
from uuid import UUID

from agencies.actions.send_notice import send_notice
from agencies.models import NoticeKind
from agencies.permissions import Permission, require
from audit.action import action
from audit.actors import Actor
from referrals.actions.make_referrer_link import make_referrer_link
from referrals.locking import lock_referral
from referrals.reached import verified_address


@action
def call_referrer(*, referral_id: UUID, occasion: UUID, by: Actor, now: datetime) -> None:
    """Send reference and link to the referrer's verified address, if there is one. Locks the referral.

    Raises Forbidden when `by` may make no link: no officer may.
    """
    require(by, Permission.REFERRER_LINK)
    referral = lock_referral(referral_id)
    address = verified_address(referral)
    if not address:
        return
    send_notice(
        kind=NoticeKind.REFERRER_CALLED,
        about=referral.pk,
        tells_of=[referral.pk],
        key_of=referral.person_id,
        address=address,
        details={
            "reference": referral.reference,
            "link": make_referrer_link(referral=referral, by=by, now=now),
        },
        language=referral.language,
        once=f"referrer-called:{occasion}",
        by=by,
        now=now,
    )
