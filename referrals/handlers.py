"""What the referrals room does when something has happened."""

from datetime import datetime

from agencies.actions.send_notice import send_notice
from agencies.models import NoticeKind
from audit.actors import Actor
from audit.events import Event, handles
from audit.models import EventRecord
from referrals.models import Referrer


@handles(Event.REFERRAL_SUBMITTED)
def confirm_to_referrer(event: EventRecord, *, by: Actor, now: datetime) -> None:
    """Send the referrer their reference, if they gave an e-mail address."""
    referrer = Referrer.objects.select_related("referral").get(referral_id=event.object_id)
    if not referrer.email:
        return
    referral = referrer.referral
    send_notice(
        kind=NoticeKind.CONFIRMATION,
        about=referral.pk,
        key_of=referral.person_id,
        address=referrer.email,
        details={"reference": referral.reference},
        language=referral.language,
        once=f"confirmation:{referral.pk}",
        by=by,
        now=now,
    )
