"""The ledger row by row, for whoever verifies it: in batches, so that neither memory nor a snapshot grows with it.

No month is detached while a batch is read: whoever wants to waits for the end of it.
"""

from collections.abc import Iterator, Mapping

from django.db import connection, transaction
from psycopg import sql

from audit.models import Subtree
from audit.sealing.leaves import Row, copy, entries, entry_columns, payloads

# Rows that are asked for at once.
BATCH = 10_000
# Rows are counted in spans of 2 ** 13 numbers, and so many of them at once.
SPAN = 13
COUNTED = 1 << SPAN + 7
# What a number in the database can be.
FIRST, LAST = -(2**63), 2**63 - 1
# The number that no transaction has yet; of what is not committed, only one's own is seen.
_NEXT = sql.SQL(
    "greatest(audit_stamp(pg_snapshot_xmax(pg_current_snapshot())), audit_stamp(pg_current_xact_id_if_assigned()) + 1)"
)


Spans = list[tuple[int, int]]


def stretches(until: int) -> Iterator[tuple[int, int]]:
    """The positions below `until` at which there are leaves, a batch at a time: from one to before another."""
    first = sql.SQL("SELECT min(position) FROM audit_leaf WHERE position >= {start} AND position < {until}")
    start = FIRST
    while (found := _one(first.format(start=start, until=until))) is not None:
        start = min(found + BATCH, until)
        yield found, start


def leaves(start: int, end: int) -> Iterator[Row]:
    """Position, entry, hash and commitment of leaves, their entry's columns, whose key seals its payload, and that.

    In the order of positions, as they come: nothing else can be asked until the last. Each is looked up by itself: a
    join of everything would sort everything.
    """
    query = sql.SQL(
        "SELECT leaf.position, leaf.entry, leaf.hash, leaf.commitment, {columns}, payload.key_of, payload.sealed"
        " FROM (SELECT * FROM audit_leaf WHERE position >= {start} AND position < {end} ORDER BY position) leaf"
        " LEFT JOIN LATERAL"
        " (SELECT * FROM {entries} found WHERE found.id = leaf.entry AND found.at = leaf.at LIMIT 1) entry ON true"
        " LEFT JOIN LATERAL"
        " (SELECT * FROM {payloads} found WHERE found.entry_id = leaf.entry AND found.at = leaf.at LIMIT 1) payload"
        " ON true ORDER BY leaf.position"
    )
    return asked(query, columns=entry_columns(), start=start, end=end)


def unknown_entries(seen: Mapping[int, int]) -> Spans:
    """Between which numbers there are not as many entries as were `seen` in that span: there is to be looked closer."""
    first = sql.SQL("SELECT min(id) FROM {entries} found WHERE id >= {start}")
    counted = sql.SQL(
        "SELECT id >> {bits}, count(*) FROM {entries} found WHERE id BETWEEN {start} AND {end} GROUP BY 1"
    )
    return _unknown(first, counted, seen)


def unknown_payloads(seen: Mapping[int, int]) -> Spans:
    """The same of payloads, by the numbers of their entries."""
    first = sql.SQL("SELECT min(entry_id) FROM {payloads} found WHERE entry_id >= {start}")
    counted = sql.SQL(
        "SELECT entry_id >> {bits}, count(*) FROM {payloads} found WHERE entry_id BETWEEN {start} AND {end} GROUP BY 1"
    )
    return _unknown(first, counted, seen)


def without_a_place(spans: Spans) -> Iterator[Row]:
    """Of every entry there for which no leaf stands: its columns, whether one stands for another entry of its number,
    and whether its stamp is of a transaction that has not been."""
    query = sql.SQL(
        "SELECT {columns}, EXISTS (SELECT FROM audit_leaf leaf WHERE leaf.entry = entry.id), entry.stamp >= {next}"
        " FROM {entries} entry WHERE entry.id BETWEEN {start} AND {end} AND NOT EXISTS"
        " (SELECT FROM audit_leaf leaf WHERE leaf.entry = entry.id AND leaf.at = entry.at) ORDER BY entry.id"
    )
    return in_spans(query, spans, columns=entry_columns(), next=_NEXT)


def redacted_since(position: int) -> list[str]:
    """Which entry, or else which person, each redaction is of that was sealed from this position on."""
    query = sql.SQL(
        "SELECT entry.redacts, entry.subject FROM audit_leaf leaf CROSS JOIN LATERAL"
        " (SELECT * FROM {entries} found WHERE found.id = leaf.entry AND found.at = leaf.at LIMIT 1) entry"
        " WHERE leaf.position >= {position} AND entry.kind = 'redacted'"
    )
    return [one or person or "" for one, person in asked(query, position=position)]


def stored_subtrees() -> Iterator[tuple[int, int, bytes]]:
    """Level, number and hash of each root that is kept."""
    number = FIRST
    while batch := list(Subtree.objects.filter(pk__gte=number).order_by("pk")[:BATCH]):
        for row in batch:
            yield row.level, row.number, bytes(row.hash)
        number = batch[-1].pk + 1


def in_spans(query: sql.SQL, spans: Spans, /, **fixed: sql.Composable) -> Iterator[Row]:
    """The rows of a query that is asked for each span of numbers."""
    for start, end in spans:
        yield from asked(query, start=start, end=end, **fixed)


def asked(query: sql.SQL, /, **fixed: sql.Composable | int) -> Iterator[Row]:
    """The rows of a query over all entries and payloads, none of which is moved beside meanwhile."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            # As DETACH PARTITION locks them, in its order: it waits, and which months lie beside stays so.
            cursor.execute("LOCK TABLE ONLY audit_entry, ONLY audit_payload IN ACCESS SHARE MODE")
        yield from copy(query.format(entries=entries(), payloads=payloads(), **fixed))


def _unknown(first: sql.SQL, counted: sql.SQL, seen: Mapping[int, int]) -> Spans:
    start, spans = FIRST, []
    while start <= LAST:
        ((found,),) = asked(first, start=start)
        if found is None:
            break
        start = int(found) >> SPAN << SPAN
        end = min(start + COUNTED - 1, LAST)
        for span, count in asked(counted, bits=SPAN, start=start, end=end):
            if seen.get(int(span or 0), 0) != int(count or 0):
                low = int(span or 0) << SPAN
                spans.append((low, low + (1 << SPAN) - 1))
        start = end + 1
    return sorted(spans)


def _one(query: sql.Composable) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute(query)
        found: int | None = cursor.fetchone()[0]
        return found
