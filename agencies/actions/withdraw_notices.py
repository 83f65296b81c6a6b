"""E-mails under a data key go before the key does."""

from datetime import datetime
from uuid import UUID

from agencies.models import Notice
from agencies.permissions import Permission, require
from audit.action import action
from audit.actors import Actor


@action
def withdraw_notices(*, key_of: UUID, by: Actor, now: datetime) -> int:
    """Delete every notice sealed under the key of a person or draft, sent or not; returns how many.

    Raises Forbidden when `by` may not cause mail.
    """
    require(by, Permission.NOTICE_SEND)
    notices = list(Notice.objects.select_for_update(of=("self",)).filter(key_of=key_of).order_by("pk"))
    for notice in notices:
        notice.delete()
    return len(notices)
