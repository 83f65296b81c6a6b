"""The room "documents": files, from the moment they arrive to the download, and lists taken out as files."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "documents"

    def ready(self) -> None:
        """Register the room's handlers."""
        from documents import handlers  # noqa: F401  # importing registers them
