"""The room "people": persons and records."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "people"

    def ready(self) -> None:
        """Register the room's handlers."""
        from people import handlers  # noqa: F401  # importing registers them
