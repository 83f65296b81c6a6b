"""The database in the hands of whoever owns it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from django.db import connection


@contextmanager
def as_owner() -> Iterator[None]:
    """The process connects as whoever owns the database."""
    owner, told = urlsplit(os.environ["MIGRATION_DATABASE_URL"]), connection.settings_dict
    before = {name: told[name] for name in ("USER", "PASSWORD")}
    connection.close()
    told.update(USER=owner.username, PASSWORD=owner.password)
    try:
        yield
    finally:
        connection.close()
        told.update(before)
