"""How the sign-in library behaves here."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by administrators: nobody signs up at a page."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False
