"""That the tables themselves were changed is on the ledger too."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from audit.action import action
from audit.actors import Actor
from audit.ledger import write_bare_entry
from audit.models import Entry
from audit.permissions import check_operates


class Done(NamedTuple):
    """A migration by its app and name, and whether it was undone instead of applied."""

    name: str
    undone: bool


@action
def record_migrations(*, done: Iterable[Done], by: Actor, now: datetime) -> None:
    """Write an entry for each migration that was applied or undone, in their order: as much of a long name as fits.

    Raises:
        Forbidden: `by` is no operator.
    """
    check_operates(by)
    longest = Entry._meta.get_field("object_type").max_length
    for each in done:
        kind = Entry.Kind.MIGRATION_UNDONE if each.undone else Entry.Kind.MIGRATED
        write_bare_entry(kind, object_type=each.name[:longest])
