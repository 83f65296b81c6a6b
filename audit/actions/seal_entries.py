"""What was committed to the ledger gets its place in the tree, and the tree is signed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog
from django.db import IntegrityError, connection
from psycopg import sql

from audit.action import action
from audit.actors import Actor
from audit.models import Leaf, Seal
from audit.permissions import check_seals
from audit.sealing.keys import signer
from audit.sealing.leaves import COLUMNS, Row, commitment_of, copy, entry_columns, leaf_of
from audit.sealing.note import Checkpoint
from audit.sealing.stored import add_leaves, frontier, last_seal
from audit.sealing.tree import Frontier, leaf_hash

log = structlog.get_logger(__name__)

# In one pass; what is left waits for the next.
AT_MOST = 10_000
_LOCK = "audit:sealer"


class Occupied(RuntimeError):
    """Where the tree is to grow there stands something already, which no sealer has put there."""


class CountedBack(RuntimeError):
    """Transactions have lower numbers than those that are sealed: this is another cluster, restored from a dump."""


@dataclass(frozen=True)
class Moment:
    """The oldest transaction that is open, and the next one that will be, as `audit_stamp` counts."""

    oldest: int
    next: int


@action
def seal_entries(*, by: Actor, now: datetime) -> int:
    """Give every committed entry without a place its place, and sign a checkpoint. How many there were.

    Entries of transactions that are still open are taken once they have committed, and keep nobody waiting: each pass
    looks again from the oldest transaction that was open at the last. Somebody else's pass is not waited for.

    Raises:
        Forbidden: `by` is not the sealer.
        Occupied: somebody has added leaves, subtrees or seals; `manage.py audit_verify` says which.
        CountedBack: nothing can be found by the numbers of transactions until `manage.py audit_restored` has run.
    """
    check_seals(by)
    if not _alone():
        return 0
    before, moment = last_seal(), _moment()
    horizon, size = (before.horizon, before.size) if before else (0, 0)
    if moment.next < horizon:
        raise CountedBack(f"The next transaction is {moment.next}; all before {horizon} were sealed.")
    rows = list(_without_a_place(horizon))
    if rows:
        # Where the pass is full, what it has not taken is of its last transaction or of later ones.
        settled = moment.oldest if len(rows) < AT_MOST else min(moment.oldest, _number(rows[-1], "stamp"))
        try:
            _grow(rows, size=size, horizon=settled, now=now)
        except IntegrityError as fault:
            raise Occupied(f"The tree cannot grow behind {size}: {fault}") from None
    _shout_of_doubles(horizon)
    return len(rows)


def _grow(rows: list[Row], *, size: int, horizon: int, now: datetime) -> None:
    edge = frontier(size)
    new = add_leaves(_placed(rows, edge), size=size)
    key = signer()
    note = key.sign(Checkpoint(key.name, new, edge.root()))
    Seal.objects.create(size=new, root=edge.root(), horizon=horizon, checkpoint=note, at=now)


def _alone() -> bool:
    """Whether no other sealer is at work; if so, none begins until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [_LOCK])
        return bool(cursor.fetchone()[0])


def _moment() -> Moment:
    """Asked before the entries are read: whatever older transactions have written is seen by that query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT audit_stamp(pg_snapshot_xmin(present)), audit_stamp(pg_snapshot_xmax(present))"
            " FROM pg_current_snapshot() AS present"
        )
        return Moment(*cursor.fetchone())


def _without_a_place(horizon: int) -> Iterator[Row]:
    """Entries that are not sealed, with their payloads, in the order in which their transactions began to write.

    Of several of one number one is taken, and none where it has a place: the others are nobody's who writes entries.
    """
    yield from copy(
        sql.SQL(
            "SELECT {columns}, payload.key_of, payload.sealed FROM audit_entry entry"
            " LEFT JOIN audit_payload payload ON payload.entry_id = entry.id AND payload.at = entry.at"
            " WHERE entry.stamp >= {horizon} AND NOT EXISTS (SELECT FROM audit_leaf leaf WHERE leaf.entry = entry.id)"
            " AND NOT EXISTS (SELECT FROM audit_entry other WHERE other.id = entry.id AND other.at < entry.at)"
            " ORDER BY entry.stamp, entry.id LIMIT {at_most}"
        ).format(columns=entry_columns(), horizon=horizon, at_most=AT_MOST)
    )


def _shout_of_doubles(horizon: int) -> None:
    """Say in the log that an entry stands beside, or in the place of, one that is sealed under its number."""
    query = sql.SQL(
        "SELECT entry.id FROM audit_entry entry JOIN audit_leaf leaf ON leaf.entry = entry.id AND leaf.at <> entry.at"
        " WHERE entry.stamp >= {horizon} ORDER BY entry.id LIMIT 10"
    )
    for (entry,) in copy(query.format(horizon=horizon)):
        log.error("entry_with_another_time_than_was_sealed", id=entry)


def _placed(rows: list[Row], edge: Frontier) -> Iterator[Leaf]:
    """The leaves of entries, as the edge of the tree takes them in."""
    for *columns, key_of, sealed in rows:
        commitment = commitment_of(key_of, sealed)
        found = leaf_hash(leaf_of(columns, commitment))
        yield Leaf(
            position=edge.size,
            entry=_number(columns, "id"),
            at=datetime.fromisoformat(columns[COLUMNS.index("at")] or ""),
            hash=found,
            commitment=bytes.fromhex(commitment),
        )
        edge.append(found)


def _number(row: Sequence[str | None], column: str) -> int:
    return int(row[COLUMNS.index(column)] or 0)
