"""The room "agencies": agencies, users, roles and sign-in."""

from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    name = "agencies"

    def ready(self) -> None:
        """Put sign-ins on the record; check that mail can go, and say in time when the bank holidays end."""
        from agencies import (
            checks,  # noqa: F401  # importing registers the checks
            invitations,  # noqa: F401  # importing registers what freshens their e-mails
        )
        from agencies.signin import signals  # noqa: F401  # importing connects the receivers
