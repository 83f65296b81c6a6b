"""The room "desk": the pages that show several rooms at once."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "desk"

    def ready(self) -> None:
        """Register what of this room can be taken out as a file."""
        from desk.exports import ledger  # noqa: F401  # importing registers it
