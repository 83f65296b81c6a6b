"""What a leaf of the tree says of an entry: all of its columns, and a commitment to its sealed payload.

A leaf is canonical JSON (RFC 8785): names in order, no blanks, every value text or null, as PostgreSQL writes it; the
time as RFC 3339 with microseconds. The commitment is SHA-256 over whose key seals the payload and the sealed bytes,
which begin with a nonce of 96 random bits: of a payload that is gone it tells nothing. Sealer, verifier and proofs read
entries by one road, so that all three mean the same bytes.
"""

import json
import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from hashlib import sha256

from django.db import connection
from psycopg import sql

# In the order of canonical JSON; the commitment has its place among them.
COLUMNS = (
    "actor", "address", "at", "correlation", "id", "kind", "object_id", "object_type", "redacts", "stamp", "subject",
    "verb",
)  # fmt: skip
_ENTRIES, _PAYLOADS = "audit_entry", "audit_payload"
_MONTH = re.compile(rf"({_ENTRIES}|{_PAYLOADS})_([12][0-9]{{3}})_(0[1-9]|1[0-2])")

Row = tuple[str | None, ...]


def leaf_of(columns: Sequence[str | None], commitment: str) -> bytes:
    """The leaf of an entry: `columns` as COLUMNS names them, the commitment in hexadecimal."""
    actor, address, at, correlation, pk, kind, object_id, object_type, redacts, stamp, subject, verb = columns
    return (
        f'{{"actor":{_bare(actor)},"address":{_bare(address)},"at":{_bare(_time(at))},"commitment":"{commitment}",'
        f'"correlation":{_bare(correlation)},"id":{_bare(pk)},"kind":{_text(kind)},"object_id":{_bare(object_id)},'
        f'"object_type":{_text(object_type)},"redacts":{_bare(redacts)},"stamp":{_bare(stamp)},'
        f'"subject":{_bare(subject)},"verb":{_text(verb)}}}'
    ).encode()


def as_fields(columns: Sequence[str | None], commitment: str) -> dict[str, str | None]:
    """What the leaf says, for a reader of JSON."""
    found: dict[str, str | None] = json.loads(leaf_of(columns, commitment))
    return found


def commitment_of(key_of: str | None, sealed: str | None) -> str:
    """The commitment to a payload, as hexadecimal, from PostgreSQL's text of its columns. Empty where there is none."""
    if key_of is None or sealed is None:
        return ""
    return sha256(key_of.encode() + bytes.fromhex(sealed[2:])).hexdigest()


def copy(query: sql.Composable) -> Iterator[Row]:
    """The rows of a query as PostgreSQL writes them, which costs little; nothing else can be asked until the last."""
    connection.ensure_connection()
    with (
        connection.wrap_database_errors,
        connection.connection.cursor() as cursor,
        cursor.copy(sql.SQL("COPY ({}) TO STDOUT").format(query)) as rows,
    ):
        yield from rows.rows()


def entry_columns() -> sql.Composable:
    """The columns of an entry in the order of COLUMNS, for a query that calls it `entry`."""
    return sql.SQL(", ").join(sql.Identifier("entry", name) for name in COLUMNS)


def entries() -> sql.Composable:
    """Every entry there is, also of months that were detached."""
    return _all_of(_ENTRIES, COLUMNS)


def payloads() -> sql.Composable:
    """Every payload there is."""
    return _all_of(_PAYLOADS, ("entry_id", "at", "key_of", "sealed"))


def _is_of(table: str, name: str) -> bool:
    return name.startswith(f"{table}_") and month_of(name) is not None


def _all_of(table: str, columns: Sequence[str]) -> sql.Composable:
    tables = [sql.Identifier(table), *(sql.Identifier("detached", name) for name in detached() if _is_of(table, name))]
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    selected = [sql.SQL("SELECT {} FROM {}").format(names, each) for each in tables]
    return sql.SQL("({})").format(sql.SQL(" UNION ALL ").join(selected))


def detached() -> list[str]:
    """What lies beside the ledger, as it is called: months of entries and of payloads, and nothing else should."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname::text FROM pg_class WHERE relnamespace = 'detached'::regnamespace"
            " AND relkind IN ('r', 'p', 'v', 'm', 'f') ORDER BY relname"
        )
        return [name for (name,) in cursor.fetchall()]


def month_of(name: str) -> date | None:
    """The month whose entries or payloads a detached table is named for; None where it is named otherwise."""
    found = _MONTH.fullmatch(name)
    return date(int(found[2]), int(found[3]), 1) if found else None


def _time(at: str | None) -> str | None:
    """PostgreSQL's `2026-11-22 09:05:07.5+00` as `2026-11-22T09:05:07.500000Z`."""
    if at is None or at[-3:] != "+00":
        return at
    return f"{at[:10]}T{at[11:19]}.{at[20:-3]:0<6}Z"


def _bare(value: str | None) -> str:
    """A number, a UUID, an address or a time: PostgreSQL lets nothing into these columns that JSON would escape."""
    return "null" if value is None else f'"{value}"'


@lru_cache(maxsize=4096)
def _text(value: str | None) -> str:
    """Words, of which there are few."""
    return json.dumps(value, ensure_ascii=False)
