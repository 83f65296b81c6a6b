"""An e-mail that was given up is tried again."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from agencies.models import Notice, User
from agencies.permissions import check_can_replay
from agencies.restricted import check_tells_of_nothing_kept
from audit.action import action
from audit.refusals import NotNow
from audit.waking import wake


@action
def replay_notice(*, notice_id: UUID, by: User, now: datetime) -> Notice:
    """Put a dead notice back in the queue. Locks it.

    Raises:
        Notice.DoesNotExist: there is none with this id.
        Forbidden: it is not mail of an agency of `by`, who does not oversee every e-mail either.
        NotNow: it is not dead.
    """
    notice: Notice = Notice.objects.select_related("agency").lock(notice_id)
    check_can_replay(by, notice)
    check_tells_of_nothing_kept(by, notice.tells_of)
    if notice.dead is None:
        raise NotNow(_("This e-mail is not waiting to be sent again."))
    notice.changed(dead=None, done=None, receipt="", attempts=0, due=now)
    wake("agencies.tasks.sweep_notices")
    return notice
