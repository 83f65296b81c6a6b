"""Somebody has lost every second factor and all recovery codes: an operator takes them away, after seeing who asks."""

from datetime import datetime
from uuid import UUID

from allauth.mfa.models import Authenticator

from agencies.actions.end_sessions import end_sessions
from agencies.actions.warn_user import warn_user
from agencies.models import User
from agencies.permissions import Permission, require
from audit.access import looked
from audit.action import action
from audit.actors import Actor
from audit.models import Entry


@action
def reset_factors(*, user_id: UUID, by: Actor, now: datetime) -> User:
    """Remove every factor of a user and end their sessions: at the next sign-in they set one up anew.

    Raises Forbidden unless `by` may close accounts.
    """
    require(by, Permission.USER_DEACTIVATE)
    user: User = User.objects.lock(user_id)
    looked(kind=Entry.Kind.FACTOR_REMOVED, at_object=user, by=by, now=now, factor="all")
    Authenticator.objects.filter(user=user).delete()
    end_sessions(user_id=user.pk, why="second factors reset", by=by, now=now)
    warn_user(user=user, by=by, now=now)
    return user
