"""Somebody takes a new password: whoever is signed in elsewhere with the old one is signed out."""

from datetime import datetime

from agencies.actions.end_sessions import end_sessions
from agencies.actions.warn_user import warn_user
from agencies.models import User
from agencies.signin.passwords import check_strength
from audit.access import looked
from audit.action import action
from audit.models import Entry


@action
def change_password(*, old: str, new: str, here: str, by: User, now: datetime) -> bool:
    """Change the password of `by`, and end all their sessions but the one numbered `here`. Locks the user.

    Returns False, on the record, where the old one is wrong. Raises NotNow for a new one that is too weak.
    """
    user: User = User.objects.lock(by.pk)
    if not user.check_password(old):
        looked(kind=Entry.Kind.SIGN_IN_FAILED, at_object=user, by=by, now=now, password=True)
        return False
    check_strength(new, user)
    user.set_password(new)
    user.save(update_fields=["password"])
    end_sessions(user_id=user.pk, why="password changed", but=here, by=by, now=now)
    warn_user(user=user, by=by, now=now)
    by.password = user.password
    return True
