"""The room "triage": the police desk, which decides what becomes of a referral."""

from django.apps import AppConfig


class TriageConfig(AppConfig):
    name = "triage"

    def ready(self) -> None:
        """Register the room's handlers, what suspends a clearance, and what tells of outcomes."""
        from triage import handlers, news, selectors  # noqa: F401  # importing registers them
