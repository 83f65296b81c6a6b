"""What was written between a restore and `manage.py audit_restored` is found by the sealer after all."""

from datetime import datetime
from hashlib import sha256

from django.db import connection

from audit.action import action
from audit.actors import Actor
from audit.ledger import write_entry
from audit.models import Entry
from audit.permissions import check_operates
from audit.sealing.stored import last_seal


@action
def restamp_entries(*, by: Actor, now: datetime) -> int:
    """Give entries below the sealer's horizon that have no leaf the number of this transaction. How many there were.

    It must run as the owner, after `audit_stamp` was lifted. Writers wait for it, and it for those that are at work:
    what they wrote may have a lower number too. The entry of it says which ones they were.

    Raises:
        Forbidden: `by` is no operator.
    """
    check_operates(by)
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE audit_entry IN SHARE ROW EXCLUSIVE MODE")
        seal = last_seal()
        cursor.execute(
            "UPDATE audit_entry SET stamp = audit_stamp(pg_current_xact_id()) WHERE stamp < %s AND NOT EXISTS"
            " (SELECT FROM audit_leaf leaf WHERE leaf.entry = audit_entry.id AND leaf.at = audit_entry.at)"
            " RETURNING id",
            [seal.horizon if seal else 0],
        )
        ids = sorted(number for (number,) in cursor.fetchall())
    if ids:
        digest = sha256(" ".join(map(str, ids)).encode()).hexdigest()
        details = {"count": len(ids), "first": ids[0], "last": ids[-1], "sha256_of_ids": digest}
        write_entry(Entry.Kind.BULK, object_type=Entry._meta.label_lower, details=details)
    return len(ids)
