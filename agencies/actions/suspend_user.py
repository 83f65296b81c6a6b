"""An account is shut for a while: its sessions end, its roles stay where they are."""

from datetime import datetime
from uuid import UUID

from agencies.actions.end_sessions import end_sessions
from agencies.actions.keep_administered import keep_administered
from agencies.actions.withdraw_invitation import withdraw_invitation
from agencies.models import User
from agencies.permissions import check_can_close_account
from agencies.policies import check_is_open
from audit.action import action
from audit.actors import Actor


@action
def suspend_user(*, user_id: UUID, by: Actor, now: datetime) -> User:
    """Suspend an account: nobody signs in with it, and its next request finds nothing. Locks the user.

    What is assigned to them stays theirs: whoever leaves for good has their account closed (`deactivate_user`).

    Raises:
        User.DoesNotExist: there is none with this id.
        Forbidden: `by` may not suspend accounts, or it is their own.
        NotNow: it is shut already, or the last administrator's.
    """
    user: User = User.objects.lock(user_id)
    keep_administered(without=user, by=by, now=now)
    check_can_close_account(by, user)
    check_is_open(user)
    user.changed(is_active=False)
    end_sessions(user_id=user.pk, why="suspended", by=by, now=now)
    withdraw_invitation(user_id=user.pk, by=by, now=now)
    return user
