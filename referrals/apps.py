"""The room "referrals": the national form, submission, dispatch."""

from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    name = "referrals"

    def ready(self) -> None:
        """Register the room's handlers, what tells whose persons are, and who is contacted together."""
        from referrals import handlers, match_mail, opened, persons, together, webhooks  # noqa: F401  # importing does
        from referrals.exports import inbox  # noqa: F401  # likewise
