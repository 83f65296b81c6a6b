"""Somebody answers their second factor, with a code or a passkey: to sign in, or to confirm that it is still them."""

from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator

from agencies.models import User
from agencies.signin.factors import answered_by
from agencies.signin.passkeys import answered_with
from audit.access import looked
from audit.action import action
from audit.actors import Actor
from audit.models import Entry


@action
def answer_second_factor(
    *, user: User, code: str = "", credential: Any = None, by: Actor, now: datetime
) -> Authenticator | None:
    """Use up a code of an app or a recovery code, or a passkey. None for a wrong one, which is on the record too."""
    used = answered_by(user, code) if code else answered_with(user, credential)
    if used is None:
        looked(kind=Entry.Kind.SIGN_IN_FAILED, at_object=user, by=by, now=now, second_factor=True)
        return None
    used.last_used_at = now
    used.save(update_fields=["last_used_at"])
    looked(kind=Entry.Kind.FACTOR_USED, at_object=user, by=user, now=now, factor=used.type, number=used.pk)
    return used
