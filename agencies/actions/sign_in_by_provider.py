"""An organisation's own sign-in says who somebody is."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from agencies.models import Identity, User
from audit.action import action
from audit.actors import Actor
from audit.refusals import Forbidden

NOT_KNOWN = _("Nobody here is known by that sign-in. Ask your system administrator.")


@dataclass(frozen=True)
class Claims:
    """What a provider says of somebody; `email` is empty unless it vouches for it and may speak for its domain."""

    provider: str
    subject: str
    email: str


@action
def sign_in_by_provider(*, claims: Claims, by: Actor, now: datetime) -> User:
    """The user of whom the provider speaks. The first time they are found by e-mail address, from then on by subject.

    Raises Forbidden where there is none, or an account that is closed, a system's, or another person's by now.
    """
    known = Identity.objects.filter(provider=claims.provider, subject=claims.subject).select_related("user").first()
    user = known.user if known else _found_by_email(claims)
    if user is None or not user.is_active or user.is_system:
        raise Forbidden(NOT_KNOWN)
    if known is None:
        Identity(user=user, provider=claims.provider, subject=claims.subject).save(force_insert=True)
    return user


def _found_by_email(claims: Claims) -> User | None:
    """Not somebody whom the provider has named otherwise before: the address has changed hands."""
    found: User | None = User.objects.filter(email__iexact=claims.email).first() if claims.email else None
    taken = found is not None and Identity.objects.filter(user=found, provider=claims.provider).exists()
    return None if taken else found
