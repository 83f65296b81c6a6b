"""An e-mail that was given up is tried again."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from agencies.models import Notice, User
from agencies.permissions import Permission, require
from audit.action import action
from audit.refusals import NotNow
from audit.waking import wake


@action
def replay_notice(*, notice_id: UUID, by: User, now: datetime) -> Notice:
    """Put a dead notice back in the queue. Locks it.

    Raises:
        Notice.DoesNotExist: there is none with this id.
        Forbidden: `by` may not replay.
        NotNow: it is not dead.
    """
    require(by, Permission.NOTICE_REPLAY)
    notice: Notice = Notice.objects.lock(notice_id)
    if notice.dead is None:
        raise NotNow(_("This e-mail is not waiting to be sent again."))
    notice.changed(dead=None, attempts=0, due=now)
    wake("agencies.tasks.sweep_notices")
    return notice
