"""What one submission leaves in the database, and the same rows again by raw psycopg: the rate to compare with."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb

# In an order that foreign keys allow. History is written by triggers, for raw rows too.
TABLES = (
    "audit_datakey",
    "people_person",
    "referrals_referral",
    "referrals_likeness",
    "referrals_referrer",
    "referrals_dispatch",
    "audit_eventrecord",
    "audit_handling",
    "audit_entry",
    "audit_payload",
)
SERIAL = {"audit_entry": "id"}
# What the database alone says of a row.
COMPUTED = {"audit_entry": ("stamp", "redacts")}


@dataclass(frozen=True)
class Rows:
    """The rows of one table: its columns and their values."""

    table: str
    columns: tuple[str, ...]
    values: tuple[tuple[Any, ...], ...]


def existing(database: psycopg.Connection) -> list[Rows]:
    """All rows of those tables, in order."""
    found = []
    for table in TABLES:
        cursor = database.execute(sql.SQL("SELECT * FROM {}").format(sql.Identifier(table)))
        columns = tuple(column.name for column in cursor.description or ())
        found.append(Rows(table, columns, tuple(cursor.fetchall())))
    return found


def added(before: Sequence[Rows], after: Sequence[Rows]) -> list[Rows]:
    """What is in `after` and was not in `before`."""
    return [
        Rows(new.table, new.columns, tuple(row for row in new.values if row not in old.values))
        for old, new in zip(before, after, strict=True)
    ]


def store(database: psycopg.Connection, rows: Sequence[Rows], owned: frozenset[UUID], draft: UUID) -> None:
    """One INSERT for each table, with fresh ids and references, and random ciphertext of the same sizes."""
    fresh: dict[Any, Any] = {}
    for part in rows:
        serial = part.columns.index(SERIAL[part.table]) if part.table in SERIAL else None
        computed = COMPUTED.get(part.table, ())
        kept = [place for place, name in enumerate(part.columns) if place != serial and name not in computed]
        values = [_fresh(part.columns[place], row[place], fresh, owned, draft) for row in part.values for place in kept]
        cursor = database.execute(_insert(part, kept, serial), values)
        if serial is not None:
            fresh |= {row[serial]: new for row, (new,) in zip(part.values, cursor.fetchall(), strict=True)}


def _insert(part: Rows, kept: list[int], serial: int | None) -> sql.Composed:
    line = sql.SQL("({})").format(sql.SQL(", ").join([sql.Placeholder()] * len(kept)))
    returning = sql.SQL("") if serial is None else sql.SQL(" RETURNING {}").format(sql.Identifier(part.columns[serial]))
    return sql.SQL("INSERT INTO {} ({}) VALUES {}{}").format(
        sql.Identifier(part.table),
        sql.SQL(", ").join(sql.Identifier(part.columns[place]) for place in kept),
        sql.SQL(", ").join([line] * len(part.values)),
        returning,
    )


def _fresh(name: str, value: Any, fresh: dict[Any, Any], owned: frozenset[UUID], draft: UUID) -> Any:
    if name == "draft_id":
        return draft
    if name == "entry_id":
        return fresh[value]
    if name in {"once", "reference"}:
        return uuid4().hex[: 9 if name == "reference" else 32]
    if isinstance(value, UUID) and value in owned:
        return fresh.setdefault(value, uuid4())
    if isinstance(value, bytes | memoryview):
        return os.urandom(len(value))
    if isinstance(value, dict):
        return Jsonb(value)
    return value


def owned_ids(rows: Sequence[Rows]) -> frozenset[UUID]:
    """The ids that these rows bring into the world."""
    keys = {"id", "subject"}
    return frozenset(
        value
        for part in rows
        for row in part.values
        for name, value in zip(part.columns, row, strict=True)
        if name in keys and isinstance(value, UUID)
    )
