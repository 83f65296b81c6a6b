"""The ledger is compared with what was sealed, and with every checkpoint that lies in the second place."""

from collections.abc import Iterator
from dataclasses import asdict
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
from audit.sealing.note import BadNote, Checkpoint, open_checkpoint
from audit.sealing.verifying import Fault, verify

# The first of the faults are kept, and how many there are: a page shows no more, and the command names them all.
KEPT = 50
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
    notes = list(_opened())
    checkpoints = [each for each in notes if isinstance(each, Checkpoint)]
    report = verify(checkpoints, progress=partial(cache.set, _place(row), timeout=REMEMBERED))
    faults = [*(each for each in notes if isinstance(each, Fault)), *report.faults]
    row.changed(
        found={
            "ok": not faults,
            "entries": report.entries,
            "waiting": report.waiting,
            "redacted": report.redacted,
            "checkpoint": max((each.size for each in checkpoints), default=None),
            "faults": [asdict(fault) for fault in faults[:KEPT]],
            "more": len(faults[KEPT:]) + report.more,
        },
        done=now,
    )
    looked(kind=Entry.Kind.VERIFIED, at_object=row, by=by, now=now, entries=report.entries, faults=len(faults))


def progress_of(row: Verification) -> int:
    """How many entries were read: the worker says so outside of its transaction, which nobody else can look into."""
    return int(cache.get(_place(row)) or 0)


def _opened() -> Iterator[Checkpoint | Fault]:
    """What lies in the second place; what cannot be relied on there is a fault, and keeps nothing from being read."""
    keys = verifiers()
    for note in places.published():
        try:
            yield open_checkpoint(note, keys)
        except BadNote as fault:
            yield Fault(None, None, f"A checkpoint in the second place cannot be relied on: {fault}")


def _place(row: Verification) -> str:
    return f"verification:{row.pk}"
