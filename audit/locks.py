"""Waiting for what no row stands for yet."""

from django.db import connection


def lock_name(name: str) -> None:
    """Wait until no other transaction holds this name, and hold it to the end of this one. One query.

    A name says what it is of: `flood:<id>`. Two names share a lock by a chance of one in 2^64, which costs a wait.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
