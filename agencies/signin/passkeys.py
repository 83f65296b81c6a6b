"""Passkeys: the browser proves a key that never leaves its device, opened there by a finger or a PIN."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from agencies.models import User

# Whatever else a stranger may send in a credential's place.
_MALFORMED = (ValidationError, ValueError, TypeError, KeyError, AttributeError)


def can_have_passkeys(request: HttpRequest) -> bool:
    """Whether browsers offer passkeys at this address: they need a name, and HTTPS unless it is "localhost"."""
    host = request.get_host().partition(":")[0]
    return host == "localhost" or (request.is_secure() and not host.replace(".", "").isdecimal())


def question(user: User | None = None) -> dict[str, Any]:
    """What the browser is to sign: for one user's passkeys, or for anybody's. Kept in the session."""
    asked: dict[str, Any] = auth.begin_authentication(user)
    return asked


def question_to_make_one(user: User) -> dict[str, Any]:
    """What the browser needs to make a passkey that finds its user without a password."""
    asked: dict[str, Any] = auth.begin_registration(user, passwordless=True)
    return asked


def was_made(credential: Any) -> bool:
    """Whether the browser has made a passkey as it was asked to, and checked who holds it."""
    try:
        auth.parse_registration_response(credential)
        return bool(auth.complete_registration(credential).is_user_verified())
    except _MALFORMED:
        return False


def owner_of(credential: Any) -> User | None:
    """Whose passkey it says it is: nothing is proven by that."""
    try:
        found: User = auth.extract_user_from_response(credential)
    except _MALFORMED:
        return None
    return found


def answered_with(user: User, credential: Any) -> Authenticator | None:
    """The passkey of somebody that answers the question in the session; each question is answered once.

    One that was made as a mere security key, which proves nobody's finger or PIN, answers nothing.
    """
    try:
        auth.parse_authentication_response(credential)
        used: Authenticator = auth.complete_authentication(user, credential)
    except _MALFORMED:
        return None
    return None if used.wrap().is_passwordless is False else used
