"""Whoever succeeds a referrer is sent a link to the page, and by no word what it is about."""

from datetime import datetime
from uuid import UUID

from agencies.actions.send_notice import send_notice
from agencies.models import NoticeKind
from agencies.permissions import Permission, require
from audit.action import action
from audit.actors import Actor
from referrals.actions.make_referrer_link import make_referrer_link
from referrals.locking import lock_succession
from referrals.succeeding import standing


@action
def mail_successor(*, succession_id: UUID, occasion: UUID, by: Actor, now: datetime) -> None:
    """Send reference and link to whom an officer has invited, if they answer still. Locks referral and succession.

    Raises:
        Succession.DoesNotExist: there is none with this id.
        Forbidden: `by` may make no link: no officer may.
    """
    require(by, Permission.REFERRER_LINK)
    row = lock_succession(succession_id)
    if standing(row.referral_id) != row:
        return
    referral = row.referral
    send_notice(
        kind=NoticeKind.REFERRER_INVITED,
        about=referral.pk,
        tells_of=[referral.pk],
        key_of=referral.person_id,
        address=row.email,
        details={
            "reference": referral.reference,
            "link": make_referrer_link(referral=referral, by=by, now=now),
        },
        language=referral.language,
        once=f"referrer-invited:{occasion}",
        by=by,
        now=now,
    )
