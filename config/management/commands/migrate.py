"""Django's migrate, run as the owner of the database instead of the application."""

from typing import Any

from django.core.management.commands.migrate import Command as Migrate

from config.owner import as_owner


class Command(Migrate):
    """Migrate under MIGRATION_DATABASE_URL: the application's role owns no table."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Swap the role for the length of the command."""
        with as_owner(options["database"]):
            super().handle(*args, **options)
