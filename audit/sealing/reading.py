"""The ledger row by row, for whoever verifies it: in batches, so that neither memory nor a snapshot grows with it.

A month that is detached while somebody reads is found where it lies then: what was asked meanwhile is asked again.
"""

from collections.abc import Callable, Iterator

from django.db import connection
from psycopg import sql

from audit.models import Subtree
from audit.sealing.leaves import Row, copy, detached, entries, entry_columns, payloads

# Rows that are asked for at once.
BATCH = 10_000
# What a number in the database can be.
FIRST, LAST = -(2**63), 2**63 - 1
# The number that no transaction has yet; of what is not committed, only one's own is seen.
_NEXT = sql.SQL(
    "greatest(audit_stamp(pg_snapshot_xmax(pg_current_snapshot())), audit_stamp(pg_current_xact_id_if_assigned()) + 1)"
)


def leaves(until: int) -> Iterator[Row]:
    """Position, entry, hash and commitment of every leaf, its entry's columns, whose key seals its payload, and that.

    In the order of positions. Each is looked up by itself: a join of everything would sort everything.
    """
    query = sql.SQL(
        "SELECT leaf.position, leaf.entry, leaf.hash, leaf.commitment, {columns}, payload.key_of, payload.sealed"
        " FROM (SELECT * FROM audit_leaf WHERE position >= {start} AND position < {until}"
        " ORDER BY position LIMIT {most}) leaf LEFT JOIN LATERAL"
        " (SELECT * FROM {entries} found WHERE found.id = leaf.entry AND found.at = leaf.at LIMIT 1) entry ON true"
        " LEFT JOIN LATERAL"
        " (SELECT * FROM {payloads} found WHERE found.entry_id = leaf.entry AND found.at = leaf.at LIMIT 1) payload"
        " ON true ORDER BY leaf.position"
    )
    start = FIRST
    while True:
        rows = unmoved(query, columns=entry_columns(), start=start, until=until, most=BATCH)
        if not rows:
            return
        yield from rows
        start = int(rows[-1][0] or 0) + 1


def without_a_place() -> Iterator[Row]:
    """Of every entry for which no leaf stands: its columns, whether one stands for another entry of its number, and
    whether its stamp is of a transaction that has not been."""
    query = sql.SQL(
        "SELECT {columns}, EXISTS (SELECT FROM audit_leaf leaf WHERE leaf.entry = entry.id), entry.stamp >= {next}"
        " FROM {entries} entry WHERE entry.id BETWEEN {start} AND {end} AND NOT EXISTS"
        " (SELECT FROM audit_leaf leaf WHERE leaf.entry = entry.id AND leaf.at = entry.at) ORDER BY entry.id"
    )
    return in_spans(query, entries, "id", columns=entry_columns(), next=_NEXT)


def redacted_since(position: int) -> list[str]:
    """Which entry, or else which person, each redaction is of that was sealed from this position on."""
    query = sql.SQL(
        "SELECT entry.redacts, entry.subject FROM audit_leaf leaf CROSS JOIN LATERAL"
        " (SELECT * FROM {entries} found WHERE found.id = leaf.entry AND found.at = leaf.at LIMIT 1) entry"
        " WHERE leaf.position >= {position} AND entry.kind = 'redacted'"
    )
    return [one or person or "" for one, person in unmoved(query, position=position)]


def stored_subtrees() -> Iterator[tuple[int, int, bytes]]:
    """Level, number and hash of each root that is kept."""
    number = 0
    while batch := list(Subtree.objects.filter(pk__gt=number).order_by("pk")[:BATCH]):
        for row in batch:
            yield row.level, row.number, bytes(row.hash)
        number = batch[-1].pk


def in_spans(
    query: sql.SQL, table: Callable[[], sql.Composable], number: str, /, **fixed: sql.Composable
) -> Iterator[Row]:
    """The rows of a query that is asked for a span of numbers at a time, of a table that has them."""
    first = sql.SQL("SELECT min({number}) FROM {table} found WHERE {number} >= {start}")
    start = FIRST
    while start <= LAST:
        found = _one(first.format(number=sql.Identifier(number), table=table(), start=start))
        if found is None:
            return
        end = min(found + BATCH - 1, LAST)
        yield from unmoved(query, start=found, end=end, **fixed)
        start = end + 1


def unmoved(query: sql.SQL, /, **fixed: sql.Composable | int) -> list[Row]:
    """The rows of a query over all entries and payloads, of which none was moved beside while it was asked."""
    while True:
        before = detached()
        rows = list(copy(query.format(entries=entries(), payloads=payloads(), **fixed)))
        if detached() == before:
            return rows


def _one(query: sql.Composable) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute(query)
        found: int | None = cursor.fetchone()[0]
        return found
