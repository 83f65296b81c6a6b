"""Immediate danger: the duty contact is alerted again and again until somebody takes receipt."""

from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.conf import settings

from agencies.actions.send_notice import send_notice
from agencies.models import NoticeKind
from agencies.permissions import Permission, require
from audit.action import action
from audit.actors import Actor
from referrals.links import dispatch_link
from referrals.mailing import duty_addresses_of
from referrals.models import Dispatch

log = structlog.get_logger(__name__)


@action
def alert_duty_contact(*, dispatch_id: UUID, by: Actor, now: datetime) -> bool:
    """Queue one alert and set the time of the next, in clock minutes, whatever the hour.

    Locks the dispatch; does nothing when another worker holds it, when receipt was taken, or when no alert is
    due yet. An agency without a mailbox is covered by its national desk; without that either, it is
    looked at again when the next alert would be due.
    Returns whether an alert was queued. Raises Forbidden when `by` may not cause mail.
    """
    require(by, Permission.NOTICE_SEND)
    dispatch: Dispatch | None = (
        Dispatch.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("agency", "referral")
        .filter(pk=dispatch_id, alert_due__lte=now)
        .first()
    )
    if dispatch is None:
        return False
    minutes: int = settings.IMMEDIATE_ALERT_MINUTES
    again = now + timedelta(minutes=minutes)
    addresses = duty_addresses_of(dispatch)
    if not addresses:
        log.error("agency_has_no_mailbox", agency=str(dispatch.agency_id), dispatch=str(dispatch.pk))
        dispatch.changed(alert_due=again)
        return False
    sent = dispatch.alerts_sent + 1
    for number, address in enumerate(addresses):
        send_notice(
            kind=NoticeKind.IMMEDIATE_ALERT,
            about=dispatch.pk,
            tells_of=[dispatch.referral_id],
            agency=dispatch.agency,
            address=address,
            details={
                "reference": dispatch.referral.reference,
                "link": dispatch_link(dispatch),
                "minutes": minutes,
            },
            once=f"alert:{dispatch.pk}:{sent}" + (f":{number}" if number else ""),
            by=by,
            now=now,
        )
    dispatch.changed(alerts_sent=sent, alert_due=again)
    return True
