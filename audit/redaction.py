"""What an entry says is taken away, and the ledger says that it was. Every proof stays valid.

The application has no right to delete payloads: a function of the database's owner does it, and writes the entry that
says so in the same breath, with the time that the database knows (audit/migrations/0009_guards.py). What was detached
is redacted as well.
"""

from uuid import UUID

from django.db import connection

from audit.context import require_action


def redact_entry(entry: int) -> int:
    """Take away the payload of one entry, inside an action. How many payloads went: one, or none if it was gone."""
    return _redact(entry, None)


def redact_person(person: UUID) -> int:
    """Take away all payloads that are sealed under a person's key, inside an action. How many went."""
    return _redact(None, person)


def _redact(entry: int | None, person: UUID | None) -> int:
    present = require_action()
    by = (present.actor or present.by).pk
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT audit_redact(%s::bigint, %s::uuid, %s::uuid, %s, %s::uuid, %s::inet)",
            [entry, person, by, present.verb, present.correlation, present.address],
        )
        gone: int = cursor.fetchone()[0]
        return gone
