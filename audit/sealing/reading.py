"""The ledger row by row, for whoever verifies it: in batches, so that neither memory nor a snapshot grows with it."""

import base64
from collections.abc import Iterator
from typing import NamedTuple

from django.db import connection
from psycopg import sql

from audit.models import Seal, Subtree
from audit.sealing.leaves import Row, copy, entries, entry_columns, payloads

# Rows that are asked for at once.
BATCH = 10_000
# What a number in the database can be.
FIRST, LAST = -(2**63), 2**63 - 1


class Root(NamedTuple):
    """What a seal or a checkpoint says that the root was when the tree had this size."""

    size: int
    hash: bytes
    by: str


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
    fixed = {"columns": entry_columns(), "entries": entries(), "payloads": payloads(), "until": until, "most": BATCH}
    start = FIRST
    while True:
        rows = list(copy(query.format(start=start, **fixed)))
        if not rows:
            return
        yield from rows
        start = int(rows[-1][0] or 0) + 1


def without_a_place() -> Iterator[Row]:
    """The columns of every entry for which no leaf stands."""
    query = sql.SQL(
        "SELECT {columns} FROM {entries} entry WHERE entry.id BETWEEN {start} AND {end} AND NOT EXISTS"
        " (SELECT FROM audit_leaf leaf WHERE leaf.entry = entry.id AND leaf.at = entry.at) ORDER BY entry.id"
    )
    first = sql.SQL("SELECT min(entry.id) FROM {entries} entry WHERE entry.id >= {start}")
    fixed = {"columns": entry_columns(), "entries": entries()}
    start = FIRST
    while start <= LAST and (found := _one(first.format(entries=fixed["entries"], start=start))) is not None:
        end = min(found + BATCH - 1, LAST)
        yield from list(copy(query.format(start=found, end=end, **fixed)))
        start = end + 1


def signed_roots(until: int) -> Iterator[Root]:
    """What the ledger's own seals say, in order; one that does not say what its note says has no root at all."""
    size = -1
    while batch := list(Seal.objects.filter(size__gt=size, size__lte=until).order_by("size")[:BATCH]):
        for seal in batch:
            said = f"\n{seal.size}\n{base64.b64encode(bytes(seal.root)).decode()}\n"
            yield Root(seal.size, bytes(seal.root) if said in seal.checkpoint else b"", "seal")
        size = batch[-1].size


def stored_subtrees() -> Iterator[tuple[int, int, bytes]]:
    """Level, number and hash of each root that is kept."""
    number = 0
    while batch := list(Subtree.objects.filter(pk__gt=number).order_by("pk")[:BATCH]):
        for row in batch:
            yield row.level, row.number, bytes(row.hash)
        number = batch[-1].pk


def _one(query: sql.Composable) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute(query)
        found: int | None = cursor.fetchone()[0]
        return found
