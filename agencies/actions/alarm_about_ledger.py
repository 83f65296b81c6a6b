"""Those who run the service hear that the ledger is not sealed as it should be."""

from datetime import datetime
from uuid import UUID, uuid5

import structlog

from agencies.administrators import tell_administrators
from agencies.models import NoticeKind
from agencies.permissions import Permission, require
from audit.action import action
from audit.actors import Actor
from audit.sealing.watching import Trouble, troubles

log = structlog.get_logger(__name__)

# What the e-mail is about is no row.
_ABOUT = UUID("0c7c4f0e-52b5-4f3e-9a2b-6d1b7a0d6f51")


@action
def alarm_about_ledger(*, by: Actor, now: datetime) -> list[Trouble]:
    """Queue an e-mail about each trouble that there is, once a day each. What there is.

    Raises Forbidden when `by` may not cause mail.
    """
    require(by, Permission.NOTICE_SEND)
    found = troubles(now=now)
    for trouble in found:
        log.error("ledger_in_trouble", error=trouble.value)
        tell_administrators(
            NoticeKind.LEDGER_TROUBLE,
            about=uuid5(_ABOUT, trouble),
            path="/casework/",
            occasion=f"ledger:{trouble}:{now:%Y-%m-%d}",
            by=by,
            now=now,
        )
    return found
