"""A link that was sent opens nothing any more."""

from datetime import datetime
from uuid import UUID

from agencies.models import Invitation
from agencies.permissions import Permission, require
from audit.action import action
from audit.actors import Actor


@action
def withdraw_invitation(*, user_id: UUID, by: Actor, now: datetime) -> bool:
    """Withdraw the link that a user was sent and has not used, if there is one. Whether there was. Locks it.

    Raises Forbidden unless `by` may create users.
    """
    require(by, Permission.USER_CREATE)
    waiting = Invitation.objects.select_for_update(of=("self",)).filter(used=None, withdrawn_at=None)
    invitation: Invitation | None = waiting.filter(user=user_id).first()
    if invitation is None:
        return False
    invitation.changed(withdrawn_at=now, withdrawn_by=by.pk)
    return True
