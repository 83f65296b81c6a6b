"""Somebody is told by e-mail that how they sign in has changed: if it was not them, somebody else has their account."""

from datetime import datetime

from django.conf import settings

from agencies.actions.send_notice import send_notice
from agencies.models import Notice, NoticeKind, User
from audit.action import action
from audit.actors import Actor
from audit.agents import Agent


@action
def warn_user(*, user: User, by: Actor, now: datetime) -> Notice:
    """Queue the e-mail. It names neither what changed nor who they are: their account page does."""
    notice: Notice = send_notice(
        kind=NoticeKind.ACCOUNT_CHANGED,
        about=user.pk,
        tells_of=[],
        address=user.email,
        details={"link": f"{settings.CASEWORK_BASE_URL}/casework/account/"},
        once=f"account:{user.pk}:{now.isoformat()}",
        by=Agent.MESSENGER,
        now=now,
    )
    return notice
