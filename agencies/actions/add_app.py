"""Somebody sets up an authenticator app."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.utils.translation import gettext_lazy as _

from agencies.actions.warn_user import warn_user
from agencies.models import User
from agencies.signin.factors import Kind, add_totp, first_codes, step_of
from audit.access import looked
from audit.action import action
from audit.models import Entry
from audit.refusals import NotNow


@action
def add_app(*, secret: str, code: str, by: User, now: datetime) -> list[str]:
    """Keep the secret of an app that has shown the right code. Returns recovery codes, with the first factor.

    Raises NotNow for a wrong code, or where there is an app already.
    """
    if Authenticator.objects.filter(user=by, type=Kind.TOTP).exists():
        raise NotNow(_("You have an authenticator app already. Remove it first."))
    step = step_of(secret, code)
    if step is None:
        raise NotNow(_("This code is not right. Enter the one that the app shows now."))
    made = add_totp(by, secret, used_up=step)
    looked(kind=Entry.Kind.FACTOR_ADDED, at_object=by, by=by, now=now, factor=made.type, number=made.pk)
    warn_user(user=by, by=by, now=now)
    return first_codes(by)
