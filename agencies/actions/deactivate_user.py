"""An account is closed: nobody can sign in with it, and a session that is open ends."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from agencies.actions.end_membership import end_membership
from agencies.models import User
from agencies.permissions import Permission, require
from audit.action import action
from audit.actors import Actor
from audit.refusals import NotNow


@action
def deactivate_user(*, user_id: UUID, by: Actor, now: datetime) -> User:
    """Close an account and end its memberships. Locks the user.

    Raises:
        User.DoesNotExist: there is none with this id.
        Forbidden: `by` may not close accounts.
        NotNow: it is closed.
    """
    user: User = User.objects.lock(user_id)
    require(by, Permission.USER_DEACTIVATE)
    if not user.is_active:
        raise NotNow(_("This account is closed already."))
    user.changed(is_active=False)
    for pk in list(user.memberships.filter(ended_at=None).order_by("pk").values_list("pk", flat=True)):
        end_membership(membership_id=pk, by=by, now=now)
    return user
