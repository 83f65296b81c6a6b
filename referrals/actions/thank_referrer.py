"""The referrer is told that what they added has come, where their address is verified."""

from datetime import datetime
from uuid import UUID

from agencies.actions.send_notice import send_notice
from agencies.models import NoticeKind
from agencies.permissions import Permission, require
from audit.action import action
from audit.actors import Actor
from referrals.models import Referral
from referrals.reached import verified_address


@action
def thank_referrer(*, referral: Referral, occasion: UUID, by: Actor, now: datetime) -> None:
    """Queue the e-mail, to an address from which a link was once used. Raises Forbidden when `by` may cause no mail."""
    require(by, Permission.NOTICE_SEND)
    address = verified_address(referral)
    if not address:
        return
    send_notice(
        kind=NoticeKind.REFERRER_THANKED,
        about=referral.pk,
        tells_of=[referral.pk],
        key_of=referral.person_id,
        address=address,
        details={"reference": referral.reference},
        language=referral.language,
        once=f"referrer-thanked:{occasion}",
        by=by,
        now=now,
    )
