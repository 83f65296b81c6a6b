"""Whether the ledger's tables are as they were made: behind what was taken from them, rows could hide."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db import connection, models

from audit.models import Entry, Leaf, Payload, Seal, Subtree
from audit.sealing.leaves import detached, month_of

# By which columns no two rows of a table are alike.
APART: Mapping[type[models.Model], set[tuple[str, ...]]] = {
    Entry: {("id", "at")},
    Payload: {("entry_id", "at")},
    Leaf: {("position",), ("entry",)},
    Subtree: {("id",), ("level", "number")},
    Seal: {("size",)},
}
_TABLES = """
SELECT oid, oid::regclass::text, relkind IN ('r', 'p') AND NOT relrowsecurity
    AND NOT EXISTS (SELECT FROM pg_rewrite WHERE ev_class = pg_class.oid)
    AND NOT EXISTS (SELECT FROM pg_constraint WHERE conrelid = pg_class.oid AND NOT convalidated)
FROM pg_class WHERE oid = to_regclass(%(table)s) OR oid = ANY (%(beside)s::regclass[])
    OR oid IN (SELECT inhrelid FROM pg_inherits WHERE inhparent = to_regclass(%(table)s)) ORDER BY 2
"""
_COLUMNS = """
SELECT attname::text, format_type(atttypid, atttypmod), attnotnull
FROM pg_attribute WHERE attrelid = %s AND attnum > 0 AND NOT attisdropped
"""
_APART = """
SELECT array_agg(attname::text ORDER BY attnum) FROM pg_index
JOIN pg_attribute ON attrelid = indexrelid
WHERE indrelid = %s AND indisunique AND indisvalid AND indpred IS NULL AND indexprs IS NULL GROUP BY indexrelid
"""


def misshapen() -> Iterator[str]:
    """What is wrong with the tables themselves, of those of the present and those that lie beside."""
    for model, apart in APART.items():
        table = model._meta.db_table
        beside = [f"detached.{name}" for name in detached() if name.startswith(f"{table}_") and month_of(name)]
        for oid, name, plain in _rows(_TABLES, {"table": f"public.{table}", "beside": beside}):
            if not plain:
                yield f"{name} is no plain table, or has rules, policies or unchecked constraints: rows can hide."
            if dict(_columns(oid)) != _expected(model):
                yield f"The columns of {name} are not as they were made: rows can hide by what they hold."
            if missing := apart - {tuple(columns) for (columns,) in _rows(_APART, [oid])}:
                said = " and ".join(", ".join(columns) for columns in sorted(missing))
                yield f"{name} does not keep its rows apart any more by {said}: one can stand for another."


def _columns(oid: int) -> Iterator[tuple[str, tuple[str, bool]]]:
    """What a column holds, and whether it must hold something, as Django says it."""
    for name, kind, needed in _rows(_COLUMNS, [oid]):
        yield name, (kind.replace("character varying", "varchar"), needed)


def _expected(model: type[models.Model]) -> dict[str, tuple[str, bool]]:
    columns = model._meta.concrete_fields
    return {str(each.column): (str(each.db_type(connection)), not each.null) for each in columns}


def _rows(query: str, given: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(query, given)
        return list(cursor.fetchall())
