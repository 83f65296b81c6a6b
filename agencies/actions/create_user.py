"""Somebody gets an account. What they may do comes from memberships, added apart."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from agencies.models import User
from agencies.permissions import Permission, require
from agencies.signin.passwords import check_strength
from audit.action import action
from audit.actors import Actor
from audit.locks import lock_name
from audit.refusals import NotNow


@action
def create_user(*, email: str, name: str, password: str | None, by: Actor, now: datetime) -> User:
    """Make an account. Without a password nobody can sign in with it until one is set.

    Raises:
        Forbidden: `by` may not create users.
        NotNow: the e-mail address has an account, or the password is too weak.
    """
    require(by, Permission.USER_CREATE)
    lock_name(f"account:{email.lower()}")
    if User.objects.filter(email__iexact=email).exists():
        raise NotNow(_("There is an account with this e-mail address already."))
    user = User(email=email, name=name)
    if password is not None:
        check_strength(password, user)
    user.set_password(password)
    user.save(force_insert=True)
    return user
