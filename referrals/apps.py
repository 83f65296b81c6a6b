"""The room "referrals": the national form, submission, dispatch."""

from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    name = "referrals"

    def ready(self) -> None:
        """Register the room's handlers."""
        from referrals import handlers, match_mail, opened, persons, webhooks  # noqa: F401  # importing registers them
        from referrals.exports import inbox  # noqa: F401  # likewise
