"""Whoever has the link sets the password of the account; the link is used up."""

from datetime import datetime

from agencies.actions.end_sessions import end_sessions
from agencies.actions.warn_user import warn_user
from agencies.key_text import hash_secret
from agencies.models import Invitation, User
from agencies.permissions import Permission, require
from agencies.policies import check_link_works
from agencies.signin.passwords import check_strength
from audit.action import action
from audit.actors import Actor


@action
def accept_invitation(*, token: str, password: str, by: Actor, now: datetime) -> User:
    """Set the password, and end the sessions that were begun with another. Locks the invitation.

    Raises:
        Forbidden: `by` may not use links.
        NotNow: the link was used, withdrawn, replaced, has run out, or never was: the same words for each; or the
            password is too weak, and the link stays good.
    """
    require(by, Permission.INVITATION_ACCEPT)
    found = Invitation.objects.filter(link_hash=hash_secret(token)).select_related("user")
    invitation = check_link_works(found.select_for_update(of=("self",)).first(), now=now)
    user: User = invitation.user
    check_strength(password, user)
    invitation.changed(used=now)
    user.set_password(password)
    user.changed(password=user.password)
    end_sessions(user_id=user.pk, why="password set by link", by=user, now=now)
    warn_user(user=user, by=by, now=now)
    return user
