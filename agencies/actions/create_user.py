"""Somebody gets an account. What they may do comes from memberships, added apart."""

from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from agencies.permissions import Permission, require
from audit.action import action
from audit.actors import Actor
from audit.refusals import Refused


@action
def create_user(*, email: str, name: str, password: str | None, by: Actor, now: datetime) -> User:
    """Make an account. Without a password nobody can sign in with it until one is set.

    Raises:
        Forbidden: `by` may not create users.
        Refused: the e-mail address has an account, or the password is too weak.
    """
    require(by, Permission.USER_CREATE)
    if User.objects.filter(email__iexact=email).exists():
        raise Refused(_("There is an account with this e-mail address already."))
    user = User(email=email, name=name)
    if password is not None:
        _check_password(password, user)
    user.set_password(password)
    user.save(force_insert=True)
    return user


def _check_password(password: str, user: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as weak:
        raise Refused(" ".join(weak.messages)) from None
