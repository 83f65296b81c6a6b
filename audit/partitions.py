"""The months of the ledger: made ahead, detached when they are old, never deleted."""

from datetime import UTC, date, datetime

from django.db import connection

# Months that stand ready, beside the present one. What no month stands for lies in the rest, until one is made.
AHEAD = 3
_TABLES = ("audit_entry", "audit_payload")


def months_from(day: date, count: int) -> list[date]:
    """The first days of a month and of those that follow it."""
    first = day.year * 12 + day.month - 1
    return [date(number // 12, number % 12 + 1, 1) for number in range(first, first + count)]


def make_months(*, now: datetime) -> int:
    """Make this month and those ahead, unless they stand. How many were made."""
    with connection.cursor() as cursor:
        made = 0
        for month in months_from(now.date(), 1 + AHEAD):
            cursor.execute("SELECT audit_make_partition(%s)", [month])
            made += cursor.fetchone()[0]
        return made


def missing_months(*, now: datetime) -> list[date]:
    """This month and the next, where they do not stand: in how little time something would lie in the rest."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname::text FROM pg_class WHERE relispartition AND relname LIKE 'audit\\_%%'")
        standing = {name for (name,) in cursor.fetchall()}
    months = months_from(now.date(), 2)
    return [month for month in months if not {f"{table}_{month:%Y_%m}" for table in _TABLES} <= standing]


def lie_in_the_rest() -> bool:
    """Whether entries lie there for whose month no partition stands."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM audit_entry WHERE tableoid = 'audit_entry_rest'::regclass)")
        found: bool = cursor.fetchone()[0]
        return found


def known_since() -> datetime | None:
    """From when on every entry stands in the tables that pages read: the end of the last month that was detached.

    Where none was, the first entry; None where there is none yet.
    """
    detached = (
        "SELECT max(relname)::text FROM pg_class WHERE relnamespace = 'detached'::regnamespace"
        " AND relname ~ '^audit_entry_20[0-9]{2}_(0[1-9]|1[0-2])$'"
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT at FROM audit_entry ORDER BY id LIMIT 1")
        found: list[datetime] = [at for (at,) in cursor.fetchall()]
        cursor.execute(detached)
        last = cursor.fetchone()[0]
    if last:
        _month, after = months_from(datetime.strptime(last, "audit_entry_%Y_%m").date(), 2)  # noqa: DTZ007
        found.append(datetime(after.year, after.month, 1, tzinfo=UTC))
    return max(found, default=None)
