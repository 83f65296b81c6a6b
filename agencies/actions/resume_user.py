"""An account that was shut is opened again."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from agencies.administration import standing_memberships
from agencies.models import User
from agencies.permissions import Permission, can, check_can_close_account
from agencies.policies import check_asked_by_another, check_is_shut
from agencies.roles import takes_two
from audit.action import action
from audit.actors import Actor


@action
def resume_user(*, user_id: UUID, by: Actor, now: datetime) -> User:
    """Open a suspended account, with the roles it still has; one that was closed has none. Locks the user.

    Where one of the roles takes two administrators, so does this: the first one asks, and it stays shut until another
    opens it. Who may not any more has not asked. An operator opens any account alone.

    Raises:
        User.DoesNotExist: there is none with this id.
        Forbidden: `by` may not suspend accounts.
        NotNow: it is open, or `by` is the one who asked.
    """
    user: User = User.objects.select_related("resume_asked_by").lock(user_id)
    check_can_close_account(by, user)
    check_is_shut(user)
    held = standing_memberships(on=timezone.localdate(now)).filter(user=user)
    if isinstance(by, User) and any(takes_two(membership.role) for membership in held):
        asked_by = user.resume_asked_by
        if asked_by is None or not can(asked_by, Permission.USER_DEACTIVATE):
            asked: User = user.changed(resume_asked_at=now, resume_asked_by=by)
            return asked
        check_asked_by_another(user, by)
    resumed: User = user.changed(is_active=True, resume_asked_at=None, resume_asked_by=None)
    return resumed
