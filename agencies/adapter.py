"""How the sign-in library behaves here."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from agencies.models import User


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by administrators: nobody signs up at a page."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """The user, or None: also for who has left, and for a service account, answered as with a wrong password."""
        found: User | None = super().authenticate(request, **credentials)
        return found if found is not None and found.is_active and not found.is_system else None
