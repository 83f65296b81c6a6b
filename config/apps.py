"""config as an app: so that Django finds the management commands of the house, and every process its broker."""

from django.apps import AppConfig


class HouseConfig(AppConfig):
    """Named `house`, so that no label is `config`."""

    name = "config"
    label = "house"

    def ready(self) -> None:
        """Make our Celery application the one that every process and thread finds."""
        import config.celery  # noqa: F401  # without it Celery makes up one of its own, with no broker of ours
