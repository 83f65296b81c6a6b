"""That an account is opened again is declined, or taken back."""

from datetime import datetime
from uuid import UUID

from agencies.models import User
from agencies.permissions import check_can_close_account
from agencies.policies import check_resume_asked
from audit.action import action
from audit.actors import Actor


@action
def keep_suspended(*, user_id: UUID, by: Actor, now: datetime) -> User:
    """Leave an account shut that somebody asked to open again: another administrator, or who asked. Locks the user.

    Raises:
        User.DoesNotExist: there is none with this id.
        Forbidden: `by` may not suspend accounts.
        NotNow: nobody has asked, or it is open by now.
    """
    user: User = User.objects.lock(user_id)
    check_can_close_account(by, user)
    check_resume_asked(user)
    kept: User = user.changed(resume_asked_at=None, resume_asked_by=None)
    return kept
