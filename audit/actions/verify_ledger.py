"""The ledger is compared with what was sealed, and with every checkpoint that lies in the second place."""

from datetime import datetime
from functools import partial

from django.core.cache import cache

from audit.access import looked
from audit.action import action
from audit.actors import Actor
from audit.models import Entry, Verification
from audit.permissions import check_seals
from audit.sealing import places
from audit.sealing.keys import verifiers
from audit.sealing.note import open_each
from audit.sealing.verifying import verify

REMEMBERED = 3600  # seconds


@action
def verify_ledger(*, row: Verification, by: Actor, now: datetime) -> None:
    """Verify, and keep what was found. How far it is, `progress_of` tells meanwhile.

    Raises:
        Forbidden: `by` is not the sealer.
        OSError: the second place is away. It is tried again.
        ImproperlyConfigured: a public key cannot be read.
    """
    check_seals(by)
    checkpoints, unreliable = open_each(places.named(), verifiers())
    report = verify(checkpoints, progress=partial(cache.set, _place(row), timeout=REMEMBERED))
    for what in unreliable:
        report.found(None, None, what)
    row.changed(found=report.as_json(), done=now)
    faults = len(report.faults) + report.more
    looked(kind=Entry.Kind.VERIFIED, at_object=row, by=by, now=now, entries=report.entries, faults=faults)


def progress_of(row: Verification) -> int:
    """How many entries were read: the worker says so outside of its transaction, which nobody else can look into."""
    return int(cache.get(_place(row)) or 0)


def _place(row: Verification) -> str:
    return f"verification:{row.pk}"
