"""E-mails under one person's key go over to another's: what they are about was never that person."""

from datetime import datetime
from uuid import UUID

from agencies.models import Notice
from agencies.permissions import Permission, require
from audit.action import action
from audit.actors import Actor


@action
def reseal_notices(*, wrong_id: UUID, right_id: UUID, by: Actor, now: datetime) -> int:
    """Seal address and details of every notice under the other key, sent or not; returns how many.

    Raises Forbidden when `by` may not cause mail.
    """
    require(by, Permission.NOTICE_SEND)
    notices = list(Notice.objects.select_for_update(of=("self",)).filter(key_of=wrong_id).order_by("pk"))
    for notice in notices:
        notice.changed(address=notice.address, details=notice.details, key_of=right_id)
    return len(notices)
