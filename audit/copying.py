"""Rows into a table by COPY: what a multi-row INSERT does, at a third of the cost. Triggers and constraints hold."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models
from psycopg import sql

from audit.context import require_action


def copy_rows(model: type[models.Model], rows: Iterable[models.Model]) -> None:
    """Insert new rows, inside an action. Only `audit` calls this: it writes no ledger entry by itself.

    Sealed fields are sealed on the way. Raises IntegrityError as an INSERT would, for all rows or none.
    """
    require_action()
    fields: Sequence[Any] = model._meta.concrete_fields
    statement = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT BINARY)").format(
        sql.Identifier(model._meta.db_table),
        sql.SQL(", ").join(sql.Identifier(field.column) for field in fields),
    )
    connection.ensure_connection()
    with (
        connection.wrap_database_errors,
        connection.connection.cursor() as cursor,
        cursor.copy(statement) as copy,
    ):
        copy.set_types([_type_of(field) for field in fields])
        for row in rows:
            copy.write_row([_value(field, row) for field in fields])
            row._state.adding, row._state.db = False, connection.alias


def _type_of(field: "models.Field[Any, Any]") -> str:
    """The bare name of the column's type: "varchar(9)" is "varchar"."""
    return str(field.db_type(connection)).partition("(")[0]


def _value(field: "models.Field[Any, Any]", row: models.Model) -> Any:
    value = field.pre_save(row, add=True)
    return value if isinstance(value, bytes) else field.get_prep_value(value)
