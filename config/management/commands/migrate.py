"""Django's migrate, run as the owner of the database instead of the application."""

import os
from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands.migrate import Command as Migrate
from django.db import connections

from config.environment import database


class Command(Migrate):
    """Migrate under MIGRATION_DATABASE_URL: the application's role owns no table."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Swap the role for the length of the command."""
        url = os.environ.get("MIGRATION_DATABASE_URL")
        if not url:
            raise CommandError("MIGRATION_DATABASE_URL is not set: migrations need the role that owns the database.")
        connection = connections[options["database"]]
        connection.close()
        before = dict(connection.settings_dict)
        # Only the role differs: a test migrates the database its connection is set to.
        owner = database(url)
        connection.settings_dict.update({"USER": owner["USER"], "PASSWORD": owner["PASSWORD"]})
        connection.settings_dict["OPTIONS"] = {
            **before["OPTIONS"],
            "options": "-c lock_timeout=5s",  # give up rather than queue every request behind an ALTER TABLE
        }
        try:
            super().handle(*args, **options)
        finally:
            connection.close()
            connection.settings_dict.clear()
            connection.settings_dict.update(before)
