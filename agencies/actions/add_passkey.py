"""Somebody sets up a passkey."""

from datetime import datetime
from typing import Any

from allauth.mfa.webauthn.internal.auth import WebAuthn

from agencies.actions.warn_user import warn_user
from agencies.models import User
from agencies.signin.factors import first_codes
from audit.access import looked
from audit.action import action
from audit.models import Entry


@action
def add_passkey(*, name: str, credential: Any, by: User, now: datetime) -> list[str]:
    """Keep a passkey that the browser has made as it was asked to. Returns recovery codes, with the first factor."""
    made = WebAuthn.add(by, name, credential).instance
    looked(kind=Entry.Kind.FACTOR_ADDED, at_object=by, by=by, now=now, factor=made.type, number=made.pk)
    warn_user(user=by, by=by, now=now)
    return first_codes(by)
