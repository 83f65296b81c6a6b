"""Somebody is sent the link by which they set the password of their account."""

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from agencies.actions.send_notice import send_notice
from agencies.actions.withdraw_invitation import withdraw_invitation
from agencies.key_text import hash_secret
from agencies.models import Invitation, NoticeKind, User
from agencies.permissions import Permission, require
from agencies.policies import check_is_open, check_signs_in
from audit.action import action
from audit.actors import Actor

# A local setting: over a weekend.
GOOD_FOR = timedelta(hours=72)


@action
def send_invitation(*, user_id: UUID, by: Actor, now: datetime) -> Invitation:
    """Send a link that replaces any before it: to who was invited, and to who has lost their password.

    The second factor is asked for afterwards as ever: the link stands for the password alone. Locks the user.

    Raises:
        User.DoesNotExist: there is none with this id.
        Forbidden: `by` may not create users.
        NotNow: the account is suspended, closed or a system's.
    """
    user: User = User.objects.lock(user_id)
    require(by, Permission.USER_CREATE)
    check_signs_in(user)
    check_is_open(user)
    withdraw_invitation(user_id=user.pk, by=by, now=now)
    token = secrets.token_urlsafe(32)
    invitation = Invitation(user=user, link_hash=hash_secret(token), made_at=now, made_by=by.pk, ends=now + GOOD_FOR)
    invitation.save(force_insert=True)
    send_notice(
        kind=NoticeKind.INVITATION,
        about=invitation.pk,
        tells_of=[],
        address=user.email,
        details={"link": settings.CASEWORK_BASE_URL + reverse("agencies:invitation", args=[token])},
        once=f"invitation:{invitation.pk}",
        by=by,
        now=now,
    )
    return invitation
