"""An account is closed: nobody can sign in with it, and a session that is open ends."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from agencies.actions.end_membership import end_membership
from agencies.actions.end_sessions import end_sessions
from agencies.actions.keep_administered import keep_administered
from agencies.actions.withdraw_invitation import withdraw_invitation
from agencies.models import User
from agencies.permissions import check_can_close_account
from audit.action import action
from audit.actors import Actor
from audit.refusals import NotNow


@action
def deactivate_user(*, user_id: UUID, by: Actor, now: datetime) -> User:
    """Close an account, suspended or not, and end its memberships. Locks the user.

    Raises:
        User.DoesNotExist: there is none with this id.
        Forbidden: `by` may not close accounts, or it is their own.
        NotNow: it is closed, or the last administrator's.
    """
    user: User = User.objects.lock(user_id)
    keep_administered(without=user, by=by, now=now)
    check_can_close_account(by, user)
    held = list(user.memberships.filter(ended_at=None).order_by("pk").values_list("pk", flat=True))
    if not user.is_active and not held:
        raise NotNow(_("This account is closed already."))
    if user.is_active or user.resume_asked_at:
        user.changed(is_active=False, resume_asked_at=None, resume_asked_by=None)
    for pk in held:
        end_membership(membership_id=pk, by=by, now=now)
    end_sessions(user_id=user.pk, why="account closed", by=by, now=now)
    withdraw_invitation(user_id=user.pk, by=by, now=now)
    return user
