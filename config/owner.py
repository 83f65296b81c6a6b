"""Work that only the owner of the database may do: migrating, and what follows a restore."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management.base import CommandError
from django.db import connections

from config.environment import database


@contextmanager
def as_owner(alias: str = "default") -> Iterator[None]:
    """Connect as MIGRATION_DATABASE_URL says, until the end: the application's role owns no table.

    Raises:
        CommandError: it is not set.
    """
    url = os.environ.get("MIGRATION_DATABASE_URL")
    if not url:
        raise CommandError("MIGRATION_DATABASE_URL is not set: this needs the role that owns the database.")
    connection = connections[alias]
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
        yield
    finally:
        connection.close()
        connection.settings_dict.clear()
        connection.settings_dict.update(before)
