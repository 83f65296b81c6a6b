"""The national desk hears of floods: of a new one within minutes, and again for as long as anything is held."""

from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.urls import reverse

from agencies.actions.send_notice import send_notice
from agencies.models import NoticeKind
from agencies.permissions import Permission, require
from audit.action import action
from audit.actors import Actor
from referrals.mailing import desk_to_alarm
from referrals.models import Flood
from referrals.quarantine import to_tell_of

log = structlog.get_logger(__name__)

# Local settings. A flood that begins soon after another is told of together with the next: within five minutes all the
# same, whatever a script does to look like several.
APART = timedelta(minutes=4)
REMIND_AFTER = timedelta(hours=1)


@action
def alarm_national_desk(*, by: Actor, now: datetime) -> bool:
    """Queue one e-mail about all that is held, if a flood is new, or something is held and the last e-mail an hour old.

    Locks the floods. Returns whether an e-mail was queued. Raises Forbidden when `by` may not cause mail.
    """
    require(by, Permission.NOTICE_SEND)
    floods = list(to_tell_of().order_by("pk").select_for_update(of=("self",), skip_locked=True))
    new = [flood for flood in floods if flood.alarmed is None]
    if not (new or any(flood.remind_due and flood.remind_due <= now for flood in floods)):
        return False
    if new and Flood.objects.filter(alarmed__gt=now - APART).exists():
        return False
    desk = desk_to_alarm()
    if desk is None:
        log.error("national_desk_has_no_mailbox")
        return False
    held = sum(flood.held_now for flood in floods)
    send_notice(
        kind=NoticeKind.QUARANTINE,
        about=floods[0].pk,
        tells_of=[],  # numbers only, and what may concern a user is never held
        agency=desk,
        address=desk.duty_email or desk.email,
        details={
            "held": held,
            "groups": len(floods),
            "immediate": sum(flood.immediate for flood in floods),
            "again": not new,
            "link": settings.CASEWORK_BASE_URL + reverse("referrals:quarantine"),
            "minutes": int(REMIND_AFTER.total_seconds() // 60),
        },
        once=f"quarantine:{floods[0].pk}:{now.isoformat()}",
        by=by,
        now=now,
    )
    for flood in floods:
        flood.changed(alarmed=flood.alarmed or now, remind_due=now + REMIND_AFTER)
    return True
