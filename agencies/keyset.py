"""Paging through long lists without counting them: each page starts after the last row of the one before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet

Row = TypeVar("Row", bound=Model)
PAGE_SIZE = 50

# What `_cursor` writes, for machines that are told when they send something else: every real day of this millennium.
_DAY = (
    "2[0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])|2[0-9]{3}-(0[13-9]|1[0-2])-(29|30)"
    "|2[0-9]{3}-(0[13578]|1[02])-31|2([048]00|[0-9]([02468][48]|[2468]0|[13579][26]))-02-29"
)
_TIME = r"([01][0-9]|2[0-3])(:[0-5][0-9]){2}(\.[0-9]{6})?"
CURSOR = f"({_DAY})T{_TIME}Z~[0-9a-f]{{8}}(-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}}"


@dataclass(frozen=True)
class KeysetPage(Generic[Row]):
    """One page of rows. `older` and `newer` are the cursors of its neighbours, empty at the ends."""

    rows: list[Row]
    older: str
    newer: str


def keyset_page(
    queryset: "QuerySet[Row]", *, key: str, older_than: str = "", newer_than: str = "", size: int = PAGE_SIZE
) -> "KeysetPage[Row]":
    """A page of `queryset`, newest first by (`key`, id). A cursor that makes no sense gives the first page.

    One query, whatever the page, two where nothing newer is left. `key` is a column that is never null.
    """
    after, before = _parse(older_than), _parse(newer_than)
    if before is not None and after is None:
        rows = list(queryset.filter(_beyond(key, "gt", before)).order_by(key, "id")[: size + 1])
        more_newer, rows = len(rows) > size, rows[:size][::-1]
        if not rows:  # what was there has moved on since: an empty page would look like an empty list
            return keyset_page(queryset, key=key, size=size)
        return _page(rows, key, older=True, newer=more_newer)
    if after is not None:
        queryset = queryset.filter(_beyond(key, "lt", after))
    rows = list(queryset.order_by(f"-{key}", "-id")[: size + 1])
    return _page(rows[:size], key, older=len(rows) > size, newer=after is not None)


def page_asked_for(queryset: "QuerySet[Row]", address: Mapping[str, str], *, key: str) -> "KeysetPage[Row]":
    """The page that the cursors in an address ask for: `page_asked_for(rows, request.GET, key="sent_at")`."""
    return keyset_page(
        queryset, key=key, older_than=address.get("older_than", ""), newer_than=address.get("newer_than", "")
    )


@dataclass(frozen=True)
class KeysetStep(Generic[Row]):
    """Rows on the way from the oldest to the newest; `next` is where the rest begins, empty at the end."""

    rows: list[Row]
    next: str


def keyset_ahead(queryset: "QuerySet[Row]", *, key: str, after: str, size: int = PAGE_SIZE) -> "KeysetStep[Row]":
    """The rows after a cursor, oldest first by (`key`, id), for a machine that reads them all. One query.

    A cursor that makes no sense begins at the beginning: nothing is passed over.
    """
    cursor = _parse(after)
    if cursor is not None:
        queryset = queryset.filter(_beyond(key, "gt", cursor))
    rows = list(queryset.order_by(key, "id")[: size + 1])
    return KeysetStep(rows[:size], _cursor(rows[size - 1], key) if len(rows) > size else "")


def _beyond(key: str, direction: str, cursor: tuple[datetime, UUID]) -> Q:
    at, pk = cursor
    # The first term alone bounds the index scan; the second settles rows of the same instant.
    return Q(**{f"{key}__{direction}e": at}) & (
        Q(**{f"{key}__{direction}": at}) | Q(**{key: at, f"id__{direction}": pk})
    )


def _page(rows: list[Row], key: str, *, older: bool, newer: bool) -> "KeysetPage[Row]":
    return KeysetPage(
        rows=rows,
        older=_cursor(rows[-1], key) if rows and older else "",
        newer=_cursor(rows[0], key) if rows and newer else "",
    )


def _cursor(row: Any, key: str) -> str:
    at = getattr(row, key).astimezone(UTC).replace(tzinfo=None)
    return f"{at.isoformat()}Z~{row.pk}"  # "+00:00" would need to be quoted in an address: a plus sign is a space there


def _parse(cursor: str) -> tuple[datetime, UUID] | None:
    at, _, pk = cursor.partition("~")
    try:
        moment = datetime.fromisoformat(at)
        return (moment.astimezone(UTC), UUID(pk)) if moment.tzinfo else None
    except (ValueError, OverflowError):
        return None
