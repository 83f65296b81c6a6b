"""An account that was shut is opened again."""

from datetime import datetime
from uuid import UUID

from agencies.models import User
from agencies.permissions import check_can_close_account
from agencies.policies import check_is_shut
from audit.action import action
from audit.actors import Actor


@action
def resume_user(*, user_id: UUID, by: Actor, now: datetime) -> User:
    """Open a suspended account, with the roles it still has; one that was closed has none. Locks the user.

    Raises:
        User.DoesNotExist: there is none with this id.
        Forbidden: `by` may not suspend accounts.
        NotNow: it is open.
    """
    user: User = User.objects.lock(user_id)
    check_can_close_account(by, user)
    check_is_shut(user)
    resumed: User = user.changed(is_active=True)
    return resumed
