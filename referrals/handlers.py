"""What the referrals room does when something has happened."""

from datetime import datetime
from typing import Any
from uuid import UUID

from agencies.actions.send_notice import send_notice
from agencies.delivery import freshens
from agencies.models import Notice, NoticeKind
from audit.actors import Actor
from audit.events import Event, handles
from audit.models import EventRecord
from referrals.actions.release_work import release_work
from referrals.actions.send_reminders import overdue_lines
from referrals.models import Referrer


@handles(Event.MEMBERSHIP_ENDED)
def release_what_was_assigned(event: EventRecord, *, by: Actor, now: datetime) -> None:
    """Somebody left: what was theirs in that agency is nobody's again."""
    user, agency = UUID(event.ids["user"]), UUID(event.ids["agency"])
    release_work(user_id=user, agency_id=agency, once=str(event.pk), by=by, now=now)


@freshens(NoticeKind.OVERDUE)
def say_what_waits_still(notice: Notice) -> dict[str, Any] | None:
    """A reminder that waited for the mail server names nothing that was received meanwhile."""
    return overdue_lines(notice)


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
