"""New rows past the ORM, which makes every statement up anew: a few by INSERT, many by COPY at a fifth of the cost.

Triggers and constraints hold.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection, models
from psycopg import sql

from audit.context import require_action

# The Python type in which PostgreSQL's driver takes a value as it is; any other is prepared by its field.
_READY: dict[str, type] = {
    "BooleanField": bool, "CharField": str, "DateField": date, "DateTimeField": datetime, "PositiveIntegerField": int,
    "TextField": str, "UUIDField": UUID,
}  # fmt: skip
_READS_ONLY = (models.Field.pre_save, models.DateField.pre_save, models.DateTimeField.pre_save)


def insert_rows(model: type[models.Model], *rows: models.Model) -> None:
    """Insert a few new rows in one statement, inside an action; an id that the database gives is set.

    As `copy_rows`: only `audit` and rows that leave no ledger entry come here.
    """
    require_action()
    columns = [_column(field, rows) for field in _given(model)]
    with connection.cursor() as cursor:
        cursor.execute(_insert(model, len(rows)), [value for values in zip(*columns, strict=True) for value in values])
        if model._meta.auto_field:
            for row, (pk,) in zip(rows, cursor.fetchall(), strict=True):
                row.pk = pk
    _are_stored(rows)


def copy_rows(model: type[models.Model], rows: Iterable[models.Model]) -> None:
    """Insert new rows, inside an action. Only `audit` calls this: it writes no ledger entry by itself.

    Sealed fields are sealed on the way. Raises IntegrityError as an INSERT would, for all rows or none.
    """
    require_action()
    rows = list(rows)
    fields = _given(model)
    statement = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT BINARY)").format(
        sql.Identifier(model._meta.db_table),
        sql.SQL(", ").join(sql.Identifier(field.column) for field in fields),
    )
    columns = [_column(field, rows) for field in fields]
    connection.ensure_connection()
    with (
        connection.wrap_database_errors,
        connection.connection.cursor() as cursor,
        cursor.copy(statement) as copy,
    ):
        copy.set_types([_type_of(field) for field in fields])
        for values in zip(*columns, strict=True):
            copy.write_row(values)
    _are_stored(rows)


def _given(model: type[models.Model]) -> Sequence[Any]:
    """The fields whose value is not left to the database."""
    fields: Sequence[Any] = model._meta.concrete_fields
    return [field for field in fields if field is not model._meta.auto_field and not _is_computed(field)]


def _is_computed(field: Any) -> bool:
    """Whether the database computes it, which is more than a default that stands for a value."""
    return hasattr(field.db_default, "resolve_expression")


@cache
def _insert(model: type[models.Model], count: int) -> str:
    """The statement that inserts so many rows."""
    columns = [sql.Identifier(field.column) for field in _given(model)]
    row = sql.SQL("({})").format(sql.SQL(", ").join([sql.Placeholder()] * len(columns)))
    statement = sql.SQL("INSERT INTO {} ({}) VALUES {}").format(
        sql.Identifier(model._meta.db_table), sql.SQL(", ").join(columns), sql.SQL(", ").join([row] * count)
    )
    auto: Any = model._meta.auto_field
    if auto:
        statement += sql.SQL(" RETURNING {}").format(sql.Identifier(auto.column))
    return statement.as_string()


def _are_stored(rows: Sequence[models.Model]) -> None:
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


def _type_of(field: "models.Field[Any, Any]") -> str:
    """The bare name of the column's type: "varchar(9)" is "varchar"."""
    return str(field.db_type(connection)).partition("(")[0]


def _column(field: Any, rows: Sequence[models.Model]) -> list[Any]:
    """The values of one column, as `save()` would prepare them. What is decided by the field is decided once."""
    if _is_made_on_saving(field):
        values = [field.pre_save(row, add=True) for row in rows]
    else:
        # Past the attribute that would fetch what is missing: of a new row nothing is.
        values = [vars(row)[field.attname] for row in rows]
    ready = _READY.get(getattr(field, "target_field", field).get_internal_type())
    return [
        value
        if value is None or type(value) is ready or isinstance(value, bytes)
        else field.get_db_prep_save(value, connection)
        for value in values
    ]


def _is_made_on_saving(field: Any) -> bool:
    """Whether the field does more on saving than to read the attribute: it seals, or sets the time."""
    moves = getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)
    return moves or type(field).pre_save not in _READS_ONLY
